#!/usr/bin/env python3
"""Measures many calls: a role assumed in each of 200 accounts, and one call there.

    benches/many.py target/release/orgshake [--python PYTHON]

The server on loopback simulates the way to AWS: it holds each request back for a round trip and the service's time, and each new
connection for another round trip. Candidates are one process of orgshake, a shell loop and `xargs -P 16` with a process for
each account, and boto3 with a pool of threads, if the Python of --python has it. The second part is a service that allows
5 calls a second, and 10 at once.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ACCOUNTS = [f"5{n:011}" for n in range(200)]
SLOTS = 16
SERVICE = 0.06
LISTING = b'{"Handshakes": []}'
KEYS = b"""<AssumeRoleResponse><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>A:s</AssumedRoleId>
<Arn>arn:aws:sts::111111111111:assumed-role/r/s</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASIAEXAMPLEEXAMPLE00</AccessKeyId>
<SecretAccessKey>secretsecret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration>
</Credentials></AssumeRoleResult></AssumeRoleResponse>"""
CALLER = b"""<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111111111111:root</Arn><UserId>1</UserId>
<Account>111111111111</Account></GetCallerIdentityResult></GetCallerIdentityResponse>"""
THROTTLED = b'{"__type": "TooManyRequestsException", "Message": "slow down"}'

BOTO3 = """
import sys
from concurrent.futures import ThreadPoolExecutor
import boto3
url, accounts = sys.argv[1], sys.argv[2:]
sts = boto3.client("sts", region_name="us-east-1", endpoint_url=url)
def work(account):
    try:
        role = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/admin", RoleSessionName="bench")["Credentials"]
        session = boto3.Session(role["AccessKeyId"], role["SecretAccessKey"], role["SessionToken"], "us-east-1")
        list(session.client("organizations", endpoint_url=url).get_paginator("list_handshakes_for_account").paginate())
        return 0
    except Exception as error:
        print(error, file=sys.stderr)
        return 1
with ThreadPoolExecutor(16) as pool:
    sys.exit(1 if sum(pool.map(work, accounts)) else 0)
