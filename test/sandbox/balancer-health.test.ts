// When the sandbox's load balancer takes a server out, and back in: by checks in a row.
import { expect, it } from 'vitest';
import { afterCheck, type Health, healthy } from '../../src/sandbox/balancer/health.ts';

const after = (checks: string, from: Health = healthy): boolean =>
  [...checks].reduce((health, one) => afterCheck(health, one === '+'), from).up;

it.each([
  ['', true],
  ['-', true],
  ['--', false],
  ['-+-', true],
  ['---+', false],
  ['--+-+', false],
  ['--++', true],
  ['--++-', true],
])('after %s it is up: %s', (checks, up) => {
  expect(after(checks)).toBe(up);
});
