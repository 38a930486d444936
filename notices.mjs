// The licences of what is bundled, from the list of files that went into it: they go with the package.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** One text: each bundled package with version, licence and the licence's own words. */
export async function licenceNotices(root, files) {
  const folders = new Set(
    files.flatMap((file) => file.match(/^(?:.*?)(node_modules\/(?:@[^/]+\/)?[^/]+)(?=\/)/g)?.slice(-1) ?? []),
  );
  const notices = await Promise.all([...folders].sort().map((folder) => noticeOf(join(root, folder))));
  return `kha-lab contains the following packages.\n\n${notices.join('\n')}`;
}

async function noticeOf(folder) {
  const {
    name,
    version,
    licenses = [],
    license = licenses.map(({ type }) => type).join(', '),
  } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e(\.(md|txt))?$/i.test(entry));
  const words = file
    ? await readFile(join(folder, file), 'utf8')
    : 'The package comes without a licence text.\n';
  return `## ${name} ${version} (${license})\n\n${words}`;
}
