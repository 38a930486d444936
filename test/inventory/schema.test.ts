// The published JSON Schema is the one the program reads by, and what `init` writes is read back.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseInventory } from '../../src/inventory/read.ts';
import { renderInventory } from '../../src/inventory/render.ts';
import { inventoryJsonSchema, type WrittenInventory } from '../../src/inventory/schema.ts';

describe('schema/kha-lab.schema.json', () => {
  it('is not stale: KHA_WRITE_SCHEMA=1 npx vitest run test/inventory writes it', () => {
    const file = fileURLToPath(new URL('../../schema/kha-lab.schema.json', import.meta.url));
    if (process.env.KHA_WRITE_SCHEMA)
      writeFileSync(file, `${JSON.stringify(inventoryJsonSchema(), null, 2)}\n`);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(inventoryJsonSchema());
  });
});

describe('renderInventory', () => {
  it('writes what is read back to the same', () => {
    const inventory: WrittenInventory = {
      masters: [
        { name: 'kuberm', ssh: { host: '172.16.155.158', user: 'root', identityFile: '~/.ssh/id_ed25519' } },
        { name: 'kuberm2', ssh: 'kuberm2', api: { host: '172.16.155.165', port: 6443 } },
      ],
      ssh: { strictHostKeyChecking: 'ask' },
      sudo: 'auto',
      cluster: { via: 'ssh', kubeconfig: '/etc/kubernetes/admin.conf' },
    };
    const text = renderInventory(inventory);
    expect(parseInventory(text, 'x')).toEqual(inventory);
    expect(text).toContain('# The control-plane hosts.');
  });
});
