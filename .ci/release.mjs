// Whether a tag may be published: it is the package's version, and the changelog says what is in it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const [tag = ''] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const headings = readFileSync(join(root, 'CHANGELOG.md'), 'utf8').match(/^## .*$/gm) ?? [];

const obstacles = [
  tag !== `v${version}` && `The tag is "${tag}", and the package is ${version}: it must be v${version}.`,
  !headings.some((line) =>
    new RegExp(`^## ${version.replaceAll('.', '\\.')} \\(\\d{4}-\\d\\d-\\d\\d\\)$`).test(line),
  ) && `CHANGELOG.md has no "## ${version} (YYYY-MM-DD)".`,
].filter((one) => one !== false);

for (const one of obstacles) console.error(one);
process.exitCode = obstacles.length === 0 ? 0 : 1;
