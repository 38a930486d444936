// The tools first on a master's PATH: small scripts, so that nothing called by its bare name reaches the laptop's own.
import { chmodSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ClockSetting } from '../clock/fault.ts';
import { quoteForShell } from '../quote.ts';
import { dateTool } from './date-tool.ts';
import { fileToolTexts } from './file-tools.ts';

/** Tools the supervisor itself answers. */
export const answeredTools = [
  'systemctl',
  'journalctl',
  'systemd-run',
  'iptables',
  'etcdctl',
  'kubectl',
] as const;

/** Tools of the machine that a master in a sandbox must not touch. */
const refusedTools = [
  'shutdown',
  'poweroff',
  'halt',
  'init',
  'telinit',
  'service',
  'mount',
  'umount',
  'ip',
  'tc',
  'nft',
  'ip6tables',
  'iptables-save',
  'iptables-restore',
];

export function writeTools(options: {
  /** Where they are written. */
  readonly folder: string;
  /** The master's root folder. */
  readonly root: string;
  readonly socketPath: string;
  readonly hostname: string;
  readonly address: string;
  /** Where the master's clock is wrong. */
  readonly clock?: ClockSetting | null;
  /** The client for machines without perl. */
  readonly nodeClient: string;
  /** Null: as on a machine without it. */
  readonly perl?: string | null;
}): void {
  const { folder, root, socketPath, hostname, address, nodeClient } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const write = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o700 });
    chmodSync(join(folder, name), 0o700);
  };
  const perl = options.perl === undefined ? perls.find((path) => existsSync(path)) : options.perl;
  write('.supervisor', perl ? perlClient(perl, socketPath) : nodeCaller(nodeClient, socketPath));
  for (const tool of [...answeredTools, 'reboot']) symlinkSync('.supervisor', join(folder, tool));
  write('sudo', sudo);
  write('hostname', hostnameTool(hostname, address));
  write('date', dateTool(options.clock ?? null, perl));
  for (const [name, text] of fileToolTexts(root)) write(name, text);
  for (const tool of refusedTools)
    write(tool, `#!/bin/sh\necho "${tool}: not on a sandbox's master" >&2\nexit 1\n`);
}

const perls = ['/usr/bin/perl', '/bin/perl', '/usr/local/bin/perl'];

// Perl starts in a few milliseconds where node takes fifty: a fault should reach its process at once.
function perlClient(perl: string, socketPath: string): string {
  return `#!${perl}
use strict; use Socket;
my $name = $0; $name =~ s{.*/}{};
my @words = ($name, @ARGV);
my $input = '';
if (grep { $_ eq '-' || /=-$/ } @ARGV) { local $/; $input = <STDIN>; $input = '' unless defined $input; }
my $s;
socket($s, PF_UNIX, SOCK_STREAM, 0) && connect($s, sockaddr_un(${perlString(socketPath)}))
  or do { print STDERR "$name: the sandbox does not answer: $!\\n"; exit 1 };
my $request = pack('N', scalar @words) . join('', map { pack('N/a*', $_) } (@words, $input));
while (length $request) { my $n = syswrite($s, $request); last unless $n; substr($request, 0, $n, ''); }
sub want { my ($n) = @_; my $b = ''; while (length $b < $n) { sysread($s, $b, $n - length $b, length $b) or return; } $b }
while (defined(my $head = want(5))) {
  my ($kind, $size) = unpack('CN', $head);
  my $body = want($size);
  last unless defined $body;
  exit int($body) if $kind == 0;
  my $to = $kind == 1 ? \\*STDOUT : \\*STDERR;
  while (length $body) { my $n = syswrite($to, $body); exit 141 unless $n; substr($body, 0, $n, ''); }
}
print STDERR "$name: the sandbox went away\\n"; exit 1;
`;
}

function nodeCaller(nodeClient: string, socketPath: string): string {
  const words = [process.execPath, nodeClient, socketPath].map(quoteForShell).join(' ');
  return `#!/bin/sh\nexec ${words} "\${0##*/}" "$@"\n`;
}

function perlString(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

// The login is already as mighty as it gets here: sudo drops its own words and runs the program.
const sudo = `#!/bin/sh
while [ $# -gt 0 ]; do
  case $1 in
    -n|-E|-H|-S|-b|--non-interactive|--preserve-env*) shift ;;
    -u|-g|-p) shift 2 ;;
    -v|-k|-K) exit 0 ;;
    -l|--list) shift; [ $# -eq 0 ] && { echo "    (ALL) NOPASSWD: ALL"; exit 0; }; command -v -- "$1"; exit $? ;;
    --) shift; break ;;
    -*) echo "sudo: not known on a sandbox's master: $1" >&2; exit 1 ;;
    *=*) export "$1"; shift ;;
    *) break ;;
  esac
done
[ $# -gt 0 ] || { echo "usage: sudo [-n] program [argument ...]" >&2; exit 1; }
command -v -- "$1" >/dev/null || { echo "sudo: $1: command not found" >&2; exit 1; }
exec "$@"
`;

function hostnameTool(hostname: string, address: string): string {
  return `#!/bin/sh
case $1 in
  ''|-f|-s|--fqdn|--short) echo ${quoteForShell(hostname)} ;;
  -I|-i) echo ${quoteForShell(address)} ;;
  *) echo "hostname: not on a sandbox's master" >&2; exit 1 ;;
esac
`;
}
