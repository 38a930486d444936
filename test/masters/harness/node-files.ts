// What a kubelet runs containers with, in a master that is a machine within a machine: containerd, a network for pods, an image.
import { join } from 'node:path';
import { stringify } from 'yaml';
import { IMAGE, writeImage } from './image.ts';
import { link, put, WANTS } from './put.ts';
import { KUBELET_CONFIG, type Version } from './rendered-units.ts';

const IMAGE_FILE = '/srv/kubernetes/image.tar';

/** Which sysctls a kubelet insists on; it finds them, so nothing of this machine's kernel is changed. */
const SYSCTLS: Readonly<Record<string, number>> = {
  'vm/overcommit_memory': 1,
  'vm/panic_on_oom': 0,
  'kernel/panic': 10,
  'kernel/panic_on_oops': 1,
  'kernel/keys/root_maxkeys': 1_000_000,
  'kernel/keys/root_maxbytes': 25_000_000,
};

/** A real machine has all of this; here it is made before containerd and the kubelet start. */
const GROUND = [
  '#!/bin/sh',
  'set -e',
  'ln -sf /dev/null /dev/kmsg',
  'for folder in /sys/fs/cgroup /sys/fs/cgroup/*/; do',
  '  if mountpoint -q "$folder"; then mount -o remount,rw,bind "$folder"; fi',
  'done',
  'cd /proc/sys',
  ...Object.entries(SYSCTLS).flatMap(([name, value]) => {
    const file = `/run/lab-sysctl/${name}`;
    return [
      `mkdir -p $(dirname ${file}) && echo ${value} >${file}`,
      `if [ -e ${name} ]; then mount --bind ${file} ${name}; fi`,
    ];
  }),
  '',
].join('\n');

const oneshot = (description: string, more: readonly string[], command: string) =>
  [
    '[Unit]',
    `Description=${description}`,
    ...more,
    '[Service]',
    'Type=oneshot',
    'RemainAfterExit=yes',
    `ExecStart=${command}`,
    '[Install]',
    'WantedBy=multi-user.target',
    '',
  ].join('\n');

/** On a file system that is itself laid over another none can be laid over another, so containerd copies images. */
const CONTAINERD = `version = 2
[plugins."io.containerd.grpc.v1.cri"]
  sandbox_image = "${IMAGE}"
  restrict_oom_score_adj = true
  [plugins."io.containerd.grpc.v1.cri".containerd]
    snapshotter = "native"
  [plugins."io.containerd.grpc.v1.cri".cni]
    bin_dir = "/usr/lib/cni"
    conf_dir = "/etc/cni/net.d"
`;

/** A pair of interfaces a pod, which goes with it: nothing of the network is left of a pod that is gone. */
const CNI = {
  cniVersion: '0.4.0',
  name: 'lab',
  plugins: [{ type: 'ptp', ipam: { type: 'host-local', subnet: '10.200.0.0/24' } }],
};

function kubeletConfiguration(version: Version): string {
  return stringify({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    cgroupDriver: 'cgroupfs',
    cgroupsPerQOS: false,
    enforceNodeAllocatable: [],
    failSwapOn: false,
    oomScoreAdj: 0,
    ...(version === '1.20.2'
      ? { featureGates: { LocalStorageCapacityIsolation: false } }
      : { failCgroupV1: false, localStorageCapacityIsolation: false }),
  });
}

/** Lays it into the master's file system at `root`, over `rootfs`, before it boots. */
export async function writeNodeFiles(options: {
  readonly root: string;
  readonly rootfs: string;
  readonly version: Version;
}): Promise<void> {
  const { root, rootfs, version } = options;
  const at = (path: string) => join(root, path);
  const start = async (name: string, target: string) => await link(target, at(`${WANTS}/${name}`));
  const unit = async (name: string, text: string) => {
    await put(at(`etc/systemd/system/${name}`), text);
    await start(name, `/etc/systemd/system/${name}`);
  };
  await put(at(KUBELET_CONFIG), kubeletConfiguration(version));
  await put(at('etc/containerd/config.toml'), CONTAINERD);
  await put(at('etc/cni/net.d/10-lab.conflist'), JSON.stringify(CNI));
  await writeImage(at(IMAGE_FILE), rootfs);
  await put(at('usr/local/sbin/lab-ground'), GROUND, 0o755);
  const before = ['Before=containerd.service'];
  await unit('lab-ground.service', oneshot('what a node stands on', before, '/usr/local/sbin/lab-ground'));
  const between = ['After=containerd.service', 'Requires=containerd.service', 'Before=kubelet.service'];
  const load = `/usr/bin/ctr --namespace k8s.io images import --no-unpack ${IMAGE_FILE}`;
  await unit('lab-image.service', oneshot('the image of the lab', between, load));
  const containerd = '/lib/systemd/system/containerd.service';
  await start('containerd.service', containerd);
  // The units of that time ask for docker by its name.
  if (version === '1.20.2') await link(containerd, at('etc/systemd/system/docker.service'));
}
