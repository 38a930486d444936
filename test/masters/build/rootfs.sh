#!/usr/bin/env bash
# Builds the read-only root file system that every master is laid over, once per list of packages; prints its path.
. "$(dirname "$0")/cache.sh"

suite=bookworm
packages=systemd,systemd-sysv,dbus,openssh-server,iproute2,sudo,procps,ca-certificates,etcd-server,etcd-client,iptables,less,tzdata,util-linux
# What makes a master a node, and the load balancer before all of them: off until a pair is booted with nodes.
packages+=,containerd,runc,containernetworking-plugins,busybox-static,kubernetes-client,haproxy
key="$suite-$(printf '%s' "$packages 1" | sha256sum | cut -c1-12)"
final="$cache/rootfs/$key"

if [ ! -d "$final" ]; then
  lock "rootfs-$key"
  if [ ! -d "$final" ]; then
    "$(dirname "$0")/install-packages.sh" debootstrap
    mirror="$(debian_sources | awk -v suite="$suite" '$2 == suite { print $1; exit }')"
    begin "$final"
    say "building the masters' root file system ($suite), 1 to 2 minutes"
    debootstrap --variant=minbase --include="$packages" "$suite" "$part" ${mirror:+"$mirror"} >"$part.log" 2>&1 ||
      { tail -20 "$part.log" >&2; say "debootstrap failed: the end of its log is above"; exit 1; }
    rm -f "$part.log" "$part"/var/cache/apt/archives/*.deb
    rm -rf "$part"/var/lib/apt/lists/*
    # Every master gets an identity and keys of its own.
    : >"$part/etc/machine-id"
    rm -f "$part"/etc/ssh/ssh_host_* "$part"/var/lib/dbus/machine-id
    # Debian's own etcd unit would start with the defaults; the masters bring theirs.
    rm -f "$part"/etc/systemd/system/multi-user.target.wants/etcd.service "$part"/etc/systemd/system/etcd2.service
    ln -sf /dev/null "$part/etc/systemd/system/etcd.service"
    rm -f "$part"/etc/systemd/system/multi-user.target.wants/{containerd,haproxy}.service
    finish "$final"
  fi
fi
printf '%s\n' "$final"
