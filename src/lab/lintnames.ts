// Mistakes in the names between double braces of any file of a lab.
import { nearest } from '../inventory/nearest.ts';
import { allNames, isName } from './names.ts';
import { namesIn } from './template.ts';
import type { Fault } from './yamlfile.ts';

/** Every name between double braces that there is not, with what was probably meant. */
export function namesFault(file: string, source: string): readonly Fault[] {
  return namesIn(source)
    .filter(({ name }) => !isName(name))
    .map(({ name, at }) => {
      const near = nearest(name, everyName());
      const line = source.slice(0, at).split('\n').length;
      return { file, line, what: `unknown name {{${name}}}${near ? `, did you mean {{${near}}}?` : ''}` };
    });
}

function everyName(): readonly string[] {
  return allNames().flatMap((one) =>
    one.endsWith('COMPONENT')
      ? ['kube-scheduler', 'kube-controller-manager'].map((component) => one.replace('COMPONENT', component))
      : [one],
  );
}
