#!/usr/bin/env python3
"""Makes link/order.ld, by which the linker lays side by side what runs together: functions, and tables of the offline commands.

    link/order.py

Builds the program for this machine and for musl, with its symbols, below target/order; runs the commands below with each under valgrind, and lists the
functions that they call by what calls them first. Hashes in their names are left open, so that the list outlives changes of compiler and
crates. Constants have no names, only the hash of the crate that they are of, which is another one after such a change: then this wants to run
again. What the list doesn't have isn't wrong, only farther away; what it has and the program hasn't does no harm.
"""
import collections
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.append(str(ROOT / "benches"))
import service

# As README and CONTRIBUTING build it: for this machine, and the static program.
TARGETS = [None, f"{os.uname().machine}-unknown-linux-musl"]
ID = ["--handshake-id", "h-examplehandshakeid111"]
LISTING = "list-handshakes-for-organization"
OFFLINE = "no service"
# By what people wait for most: the first that calls a function names its place.
RUNS = {
    OFFLINE: [
        ["accept-handshake", "--generate-cli-skeleton"], ["invite-account-to-organization", "--generate-cli-skeleton", "yaml-input"],
        ["--version"], ["accept-handshake", "--help"], ["--help"], ["completion", "bash"],
    ],
    "a call": [["accept-handshake", *ID], ["describe-handshake", *ID, "--query", "Handshake.State", "--output", "text"]],
    "listings, other formats, the sandbox": [
        [LISTING], [LISTING, "--output", "text"], [LISTING, "--output", "table"], [LISTING, "--output", "yaml"],
        ["--sandbox", "accept-handshake", *ID], ["--sandbox", "cancel-handshake", *ID],
    ],
}
# The beginnings of the names of sections; what the compiler thinks unlikely, it puts apart.
CODE = ["text", "text.unlikely"]
TABLES = ["rodata", "rodata.unlikely"]
CONSTANTS = "rodata..Lanon"
# Code that a name may bring along though no run takes it, in bytes: functions of many types have one name but for the hash.
SPARE = 4096
# The most constants of a crate that are worth it, in bytes: more lie side by side as they are.
CRATE = 32768


def built(target):
    """The program with its symbols, and the linker's list of what it is made of."""
    folder = ROOT / "target/order"
    listing = folder / f"{target}.map"
    command = ["cargo", "rustc", "--release", "--locked", "--bin", "orgshake", "--target-dir", folder, *(["--target", target] if target else [])]
    subprocess.run([*command, "--", "-C", "strip=none", "-C", f"link-arg=-Wl,-Map={listing}"], cwd=ROOT, check=True)
    return folder / (target or "") / "release/orgshake", listing.read_text()


def pattern(symbol):
    """A symbol without what changes from build to build: hashes of the old mangling, crates' disambiguators of the new one."""
    return re.sub(r"(?<=17h)[0-9a-f]{16}(?=E)", "*", re.sub(r"Cs[0-9A-Za-z]+_(?=\d)", "Cs*_", symbol))


def functions_of(program):
    """The bytes of each function, and the names that each has: sections are called by one, runs by another."""
    lines = subprocess.run(["nm", "-S", program], capture_output=True, text=True, check=True).stdout.splitlines()
    found = [words for words in (line.split() for line in lines) if len(words) == 4 and words[2] in "tTwW"]
    at = collections.defaultdict(set)
    for address, _, _, name in found:
        at[address].add(name)
    return {name: int(size, 16) for _, size, _, name in found}, {name: at[address] for address, _, _, name in found}


def called(program, words, url):
    """The functions that a run calls."""
    with tempfile.NamedTemporaryFile("r") as out:
        tool = ["valgrind", "--tool=callgrind", "--demangle=no", "--compress-strings=no", f"--callgrind-out-file={out.name}"]
        subprocess.run([*tool, program, *words], env=service.environment(url), capture_output=True, check=True)
        return {name.split("'")[0] for name in re.findall(r"^c?fn=(\S+)", out.read(), re.M)}


