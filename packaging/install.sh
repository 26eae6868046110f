#!/usr/bin/env bash
# The script of action.yml, for runners of GitHub Actions. Downloads the release VERSION of GH_REPO for this machine,
# verifies its checksum and its attestation, and adds it to the PATH of later steps.
set -euo pipefail

fail() { echo "::error::$*"; exit 1; }
version=${VERSION#v}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+ ]] || fail "'$VERSION' is not a version: use a tag such as v0.1.0 of the action, or set its input 'version'"
case $RUNNER_OS-$RUNNER_ARCH in
Linux-X64) target=x86_64-unknown-linux-musl ;;
Linux-ARM64) target=aarch64-unknown-linux-musl ;;
macOS-X64) target=x86_64-apple-darwin ;;
macOS-ARM64) target=aarch64-apple-darwin ;;
Windows-*) target=x86_64-pc-windows-msvc ;;
*) fail "orgshake has no release for $RUNNER_OS on $RUNNER_ARCH" ;;
esac
name=orgshake-$version-$target
case $target in *windows*) archive=$name.zip ;; *) archive=$name.tar.gz ;; esac

cd "$RUNNER_TEMP"
gh release download "v$version" --pattern "$archive" --pattern SHA256SUMS --clobber
grep " [ *]\?$archive\$" SHA256SUMS >"$archive.sha256" || fail "SHA256SUMS has no $archive"
if command -v sha256sum >/dev/null; then sha256sum --check "$archive.sha256"; else shasum -a 256 --check "$archive.sha256"; fi ||
    fail "$archive doesn't match its checksum"
# The checksum comes from the same place as the archive. The signed attestation proves that the release workflow built
# the archive for this tag.
gh attestation verify "$archive" --repo "$GH_REPO" --deny-self-hosted-runners \
    --cert-identity "${GITHUB_SERVER_URL:-https://github.com}/$GH_REPO/.github/workflows/release.yml@refs/tags/v$version" ||
    fail "$archive has no attestation by the release workflow of $GH_REPO for v$version"
case $archive in *.zip) unzip -q -o "$archive" ;; *) tar -xzf "$archive" ;; esac
echo "$RUNNER_TEMP/$name" >>"$GITHUB_PATH"
"$name/orgshake" --version
