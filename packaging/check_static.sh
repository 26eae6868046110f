#!/usr/bin/env bash
# Checks that a program is static and hardened, and that it works offline, with a host name, and over HTTP.
#   check_static.sh ORGSHAKE
set -euo pipefail

program=$(realpath "$1")
fail() { echo "$0: $*" >&2; exit 1; }

linked=$(ldd "$program" 2>&1 || true)
[[ $linked == *"statically linked"* || $linked == *"not a dynamic executable"* ]] || fail "not static: $linked"

# rustc can't make static position-independent executables for arm64 yet.
header=$(readelf -hldW "$program")
if [[ $header != *"Machine:"*AArch64* ]]; then
    [[ $header =~ Type:\ +DYN ]] || fail "not position-independent"
    for mark in GNU_RELRO BIND_NOW 'Flags: NOW PIE'; do [[ $header == *"$mark"* ]] || fail "no $mark"; done
fi
[[ $header =~ GNU_STACK[^$'\n']*\ RW\ +0x ]] || fail "the stack is executable"

home=$(mktemp -d)
accept() { env -i HOME="$home" "$@" accept-handshake --handshake-id h-examplehandshakeid111 --query Handshake.State --output text; }
[[ $(accept "$program" --sandbox) == ACCEPTED ]] || fail "the built-in sandbox doesn't work"

eval "$(env -i HOME="$home" "$program" sandbox serve 2>"$home/log" & echo "server=$!")"
trap 'kill "$server"; rm -r "$home"' EXIT
url=${AWS_ENDPOINT_URL/127.0.0.1/localhost}
[[ $url == *localhost* ]] || fail "no endpoint: ${AWS_ENDPOINT_URL-}"
state=$(accept AWS_ACCESS_KEY_ID=222222222222 AWS_SECRET_ACCESS_KEY=sandbox "$program" --endpoint-url "$url") || fail "no response from $url"
[[ $state == ACCEPTED ]] || fail "$url responds with $state"
