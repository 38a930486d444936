// A package registry on loopback with one package in it, as npm asks for it.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll } from 'vitest';

/** Its address. The folder holds a package.json; the server ends after the file's last test. */
export async function registryOf(folder: string): Promise<string> {
  const { name, version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  await execa('npm', ['pack', '--ignore-scripts'], { cwd: folder });
  const tarball = readFileSync(join(folder, `${name}-${version}.tgz`));
  const server = createServer(({ url }, response) => {
    const { port } = server.address() as AddressInfo;
    if (url?.endsWith('.tgz')) return void response.end(tarball);
    if (decodeURIComponent(url ?? '') !== `/${name}`) {
      response.statusCode = 404;
      return void response.end(JSON.stringify({ error: 'not found' }));
    }
    const dist = {
      tarball: `http://127.0.0.1:${port}/${name}.tgz`,
      integrity: `sha512-${createHash('sha512').update(tarball).digest('base64')}`,
    };
    const versions = { [version]: { name, version, dist } };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}