def constants(listing):
    """Where constants lie, and how many bytes they are, by their crate: as GNU's linker lists them, and as LLVM's does."""
    name = rf"\.{re.escape(CONSTANTS)}\.([0-9a-f]+)\."
    lines = re.findall(rf"^ {name}\S+\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)", listing, re.M)
    lines += [(crate, address, size) for address, size, crate in re.findall(rf"^ *([0-9a-f]+) +[0-9a-f]+ +([0-9a-f]+) +\d+ +\S+:\({name}", listing, re.M)]
    # What isn't in the program has no address.
    return [(crate, int(address, 16), int(size, 16)) for crate, address, size in lines if int(address, 16)]


def read(program, words):
    """The addresses that a run reads."""
    tool = ["valgrind", "--tool=lackey", "--trace-mem=yes", "--basic-counts=no", "--log-fd=2"]
    done = subprocess.run([*tool, program, *words], env=service.environment(""), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    return {int(address, 16) for address in re.findall(r"^ L ([0-9a-f]+),", done.stderr, re.M)}


def main():
    if len(sys.argv) > 1 or not shutil.which("valgrind"):
        sys.exit(__doc__)
    server = service.start(40)
    calls = {title: collections.Counter() for title in RUNS}
    sections = {kind: set() for kind in (*CODE, *TABLES)}
    spare, crates = collections.Counter(), set()
    for program, listing in map(built, TARGETS):
        for kind, found in sections.items():
            found.update(map(pattern, re.findall(rf"\.{re.escape(kind)}\.([^\s)]+)", listing)))
        places, amounts = constants(listing), collections.Counter()
        for crate, _, size in places:
            amounts[crate] += size
        for words in RUNS[OFFLINE]:
            addresses = read(program, words)
            crates |= {crate for crate, start, size in places if amounts[crate] <= CRATE and not addresses.isdisjoint(range(start, start + size))}
        sizes, names_of = functions_of(program)
        taken = set()
        for title, runs in RUNS.items():
            for words in runs:
                names = set().union(*(names_of.get(name, ()) for name in called(program, words, server.url)))
                calls[title].update({pattern(name) for name in names})
                taken |= names
        brought = collections.Counter()
        for name in sizes.keys() - taken:
            brought[pattern(name)] += sizes[name]
        spare |= brought
    listed, code, tables = set(), "", ""

    def lines(names, kinds):
        return "".join(f"*(.{kind}.{name})\n" for name in names for kind in kinds if name in sections[kind])

    for title, names in calls.items():
        # What nearly every run calls comes first; last, what brings most along.
        order = sorted(names.keys() - listed, key=lambda name: (spare[name] // SPARE, -names[name], name))
        code += f"/* {title} */\n" + lines(order, CODE)
        if title == OFFLINE:
            # What has no section of its own: the C library's beginning and end of a program, and what it has in assembly.
            code += "*crt1.o(.text)\n*crtbegin*.o(.text)\n*libc.a:*(.text)\nKEEP(*(SORT_NONE(.fini)))\n"
            tables = lines(order, TABLES)
        listed |= names.keys()
    (ROOT / "link/order.ld").write_text(f"""/* Made by link/order.py. */
SECTIONS {{ .text.start : {{
{code}}} }} INSERT BEFORE .text;
/* From the beginning of one of the pieces that Linux maps at a time. */
SECTIONS {{ .rodata.start : ALIGN(0x10000) {{
{tables}{"".join(f"*(.{CONSTANTS}.{crate}.*){chr(10)}" for crate in sorted(crates))}*(.rodata.cst*)
*libc.a:*(.rodata .rodata.*)
*(.rodata.str*)
}} }} INSERT AFTER .rodata;
""")


if __name__ == "__main__":
    main()
