// `date` on a sandbox's master: the machine's own, told to be wrong where the master's clock is.
import { existsSync, readFileSync } from 'node:fs';
import type { ClockSetting } from '../clock/fault.ts';

/** @param perl where it is, for machines whose own date knows no %N */
export function dateTool(setting: ClockSetting | null, perl: string | null | undefined): string {
  const real = existsSync('/bin/date') ? '/bin/date' : '/usr/bin/date';
  if (process.platform === 'linux' || !perl)
    return `#!/bin/sh\n${setting ? wrongness(setting) : ''}exec ${real}${setting ? ' -d "$by seconds"' : ''} "$@"\n`;
  return `#!${perl}
use strict; use Time::HiRes qw(gettimeofday);
my ($s, $us) = gettimeofday();
${setting ? perlWrongness(setting) : ''}
my $ns = sprintf '%06d000', $us;
for (@ARGV) { next unless /^\\+/; s/%s/$s/g; s/%(\\d?)N/substr($ns, 0, $1 || 9)/ge; }
exec '${real}', ${setting ? "'-r', $s, " : ''}@ARGV;
`;
}

/** What a shell reads since when: the counter of the kernel, which it has without another process. */
const counter = '/proc/uptime';

// In whole nanoseconds and hundredths of a second, as a shell counts; at 200 ppm the latter are worth 2 microseconds.
function wrongness({ sinceMs, offsetMs, driftPpm, steps }: ClockSetting): string {
  const nowTicks = Number(readFileSync(counter, 'utf8').split(' ')[0]?.replace('.', ''));
  const sinceTicks = nowTicks - Math.round((Date.now() - sinceMs) / 10);
  const ns = (ms: number) => Math.round(ms * 1e6);
  return `read -r up _ <${counter}
since=$((\${up%.*}\${up#*.} - ${sinceTicks}))
by=$((${ns(offsetMs)} + since * ${Math.round(driftPpm * 1000)} / 100))
${steps.map(({ byMs, afterMs }) => `[ $since -lt ${Math.round(afterMs / 10)} ] || by=$((by + ${ns(byMs)}))\n`).join('')}sign=+
[ $by -ge 0 ] || { sign=-; by=$((-by)); }
rest=$((by % 1000000000 + 1000000000))
by=$sign$((by / 1000000000)).\${rest#1}
`;
}

function perlWrongness({ sinceMs, offsetMs, driftPpm, steps }: ClockSetting): string {
  const stepped = steps.map(({ byMs, afterMs }) => `$by += ${byMs * 1000} if $since >= ${afterMs * 1000};`);
  return `my $since = $s * 1e6 + $us - ${sinceMs * 1000};
my $by = ${offsetMs * 1000} + $since * ${driftPpm} / 1e6;
${stepped.join('\n')}
my $all = int($s * 1e6 + $us + $by);
$s = int($all / 1e6); $us = $all - $s * 1e6;`;
}
