#!/usr/bin/env python3
"""How the sandbox's server does under load: time, rate, latencies and peak memory, in memory and with a state file.

    sandbox.py ORGSHAKE [--clients 50] [--calls 20000] [--limit SECONDS] [--only memory,file,shared,reads]

Starts `orgshake sandbox serve` itself. Each client has one connection, signs its own requests, and goes through this round again and again:
invite an account, describe the handshake as either party, list the handshakes of the account and of the organization, accept, decline or cancel,
describe the account and the organization, ask STS who it is, and remove the account or describe the handshake once more. `reads` is a signed
DescribeHandshake, the same bytes again and again; `shared` is two servers on one state file. The clients are processes, because one Python process is slower than the server.
"""
import argparse
import datetime
import hashlib
import hmac
import json
import multiprocessing
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

MANAGEMENT = "111111111111"
PROCESSES = 5


class Client:
    """A connection that signs its requests."""

    def __init__(self, port, waits):
        self.host = f"127.0.0.1:{port}"
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.keys = {}
        self.waits = waits

    def signed(self, account, service, content, headers):
        now = datetime.datetime.now(datetime.timezone.utc)
        date, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
        headers = {"host": self.host, "x-amz-date": date, **headers}
        names = ";".join(sorted(headers))
        lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
        canonical = f"POST\n/\n\n{lines}\n{names}\n{hashlib.sha256(content).hexdigest()}"
        scope = f"{day}/us-east-1/{service}/aws4_request"
        key = self.keys.get((day, service))
        if key is None:
            key = b"AWS4sandbox"
            for part in (day, "us-east-1", service, "aws4_request"):
                key = hmac.digest(key, part.encode(), "sha256")
            self.keys[day, service] = key
        text = f"AWS4-HMAC-SHA256\n{date}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        signature = hmac.digest(key, text.encode(), "sha256").hex()
        headers["authorization"] = f"AWS4-HMAC-SHA256 Credential={account}/{scope}, SignedHeaders={names}, Signature={signature}"
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"POST / HTTP/1.1\r\n{head}content-length: {len(content)}\r\n\r\n".encode() + content

    def exchange(self, request):
        started = time.perf_counter()
        self.socket.sendall(request)
        got = b""
        while True:
            end = got.find(b"\r\n\r\n")
            if end >= 0:
                length = int(re.search(rb"content-length: (\d+)", got[:end].lower()).group(1))
                if len(got) >= end + 4 + length:
                    break
            more = self.socket.recv(1 << 16)
            if not more:
                sys.exit("the server closed the connection")
            got += more
        self.waits.append(time.perf_counter() - started)
        return int(got[9:12]), got[end + 4:]

    def call(self, account, operation, **body):
        headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": f"AWSOrganizationsV20161128.{operation}"}
        status, answer = self.exchange(self.signed(account, "organizations", json.dumps(body).encode(), headers))
        if status != 200:
            sys.exit(f"{operation} {body}: {status} {answer.decode()}")
        return json.loads(answer)

    def identity(self, account):
        headers = {"content-type": "application/x-www-form-urlencoded"}
        content = b"Action=GetCallerIdentity&Version=2011-06-15"
        status, answer = self.exchange(self.signed(account, "sts", content, headers))
        if status != 200:
            sys.exit(f"GetCallerIdentity: {status} {answer.decode()}")


