#!/usr/bin/env bash
# Installs the Debian packages named as arguments, those that are missing; does nothing when all are there.
. "$(dirname "$0")/cache.sh"

missing=()
for package in "$@"; do
  [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

say "installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
quiet=(-qq -o DPkg::Lock::Timeout=600 -o Acquire::Retries=3)
install=(apt-get "${quiet[@]}" install -y --no-install-recommends -o Dpkg::Use-Pty=0)
# A list that cannot be fetched (a third party's) must not stop Debian's own packages.
apt-get "${quiet[@]}" update >&2 || say "some package lists could not be fetched; going on with the others"
# No service of a package just installed may start on the user's machine.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi
"${install[@]}" "${missing[@]}" >&2
