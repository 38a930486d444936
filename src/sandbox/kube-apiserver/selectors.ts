// Label and field selectors, as lists and watches take them.
import { type Kind, qualifiedName } from './kinds.ts';
import { type KubeObject, textAt } from './object.ts';
import { badRequest } from './refusal.ts';

export type Selector = (object: KubeObject) => boolean;

/** Splits at commas that are not within parentheses. */
function split(text: string): string[] {
  return text.split(/,(?![^(]*\))/).map((part) => part.trim());
}

/** `a=b,c!=d,e in (f,g),h notin (i),j,!k`. @throws Refusal 400 */
export function labelSelector(text: string): Selector {
  const rules = split(text)
    .filter((part) => part !== '')
    .map(labelRule);
  return ({ metadata }) => rules.every((rule) => rule(metadata.labels ?? {}));
}

function labelRule(part: string): (labels: Readonly<Record<string, string>>) => boolean {
  const set = /^([^\s=!]+)\s+(in|notin)\s+\(([^)]*)\)$/.exec(part);
  if (set) {
    const [, name = '', how, values = ''] = set;
    const wanted = values.split(',').map((value) => value.trim());
    return (labels) => wanted.includes(labels[name] ?? '\0') === (how === 'in');
  }
  const equal = /^([^\s=!]+)\s*(==|=|!=)\s*([^\s=!]*)$/.exec(part);
  if (equal) {
    const [, name = '', how, value = ''] = equal;
    return (labels) => (labels[name] === value) === (how !== '!=');
  }
  const exists = /^(!?)\s*([^\s=!()]+)$/.exec(part);
  if (!exists) throw badRequest(`unable to parse requirement: ${JSON.stringify(part)}`);
  const [, not, name = ''] = exists;
  return (labels) => name in labels === (not === '');
}

const everywhere = ['metadata.name', 'metadata.namespace'];
const perKind: Readonly<Record<string, readonly string[]>> = {
  Pod: [
    'spec.nodeName',
    'spec.restartPolicy',
    'spec.schedulerName',
    'spec.serviceAccountName',
    'spec.hostNetwork',
    'status.phase',
    'status.podIP',
    'status.nominatedNodeName',
  ],
  Event: [
    'involvedObject.kind',
    'involvedObject.namespace',
    'involvedObject.name',
    'involvedObject.uid',
    'involvedObject.apiVersion',
    'involvedObject.resourceVersion',
    'involvedObject.fieldPath',
    'regarding.kind',
    'regarding.namespace',
    'regarding.name',
    'regarding.uid',
    'reason',
    'reportingComponent',
    'reportingController',
    'source',
    'type',
  ],
  Node: ['spec.unschedulable'],
  Namespace: ['status.phase'],
  Service: ['spec.clusterIP', 'spec.type'],
};

/** `metadata.name=a,spec.nodeName!=b`, by the fields the kind can be selected by. @throws Refusal 400 */
export function fieldSelector(kind: Kind, text: string): Selector {
  const known = [...everywhere, ...(perKind[kind.kind] ?? [])];
  const rules = split(text)
    .filter((part) => part !== '')
    .map((part) => {
      const rule = /^([^=!]+)(==|=|!=)(.*)$/.exec(part);
      if (!rule) throw badRequest(`invalid field selector: ${JSON.stringify(part)}`);
      const [, name = '', how, value] = rule;
      if (!known.includes(name)) {
        throw badRequest(
          `Unable to find ${JSON.stringify(qualifiedName(kind))} that match label selector "", ` +
            `field selector ${JSON.stringify(text)}: field label not supported: ${name}`,
        );
      }
      return { name, equal: how !== '!=', value };
    });
  return (object) => rules.every(({ name, equal, value }) => (fieldOf(object, name) === value) === equal);
}

/** Events are kept in the core group's form, whichever form they are asked by. */
function fieldOf(object: KubeObject, name: string): string {
  if (object.kind !== 'Event') return textAt(object, name) || (name === 'spec.unschedulable' ? 'false' : '');
  if (name === 'source') return textAt(object, 'source.component') || textAt(object, 'reportingComponent');
  if (name === 'reportingController') return textAt(object, 'reportingComponent');
  return textAt(object, name.replace(/^regarding\./, 'involvedObject.'));
}

/** Both selectors of a query. @throws Refusal 400 */
export function selectorOf(kind: Kind, query: URLSearchParams): Selector {
  const labels = labelSelector(query.get('labelSelector') ?? '');
  const fields = fieldSelector(kind, query.get('fieldSelector') ?? '');
  return (object) => labels(object) && fields(object);
}
