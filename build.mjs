// Bundles the program: dist/cli.js, one file for each process of the sandbox, and the chunks they share; the man page beside it.
import { execFileSync } from 'node:child_process';
import { chmod, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { licenceNotices } from './notices.mjs';
import { librariesPatched } from './patches.mjs';

const root = import.meta.dirname;
const dist = process.env.KHA_DIST ?? join(root, 'dist');
const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));

/** Every `src/sandbox/PROGRAM/main.ts` becomes `dist/sandbox-PROGRAM.js`: all output lies flat, so siblings are found by name. */
async function sandboxPrograms() {
  const folder = join(root, 'src/sandbox');
  const found = {};
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const files = await readdir(join(folder, entry.name));
    if (files.includes('main.ts')) found[`sandbox-${entry.name}`] = join(folder, entry.name, 'main.ts');
  }
  return found;
}

/** Optional parts that must not be in the bundle: ssh2's native addons (it runs as well without) and React's developer tools. */
const leaveOut = {
  name: 'leave-out',
  setup(plugin) {
    plugin.onResolve({ filter: /\.node$|^cpu-features$|^react-devtools-core$/ }, ({ path }) => ({
      path,
      namespace: 'left-out',
    }));
    plugin.onLoad({ filter: /.*/, namespace: 'left-out' }, ({ path }) => ({
      contents:
        path === 'react-devtools-core' ? 'export default {}' : `throw new Error('left out of the bundle')`,
      loader: 'js',
    }));
  },
};

await rm(dist, { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: { cli: join(root, 'src/cli.ts'), ...(await sandboxPrograms()) },
  outdir: dist,
  absWorkingDir: root,
  metafile: true,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  chunkNames: '[name]-[hash]',
  // Names stay as they were written: a stack in a bug report says something, and nothing is renamed back at each start.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  logLevel: 'warning',
  define: {
    'process.env.NODE_ENV': '"production"',
    'process.env.DEV': '"false"',
    KHA_VERSION: JSON.stringify(version),
  },
  // Bundled CommonJS packages ask for these; names of our own keep them apart from what modules declare themselves.
  banner: {
    js: `import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;`,
  },
  plugins: [leaveOut, librariesPatched(root)],
});
// What reports play terminals with goes into their pages as it is: its bundle holds solid-js, too.
for (const name of ['asciinema-player.min.js', 'asciinema-player.css'])
  await copyFile(join(root, 'node_modules/asciinema-player/dist/bundle', name), join(dist, name));
const copied = ['node_modules/asciinema-player/', 'node_modules/solid-js/'];
await writeFile(
  join(dist, 'LICENCES.txt'),
  await licenceNotices(root, [...Object.keys(metafile.inputs), ...copied]),
);
await chmod(join(dist, 'cli.js'), 0o755);
const man = join(dist, '../man');
await mkdir(man, { recursive: true });
await writeFile(
  join(man, 'kha-lab.1'),
  execFileSync(process.execPath, [join(dist, 'cli.js'), 'help', '--man']),
);
