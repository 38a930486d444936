// A lab's outcome as JUnit XML: a suite a step, a case a check, for the pages of CI systems.
import { element } from '../model/xml.ts';
import type { LabJson, StepJson } from './labjson.ts';

/** The whole document. Optional checks that did not pass, and steps never reached, are skipped ones. */
export function junitOf(json: Pick<LabJson, 'lab' | 'steps'>): string {
  const suites = json.steps.map((step) => suite(step, json.lab));
  const cases = json.steps.flatMap(({ checks }) => checks);
  const failures = json.steps.flatMap((step) => step.checks.filter((check) => isFailure(check, step)));
  const tookMs = json.steps.reduce((sum, step) => sum + step.tookMs, 0);
  const attributes = {
    name: json.lab,
    tests: cases.length,
    failures: failures.length,
    time: inSeconds(tookMs),
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, suites)}\n`;
}

type Case = StepJson['checks'][number];

function suite(step: StepJson, lab: string): string {
  const failures = step.checks.filter((check) => isFailure(check, step)).length;
  const skipped = step.checks.filter((check) => isSkipped(check, step)).length;
  const name = `${lab}.${step.step}`;
  const attributes = { name, tests: step.checks.length, failures, skipped, time: inSeconds(step.tookMs) };
  return element(
    'testsuite',
    attributes,
    step.checks.map((check) => {
      const about = { name: `${check.id}: ${check.title}`, classname: name };
      if (isFailure(check, step))
        return element('testcase', about, [element('failure', { message: check.why })]);
      if (isSkipped(check, step))
        return element('testcase', about, [element('skipped', { message: check.why })]);
      return element('testcase', about);
    }),
  );
}

function isFailure({ ok, optional }: Case, { verdict }: StepJson): boolean {
  return ok === false && !optional && verdict !== 'skipped';
}

function isSkipped(check: Case, step: StepJson): boolean {
  return check.ok !== true && !isFailure(check, step);
}

function inSeconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
