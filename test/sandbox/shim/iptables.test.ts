// The sandbox's iptables against the real one: what Debian 12's iptables-nft answered in a network namespace, call by call.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Firewall } from '../../../src/sandbox/network/firewall.ts';
import { iptables } from '../../../src/sandbox/shim/iptables.ts';
import { Refusal } from '../../../src/sandbox/systemd/refusal.ts';

const recorded = join(import.meta.dirname, '../../fixtures/iptables-1.8.9-nft/answers.txt');

async function run(firewall: Firewall, args: readonly string[]) {
  let said = '';
  const hear = (text: string) => {
    said += text;
  };
  const { signal } = new AbortController();
  try {
    const code = await iptables(firewall)({ args, stdin: '', out: hear, err: hear, signal });
    return { said, code };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { said: `${said}${error.message}\n`, code: error.exit };
  }
}

describe('iptables of a sandbox’s master', () => {
  it('answers as the real one did, every call of the record', async () => {
    const calls = readFileSync(recorded, 'utf8')
      .split(/^\$ iptables /m)
      .slice(1);
    expect(calls.length).toBeGreaterThan(30);
    const firewall = new Firewall();
    for (const call of calls) {
      const [, line = '', said = '', code] = /^(.*)\n([\s\S]*)^= (\d+)\n$/m.exec(call) ?? [];
      expect({ line, ...(await run(firewall, line.split(' '))) }).toEqual({ line, said, code: Number(code) });
    }
  });

  it('drops what the hooked chain names, nothing else, and nothing once it is unhooked', async () => {
    const firewall = new Firewall();
    const here = (port: number) => firewall.drops({ address: '172.16.155.158', port });
    const tell = (line: string) => run(firewall, line.split(' '));
    await tell('-w -N CUT');
    await tell('-w -A CUT -p tcp --sport 22 -j ACCEPT');
    await tell('-w -A CUT -p tcp -d 172.16.155.158 --dport 6443 -j DROP');
    expect(here(6443)).toBe(false);
    await tell('-w -I OUTPUT 1 -j CUT');
    expect([here(6443), here(2379)]).toEqual([true, false]);
    expect(firewall.drops({ address: '172.16.155.165', port: 6443 })).toBe(false);
    await tell('-w -D OUTPUT -j CUT');
    expect(here(6443)).toBe(false);
  });

  it('refuses what it does not know, and does nothing', async () => {
    for (const line of [
      '-L',
      '-t nat -S',
      '-P OUTPUT DROP',
      '-A OUTPUT -p udp --dport 53 -j DROP',
      '-A OUTPUT -s 10.0.0.1 -j DROP',
      '-A OUTPUT -p tcp --dport 1',
      '-F',
    ]) {
      const firewall = new Firewall();
      const { said, code } = await run(firewall, line.split(' '));
      expect(`${line}: ${code} ${said}`).toMatch(/: 2 iptables: a sandbox's master knows .*; not: /);
      expect(firewall.rules('OUTPUT')).toEqual([]);
    }
  });
});
