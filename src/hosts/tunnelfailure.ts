// Why a tunnel could not be opened, said for a person.
import { exits, KhaError } from '../model/failure.ts';
import { sanitise } from '../model/sanitise.ts';

export function tunnelFailure(
  way: { readonly from: string; readonly host: string; readonly port: number },
  cause: unknown,
): KhaError {
  const reason = sanitise(cause instanceof Error ? cause.message : String(cause));
  const forbidden =
    /administratively prohibited/i.test(reason) || (cause as { reason?: unknown })?.reason === 1;
  return new KhaError({
    code: forbidden ? 'tunnel-forbidden' : 'tunnel-failed',
    exit: exits.unreachable,
    message: forbidden
      ? `${way.from} does not allow tunnels, so ${way.host}:${way.port} cannot be reached through it.`
      : `${way.host}:${way.port} cannot be reached from ${way.from}: ${reason}`,
    tryThis: forbidden
      ? `Set "AllowTcpForwarding local" in sshd_config on ${way.from}, or give a kubeconfig that works from here.`
      : `On ${way.from}, check that something listens on port ${way.port}: ss -ltn 'sport = :${way.port}'`,
    cause,
  });
}
