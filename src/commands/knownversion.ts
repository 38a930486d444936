// Which Kubernetes versions may be asked about: those whose flags and rules are known here.
import { exits, KhaError } from '../model/failure.ts';
import { knownMinors, minorOf } from '../model/kubeversion.ts';

/** @throws KhaError `unknown-version` (exit 2) */
export function expectKnown(version: string | undefined): void {
  if (version === undefined) return;
  const minor = /^v?1\.\d+(\.\d+)?([-+].*)?$/.test(version) ? minorOf(version) : null;
  if (minor !== null && minor >= knownMinors.first && minor <= knownMinors.last) return;
  throw new KhaError({
    code: 'unknown-version',
    exit: exits.usage,
    message: `${JSON.stringify(version)} is no Kubernetes version whose flags are known here.`,
    tryThis: `They are known from 1.${knownMinors.first} to 1.${knownMinors.last}: --kubernetes 1.20.2`,
  });
}
