#!/usr/bin/env python3
"""Tests the scripts and workflows that make a release, without making one. .ci/run runs it with a Python that has PyYAML.

    check_release.py TARGET         a Linux target for which the program has been built
"""
import hashlib
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = tomllib.loads((ROOT / "Cargo.toml").read_text(encoding="utf-8"))["package"]
BUILDS = ["x86_64-unknown-linux-musl", "aarch64-unknown-linux-musl", "x86_64-apple-darwin", "aarch64-apple-darwin"]


def run(*command, **options):
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, **options)


def succeed(*command, **options):
    result = run(*command, **options)
    assert result.returncode == 0, f"{command}: {result.stdout}{result.stderr}"
    return result.stdout


def sums(paths):
    return "".join(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n" for path in paths)


def archive(target):
    """Checks that packing twice gives the same bytes, and that cargo binstall finds the archive and the program in it."""
    path = ROOT / succeed("packaging/package.py", target, "archive").strip()
    first = path.read_bytes()
    succeed("packaging/package.py", target, "archive")
    assert path.read_bytes() == first, f"{path} changes from one time to the next"
    values = {"repo": "", "name": PACKAGE["name"], "version": PACKAGE["version"], "target": target, "bin": "orgshake",
              "archive-suffix": ".tar.gz", "binary-ext": ""}
    binstall = {key: re.sub(r"\{ ([a-z-]+) \}", lambda name: values[name[1]], text)
                for key, text in PACKAGE["metadata"]["binstall"].items() if isinstance(text, str)}
    assert binstall["pkg-url"].endswith(f"/v{PACKAGE['version']}/{path.name}"), binstall
    with tarfile.open(path) as packed:
        names = packed.getnames()
        assert packed.getmember(binstall["bin-dir"]).mode == 0o755
    folder = binstall["bin-dir"].removesuffix("orgshake")
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "THIRD-PARTY-NOTICES.txt", "man/orgshake.1", "completions/orgshake.bash", "completions/_orgshake",
                 "completions/orgshake.fish", "completions/dynamic/orgshake.bash", "completions/dynamic/_orgshake",
                 "completions/dynamic/orgshake.fish", "docs/sandbox.md"]:
        assert folder + file in names, f"{path} has no {file}"
    dockerfile(folder, names)
    return path


def dockerfile(folder, names):
    """Checks that the image's files are in the archive, that it has certificate authorities where the program looks, and no root."""
    assert folder + "Dockerfile" in names, names
    text = (ROOT / "packaging/Dockerfile").read_text(encoding="utf-8").replace("\\\n", "")
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    image = lines[[line[:2] for line in lines].index(["FROM", "scratch"]):]
    assert not any(line[0] in ("RUN", "ADD") for line in image), image
    copied = [word for line in image if line[:1] == ["COPY"] and not line[1].startswith("--from")
              for word in line[1:-1] if not word.startswith("--")]
    assert "orgshake" in copied and "THIRD-PARTY-NOTICES.txt" in copied, copied
    for file in copied:
        assert folder + file in names, f"the Dockerfile copies {file}, which the archive doesn't contain"
    program = (ROOT / "src/client/tls.rs").read_text(encoding="utf-8")
    certificates = re.search(r"-t /image(\S+) \S+/(ca-certificates\.crt)", text)
    assert f'"{"/".join(certificates.groups())}"' in program, certificates
    assert "--from=files /image/ /" in text and re.search(r"^USER [1-9][0-9]*:[1-9][0-9]*$", text, re.M), text
    assert image[-1] == ["ENTRYPOINT", '["/usr/bin/orgshake"]'], image[-1]


def formula(place):
    """Checks that the formula is complete with all checksums, and an error without one of them."""
    for target in BUILDS:
        (place / f"orgshake-{PACKAGE['version']}-{target}.tar.gz").write_text(target)
    archives = sorted(place.glob("*.tar.gz"))
    (place / "SHA256SUMS").write_text(sums(archives))
    filled = succeed("packaging/fill.py", "formula", "https://git.example/o/orgshake", place / "SHA256SUMS")
    assert "@" not in filled, filled
    urls = re.findall(r'url "https://git\.example/o/orgshake/releases/download/v(.+)/(.+)"\n +sha256 "(\w+)"', filled)
    known = {(PACKAGE["version"], path.name, hashlib.sha256(path.read_bytes()).hexdigest()) for path in archives}
    assert set(urls) == known, urls
    (place / "SHA256SUMS").write_text(sums(archives[1:]))
    refused = run("packaging/fill.py", "formula", "https://git.example/o/orgshake", place / "SHA256SUMS")
    assert refused.returncode == 1 and f"no checksum of {archives[0].name}" in refused.stderr, refused


