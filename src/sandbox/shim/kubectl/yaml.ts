// Objects as kubectl prints and reads them in YAML. A module of its own, loaded only when asked for.
import { parse, stringify } from 'yaml';

export function toYaml(object: unknown): string {
  return stringify(object, { lineWidth: 0, indentSeq: false });
}

/** JSON is YAML too. */
export const fromYaml = (text: string) => parse(text);
