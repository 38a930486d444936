// The ways to patch: JSON patch, merge patch, strategic merge patch, and apply, which merges like the last.
import { applyJsonPatch } from './jsonpatch.ts';
import { isMap, type KubeObject } from './object.ts';
import { badRequest, unsupportedMedia } from './refusal.ts';
import { strategicMerge } from './strategic.ts';

/** RFC 7386. */
export function mergePatch(current: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return patch;
  const merged: Record<string, unknown> = isMap(current) ? { ...current } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}

/** What a patch does to an object. @throws Refusal 400, 415; the patcher 422 */
export function patcherOf(contentType: string, patch: unknown): (current: KubeObject) => KubeObject {
  const apply = (merge: (current: unknown) => unknown) => (current: KubeObject) => {
    const patched = merge(current);
    if (!isMap(patched) || !isMap(patched.metadata)) throw badRequest('the patch leaves no object');
    return patched as KubeObject;
  };
  switch (contentType) {
    case 'application/json-patch+json':
      return apply((current) => applyJsonPatch(current, patch));
    case 'application/merge-patch+json':
      return apply((current) => mergePatch(current, patch));
    case 'application/strategic-merge-patch+json':
    case 'application/apply-patch+yaml':
      return apply((current) => strategicMerge(current, patch));
    default:
      throw unsupportedMedia(contentType);
  }
}
