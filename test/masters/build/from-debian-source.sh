# Builds $components of Debian 12's Kubernetes source package into $part, with the Go it was made for. Sourced by kubernetes.sh.

"$here/install-packages.sh" golang-1.19-go rsync jq dpkg-dev make patch xz-utils gcc libc6-dev

work="$part.source"
mkdir -p "$work/lists/partial" "$work/gopath/src/k8s.io" "$work/home"
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work"

# Source lists of our own, so that the user's stay as they are.
debian_sources | awk 'NF == 2 { print "deb-src", $1, $2, "main" }' >sources.list
[ -s sources.list ] || { say "no Debian archive among this machine's package sources"; exit 1; }
apt=(apt-get -qq -o Dir::Etc::sourcelist="$work/sources.list" -o Dir::Etc::sourceparts=/dev/null
  -o Dir::State::lists="$work/lists" -o APT::Sandbox::User=root -o Acquire::Retries=3
  -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=)
say "fetching Debian's source of Kubernetes"
"${apt[@]}" update >&2
"${apt[@]}" source kubernetes >"$work/source.log" 2>&1 || { tail -20 "$work/source.log" >&2; exit 1; }
tree="$(find "$work" -maxdepth 1 -type d -name 'kubernetes-*' | head -1)"
ln -s "$tree" "$work/gopath/src/k8s.io/kubernetes"

export HOME="$work/home" GOPATH="$work/gopath" GO111MODULE=off GOFLAGS= GOTOOLCHAIN= CGO_ENABLED=0
export GOCACHE="$cache/go-build-1.19" PATH="/usr/lib/go-1.19/bin:$PATH"
export KUBE_GIT_TREE_STATE=clean KUBE_GIT_VERSION="v$version" KUBE_GIT_COMMIT=debian KUBE_GIT_MAJOR=1 KUBE_GIT_MINOR=20
cd "$work/gopath/src/k8s.io/kubernetes"
# Go 1.18 changed how maps are walked; the reflect2 shipped here is older and walks them into a crash. 1.0.2 knows both.
fixed="$(GO111MODULE=on GOFLAGS=-mod=mod go mod download -json github.com/modern-go/reflect2@v1.0.2 | jq -r .Dir)"
rm -f vendor/github.com/modern-go/reflect2/*.{go,s}
cp "$fixed"/*.{go,s} vendor/github.com/modern-go/reflect2/
rm -f vendor/github.com/modern-go/reflect2/*_test.go

# --version and the API's /version come from different packages, in GOPATH mode under vendor or not.
flags="-s -w"
for package in pkg/version vendor/k8s.io/component-base/version vendor/k8s.io/client-go/pkg/version; do
  for value in gitVersion=v$version gitMajor=1 gitMinor=20 gitTreeState=clean; do
    flags+=" -X k8s.io/kubernetes/$package.$value"
  done
done
say "generating code"
make generated_files >"$work/generate.log" 2>&1 || { tail -20 "$work/generate.log" >&2; exit 1; }
for component in $components; do
  say "compiling $component"
  go build -trimpath -ldflags "$flags" \
    -o "$part/$component" "k8s.io/kubernetes/cmd/$component"
done
# Only a build cut short needs what was compiled on the way.
rm -rf "$GOCACHE"
