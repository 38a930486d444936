// Instants as `systemctl show --timestamp=STYLE` prints them.
import { Refusal } from '../../systemd/refusal.ts';

const styles = ['pretty', 'unix', 'us', 'utc', 'us+utc'] as const;
export type TimestampStyle = (typeof styles)[number];

export function readTimestampStyle(text: string | undefined): TimestampStyle {
  const style = styles.find((one) => one === (text === 'μs' || text === 'µs' ? 'us' : (text ?? 'pretty')));
  if (!style) throw new Refusal(`Invalid value: ${text}.`);
  return style;
}

/** `Sun 2026-11-22 19:47:12 UTC`; empty for 0, which means never. */
export function formatTimestamp(realtimeUs: number, style: TimestampStyle): string {
  if (realtimeUs === 0) return '';
  if (style === 'unix') return `@${Math.floor(realtimeUs / 1e6)}`;
  const at = new Date(Math.floor(realtimeUs / 1000));
  const utc = style.endsWith('utc');
  const shifted = utc ? at : new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  const [day = '', clock = ''] = shifted.toISOString().slice(0, 19).split('T');
  const micros = style.startsWith('us') ? `.${String(realtimeUs % 1_000_000).padStart(6, '0')}` : '';
  const weekday = shifted.toLocaleString('en-US', { weekday: 'short', timeZone: 'UTC' });
  return `${weekday} ${day} ${clock}${micros} ${utc ? 'UTC' : zoneName(at)}`;
}

function zoneName(at: Date): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZoneName: 'short' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? 'UTC';
}
