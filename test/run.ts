// Runs vitest; in CI what failed is run once more by itself, and what failed is told again at the end.
import { appendFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { execa } from 'execa';

/** The part of vitest's JSON report that is read here. */
interface Report {
  testResults: {
    name: string;
    status: string;
    message: string;
    assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
  }[];
}

interface Failed {
  file: string;
  /** Full names; none where the file itself or a hook of it failed. */
  tests: string[];
  messages: string[];
}

/** @returns null where vitest ended before it could report. */
async function vitest(words: readonly string[]): Promise<{ code: number; failed: Failed[] | null }> {
  const folder = await mkdtemp(join(tmpdir(), 'kha-lab-tests-'));
  const file = join(folder, 'report.json');
  try {
    const { exitCode } = await execa(
      'vitest',
      ['run', ...words, '--reporter=json', `--outputFile.json=${file}`],
      { preferLocal: true, stdio: 'inherit', reject: false },
    );
    const text = await readFile(file, 'utf8').catch(() => null);
    return { code: exitCode ?? 1, failed: text === null ? null : failures(JSON.parse(text) as Report) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function failures(report: Report): Failed[] {
  return report.testResults
    .filter((file) => file.status === 'failed')
    .map((file) => {
      const tests = file.assertionResults.filter((test) => test.status === 'failed');
      return {
        file: relative(process.cwd(), file.name),
        tests: tests.map((test) => test.fullName),
        messages: [file.message, ...tests.flatMap((test) => test.failureMessages)].filter(Boolean),
      };
    });
}

/** Where a whole file failed, all of it runs again; else only the tests that did. */
function againWords(failed: readonly Failed[]): string[] {
  const files = failed.map((each) => each.file);
  const whole = failed.some((each) => each.tests.length === 0);
  const names = failed.flatMap((each) => each.tests).map((name) => name.replace(/[^\w ]/g, '.'));
  return [...files, ...(whole ? [] : ['-t', `^(${names.join('|')})$`])];
}

const told = (failed: readonly Failed[]) =>
  failed
    .map(({ file, tests, messages }) =>
      [file, ...tests.map((name) => `  ${name}`), ...messages.map((text) => text.slice(0, 2000))].join('\n'),
    )
    .join('\n');

/** For whoever reads only the end of a long output. */
async function tell(title: string, failed: readonly Failed[] | null): Promise<void> {
  const text = `== ${title}\n${failed === null ? 'vitest ended without a report' : told(failed)}\n`;
  process.stdout.write(text);
  if (process.env.KHA_FAILURES !== undefined) await appendFile(process.env.KHA_FAILURES, text);
}

/**
 * @param options vitest's own, given at every run: a configuration, say.
 * @param words what is to be run: files, `-t`; all when empty.
 * @returns the exit code: 0 only when each test passed at last.
 */
export async function runTests(options: readonly string[], words: readonly string[]): Promise<number> {
  const first = await vitest([...options, ...words]);
  if (first.code === 0) return 0;
  await tell('failed', first.failed);
  if (process.env.CI !== 'true' || first.failed === null || first.failed.length === 0) return first.code;
  // Real programs on a machine that others load: what fails twice, the second time alone, is broken.
  const second = await vitest([
    ...options,
    ...againWords(first.failed),
    '--maxWorkers=1',
    '--passWithNoTests=false',
  ]);
  await tell(second.code === 0 ? 'passed when run again' : 'failed again', second.failed);
  return second.code;
}

if (process.argv[1] === import.meta.filename)
  process.exitCode = await runTests(['--reporter=default'], process.argv.slice(2));
