#!/usr/bin/env bash
# Builds the control plane of one Kubernetes version from source into the cache; prints the folder.
# 1.20.x comes from Debian's source package (the last line with endpoints locks), anything newer from its Go module.
. "$(dirname "$0")/cache.sh"

version="${1:?usage: kubernetes.sh VERSION}"
final="$cache/kubernetes/$version"
here="$(cd "$(dirname "$0")" && pwd)"

if [ ! -d "$final" ]; then
  lock "kubernetes-$version"
  if [ ! -d "$final" ]; then
    begin "$final"
    say "building Kubernetes $version, about 6 minutes on 2 cores"
    case "$version" in
      1.20.*) . "$here/from-debian-source.sh" ;;
      *) . "$here/from-go-module.sh" ;;
    esac
    for component in kube-apiserver kube-scheduler kube-controller-manager; do
      "$part/$component" --version | grep -q "v$version" ||
        { say "$component says it is $("$part/$component" --version), not $version"; exit 1; }
    done
    finish "$final"
  fi
fi
printf '%s\n' "$final"
