# Builds $components of a current Kubernetes as an ordinary Go module into $part. Sourced by kubernetes.sh.

command -v go >/dev/null || { say "Kubernetes $version is built with a current Go: install one first"; exit 1; }
"$here/install-packages.sh" jq

work="$part.source"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
cd "$work"
export CGO_ENABLED=0 GOFLAGS=-mod=mod GOWORK=off

module=k8s.io/kubernetes@v$version
say "fetching $module"
modfile="$(go mod download -json "$module" | jq -r .GoMod)"
needed="$(go mod edit -json "$modfile" | jq -r .Go)"
present="$(go env GOVERSION)"
# A Go that may fetch another toolchain for itself does; one that may not must be new enough.
if [ "$(go env GOTOOLCHAIN)" = local ] &&
  [ "$(printf '%s\n' "$needed" "${present#go}" | sort -V | head -1)" != "$needed" ]; then
  say "Kubernetes $version needs Go $needed or newer, this is $present"
  exit 1
fi
# Its own go.mod points at folders of its repository; outside it, each is a module k8s.io/X v0.MINOR.PATCH.
staged="$(go mod edit -json "$modfile" | jq -r '
  [(.Replace[]? | select((.New.Path // "") | startswith("./")) | .Old.Path),
   (.Require[]? | select(.Version == "v0.0.0") | .Path)] | unique[] | select(startswith("k8s.io/"))')"
{
  printf 'module kha.lab/masters\n\ngo %s\n\n' "$needed"
  printf 'require k8s.io/kubernetes v%s\n' "$version"
  for path in $staged; do printf 'replace %s => %s v0.%s\n' "$path" "$path" "${version#*.}"; done
} >go.mod
{
  printf '//go:build tools\n\npackage tools\n\n'
  for component in $components; do printf 'import _ "k8s.io/kubernetes/cmd/%s/app"\n' "$component"; done
} >tools.go
go mod tidy -e >"$work/tidy.log" 2>&1 || { tail -20 "$work/tidy.log" >&2; exit 1; }
for component in $components; do
  say "compiling $component"
  go build -trimpath -ldflags "-s -w -X k8s.io/component-base/version.gitVersion=v$version" \
    -o "$part/$component" "k8s.io/kubernetes/cmd/$component"
done
