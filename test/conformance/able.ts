// Whether this machine can build client-go's candidate; where it cannot, the tests say why, and in CI that fails.
import { execa } from 'execa';
import { describe, it } from 'vitest';

async function runs(command: string, args: readonly string[]): Promise<boolean> {
  const { failed } = await execa(command, args, { reject: false, stdin: 'ignore' });
  return !failed;
}

async function whatIsMissing(server: 'miniature' | 'real'): Promise<string | null> {
  if (process.platform !== 'linux')
    return `one clock for all processes needs Linux, this is ${process.platform}`;
  if (!(await runs('go', ['version']))) return 'client-go is built with Go, and there is no go on the PATH';
  if (server === 'miniature') return null;
  if (!(await runs('etcd', ['--version'])))
    return 'a real kube-apiserver needs etcd, and there is none on the PATH';
  return process.getuid?.() === 0
    ? null
    : 'a real kube-apiserver is built by the scripts of test/masters, as root';
}

/** `describe` where it can be; else a skip that says why, or a failure where it is required. */
export async function describeWithGo(
  title: string,
  { server, body }: { readonly server: 'miniature' | 'real'; readonly body: () => void },
): Promise<void> {
  const missing = await whatIsMissing(server);
  if (missing === null) describe(title, body);
  else if (process.env.KHA_CONFORMANCE_REQUIRED === 'yes')
    it(title, () => {
      throw new Error(missing);
    });
  else describe.skip(`${title}: skipped, ${missing}`, body);
}
