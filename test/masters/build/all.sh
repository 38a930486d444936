#!/usr/bin/env bash
# Makes everything the tests on real masters need: packages, root file system, both Kubernetes versions. Idempotent.
. "$(dirname "$0")/cache.sh"

cd "$(dirname "$0")"
./install-packages.sh systemd-container iproute2 iptables openssh-client util-linux openssl curl
./rootfs.sh
./kubernetes.sh 1.36.3
./kubernetes.sh 1.20.2
