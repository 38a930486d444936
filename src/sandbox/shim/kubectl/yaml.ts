// Objects as kubectl prints them in YAML. A module of its own, loaded only when asked for.
import { stringify } from 'yaml';

export function toYaml(object: unknown): string {
  return stringify(object, { lineWidth: 0, indentSeq: false });
}
