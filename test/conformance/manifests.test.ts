// The manifests of the docs' examples, held by a real kube-apiserver against its own schemas, strictly: nothing of them is kept.
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { describeWithGo } from './able.ts';
import { type Server, startReal } from './servers.ts';

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

const manifests: readonly Manifest[] = parseAllDocuments(
  readFileSync(join(import.meta.dirname, '../../docs/examples/kha-lab-probe.yaml'), 'utf8'),
).map((one) => one.toJSON());

const plurals: Readonly<Record<string, string>> = {
  Namespace: 'namespaces',
  ConfigMap: 'configmaps',
  CronJob: 'cronjobs',
};

function pathOf({ apiVersion, kind, metadata: { name, namespace } }: Manifest): string {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const within = namespace === undefined ? '' : `/namespaces/${namespace}`;
  return `${group}${within}/${plurals[kind] ?? kind}/${name}`;
}

await describeWithGo('the manifests of the examples', {
  server: 'real',
  body() {
    let server: Server | undefined;

    /** Server-side apply, every unknown or doubled field an error. */
    async function applied(manifest: Manifest, { dryRun }: { readonly dryRun: boolean }) {
      const { clusters, users } = JSON.parse(readFileSync(server?.kubeconfig ?? '', 'utf8'));
      const { cluster } = clusters[0];
      const { user } = users[0];
      const query = `fieldManager=kha-lab&fieldValidation=Strict${dryRun ? '&dryRun=All' : ''}`;
      return new Promise<{ readonly status: number; readonly text: string }>((resolve, reject) => {
        const asked = request(
          `${cluster.server}${pathOf(manifest)}?${query}`,
          {
            method: 'PATCH',
            ca: readFileSync(cluster['certificate-authority']),
            cert: readFileSync(user['client-certificate']),
            key: readFileSync(user['client-key']),
            headers: { 'content-type': 'application/apply-patch+yaml' },
          },
          (answer) => {
            let text = '';
            answer.setEncoding('utf8').on('data', (part: string) => {
              text += part;
            });
            answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }));
          },
        );
        asked.on('error', reject).end(JSON.stringify(manifest));
      });
    }

    beforeAll(async () => {
      server = await startReal();
      // What lies in a namespace is refused where there is none, also in a dry run.
      const [namespace] = manifests;
      if (namespace) expect(await applied(namespace, { dryRun: false })).toMatchObject({ status: 201 });
    }, 600_000);
    afterAll(() => server?.clear());

    for (const manifest of manifests)
      it(`${manifest.kind} ${manifest.metadata.name} is taken as it stands`, async () => {
        const { status, text } = await applied(manifest, { dryRun: true });
        expect(status < 300 ? '' : text).toBe('');
      });

    it('a misspelt field is refused', async () => {
      const job = manifests.find(({ kind }) => kind === 'CronJob');
      if (!job) throw new Error('the example has a CronJob');
      const text = JSON.stringify(job).replace('"backoffLimit"', '"backofLimit"');
      const refused = await applied(JSON.parse(text), { dryRun: true });
      expect(refused.status).toBeGreaterThanOrEqual(400);
      expect(refused.text).toContain('backofLimit');
    });
  },
});
