// What is wrong once a round is over: what is not restored, what is not steady, and what to do about it.
import type { RoundOutcome } from '../experiment/round.ts';
import { exits, KhaError } from '../model/failure.ts';

/** The gravest first; none where everything is as it was found. */
export function failuresOf({ notRestored: left, notSteady: unquiet }: RoundOutcome): readonly KhaError[] {
  return [
    ...(left === null ? [] : [notRestored(left)]),
    ...(unquiet === null ? [] : [notSteady(unquiet, { restored: left === null })]),
  ];
}

function notRestored(what: string): KhaError {
  return new KhaError({
    code: 'not-restored',
    exit: exits.notRestored,
    message: `NOT RESTORED: ${sentence(what)}`,
    tryThis: 'Type: kha-lab recover',
  });
}

function notSteady(what: string, { restored }: { readonly restored: boolean }): KhaError {
  const told = restored
    ? 'Everything was put back, but the state is not steady again'
    : 'Nor is the state steady again';
  return new KhaError({
    code: 'not-steady',
    exit: exits.notSteady,
    message: `${told}: ${sentence(what)}`,
    tryThis: restored ? 'Look again with: kha-lab check' : 'Once it is put back, look with: kha-lab check',
  });
}

/** What a failure said is a sentence with its full stop already. */
function sentence(what: string): string {
  return what.endsWith('.') ? what : `${what}.`;
}