def mixed(client, number, calls):
    """Rounds of ten calls each, with a new account in each."""
    for turn in range(calls // 10):
        account = f"{500_000_000_000 + number * 100_000 + turn}"
        sent = client.call(MANAGEMENT, "InviteAccountToOrganization", Target={"Id": account, "Type": "ACCOUNT"})
        handshake = {"HandshakeId": sent["Handshake"]["Id"]}
        client.call(account, "DescribeHandshake", **handshake)
        client.call(MANAGEMENT, "DescribeHandshake", **handshake)
        client.call(account, "ListHandshakesForAccount")
        client.call(MANAGEMENT, "ListHandshakesForOrganization", MaxResults=20)
        who, operation = [(account, "AcceptHandshake"), (account, "DeclineHandshake"), (MANAGEMENT, "CancelHandshake")][turn % 3]
        client.call(who, operation, **handshake)
        client.call(MANAGEMENT, "DescribeOrganization")
        client.call(MANAGEMENT, "ListAccounts")
        client.identity(account)
        if turn % 3 == 0:
            client.call(MANAGEMENT, "RemoveAccountFromOrganization", AccountId=account)
        else:
            client.call(account, "DescribeHandshake", **handshake)


def reads(client, _, calls):
    headers = {"content-type": "application/x-amz-json-1.1", "x-amz-target": "AWSOrganizationsV20161128.DescribeHandshake"}
    request = client.signed(MANAGEMENT, "organizations", b'{"HandshakeId":"h-examplehandshakeid111"}', headers)
    for _ in range(calls):
        client.exchange(request)


def clients(work, ports, numbers, calls, results):
    """One process with some of the clients, each in a thread."""
    waits = []

    def one(number):
        try:
            work(Client(ports[number % len(ports)], waits), number, calls)
        except (OSError, SystemExit) as error:
            print(error, file=sys.stderr, flush=True)
            os._exit(1)

    threads = [threading.Thread(target=one, args=(number,), daemon=True) for number in numbers]
    signal.signal(signal.SIGTERM, lambda *_: (results.put(list(waits)), results.close(), results.join_thread(), os._exit(0)))
    for thread in threads:
        thread.start()
    for thread in threads:
        while thread.is_alive():
            thread.join(0.1)
    results.put(waits)


def serve(orgshake, folder, *options):
    lines = folder / f"lines{len(list(folder.iterdir()))}"
    server = subprocess.Popen([orgshake, "sandbox", "serve", "--env-file", lines, *options], env={"HOME": str(folder)},
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while not lines.exists():
        if server.poll() is not None:
            sys.exit("the server doesn't start")
        time.sleep(0.01)
    return server, int(re.search(r"AWS_ENDPOINT_URL=http://127.0.0.1:(\d+)", lines.read_text()).group(1))


def peak(process):
    """The most memory of a process so far, in MiB."""
    status = pathlib.Path(f"/proc/{process}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) / 1024


def measure(title, orgshake, work, wanted, servers=1, state=False):
    with tempfile.TemporaryDirectory(prefix="sandbox-bench-", dir=wanted.folder) as folder:
        folder = pathlib.Path(folder)
        file = folder / "world.json"
        options = ["--state", file] if state else []
        running, ports = zip(*[serve(orgshake, folder, *options) for _ in range(servers)])
        results = multiprocessing.Queue()
        each = wanted.calls // wanted.clients
        processes = [multiprocessing.Process(target=clients, args=(work, ports, range(part, wanted.clients, PROCESSES), each, results))
                     for part in range(PROCESSES)]
        started = time.perf_counter()
        for process in processes:
            process.start()
        waits, left = [], len(processes)
        while left:
            try:
                waits += results.get(timeout=0.2)
                left -= 1
            except Exception:
                if any(process.exitcode for process in processes):
                    sys.exit("a client failed")
                if time.perf_counter() - started > wanted.limit:
                    for process in processes:
                        process.terminate()
        took = time.perf_counter() - started
        waits.sort()
        at = lambda share: waits[min(len(waits) - 1, int(len(waits) * share))] * 1e3
        size = f"{file.stat().st_size / 1e6:.1f}" if file.exists() else "-"
        print(f"| {title} | {len(waits)} | {took:.1f} | {len(waits) / took:.0f} | {at(.5):.1f} | {at(.99):.0f} | {waits[-1] * 1e3:.0f} "
              f"| {max(peak(server.pid) for server in running):.0f} | {size} |", flush=True)
        for server in running:
            server.terminate()
            server.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("orgshake")
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--calls", type=int, default=20_000)
    parser.add_argument("--limit", type=float, default=600, help="stop after so many seconds")
    parser.add_argument("--only", default="memory,file,shared,reads")
    parser.add_argument("--folder", help="where the state file is [default: that of temporary files]")
    wanted = parser.parse_args()
    only = wanted.only.split(",")
    print("| | calls | s | calls/s | median ms | p99 ms | longest ms | peak MiB | file MB |\n|---|---|---|---|---|---|---|---|---|")
    if "reads" in only:
        measure("reads, in memory", wanted.orgshake, reads, wanted)
    if "memory" in only:
        measure("mixed, in memory", wanted.orgshake, mixed, wanted)
    if "file" in only:
        measure("mixed, state file", wanted.orgshake, mixed, wanted, state=True)
    if "shared" in only:
        measure("mixed, two servers on a state file", wanted.orgshake, mixed, wanted, servers=2, state=True)


if __name__ == "__main__":
    main()
