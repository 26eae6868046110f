#!/usr/bin/env python3
"""The guard against calls that cost more: instructions, pieces of code and system calls, against benches/cost.json.

    guard.py ORGSHAKE            fails where one costs 5 % more than recorded; 25 % where the record was made elsewhere
    guard.py --record ORGSHAKE   records what they cost now

Time depends on the machine and on what else it does; instructions that valgrind counts hardly do: six runs on a busy machine were
within 0.9 % of each other. They are counted for the program itself, for the loader, and for the C library; the last depends on its
version and on the processor, so it is shown and not held against the record: calls of malloc stand for it. Another compiler makes another
program, another C library has another loader: the record says which ones it is of.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import service

RECORD = pathlib.Path(__file__).with_name("cost.json")
MARGIN = 1.05
# For another compiler, C library or processor than the record's: they alone cost or save some percent.
ELSEWHERE = 1.25
ID = ["--handshake-id", "h-examplehandshakeid111"]
# The command, and whether it may use the network.
CASES = {
    "skeleton": (["accept-handshake", "--generate-cli-skeleton"], False),
    "help": (["accept-handshake", "--help"], False),
    "accept over HTTP": (["accept-handshake", *ID], True),
    "listing of 1,000": (["list-handshakes-for-organization"], True),
}
# Certificate authorities, and threads.
ROOTS = re.compile(r"/(ssl|pki|certs|ca-certificates)\b|\.pem\b")
THREAD = re.compile(r"sys_clone3?\b")
NETWORK = re.compile(r"sys_(socket|connect)\b")


def run(tool, command, environment):
    done = subprocess.run(["valgrind", *tool, *command], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stderr


def counted(command, environment, folder):
    """Instructions by object, the calls of malloc, and the pieces of 64 KiB of the program that are mapped for its code, of one run."""
    out = folder / "callgrind.out"
    run(["--tool=callgrind", "--dump-instr=yes", "--compress-strings=no", "--compress-pos=no", f"--callgrind-out-file={out}"], command, environment)
    counts = {"program": 0, "loader": 0, "libraries": 0, "allocations": 0}
    part = called = skip = None
    pieces = set()
    for line in out.read_text().splitlines():
        key, _, value = line.partition("=")
        if key == "ob":
            name = os.path.basename(value)
            # valgrind knows a program by its .text, but not by what link/order.ld puts beside it.
            part = "program" if name in (os.path.basename(command[0]), "???") else "loader" if name.startswith("ld-") else "libraries"
        elif key == "cfn":
            called = value
        elif key == "calls":
            skip = True
            if re.fullmatch(r"(malloc|calloc|realloc|posix_memalign)('\d+)?", called):
                counts["allocations"] += int(value.split()[0])
        elif line[:1].isdigit():
            # The line behind a call has what the callee cost.
            address, _, cost = line.split()[:3]
            counts[part] += 0 if skip else int(cost)
            skip = False
            if part == "program":
                pieces.add(int(address, 16) >> 16)
    return {**counts, "code, 64 KiB": len(pieces)}


def system_calls(command, environment):
    """A line each, but for the clock's: they are none where valgrind doesn't watch."""
    lines = run(["--tool=none", "--trace-syscalls=yes"], command, environment).splitlines()
    return [line for line in lines if line.startswith("SYSCALL") and "sys_" in line and "sys_clock_gettime" not in line]


def measured(program):
    server = service.start(1000)
    figures, faults = {}, []
    # A short name of the same length everywhere: the C library reads the program's own map.
    with tempfile.TemporaryDirectory(prefix="o", dir="/tmp") as folder:
        folder = pathlib.Path(folder)
        copy = shutil.copy(program, folder / "orgshake")
        for name, (words, online) in CASES.items():
            environment = service.environment(server.url)
            traced = system_calls([str(copy), *words], environment)
            figures[name] = {**counted([str(copy), *words], environment, folder), "system calls": len(traced)}
            for pattern, what in [(ROOTS, "reads certificate authorities"), (THREAD, "starts a thread"), (None if online else NETWORK, "uses the network")]:
                faults += [f"{name} {what}: {line}" for line in traced if pattern and pattern.search(line)]
    return figures, faults


def main():
    words = sys.argv[1:]
    recording = "--record" in words and not words.remove("--record")
    if len(words) != 1:
        sys.exit(__doc__)
    if not shutil.which("valgrind"):
        sys.exit("the guard counts with valgrind, which is not installed")
    figures, faults = measured(os.path.abspath(words[0]))
    recorded = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    compiler = subprocess.run(["rustc", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    here = {"compiler": compiler, "system": f"{os.uname().machine}, {os.confstr('CS_GNU_LIBC_VERSION')}"}
    margin = MARGIN
    if (of := {key: recorded.get(key) for key in here}) != here:
        margin = ELSEWHERE
        print(f"the record is of {of}, this is {here}: up to {margin - 1:.0%} more passes")
    print(f"{'':<18} {'':<13} {'now':>11} {'recorded':>11}")
    for name, counts in figures.items():
        for what, now in counts.items():
            limit = recorded.get(name, {}).get(what)
            ratio = f"{now / limit - 1:+8.1%}" if limit else ""
            print(f"{name:<18} {what:<13} {now:>11,} {limit or 0:>11,} {ratio}")
            if what != "libraries" and not recording and (limit is None or now > limit * margin):
                faults.append(f"{name}: {what}: {now:,}, recorded {limit or 0:,}")
    if recording:
        RECORD.write_text(json.dumps({**here, **figures}, indent=1) + "\n")
    for fault in faults:
        print(fault, file=sys.stderr)
    if faults and not recording:
        print("What has to cost more says so: benches/guard.py --record, and why in the commit", file=sys.stderr)
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
