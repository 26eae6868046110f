#!/usr/bin/env python3
"""How much memory and time a listing takes, by its length and format.

    listing.py ORGSHAKE [NUMBER...]

A service on loopback answers pages of 20 handshakes. Peak memory is that of the whole process (GNU time, %M), so it includes the
program itself; "above" is what it takes beyond the size of its output, for each handshake.
"""
import http.server
import json
import os
import subprocess
import sys
import threading
import time

PAGE = 20


def handshake(number):
    return {
        "Id": f"h-example{number:012}",
        "Arn": f"arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-example{number:012}",
        "Parties": [{"Id": "o-exampleorgid", "Type": "ORGANIZATION"}, {"Id": f"user{number}@example.com", "Type": "EMAIL"}],
        "State": "OPEN", "RequestedTimestamp": 1481656459.257, "ExpirationTimestamp": 1482952459.257, "Action": "INVITE",
        "Resources": [
            {"Value": "o-exampleorgid", "Type": "ORGANIZATION", "Resources": [
                {"Value": "bill@amazon.com", "Type": "MASTER_EMAIL"}, {"Value": "Org Master Account", "Type": "MASTER_NAME"},
                {"Value": "ALL", "Type": "ORGANIZATION_FEATURE_SET"}]},
            {"Value": f"user{number}@example.com", "Type": "EMAIL"}],
    }


class Service(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self):
        token = json.loads(self.rfile.read(int(self.headers["Content-Length"]))).get("NextToken", "0")
        first, number = int(token), self.server.number
        page = {"Handshakes": [handshake(index) for index in range(first, min(first + PAGE, number))]}
        if first + PAGE < number:
            page["NextToken"] = str(first + PAGE)
        data = json.dumps(page).encode()
        self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: application/x-amz-json-1.1\r\nContent-Length: %d\r\n\r\n" % len(data) + data)

    def log_message(self, *_):
        pass


def main():
    program = os.path.abspath(sys.argv[1])
    numbers = [int(word) for word in sys.argv[2:]] or [1000, 10000, 100000]
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "TZ": "UTC", "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
                   "AWS_SECRET_ACCESS_KEY": "example", "AWS_ENDPOINT_URL": f"http://127.0.0.1:{server.server_address[1]}"}
    print(f"{'handshakes':>10} {'format':<22} {'output':>10} {'peak':>10} {'above':>14} {'time':>8}")
    for number in numbers:
        server.number = number
        for name, arguments in [("text", ["text"]), ("yaml-stream", ["yaml-stream"]), ("off", ["off"]), ("json", ["json"]),
                                ("yaml", ["yaml"]), ("table", ["table"]), ("json, --query ids", ["json", "--query", "Handshakes[].Id"])]:
            started = time.monotonic()
            # GNU time starts it from a small process: a child of this one would count this one's memory as its own.
            process = subprocess.Popen(["/usr/bin/time", "-f", "%M", program, "list-handshakes-for-account", "--output", *arguments],
                                       env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            size = 0
            while chunk := process.stdout.read(1 << 20):
                size += len(chunk)
            peak = int(process.stderr.read()) * 1024
            assert process.wait() == 0
            print(f"{number:>10} {name:<22} {size / 2**20:>6.1f} MiB {peak / 2**20:>6.1f} MiB {(peak - size) / number:>10.0f} B/h "
                  f"{time.monotonic() - started:>6.1f} s", flush=True)


if __name__ == "__main__":
    main()
