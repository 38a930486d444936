// GitHub's own parser of workflows, bundled for Node: its package imports JSON as bundlers do, and Node does not.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

type Parser = typeof import('@actions/workflow-parser');

const folder = mkdtempSync(join(tmpdir(), 'kha-workflows-'));
const outfile = join(folder, 'parser.mjs');
await build({
  stdin: { contents: "export * from '@actions/workflow-parser'", resolveDir: import.meta.dirname },
  outfile,
  bundle: true,
  format: 'esm',
  platform: 'node',
  logLevel: 'silent',
  banner: {
    js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
  },
});
const parser: Parser = await import(pathToFileURL(outfile).href);
rmSync(folder, { recursive: true, force: true });

/** What GitHub would say against a workflow; empty where it would run it. */
export async function mistakesIn(name: string, content: string): Promise<readonly string[]> {
  const { context, value } = parser.parseWorkflow({ name, content }, new parser.NoOperationTraceWriter());
  if (value) await parser.convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map((error) => error.message);
}
