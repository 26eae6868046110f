#!/usr/bin/env python3
"""Measures the memory and time of listings by length and format.

    listing.py ORGSHAKE [NUMBER...]

A service on loopback sends pages of 20 handshakes. Peak memory is that of the whole process (GNU time, %M), so it includes the
program itself; "above" is the memory per handshake beyond the size of the output. The time is the program's CPU time: the service is slower.
"""
import os
import subprocess
import sys

import service


def measure(program, numbers=(1000, 10000, 100000)):
    server = service.start()
    environment = service.environment(server.url)
    print(f"{'handshakes':>10} {'format':<22} {'output':>10} {'peak':>10} {'above':>14} {'CPU':>8}")
    for number in numbers:
        server.number = number
        for name, arguments in [("text", ["text"]), ("yaml-stream", ["yaml-stream"]), ("off", ["off"]), ("json", ["json"]),
                                ("yaml", ["yaml"]), ("table", ["table"]), ("json, --query ids", ["json", "--query", "Handshakes[].Id"]),
                                ("json, --query length", ["json", "--query", "length(Handshakes)"])]:
            # Run by GNU time, a small process: the peak of a child of this process would include this process's memory.
            process = subprocess.Popen(["/usr/bin/time", "-f", "%M %U %S", program, "list-handshakes-for-account", "--output", *arguments],
                                       env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            size = 0
            while chunk := process.stdout.read(1 << 20):
                size += len(chunk)
            peak, *seconds = process.stderr.read().split()
            peak = int(peak) * 1024
            assert process.wait() == 0
            print(f"{number:>10} {name:<22} {size / 2**20:>6.1f} MiB {peak / 2**20:>6.1f} MiB {(peak - size) / number:>10.0f} B/h "
                  f"{sum(map(float, seconds)):>6.2f} s", flush=True)


if __name__ == "__main__":
    measure(os.path.abspath(sys.argv[1]), [int(word) for word in sys.argv[2:]] or (1000, 10000, 100000))
