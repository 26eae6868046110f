#!/usr/bin/env python3
"""Packs the program that `cargo build --release --locked --target TARGET` has built.

    package.py TARGET FORMAT...

A format is archive (.tar.gz, or .zip for Windows), deb or rpm. Writes the packages to target/dist and prints their paths. deb and rpm
need cargo-deb and cargo-generate-rpm, in the PATH or from `cargo install --locked --root target/tools`. The same commit gives the
same bytes: every date in a package is that of the commit, or SOURCE_DATE_EPOCH.
"""
import gzip
import io
import json
import os
import subprocess
import sys
import tarfile
import time
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILES = ["README.md", "CHANGELOG.md", "LICENSE-*", "THIRD-PARTY-NOTICES.txt", "docs/*", "man/*", "completions/*"]
# The dynamic completion scripts, which ask the program, and their names in an archive.
DYNAMIC = {"bash": "orgshake.bash", "zsh": "_orgshake", "fish": "orgshake.fish", "elv": "orgshake.elv", "ps1": "_orgshake.ps1"}


def output(*command):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def archive(target, dist, name, date):
    windows = "windows" in target
    program = "orgshake.exe" if windows else "orgshake"
    contents = [(program, Path(f"target/{target}/release/{program}").read_bytes(), 0o755)]
    for pattern in FILES:
        contents += [(path.as_posix(), path.read_bytes(), 0o644) for path in sorted(Path().glob(pattern))]
    for ending, file in DYNAMIC.items():
        contents.append((f"completions/dynamic/{file}", Path(f"src/complete/orgshake.{ending}").read_bytes(), 0o644))
    if "linux" in target:
        contents.append(("Dockerfile", Path("packaging/Dockerfile").read_bytes(), 0o644))
    folder = f"{name}-{target}"
    if windows:
        path = dist / f"{folder}.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for file, data, mode in contents:
                entry = zipfile.ZipInfo(f"{folder}/{file}", time.gmtime(date)[:6])
                entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, mode << 16
                packed.writestr(entry, data)
        return path
    path = dist / f"{folder}.tar.gz"
    with gzip.GzipFile(path, "wb", mtime=date) as stream, tarfile.open(fileobj=stream, mode="w") as packed:
        for file, data, mode in contents:
            entry = tarfile.TarInfo(f"{folder}/{file}")
            entry.size, entry.mode, entry.mtime = len(data), mode, date
            packed.addfile(entry, io.BytesIO(data))
    return path


def deb(target, dist, _name, _date):
    return output("cargo", "deb", "--locked", "--no-build", "--target", target, "--output", f"{dist}/").strip()


def rpm(target, dist, _name, date):
    pages = Path("target/man")
    pages.mkdir(exist_ok=True)
    for old in pages.iterdir():
        old.unlink()
    for page in Path("man").glob("*.1"):
        (pages / f"{page.name}.gz").write_bytes(gzip.compress(page.read_bytes(), mtime=date))
    before = set(dist.glob("*.rpm"))
    output("cargo", "generate-rpm", "--target", target, "--output", f"{dist}/")
    return (set(dist.glob("*.rpm")) - before or before).pop()


FORMATS = {"archive": archive, "deb": deb, "rpm": rpm}


def main():
    if len(sys.argv) < 3 or not set(sys.argv[2:]) <= set(FORMATS):
        sys.exit(__doc__)
    target, formats = sys.argv[1], sys.argv[2:]
    os.chdir(ROOT)
    os.environ["PATH"] = os.pathsep.join([str(ROOT / "target/tools/bin"), os.environ["PATH"]])
    date = os.environ.setdefault("SOURCE_DATE_EPOCH", output("git", "log", "-1", "--format=%ct").strip())
    metadata = json.loads(output("cargo", "metadata", "--format-version", "1", "--no-deps", "--locked"))
    dist = Path("target/dist")
    dist.mkdir(parents=True, exist_ok=True)
    for made in formats:
        print(FORMATS[made](target, dist, f"orgshake-{metadata['packages'][0]['version']}", int(date)))


if __name__ == "__main__":
    main()
