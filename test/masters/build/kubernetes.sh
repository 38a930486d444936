#!/usr/bin/env bash
# Builds the components of one Kubernetes version from source into the cache; prints the folder.
# 1.20.x comes from Debian's source package (the last line with endpoints locks), anything newer from its Go module.
. "$(dirname "$0")/cache.sh"

version="${1:?usage: kubernetes.sh VERSION}"
final="$cache/kubernetes/$version"
here="$(cd "$(dirname "$0")" && pwd)"

# wanting: those that are not there yet. Each is moved in whole, so a folder of fewer is made complete while it is in use.
wanting() {
  local component
  for component in kube-apiserver kube-scheduler kube-controller-manager kube-proxy kubelet; do
    [ -x "$final/$component" ] || printf '%s ' "$component"
  done
}

if [ -n "$(wanting)" ]; then
  lock "kubernetes-$version"
  components="$(wanting)"
  if [ -n "$components" ]; then
    begin "$final"
    say "building Kubernetes $version, about 6 minutes on 2 cores: $components"
    case "$version" in
      1.20.*) . "$here/from-debian-source.sh" ;;
      *) . "$here/from-go-module.sh" ;;
    esac
    for component in $components; do
      "$part/$component" --version | grep -q "v$version" ||
        { say "$component says it is $("$part/$component" --version), not $version"; exit 1; }
    done
    if [ -d "$final" ]; then
      sync -f "$part"
      for component in $components; do mv -T "$part/$component" "$final/$component"; done
      rmdir "$part"
    else
      finish "$final"
    fi
  fi
fi
printf '%s\n' "$final"
