// When a fault was over: by the command that ended it, told once, and only of a fault that came about.
import type { Finished } from '../../hosts/host.ts';
import { KhaError } from '../../model/failure.ts';
import { type EpochMs, heldBetween, instantOf } from '../../model/time.ts';
import type { Step } from '../faults/design.ts';
import { run } from './faulting.ts';
import type { RoundRequest, Scheduled } from './request.ts';
import { roundOf, tellStep } from './telling.ts';

export interface FaultEnd {
  /**
   * Types the first command of the way back where that ends the fault, and notes the host's clock. What it returns is
   * done; null where nothing is, and `restore` takes it all. Never rejects for what a host does.
   */
  undoFirst(): Promise<Step | null>;
  /** The struck unit was started again: what was down until then is so no more. */
  started(ran: Finished): void;
  /** All is put back. Whatever ended the fault, if its answer was lost, did so since the way back began. */
  putBack(): void;
}

export function faultEnd(request: RoundRequest, { design }: Scheduled): FaultEnd {
  const { clock, stage, watching } = request;
  const { name } = design.on;
  const inUndo = design.overOnce === 'begun' || design.overOnce === 'returned';
  const sinceMs = clock();
  const cameAbout = () =>
    roundOf(request, stage.scene())?.marks.some((mark) => mark.name === 'faultIssued') === true;
  let told = false;
  const tell = (at: { readonly atMs: EpochMs; readonly errorMs: number }) => {
    if (!told && cameAbout()) tellStep(request, name, { phase: 'ended' }, at);
    told = true;
  };
  const tellBetween = (fromMs: EpochMs, toMs: EpochMs) =>
    tell({ atMs: (fromMs + toMs) / 2, errorMs: (toMs - fromMs) / 2 });

  return {
    async undoFirst() {
      const [first] = design.undo;
      if (!first || !inUndo) return null;
      try {
        const ran = await run(request, first);
        const { hostBeforeMs, hostAfterMs, code } = ran;
        if (code !== 0 && !first.mayFail) return null;
        const halfMs = design.overOnce === 'begun' ? (hostAfterMs - hostBeforeMs) / 2 : 0;
        const at = heldBetween(instantOf(watching.offsets(name), hostAfterMs - halfMs), ran);
        tell({ atMs: at.atMs, errorMs: at.errorMs + halfMs });
        return code === 0 ? first : null;
      } catch (error) {
        if (error instanceof KhaError) return null;
        throw error;
      }
    },
    started({ startedMs, endedMs }) {
      if (!inUndo) tellBetween(startedMs, endedMs);
    },
    putBack() {
      if (inUndo) tellBetween(sinceMs, clock());
    },
  };
}
