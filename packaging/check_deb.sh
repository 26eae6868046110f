#!/usr/bin/env bash
# Installs the Debian package, uses its contents, removes it, and checks that no file is left. The tools that this needs
# (man, bash-completion, zsh, fish) are installed if they are missing, and stay.
#   check_deb.sh PACKAGE.deb        as root, or with sudo that needs no password
set -euo pipefail

fail() { echo "$0: $*" >&2; exit 1; }
command -v dpkg apt-get >/dev/null || fail "this system isn't Debian: the package can't be installed"
if [[ $EUID != 0 ]]; then
    sudo -n true 2>/dev/null || fail "only root can install a package"
    exec sudo -n "$0" "$@"
fi
deb=$(realpath "$1")
! dpkg-query --status orgshake >/dev/null 2>&1 || fail "orgshake is installed already"

export DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8
# Container images are configured to skip man pages and documentation.
apt=(apt-get --quiet --quiet --yes --no-install-recommends -o 'Dpkg::Options::=--path-include=/usr/share/*' -o Dpkg::Use-Pty=0
    -o DPkg::Lock::Timeout=600)
tools=(man-db bash-completion zsh fish)
dpkg-query --status "${tools[@]}" >/dev/null 2>&1 || "${apt[@]}" install "${tools[@]}" ||
    { apt-get --quiet update && "${apt[@]}" install "${tools[@]}"; }

home=$(mktemp -d)
trap 'dpkg --purge orgshake >/dev/null 2>&1 || true; rm -r "$home"' EXIT
cd "$home"
clean() { env -i HOME="$home" PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 "$@"; }
named() { find /etc /opt /usr /var -xdev -name '*orgshake*' | sort; }
before=$(named)

"${apt[@]}" install "$deb"
mapfile -t files < <(dpkg --listfiles orgshake)

[[ $(clean sh -c 'command -v orgshake') == /usr/bin/orgshake ]] || fail "another orgshake comes first in the PATH"
[[ $(clean orgshake --version | head -n 1) == "orgshake $(dpkg-query --show --showformat '${Version}' orgshake | sed 's/-[^-]*$//')" ]] ||
    fail "the program and the package have different versions"
[[ $(clean orgshake --sandbox accept-handshake --handshake-id h-examplehandshakeid111 --query Handshake.State --output text) == ACCEPTED ]] ||
    fail "the program doesn't run"

pages=0
for file in "${files[@]}"; do
    [[ $file == /usr/share/man/*.1.gz ]] || continue
    page=$(basename "$file" .1.gz)
    [[ $(clean man --path "$page") == "$file" ]] || fail "man doesn't find $page"
    # With MANWIDTH, man doesn't cache the page. Read all of its output: if SIGPIPE is ignored, man fails when a pipe
    # closes early.
    clean MANWIDTH=100 man "$page" | grep NAME >/dev/null || fail "man doesn't show $page"
    pages=$((pages + 1))
done
[[ $pages -gt 10 ]] || fail "only $pages man pages"

# The dynamic loader of bash-completion has two names, depending on the version. It registers a function with
# `complete`.
replies=$(clean bash --norc --noprofile -c '
    . /usr/share/bash-completion/bash_completion
    if declare -F _comp_load >/dev/null; then _comp_load orgshake; else _completion_loader orgshake || true; fi
    completion=$(complete -p orgshake); completion=${completion#*-F }
    COMP_LINE="orgshake --sandbox cancel-handshake --handshake-id h-exampleo" COMP_POINT=${#COMP_LINE}
    "${completion%% *}" orgshake h-exampleo --handshake-id; printf "%s\n" "${COMPREPLY[@]}"')
[[ $replies == h-exampleopen111 ]] || fail "bash completes the id h-exampleo to: $replies"
replies=$(clean zsh -fc 'autoload -Uz compinit && compinit -u -D && print $_comps[orgshake] && autoload +X $_comps[orgshake]')
[[ $replies == _orgshake ]] || fail "zsh has no completion: $replies"
replies=$(clean fish -c 'complete --do-complete "orgshake --sandbox cancel-handshake --handshake-id h-exampleo"')
[[ $replies == h-exampleopen111* ]] || fail "fish completes the id h-exampleo to: $replies"

for file in copyright LICENSE-MIT LICENSE-APACHE THIRD-PARTY-NOTICES.txt README.md; do
    [[ -s /usr/share/doc/orgshake/$file || -s /usr/share/doc/orgshake/$file.gz ]] || fail "the package has no $file"
done

"${apt[@]}" purge orgshake
after=$(named)
[[ $after == "$before" ]] || fail "these files are left after removal: $(diff <(echo "$before") <(echo "$after") || true)"
echo "${#files[@]} paths installed and removed, $pages man pages, completions of 3 shells"