"""


class Service:
    """STS and Organizations, each request held back for `trip` and the time of the service."""

    def __init__(self):
        self.trip = 0.0
        self.service = 0.0
        self.rate = None
        self.asked = 0
        self.refill(0)
        started = threading.Event()
        threading.Thread(target=self.run, args=(started,), daemon=True).start()
        started.wait()

    def run(self, started):
        async def serve():
            server = await asyncio.start_server(self.connection, "127.0.0.1", 0, backlog=1024)
            self.url = "http://127.0.0.1:%d" % server.sockets[0].getsockname()[1]
            started.set()
            await server.serve_forever()

        asyncio.run(serve())

    def refill(self, rate):
        """Allows this many calls a second, and twice as many at once; all if it is 0."""
        self.rate, self.tokens, self.filled = rate, 2.0 * rate, time.monotonic()

    def is_allowed(self):
        if not self.rate:
            return True
        now = time.monotonic()
        self.tokens = min(2.0 * self.rate, self.tokens + (now - self.filled) * self.rate)
        self.filled = now
        if self.tokens < 1:
            return False
        self.tokens -= 1
        return True

    async def connection(self, reader, writer):
        await asyncio.sleep(self.trip)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                fields = dict(line.split(b": ", 1) for line in head.lower().split(b"\r\n")[1:] if line)
                body = await reader.readexactly(int(fields.get(b"content-length", 0)))
                status, kind, answer = self.answer(fields, body)
                await asyncio.sleep(self.trip + self.service)
                writer.write(
                    b"HTTP/1.1 %d x\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s" % (status, kind, len(answer), answer)
                )
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    def answer(self, fields, body):
        if b"x-amz-target" not in fields:
            return 200, b"text/xml", CALLER if b"GetCallerIdentity" in body else KEYS
        self.asked += 1
        if not self.is_allowed():
            return 400, b"application/x-amz-json-1.1", THROTTLED
        return 200, b"application/x-amz-json-1.1", LISTING


def environment(url, home):
    kept = {"PATH": os.environ["PATH"], "HOME": home}
    return kept | {
        "AWS_ENDPOINT_URL": url,
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_REGION": "us-east-1",
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def candidates(program, python, url):
    """The command lines by name; each takes the accounts as its last words."""
    words = "list-handshakes-for-account --query Handshakes --output text"
    one = [program, *words.split(), "--account-role", "arn:aws:iam::{account}:role/admin", "--max-concurrency", str(SLOTS)]
    process = f'"$0" {words} --assume-role "arn:aws:iam::$1:role/admin" || echo failed >&2'
    found = {
        "orgshake, one process": lambda accounts: [*one, "--no-pacing", "--accounts", ",".join(accounts)],
        "orgshake, documented rates": lambda accounts: [*one, "--accounts", ",".join(accounts)],
        "xargs -P 16": lambda accounts: [
            "sh", "-c", f"printf '%s\\n' \"$@\" | xargs -P {SLOTS} -n 1 sh -c '{process}' \"$0\"", program, *accounts,
        ],
        "a shell loop": lambda accounts: [
            "sh", "-c", f"for account; do set -- \"$account\"; {process}; done", program, *accounts,
        ],
    }
    if python:
        found["boto3, 16 threads"] = lambda accounts: [python, "-c", BOTO3, url, *accounts]
    return found


def measured(command, service):
    """The seconds that a command takes, and the number of accounts that failed."""
    # A new home: the role cache would spare the next run a half of its calls.
    with tempfile.TemporaryDirectory() as home:
        began = time.monotonic()
        variables = environment(service.url, home)
        done = subprocess.run(command, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
        took = time.monotonic() - began
    told = done.stderr.decode()
    failed = told.count("[ERROR]") if "accounts done" in told else told.count("failed\n") or told.count("An error occurred")
    return took, failed


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--python", help="a Python that has boto3")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--loop", type=int, default=20, help="the accounts of the shell loop, whose time is then multiplied")
    options = parser.parse_args()
    program = os.path.abspath(options.program)
    service = Service()
    commands = candidates(program, options.python, service.url)
    # Without simulated times: far less than with them, or the server would be what is measured.
    took, _ = measured(commands["orgshake, one process"](ACCOUNTS), service)
    print(f"without simulated times, one process takes {took:.2f} s\n")
    print("| 200 accounts, a role and a call in each | the round trips | " + " | ".join(commands) + " |")
    print("|---" * (len(commands) + 2) + "|")
    for trip in [0.02, 0.09]:
        service.trip, service.service = trip, SERVICE
        times = {name: [] for name in commands if name != "orgshake, documented rates"}
        for _ in range(options.rounds):
            for name, all_times in times.items():
                if name == "a shell loop":
                    if not all_times:
                        took, _ = measured(commands[name](ACCOUNTS[: options.loop]), service)
                        all_times.append(took * len(ACCOUNTS) / options.loop)
                    continue
                all_times.append(measured(commands[name](ACCOUNTS), service)[0])
        least = len(ACCOUNTS) / SLOTS * 2 * (trip + SERVICE)
        cells = [f"{statistics.median(times[name]):.1f} s" if name in times else "" for name in commands]
        print(f"| round trip {trip * 1000:.0f} ms, service 60 ms | {least:.1f} s | " + " | ".join(cells) + " |", flush=True)
    service.trip, service.service = 0.02, SERVICE
    cells = []
    for name, command in commands.items():
        if name == "a shell loop":
            cells.append("")
            continue
        service.refill(5)
        before = service.asked
        took, failed = measured(command(ACCOUNTS), service)
        cells.append(f"{took:.1f} s, {failed} failed, {service.asked - before} requests")
    print("| 5 calls a second, 10 at once | 38.0 s | " + " | ".join(cells) + " |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