def action(place, path):
    """Checks that an archive is installed, but not a changed one, one without an attestation, or one for a ref that isn't a version."""
    release, temporary, tools, added = (place / name for name in ["release", "temporary", "tools", "added"])
    for folder in [release, temporary, tools]:
        folder.mkdir()
    # A stand-in for GitHub's own client, with the files of a release and one attested archive.
    attested = hashlib.sha256(path.read_bytes()).hexdigest()
    identity = f"https://github.com/o/orgshake/.github/workflows/release.yml@refs/tags/v{PACKAGE['version']}"
    (tools / "gh").write_text(f"""#!/bin/sh
case $* in
"release download v{PACKAGE['version']} "*) cp '{release}'/* . ;;
"attestation verify {path.name} --repo o/orgshake --deny-self-hosted-runners --cert-identity {identity}")
    [ "$(sha256sum <{path.name})" = "{attested}  -" ] ;;
*) echo "unexpected: gh $*" >&2; exit 2 ;;
esac
""")
    (tools / "gh").chmod(0o755)
    (release / path.name).write_bytes(path.read_bytes())
    (release / "SHA256SUMS").write_text(sums([path]))
    machine = {"x86_64": "X64", "aarch64": "ARM64"}[os.uname().machine]
    environment = {"PATH": f"{tools}:{os.environ['PATH']}", "HOME": str(place), "GH_REPO": "o/orgshake", "RUNNER_OS": "Linux",
                   "RUNNER_ARCH": machine, "RUNNER_TEMP": str(temporary), "GITHUB_PATH": str(added)}
    version = PACKAGE["version"]
    printed = succeed("packaging/install.sh", env=environment | {"VERSION": f"v{version}"})
    assert f"orgshake {version}\n" in printed and (Path(added.read_text().strip()) / "orgshake").is_file(), printed
    added.unlink()
    with open(release / path.name, "ab") as changed:
        changed.write(b"x")
    for asked, why in [(version, "doesn't match its checksum"), ("main", "'main' is not a version")]:
        refused = run("packaging/install.sh", env=environment | {"VERSION": asked})
        assert refused.returncode == 1 and why in refused.stdout and not added.exists(), refused
    # Whoever can replace the archive can also replace its checksum.
    (release / "SHA256SUMS").write_text(sums([release / path.name]))
    refused = run("packaging/install.sh", env=environment | {"VERSION": version})
    assert refused.returncode == 1 and "has no attestation" in refused.stdout and not added.exists(), refused


def workflows():
    """Checks that workflows are YAML, foreign actions are pinned to commits, tools have versions, and only the publishing job may write."""
    texts = [*(ROOT / ".github/workflows").glob("*.yml"), ROOT / "action.yml"]
    assert len(texts) == 3, texts
    for path in texts:
        text = path.read_text(encoding="utf-8")
        for uses in re.findall(r"^[ -]*uses: *(.*)$", text, re.M):
            assert uses.startswith("./") or re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+", uses), f"{path.name}: {uses}"
        for tools in re.findall(r"cargo install (.*)$", text, re.M):
            names = [word for word in tools.split("target/tools")[-1].split() if not word.startswith("-")]
            assert names and all(re.fullmatch(r"[a-z-]+@[0-9.]+", name) for name in names), f"{path.name}: {tools}"
        document = yaml.safe_load(text)
        if "cargo" in text:
            assert re.fullmatch(r"[0-9]+\.[0-9]+\.[0-9]+", document["env"]["RUSTUP_TOOLCHAIN"]), path.name
        steps = [step for job in document.get("jobs", {}).values() for step in [job, *job.get("steps", [])]]
        for uses in [step["uses"] for step in [*steps, *document.get("runs", {}).get("steps", [])] if "uses" in step]:
            assert uses.startswith("./") or re.search(r"@[0-9a-f]{40}$", uses), f"{path.name}: {uses}"
        for name, job in document.get("jobs", {}).items():
            permissions = job.get("permissions", document.get("permissions"))
            writes = any(value == "write" for value in permissions.values())
            assert writes == ((path.name, name) == ("release.yml", "publish")), f"{path.name}: {name}: {permissions}"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    path = archive(sys.argv[1])
    with tempfile.TemporaryDirectory() as formulas, tempfile.TemporaryDirectory() as actions:
        formula(Path(formulas))
        action(Path(actions), path)
    workflows()
    print("archive, formula, action and workflows: ok")


if __name__ == "__main__":
    main()
