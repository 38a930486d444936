// Rounds as JUnit XML, for the pages of CI systems: a suite a run, a case a round, and one for what was put back.
import { element } from '../model/xml.ts';
import { courseOf, type PublishedRun } from './published.ts';

export function toJunit(runs: readonly PublishedRun[]): string {
  const suites = runs.map(suiteOf);
  const sum = (key: 'tests' | 'failures' | 'errors') =>
    suites.reduce((total, suite) => total + suite[key], 0);
  const seconds = suites.reduce((total, suite) => total + suite.seconds, 0);
  const attributes = {
    name: 'kha-lab',
    tests: sum('tests'),
    failures: sum('failures'),
    errors: sum('errors'),
    time: seconds.toFixed(3),
  };
  const xml = element(
    'testsuites',
    attributes,
    suites.map((suite) => suite.xml),
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${xml}\n`;
}

interface Suite {
  readonly tests: number;
  readonly failures: number;
  readonly errors: number;
  readonly seconds: number;
  readonly xml: string;
}

function suiteOf({ result, startedAt, file, failure }: PublishedRun): Suite {
  const name = `${result.component}.${result.fault}`;
  const classname = `kha-lab.${name}`;
  const { rounds, restored, steady } = result;
  const cases = [
    ...(failure === undefined ? [] : [failureCase(failure, classname)]),
    ...rounds.map((round) => roundCase(round, classname)),
    verifiedCase('everything was put back', restored, classname),
    verifiedCase('the state is steady again', steady, classname),
  ];
  const count = (verdict: string) => rounds.filter((round) => round.verdict === verdict).length;
  const failures = count('failed') + (restored ? 0 : 1) + (steady ? 0 : 1);
  const errors = count('inconclusive') + (failure === undefined ? 0 : 1);
  const seconds = rounds.reduce((sum, { handoverMs }) => sum + (handoverMs ?? 0) / 1000, 0);
  const attributes = {
    name,
    tests: cases.length,
    failures,
    errors,
    time: seconds.toFixed(3),
    timestamp: startedAt.slice(0, 19),
    hostname: result.target,
  };
  const about = { tool: result.tool, target: result.target, recording: file ?? '' };
  const properties = Object.entries(about).map(([key, value]) => element('property', { name: key, value }));
  return {
    tests: cases.length,
    failures,
    errors,
    seconds,
    xml: element('testsuite', attributes, [element('properties', {}, properties), ...cases]),
  };
}

/** A round that could not be judged is an error: it neither passed nor failed. */
function roundCase(round: PublishedRun['result']['rounds'][number], classname: string): string {
  const { verdict, why = '', handoverMs } = round;
  const about = {
    name: `round ${round.round}: ${courseOf(round)}`,
    classname,
    time: ((handoverMs ?? 0) / 1000).toFixed(3),
  };
  if (verdict === 'passed') return element('testcase', about);
  const kind = verdict === 'failed' ? 'failure' : 'error';
  return element('testcase', about, [element(kind, { message: why, type: verdict })]);
}

function failureCase(message: string, classname: string): string {
  const about = { name: 'a round could be run', classname, time: '0.000' };
  return element('testcase', about, [element('error', { message, type: 'inconclusive' })]);
}

function verifiedCase(name: string, good: boolean, classname: string): string {
  const about = { name, classname, time: '0.000' };
  if (good) return element('testcase', about);
  return element('testcase', about, [element('failure', { message: `not so: ${name}`, type: 'failed' })]);
}
