// Begins a lab: the template's files in a folder of its own, with the schemas beside them for editors.
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { exits, KhaError } from '../model/failure.ts';
import { templatesFolder } from './places.ts';
import { labSchemas } from './schemas.ts';

/** The folder made. Throws a KhaError (exit 2) where something is there already, or the name cannot be one. */
export async function newLab(folder: string): Promise<string> {
  const root = resolve(folder);
  const name = basename(root);
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) {
    throw new KhaError({
      code: 'bad-name',
      exit: exits.usage,
      message: `\`${name}\` cannot be the name of a lab.`,
      tryThis: 'Use lower-case words joined by -, as in: kha-lab labs new my-lab',
    });
  }
  if (existsSync(root) && (await readdir(root)).length > 0) {
    throw new KhaError({
      code: 'exists',
      exit: exits.usage,
      message: `${folder} is there already and is not empty.`,
      tryThis: 'Choose another name, or an empty folder.',
    });
  }
  await cp(join(templatesFolder(), 'lab'), root, { recursive: true });
  const file = join(root, 'lab.yaml');
  const title = name.replaceAll('-', ' ').replace(/^./, (first) => first.toUpperCase());
  await writeFile(
    file,
    (await readFile(file, 'utf8')).replace(/^title: .*$/m, `title: ${JSON.stringify(title)}`),
  );
  await mkdir(join(root, 'schema'), { recursive: true });
  for (const [schema, content] of Object.entries(labSchemas()))
    await writeFile(join(root, 'schema', schema), `${JSON.stringify(content, null, 2)}\n`);
  return root;
}
