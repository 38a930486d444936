// The store's unit, on the first master. The tutorial shows none: this one is ours, and asks for certificates.
import type { MasterPlan, UnitFile, UnitPlan } from './plan.ts';
import { renderUnit } from './render.ts';

export function etcd(plan: UnitPlan, master: MasterPlan): UnitFile {
  const { keys } = master;
  return renderUnit({
    name: 'etcd.service',
    description: 'etcd',
    documentation: 'https://etcd.io',
    after: 'network.target',
    program: `${master.bin}/etcd`,
    flags: [
      `--name=${master.name}`,
      `--data-dir=${master.data}`,
      `--listen-client-urls=${plan.etcd.listen}`,
      `--advertise-client-urls=${plan.etcd.url}`,
      `--cert-file=${keys}/etcd.crt`,
      `--key-file=${keys}/etcd.key`,
      `--trusted-ca-file=${keys}/ca.crt`,
      '--client-cert-auth=true',
      ...(plan.etcd.peer ? peers(plan.etcd.peer, master) : []),
    ],
    service: ['Restart=on-failure', 'Type=notify', 'LimitNOFILE=65536'],
  });
}

// With no word about it, etcd opens a port for its peers without TLS.
function peers(url: string, { name, keys }: MasterPlan): string[] {
  return [
    `--listen-peer-urls=${url}`,
    `--initial-advertise-peer-urls=${url}`,
    `--initial-cluster=${name}=${url}`,
    `--peer-cert-file=${keys}/etcd.crt`,
    `--peer-key-file=${keys}/etcd.key`,
    `--peer-trusted-ca-file=${keys}/ca.crt`,
    '--peer-client-cert-auth=true',
  ];
}
