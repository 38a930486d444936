# Where the real masters' parts are kept between runs, and how a part is put there whole or not at all.
# Sourced by the other scripts of this folder.

set -euo pipefail

say() { printf '%s: %s\n' "$(basename "$0" .sh)" "$*" >&2; }

# Building must leave a laptop usable, so every script of this folder runs at the lowest priority.
renice -n 19 -p $$ >/dev/null 2>&1 || true

[ "$(id -u)" = 0 ] || { say "real masters need root (mounts, namespaces, packages): run this as root"; exit 1; }
[ -r /etc/debian_version ] || { say "real masters are built from Debian's packages: this is no Debian"; exit 1; }

cache="${XDG_CACHE_HOME:-$HOME/.cache}/kha-lab"
mkdir -p "$cache"

# lock NAME: one builder of a part at a time; a second one waits, then finds the part there.
lock() {
  mkdir -p "$cache/locks"
  exec 9>"$cache/locks/$1"
  flock -n 9 || { say "another build of $1 is running: waiting for it"; flock 9; }
}

# begin FINAL: an empty directory beside FINAL (in $part), after clearing what an interrupted build left.
begin() {
  mkdir -p "$(dirname "$1")"
  rm -rf --one-file-system "$(dirname "$1")/.$(basename "$1")".building.*
  part="$(mktemp -d "$(dirname "$1")/.$(basename "$1").building.XXXXXX")"
  chmod 755 "$part"
}

# finish FINAL: the part becomes visible in one rename, so that a half-built one is never used.
finish() {
  sync -f "$part"
  mv -T "$part" "$1"
  say "ready: $1 ($(du -sh "$1" | cut -f1))"
}

# debian_sources: "URI SUITE" of every Debian archive this machine already uses, its main component only.
# apt knows an archive's origin only once its lists are there, which on a new machine they are not.
debian_sources() {
  local found
  found="$(listed_sources)"
  if [ -z "$found" ]; then
    apt-get -qq update >&2 || true
    found="$(listed_sources)"
  fi
  printf '%s\n' "$found"
}

listed_sources() {
  apt-get indextargets --format '$(ORIGIN)|$(REPO_URI)|$(RELEASE)|$(COMPONENT)' 'Created-By: Packages' |
    awk -F'|' '$1 == "Debian" && $4 == "main" { print $2, $3 }' | sort -u
}
