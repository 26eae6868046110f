#!/usr/bin/env python3
"""Measures `orgshake join` in the sandbox: how long a merger of 120 accounts takes, compared with the time that the
documented rates allow, and how long a plan for many accounts takes.

    benches/join.py target/release/orgshake

The time that the rates allow is that of the busiest token bucket of the plan and of the changes, by the server's log, and
the two delays until the other party sees an invitation and a member."""

import collections
import os
import subprocess
import sys
import tempfile
import time

NEW = "111111111111"
PROPAGATION = 2.0
# Rate and burst of an account, and of all accounts of an organization (docs/sandbox.md).
RATES = {
    "AcceptHandshake": ((1, 2), (5, 5)),
    "DescribeHandshake": ((1, 2), (6, 10)),
    "CancelHandshake": ((2, 3), None),
    "InviteAccountToOrganization": ((3, 5), None),
    "MoveAccount": ((2, 3), None),
}
OTHERS = ((5, 8), (6, 10))
STS = ("AssumeRole", "GetCallerIdentity")


def serve(program, home, options):
    """Starts the sandbox's server; returns its process and the environment of its clients."""
    env_file = os.path.join(home, "sandbox.env")
    log = open(os.path.join(home, "log"), "w")
    server = subprocess.Popen([program, "sandbox", "serve", "--env-file", env_file, *options], stderr=log,
                              env={"HOME": home})
    while not os.path.exists(env_file):
        time.sleep(0.01)
    env = {"HOME": home, "AWS_ACCESS_KEY_ID": NEW, "AWS_SECRET_ACCESS_KEY": "sandbox"}
    for line in open(env_file):
        if line.startswith("export AWS_ENDPOINT_URL="):
            env["AWS_ENDPOINT_URL"] = line.split("=", 1)[1].strip()
    os.remove(env_file)
    return server, env


def run(program, home, env, accounts, options):
    """Runs join; returns the seconds, the peak in MiB, and the totals."""
    path = os.path.join(home, "accounts.csv")
    with open(path, "w") as file:
        file.write("account\n" + "".join(f"{account}\n" for account in accounts))
    words = [program, "join", "--accounts", f"file://{path}", "--account-role", "admin", "--query", "Totals",
             "--output", "text", *options]
    began = time.monotonic()
    child = subprocess.Popen(words, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    totals = child.stdout.read().decode().split()
    _, status, usage = os.wait4(child.pid, 0)
    return time.monotonic() - began, usage.ru_maxrss / 1024, totals, os.waitstatus_to_exitcode(status)


def allowed(lines):
    """Returns the time of the busiest bucket."""
    own, others = collections.Counter(), collections.Counter()
    for account, operation in lines:
        (own if account == NEW else others)[operation] += 1
    times = [0.0]
    for counter, which in ((own, 0), (others, 1)):
        for operation, count in counter.items():
            rate = RATES.get(operation, OTHERS)[which]
            if operation not in STS and rate:
                times.append((count - rate[1]) / rate[0])
    return max(times)


def merger(program):
    with tempfile.TemporaryDirectory() as home:
        options = ["--world", "merger", "--throttle", "documented", "--latency", "20ms", "--propagation",
                   f"{PROPAGATION:.0f}s"]
        server, env = serve(program, home, options)
        accounts = ["222222222222"] + [f"222{number:09}" for number in range(1, 120)]
        join = ["--from-organization", "o-exampleoldorg", "--skip-impossible", "--yes", "--parent-path", "/Imported"]
        seconds, peak, totals, code = run(program, home, env, accounts, join)
        again, _, totals_again, _ = run(program, home, env, accounts, join + ["--dry-run"])
        server.terminate()
        server.wait()
        log = [line.split() for line in open(os.path.join(home, "log"))]
    calls = [(line[1], line[2]) for line in log if len(line) >= 4]
    # A request beyond the rates gets TooManyRequestsException. Of the other refusals, DescribeHandshake and DescribeAccount
    # are looks for what isn't there yet, and two accounts can't move.
    refused = collections.Counter(line[2] for line in log if len(line) >= 4 and line[3] == "400")
    first = next(at for at, (_, operation) in enumerate(calls) if operation in ("InviteAccountToOrganization", "MoveAccount"))
    last = max(at for at, (_, operation) in enumerate(calls) if operation in ("MoveAccount", "CancelHandshake"))
    bound = allowed(calls[:first]) + allowed(calls[first:last + 1]) + 2 * PROPAGATION
    print(f"merger of 120 accounts: {seconds:.1f} s, {peak:.0f} MiB, exit {code}, totals {' '.join(totals)}")
    print(f"  the rates allow {bound:.1f} s; ratio {seconds / bound:.3f}")
    print(f"  refused: {dict(refused)}")
    print(f"  the plan of a second run: {again:.1f} s, totals {' '.join(totals_again)}")


def plan(program, count):
    with tempfile.TemporaryDirectory() as home:
        server, env = serve(program, home, [])
        accounts = [f"5{number:011}" for number in range(count)]
        seconds, peak, totals, code = run(program, home, env, accounts, ["--dry-run", "--no-pacing"])
        server.terminate()
        server.wait()
    print(f"plan of {count} accounts: {seconds:.2f} s, {peak:.0f} MiB, exit {code}, totals {' '.join(totals)}")


def main():
    program = os.path.abspath(sys.argv[1])
    plan(program, 2000)
    merger(program)


main()
