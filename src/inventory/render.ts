// Writes an inventory as a newcomer would like to find it: for `kha-lab init`.
import { Document } from 'yaml';
import type { WrittenInventory } from './schema.ts';

const comments: Readonly<Record<string, string>> = {
  masters: ' The control-plane hosts. "name" is the host name, as lock holders show it.',
  ssh: ' How their host keys are judged: yes | ask | accept-new.',
  sudo: ' auto: "sudo -n" where the login is not root | never | always.',
  cluster:
    ' How the Kubernetes API is reached: a kubeconfig here, or { via: ssh, kubeconfig: … } on each master.',
  components: ' Where components run and log. Found by looking, when left out.',
};

/** YAML text that `parseInventory` reads back to the same. */
export function renderInventory(inventory: WrittenInventory): string {
  const document = new Document(inventory);
  document.commentBefore =
    ' kha-lab inventory: see "kha-lab init --help".\n yaml-language-server: $schema=node_modules/kha-lab/schema/kha-lab.schema.json';
  if ('items' in (document.contents ?? {})) {
    for (const { key } of (
      document.contents as { items: { key: { value?: unknown; commentBefore?: string } }[] }
    ).items) {
      const comment = comments[String(key.value)];
      if (comment !== undefined) key.commentBefore = comment;
    }
  }
  return document.toString({ lineWidth: 100 });
}
