// What is written into a master's file system before it boots: name, network, login, units, certificates.
import { chmod, copyFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { kubeconfig } from './kubeconfig.ts';
import { COMPONENT_CLIENTS } from './pki.ts';
import { ADDRESSES, addressOf, GATEWAY, LOG_FOLDER } from './places.ts';
import { link, put, WANTS } from './put.ts';
import { renderedUnits, type Version } from './rendered-units.ts';

export interface MasterFiles {
  readonly root: string;
  readonly name: string;
  readonly version: Version;
  /** All masters there are. */
  readonly masters: readonly string[];
  /** The first master is a node too. */
  readonly nodes: boolean;
  readonly timeZone: string;
  /** The user ssh logs in as; anyone but root gets the sudoers lines and no other way to the logs. */
  readonly user: string;
  readonly sudoers: readonly string[];
  readonly pki: string;
  readonly publicKey: string;
  /** This master's private ssh host key; its public half lies beside it with .pub. */
  readonly hostKey: string;
}

const KEYS = [
  'ca.crt',
  'sa.key',
  'sa.pub',
  ...['server', 'etcd', 'etcd-client', 'kubelet-client'].flatMap((name) => [`${name}.crt`, `${name}.key`]),
];
const MASKED = [
  'apt-daily.timer',
  'apt-daily-upgrade.timer',
  'dpkg-db-backup.timer',
  'e2scrub_all.timer',
  'fstrim.timer',
  'systemd-resolved.service',
  'systemd-networkd-wait-online.service',
];

async function identity(files: MasterFiles): Promise<void> {
  const at = (path: string) => join(files.root, path);
  const hosts = Object.entries(ADDRESSES).map(([name, address]) => `${address} ${name}`);
  await put(at('etc/hostname'), `${files.name}\n`);
  await put(at('etc/hosts'), ['127.0.0.1 localhost', ...hosts, ''].join('\n'));
  await link(`/usr/share/zoneinfo/${files.timeZone}`, at('etc/localtime'));
  await put(at('etc/timezone'), `${files.timeZone}\n`);
  const network = [
    '[Match]',
    'Name=host0',
    '[Network]',
    `Address=${addressOf(files.name)}/24`,
    `Gateway=${GATEWAY}`,
  ];
  await put(
    at('etc/systemd/network/10-host0.network'),
    [...network, 'LinkLocalAddressing=no', ''].join('\n'),
  );
  // Components log much at --v=5: losing lines would be losing the truth that tests compare with.
  await put(at('etc/systemd/journald.conf.d/all.conf'), '[Journal]\nRateLimitIntervalSec=0\n');
  await link('/lib/systemd/system/systemd-networkd.service', at(`${WANTS}/systemd-networkd.service`));
  await link('/lib/systemd/system/ssh.service', at(`${WANTS}/ssh.service`));
  for (const name of MASKED) await link('/dev/null', at(`etc/systemd/system/${name}`));
}

async function login(files: MasterFiles): Promise<void> {
  const at = (path: string) => join(files.root, path);
  await copyFile(files.hostKey, at('etc/ssh/ssh_host_ed25519_key'));
  await chmod(at('etc/ssh/ssh_host_ed25519_key'), 0o600);
  await copyFile(`${files.hostKey}.pub`, at('etc/ssh/ssh_host_ed25519_key.pub'));
  await put(
    at('etc/ssh/sshd_config.d/lab.conf'),
    'HostKey /etc/ssh/ssh_host_ed25519_key\nPasswordAuthentication no\n',
  );
  const home = files.user === 'root' ? 'root' : `home/${files.user}`;
  if (files.user !== 'root') {
    await execa('chroot', [files.root, 'useradd', '--create-home', '--shell', '/bin/bash', files.user]);
    await put(at(`etc/sudoers.d/${files.user}`), `${files.sudoers.join('\n')}\n`, 0o440);
    await execa('chroot', [files.root, 'visudo', '--check', '--quiet']);
  }
  await mkdir(at(`${home}/.ssh`), { recursive: true, mode: 0o700 });
  await put(at(`${home}/.ssh/authorized_keys`), files.publicKey, 0o600);
  await execa('chroot', [files.root, 'chown', '-R', `${files.user}:`, `/${home}/.ssh`]);
}

async function controlPlane(files: MasterFiles): Promise<void> {
  const { name, pki } = files;
  const at = (path: string) => join(files.root, path);
  await mkdir(at('srv/kubernetes'), { recursive: true, mode: 0o700 });
  for (const file of KEYS)
    await put(at(`srv/kubernetes/${file}`), await readFile(join(pki, file), 'utf8'), 0o600);
  const server = `https://${addressOf(name)}:6443`;
  for (const client of COMPONENT_CLIENTS)
    await put(at(`srv/kubernetes/${client}.kubeconfig`), await kubeconfig(pki, { client, server }), 0o600);
  await mkdir(at(LOG_FOLDER.slice(1)), { recursive: true });
  await chmod(at(LOG_FOLDER.slice(1)), files.user === 'root' ? 0o755 : 0o700);
  for (const [file, text] of renderedUnits(name, files)) {
    await put(at(`etc/systemd/system/${file}`), text);
    if (file.endsWith('.service')) await link(`/etc/systemd/system/${file}`, at(`${WANTS}/${file}`));
  }
  await mkdir(at('opt/bin'), { recursive: true });
}

/** Who is root on a master has kubectl there, as an administrator does; an ordinary login has not. */
async function administration(files: MasterFiles): Promise<void> {
  if (files.user !== 'root') return;
  const config = { client: 'admin', server: `https://${addressOf(files.name)}:6443` };
  await put(join(files.root, 'root/.kube/config'), await kubeconfig(files.pki, config), 0o600);
}

/** Fills the file system mounted at `files.root`; it is ready to boot afterwards. */
export async function writeMasterFiles(files: MasterFiles): Promise<void> {
  await identity(files);
  await login(files);
  await controlPlane(files);
  await administration(files);
}
