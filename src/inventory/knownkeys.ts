// Which keys are known at a place in the inventory: read from its JSON Schema, so that there is one definition.

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
  readonly items?: Shape;
  readonly additionalProperties?: Shape | boolean;
  readonly anyOf?: readonly Shape[];
}

function step(shape: Shape, part: PropertyKey): readonly Shape[] {
  const inner: (Shape | boolean | undefined)[] = [shape.properties?.[String(part)]];
  if (typeof part === 'number') inner.push(shape.items);
  inner.push(shape.additionalProperties);
  return inner.filter((each): each is Shape => typeof each === 'object');
}

const branches = (shape: Shape): readonly Shape[] => [shape, ...(shape.anyOf ?? [])];

/** Known keys of the map at `path`, without editors' `$schema`. */
export function knownKeys(schema: object, path: readonly PropertyKey[]): readonly string[] {
  let shapes: readonly Shape[] = branches(schema as Shape);
  for (const part of path) shapes = shapes.flatMap((shape) => step(shape, part)).flatMap(branches);
  return shapes.flatMap(({ properties }) => Object.keys(properties ?? {})).filter((key) => key !== '$schema');
}
