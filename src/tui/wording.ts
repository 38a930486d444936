// Numbers as people read them: ages, lengths, offsets, clocks.

/** `1.3 s`, `42 s`, `2 min 05 s`: an age or a rest, never below zero. */
export function ageWords(ms: number): string {
  const s = Math.max(0, ms) / 1000;
  if (s < 60) return s < 20 ? `${s.toFixed(1)} s` : `${Math.floor(s)} s`;
  if (s < 3600) return `${Math.floor(s / 60)} min ${two(Math.floor(s % 60))} s`;
  return `${Math.floor(s / 3600)} h ${two(Math.floor((s % 3600) / 60))} min`;
}

/** `16.335 s`: a measured length. */
export function lengthWords(ms: number): string {
  return `${minus((ms / 1000).toFixed(3))} s`;
}

/** `± 0.4 ms`, `± 1.2 s`. */
export function errorWords(ms: number): string {
  // Never smaller than it is, and as the sentences after the run say it.
  const up = (value: number, parts: number) => Math.ceil(value * parts - 1e-9) / parts;
  if (ms >= 1000) return `± ${up(ms / 1000, 10).toFixed(1)} s`;
  return `± ${ms < 10 ? up(ms, 10).toFixed(1) : up(ms, 1)} ms`;
}

/** `+0.4 ±0.1 ms`. */
export function offsetWords(offsetMs: number, errorMs: number): string {
  if (Math.abs(offsetMs) >= 1000 || errorMs >= 1000)
    return `${signed((offsetMs / 1000).toFixed(2))} ±${(errorMs / 1000).toFixed(2)} s`;
  return `${signed(offsetMs.toFixed(1))} ±${errorMs.toFixed(1)} ms`;
}

/** Elapsed: `12:41`, `1:02:03`. */
export function elapsedWords(ms: number): string {
  const s = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(s / 3600);
  const rest = `${two(Math.floor((s % 3600) / 60))}:${two(s % 60)}`;
  return hours > 0 ? `${hours}:${rest}` : rest;
}

/** Minutes, seconds and milliseconds of a wall clock: `50:25.508`. */
export function minuteClock(epochMs: number): string {
  if (!Number.isFinite(epochMs)) return '--:--.---';
  const whole = Math.floor(epochMs);
  const inHour = ((whole % 3_600_000) + 3_600_000) % 3_600_000;
  const minutes = Math.floor(inHour / 60_000);
  const seconds = Math.floor((inHour % 60_000) / 1000);
  return `${two(minutes)}:${two(seconds)}.${String(inHour % 1000).padStart(3, '0')}`;
}

/** `12,345`. */
export function countWords(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `kube-controller-manager` without its `kube-`; where it is tight, `ctrl-mgr` and `sched`. */
export function componentWord(component: string, tight = false): string {
  const word = component.replace(/^kube-/, '');
  if (!tight) return word;
  return word === 'controller-manager' ? 'ctrl-mgr' : word === 'scheduler' ? 'sched' : word;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function minus(text: string): string {
  return text.replace('-', '−');
}

function signed(text: string): string {
  return text.startsWith('-') && Number(text) !== 0 ? minus(text) : `+${text.replace('-', '')}`;
}
