#!/usr/bin/env python3
"""Fills in the data of a release that the repository doesn't contain: its address and its checksums.

    fill.py check TAG URL           check that tag, version, `repository` and CHANGELOG.md agree
    fill.py formula URL SHA256SUMS  print the complete Homebrew formula
    fill.py notes                   print the version's section of CHANGELOG.md

URL is the repository's, without a slash at the end; SHA256SUMS is the output of sha256sum for the archives.
"""
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
VERSION = PACKAGE["version"]


def section():
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = re.search(rf"^## \[?{re.escape(VERSION)}\b[^\n]*\n(.*?)(?=^## |\Z)", changelog, re.M | re.S)
    return found and found[1].strip()


def check(tag, url):
    wrong = []
    if tag != f"v{VERSION}":
        wrong.append(f"the tag is {tag}, the version in Cargo.toml {VERSION}")
    if PACKAGE.get("repository", "").removesuffix("/") != url:
        wrong.append(f"`repository` in Cargo.toml is {PACKAGE.get('repository')}, the release goes to {url}")
    if not section():
        wrong.append(f"CHANGELOG.md has no section {VERSION}")
    sys.exit("\n".join(wrong) or 0)


def formula(url, sums):
    lines = Path(sums).read_text(encoding="utf-8").splitlines()
    known = {name.strip().removeprefix("*"): checksum for checksum, name in (line.split(maxsplit=1) for line in lines)}
    template = (ROOT / "packaging/homebrew/orgshake.rb").read_text(encoding="utf-8")
    text = template.replace("@REPOSITORY@", url).replace("@VERSION@", VERSION)

    def checksum(target):
        name = f"orgshake-{VERSION}-{target[1]}.tar.gz"
        if not re.fullmatch("[0-9a-f]{64}", known.get(name, "")):
            sys.exit(f"{sums} has no checksum of {name}")
        return known[name]

    print(re.sub("@SHA256 ([^@]+)@", checksum, text), end="")


def notes():
    print(section() or f"orgshake {VERSION}")


COMMANDS = {"check": (check, 2), "formula": (formula, 2), "notes": (notes, 0)}


if __name__ == "__main__":
    command, count = COMMANDS.get("".join(sys.argv[1:2]), (None, None))
    if len(sys.argv) - 2 != count:
        sys.exit(__doc__)
    command(*sys.argv[2:])
