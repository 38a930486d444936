// What may be written in kha-lab.yaml: the one definition behind reading, its messages and the published JSON Schema.
import { z } from 'zod';
import { nearest } from './nearest.ts';

const knownComponents = [
  'kube-scheduler',
  'kube-controller-manager',
  'kube-apiserver',
  'cloud-controller-manager',
  'etcd',
  'kubelet',
  'kube-proxy',
] as const;

const word = (what: string) =>
  z
    .string()
    .regex(/^[^\s-][^\s]*$/, `${what} without spaces that does not begin with "-"`)
    .describe(what);

const port = z.int().min(1).max(65535);

const ssh = z
  .strictObject({
    host: word('a host name or address'),
    port: port.optional().describe('default: what ssh_config says for this host, else 22'),
    user: word('a user name')
      .optional()
      .describe('default: what ssh_config says for this host, else your own'),
    identityFile: z
      .union([z.string().min(1), z.array(z.string().min(1)).min(1)])
      .optional()
      .describe('a private key file, or several; default: as OpenSSH'),
  })
  .describe('how the master is reached over SSH');

const place = z.strictObject({
  unit: word('a systemd unit').optional().describe('its systemd unit, such as kube-scheduler.service'),
  logs: z
    .string()
    .regex(/^(journal|\/.*)$/, '"journal" or an absolute path')
    .optional()
    .describe('"journal", or the absolute path of its log file'),
});

const components = z.record(z.string(), place).superRefine((found, context) => {
  for (const name of Object.keys(found)) {
    if ((knownComponents as readonly string[]).includes(name)) continue;
    const meant = nearest(name, knownComponents);
    if (meant === null) continue;
    context.addIssue({
      code: 'custom',
      path: [name],
      message: `component "${name}" is not known; did you mean "${meant}"?`,
    });
  }
});

const master = z
  .strictObject({
    name: word('a host name').describe('the host name, as lock holders show it'),
    identity: word('a holder name')
      .optional()
      .describe('what lock holders show, where that is not the host name'),
    ssh: z
      .union([word('an ssh_config alias'), ssh])
      .optional()
      .describe('how it is reached: an alias of your ssh_config, or the details'),
    local: z.literal(true).optional().describe('the master is this very machine'),
    api: z
      .strictObject({ host: word('a host name or address'), port: port.default(6443) })
      .optional()
      .describe('its own API server'),
    components: components.optional().describe('found by looking, when left out'),
  })
  .superRefine(({ name, ssh: reach, local }, context) => {
    if (reach === undefined && local === undefined)
      context.addIssue({
        code: 'custom',
        message: `master ${name} does not say how it is reached: give "ssh:" or "local: true"`,
      });
    if (reach !== undefined && local !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['local'],
        message: `master ${name} has both "ssh:" and "local:": give one`,
      });
  });

const cluster = z
  .strictObject({
    via: z
      .enum(['kubeconfig', 'ssh'])
      .optional()
      .describe(
        'where the kubeconfig lies: here (the default), or on the masters, read and tunnelled over SSH',
      ),
    kubeconfig: z.string().min(1).describe('a file here, or with "via: ssh" a file on each master'),
    context: z.string().min(1).optional().describe('of the kubeconfig; default: its current one'),
  })
  .superRefine(({ via, kubeconfig, context: named }, context) => {
    if (via === 'ssh' && named !== undefined)
      context.addIssue({
        code: 'custom',
        path: ['context'],
        message: '"context:" has no meaning with "via: ssh"',
      });
    if (via === 'ssh' && !kubeconfig.startsWith('/'))
      context.addIssue({
        code: 'custom',
        path: ['kubeconfig'],
        message: 'with "via: ssh", "kubeconfig:" must be an absolute path on the masters',
      });
  })
  .describe('how the Kubernetes API is reached');

export const inventorySchema = z
  .strictObject({
    $schema: z.string().optional(),
    masters: z.array(master).min(1).describe('the control-plane hosts'),
    ssh: z
      .strictObject({
        knownHostsFile: z
          .string()
          .min(1)
          .optional()
          .describe('the host keys that are known; default: as OpenSSH'),
        strictHostKeyChecking: z
          .enum(['yes', 'ask', 'accept-new'])
          .optional()
          .describe('what to do about a host whose key is not known; "ask" is "yes" without a terminal'),
        configFile: z.string().min(1).optional().describe('an ssh_config file; "none" for none'),
      })
      .optional()
      .describe('for all masters'),
    sudo: z.enum(['auto', 'never', 'always']).optional().describe('"auto": where the login is not root'),
    cluster: cluster.optional(),
    balancer: z
      .strictObject({ host: word('a host name or address'), port: port.default(6443) })
      .optional()
      .describe('the load balancer before the API servers, as nodes reach it'),
    components: components.optional().describe('for all masters; found by looking, when left out'),
  })
  .superRefine(({ masters }, context) => {
    for (const key of ['name', 'identity'] as const) {
      const seen = new Map<string, number>();
      for (const [index, each] of masters.entries()) {
        const value = each[key];
        if (value === undefined) continue;
        const before = seen.get(value);
        if (before === undefined) seen.set(value, index);
        else
          context.addIssue({
            code: 'custom',
            path: ['masters', index, key],
            message: `${key} "${value}" was already given to master ${before + 1}`,
          });
      }
    }
  });

/** An inventory as written, before paths are expanded and defaults filled in. */
export type WrittenInventory = z.input<typeof inventorySchema>;
export type ParsedInventory = z.output<typeof inventorySchema>;

/** The JSON Schema of kha-lab.yaml, for editors. */
export function inventoryJsonSchema() {
  return {
    ...z.toJSONSchema(inventorySchema, { io: 'input' }),
    title: 'kha-lab inventory',
    description: 'The masters of one Kubernetes control plane and how they are reached (kha-lab.yaml)',
  };
}
