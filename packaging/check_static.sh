#!/usr/bin/env bash
# That a program is static and works: without a network, by the name of a host, and over HTTP.
#   check_static.sh ORGSHAKE
set -euo pipefail

program=$(realpath "$1")
fail() { echo "$0: $*" >&2; exit 1; }

linked=$(ldd "$program" 2>&1 || true)
[[ $linked == *"statically linked"* || $linked == *"not a dynamic executable"* ]] || fail "not static: $linked"

home=$(mktemp -d)
accept() { env -i HOME="$home" "$@" accept-handshake --handshake-id h-examplehandshakeid111 --query Handshake.State --output text; }
[[ $(accept "$program" --sandbox) == ACCEPTED ]] || fail "the sandbox within the program doesn't answer"

eval "$(env -i HOME="$home" "$program" sandbox serve 2>"$home/log" & echo "server=$!")"
trap 'kill "$server"; rm -r "$home"' EXIT
url=${AWS_ENDPOINT_URL/127.0.0.1/localhost}
[[ $url == *localhost* ]] || fail "no endpoint: ${AWS_ENDPOINT_URL-}"
state=$(accept AWS_ACCESS_KEY_ID=222222222222 AWS_SECRET_ACCESS_KEY=sandbox "$program" --endpoint-url "$url") || fail "no answer from $url"
[[ $state == ACCEPTED ]] || fail "$url answers $state"
