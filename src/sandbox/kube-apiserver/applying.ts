// PATCH: changes what is there; an apply also makes what is not.
import { kept, shown } from './eventforms.ts';
import { isMap, type KubeObject } from './object.ts';
import { patcherOf } from './patch.ts';
import type { Named } from './read.ts';
import { badRequest, Refusal } from './refusal.ts';
import { changeObject, createObject, expectUnchanged, type Writing } from './write.ts';

/** @throws Refusal */
export async function patchedOrApplied(
  writing: Writing,
  target: Named,
  request: { readonly contentType: string; readonly body: unknown },
): Promise<{ object: KubeObject; created: boolean }> {
  const { kind, name } = target;
  const patch = patcherOf(request.contentType, request.body);
  try {
    const object = await changeObject(writing, target, (current) => {
      const patched = kept(kind, patch(shown(kind, current)));
      expectUnchanged(kind, current, patched);
      return patched;
    });
    return { object, created: false };
  } catch (error) {
    const missing = error instanceof Refusal && error.code === 404 && !target.subresource;
    if (!missing || request.contentType !== 'application/apply-patch+yaml') throw error;
    if (!isMap(request.body)) throw badRequest('an applied configuration is an object');
    const metadata = { ...(request.body.metadata as object), name };
    const given = kept(kind, { ...request.body, metadata } as unknown as KubeObject);
    return { object: await createObject(writing, target, given), created: true };
  }
}
