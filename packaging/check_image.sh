#!/usr/bin/env bash
# Builds the container image from the archive of a Linux program, uses it, and saves it beside the archive.
#   check_image.sh orgshake-VERSION-TARGET.tar.gz
set -euo pipefail

fail() { echo "$0: $*" >&2; exit 1; }
archive=$(realpath "$1")
folder=$(basename "$archive" .tar.gz)
[[ $folder =~ ^orgshake-(.+)-(x86_64|aarch64)-unknown-linux-musl$ ]] || fail "$1 is no archive of a program for Linux"
version=${BASH_REMATCH[1]} machine=${BASH_REMATCH[2]}
image=orgshake:$version

place=$(mktemp -d)
trap 'rm -r "$place"' EXIT
tar -xzf "$archive" -C "$place"
docker build --tag "$image" "$place/$folder"

run() { docker run --rm --network none "$@"; }
[[ $(run "$image" --version | head -n 1) == "orgshake $version" ]] || fail "the image has another version"
state=$(run "$image" --sandbox accept-handshake --handshake-id h-examplehandshakeid111 --query Handshake.State --output text)
[[ $state == ACCEPTED ]] || fail "the sandbox says $state"
# The server of the sandbox needs a directory for temporary files.
state=$(run --user 1234:1234 --read-only --tmpfs /tmp "$image" sandbox exec -- \
    /usr/bin/orgshake describe-handshake --handshake-id h-examplehandshakeid111 --query Handshake.State --output text)
[[ $state == OPEN ]] || fail "the sandbox's server says $state"
[[ $(docker image inspect --format '{{.Config.User}}' "$image") == 65532:65532 ]] || fail "the image runs as another user"
# The program has certificate authorities: it rejects a server for its certificate, not for the lack of authorities.
openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -addext basicConstraints=critical,CA:FALSE -days 1 \
    -keyout "$place/key" -out "$place/certificate" 2>/dev/null
openssl s_server -accept 127.0.0.1:0 -key "$place/key" -cert "$place/certificate" -www >"$place/log" 2>&1 &
server=$!
trap 'kill "$server"; rm -r "$place"' EXIT
for _ in {1..100}; do grep -qs '^ACCEPT' "$place/log" && break; sleep 0.1; done
port=$(sed -n 's/^ACCEPT.*:\([0-9]*\)$/\1/p' "$place/log")
error=$(docker run --rm --network host --env AWS_ACCESS_KEY_ID=x --env AWS_SECRET_ACCESS_KEY=x "$image" \
    list-handshakes-for-account --endpoint-url "https://127.0.0.1:$port" 2>&1 || true)
[[ $error == *"from an unknown authority"* ]] || fail "no certificate authorities: $error"

docker save "$image" | gzip --no-name >"$(dirname "$archive")/orgshake-$version-image-$machine.tar.gz"
