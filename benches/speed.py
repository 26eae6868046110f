#!/usr/bin/env python3
"""Measures orgshake beside other tools, and against its budgets.

    speed.py ORGSHAKE [STATIC] [--rounds N] [--only offline,http,https,listing,instructions] [--aws AWS]... [--python PYTHON]

ORGSHAKE is the default build, STATIC the musl build of the releases. They are compared with /bin/true, curl --aws-sigv4, the AWS CLI (each --aws; else the
one in PATH) and a boto3 script (--python names an interpreter that has it), if installed. The candidates take turns; the tables show medians, and the median of
each round's ratio. The service is nginx with one fixed response, which is faster than any client; over HTTPS it speaks TLS 1.3 with a certificate of an authority
made for the run. That authority is appended to a copy of the system's roots, and every tool loads that file (SSL_CERT_FILE, AWS_CA_BUNDLE).
Memory needs GNU time, instructions need valgrind.
"""
import argparse
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import listing
import service

ID = "h-examplehandshakeid111"
TARGET = "AWSOrganizationsV20161128.AcceptHandshake"
BOTO3 = f"import sys, boto3; boto3.client('organizations', endpoint_url=sys.argv[1]).accept_handshake(HandshakeId='{ID}')"
ROOTS = "/etc/ssl/certs/ca-certificates.crt"
QUIET = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]
BUILDS = ("orgshake", "static")
# What is measured, as a key of FOUND; and its upper limit for each build.
BUDGETS = [
    ("HTTP call / curl, wall", "http", "wall", (0.40, 0.28)),
    ("HTTP call / curl, CPU", "http", "cpu", (0.40, 0.28)),
    ("HTTPS call / curl, the system's roots", "https", "wall", (0.15, 0.15)),
    ("HTTP call / AWS CLI v2", "http", "aws-cli/2", (1 / 150, 1 / 200)),
    ("help, version, skeleton / `/bin/true`, the slowest", "offline", "wall", (3, 1.6)),
    ("peak memory offline, MiB", "offline", "peak", (7, 5)),
    ("peak memory of an HTTP call, MiB", "http", "peak", (8, 7)),
    ("peak memory of an HTTPS call, MiB", "https", "peak", (10, 8)),
    ("size of the program, MB", "size", "size", (9, 9)),
]
# The worst measurement of each kind: (build, table, column) -> value.
FOUND = {}


def once(command, environment):
    """Returns the wall and CPU time of a run, in milliseconds."""
    started = time.perf_counter()
    process = os.posix_spawn(command[0], command, environment, file_actions=QUIET)
    _, status, used = os.wait4(process, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)}: status {status}")
    return (time.perf_counter() - started) * 1e3, (used.ru_utime + used.ru_stime) * 1e3


def peak(command, environment):
    """Returns the peak memory of a run in MiB. GNU time starts it: a child of this process would count this one's memory."""
    if not os.path.exists("/usr/bin/time"):
        return None
    done = subprocess.run(["/usr/bin/time", "-f", "%M", *command], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    return int(done.stderr.split()[-1]) / 1024


def remember(name, key, column, value):
    """Keeps the worst value of a build for the table of budgets."""
    if (build := name.split(" ")[0]) in BUILDS and value is not None:
        FOUND[build, key, column] = max(value, FOUND.get((build, key, column), 0))


def table(key, title, candidates, rounds):
    """Runs the candidates in turn; the ratios are to the first. Slow ones run in every fourth round."""
    print(f"\n{title}\n\n| | wall ms | CPU ms | wall / {candidates[0][0]} | CPU / | peak MiB |\n|---|---|---|---|---|---|")
    runs = [[] for _ in candidates]
    first = [once(command, environment) for _, command, environment in candidates]
    for number in range(rounds):
        for run, alone, (_, command, environment) in zip(runs, first, candidates):
            run.append(once(command, environment) if number % 4 == 0 or alone[0] < 150 else None)
    for run, (name, command, environment) in zip(runs, candidates):
        pairs = [(own, base) for own, base in zip(run, runs[0]) if own]
        wall, cpu = (statistics.median(own[part] for own, _ in pairs) for part in (0, 1))
        ratio = [statistics.median(own[part] / base[part] for own, base in pairs) for part in (0, 1)]
        memory = peak(command, environment)
        if " completion " not in name:
            for column, value in (("wall", ratio[0]), ("cpu", ratio[1]), ("peak", memory)):
                remember(name, key, column, value)
        print(f"| {name} | {wall:.2f} | {cpu:.2f} | {ratio[0]:.3f} | {ratio[1]:.3f} | {'-' if memory is None else f'{memory:.1f}'} |", flush=True)
        if name.startswith("aws-cli/2"):
            for build, own in zip((name for name, _, _ in candidates), runs):
                remember(build, key, "aws-cli/2", statistics.median(mine[0] / aws[0] for mine, aws in zip(own, run) if mine and aws))


def budgets(programs):
    """Prints each budget beside the worst measurement of each build."""
    for build, program in programs:
        remember(build, "size", "size", os.path.getsize(program) / 1e6)
    print("\nBudgets\n\n| | " + " | ".join(f"{build} | budget" for build, _ in programs) + " |\n|" + "---|" * (2 * len(programs) + 1))
    for title, key, column, limits in BUDGETS:
        cells = []
        for (build, _), limit in zip(programs, limits):
            value = FOUND.get((build, key, column))
            cells += ["not measured" if value is None else f"{value:.4f}" if limit < 0.1 else f"{value:.2f}", f"{limit:.4f}" if limit < 0.1 else f"{limit:g}"]
        print(f"| {title} | {' | '.join(cells)} |")


def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def authority(folder):
    """Makes a certificate for localhost; returns the path of the system's roots with the authority that signed it."""
    def openssl(*words):
        subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    openssl("req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.pem", "-days", "2", "-subj", "/CN=bench CA")
    openssl("req", *curve, "-keyout", "server.key", "-out", "server.csr", "-subj", "/CN=localhost")
    (folder / "server.ext").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\nextendedKeyUsage=serverAuth\n")
    openssl("x509", "-req", "-in", "server.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-days", "2",
            "-extfile", "server.ext", "-out", "server.pem")
    roots = folder / "roots.pem"
    roots.write_bytes(pathlib.Path(ROOTS).read_bytes() + (folder / "ca.pem").read_bytes())
    return roots


def nginx(folder):
    """Starts nginx with one fixed response; returns its process, its HTTP URL and its HTTPS URL."""
    plain, secure = port(), port()
    (folder / "nginx.conf").write_text(f"""
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; default_type application/x-amz-json-1.1;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3; uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  server {{
    listen 127.0.0.1:{plain}; listen 127.0.0.1:{secure} ssl;
    ssl_certificate {folder}/server.pem; ssl_certificate_key {folder}/server.key; ssl_protocols TLSv1.3;
    location / {{ return 200 '{service.ANSWER}'; }}
  }}
}}""")
    process = subprocess.Popen([shutil.which("nginx") or "/usr/sbin/nginx", "-c", folder / "nginx.conf", "-e", folder / "error.log"])
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", secure)) == 0:
                break
        time.sleep(0.05)
    return process, f"http://127.0.0.1:{plain}", f"https://127.0.0.1:{secure}"


def calls(options, url, roots):
    """Returns the same call as a command of each tool that is installed."""
    environment = {**service.environment(url), "AWS_EC2_METADATA_DISABLED": "true"}
    if roots:
        # orgshake reads the system's roots from this variable, as curl does.
        environment["SSL_CERT_FILE"] = str(roots)
    botocore = {**environment, **({"AWS_CA_BUNDLE": str(roots)} if roots else {})}
    curl = shutil.which("curl")
    found = []
    if curl:
        found.append(("curl", [curl, "-s", "-f", "--aws-sigv4", "aws:amz:us-east-1:organizations", "--user", "AKIDEXAMPLE:example", "-H", f"X-Amz-Target: {TARGET}",
                               "-H", "Content-Type: application/x-amz-json-1.1", "-d", f'{{"HandshakeId":"{ID}"}}', *(["--cacert", str(roots)] if roots else []), url], environment))
    found += [(build, [program, "accept-handshake", "--handshake-id", ID], environment) for build, program in options.programs]
    # Old versions of the AWS CLI and botocore don't know AWS_ENDPOINT_URL: the option keeps them on loopback.
    for aws in options.aws or [path for path in [shutil.which("aws")] if path]:
        version = subprocess.run([aws, "--version"], capture_output=True, text=True, check=False).stdout.split(" ")[0]
        found.append((version, [aws, "--endpoint-url", url, "organizations", "accept-handshake", "--handshake-id", ID], botocore))
    if subprocess.run([options.python, "-c", "import boto3"], capture_output=True, check=False).returncode == 0:
        found.append(("boto3", [options.python, "-c", BOTO3, url], botocore))
    return found


def instructions(options, url):
    if not shutil.which("valgrind"):
        return print("\ninstructions: valgrind is not installed")
    print("\nInstructions (callgrind)\n\n| | |\n|---|---|")
    environment = service.environment(url)
    with tempfile.TemporaryDirectory() as folder:
        for build, program in options.programs:
            for words in [["accept-handshake", "--generate-cli-skeleton"], ["accept-handshake", "--help"], ["--help"], ["accept-handshake", "--handshake-id", ID]]:
                done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", program, *words],
                                      env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
                count = next(line.split()[-1] for line in done.stderr.splitlines() if "Collected" in line)
                print(f"| {build} {' '.join(words)} | {int(count):,} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("static", nargs="?")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--only", default="offline,http,https,listing,instructions")
    parser.add_argument("--aws", action="append")
    parser.add_argument("--python", default=sys.executable)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # An installed program is a copy; the file that the linker wrote takes 0.1 to 0.3 ms longer to start.
        given = [path for path in (options.program, options.static) if path]
        options.programs = [(build, shutil.copy(path, f"{folder}/{build}")) for build, path in zip(BUILDS, given)]
        measure(options)


def measure(options):
    only = options.only.split(",")
    print(f"{os.uname().machine}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; medians of {options.rounds} rounds in turn")
    if "offline" in only:
        environment = service.environment("http://127.0.0.1:9")
        words = [["accept-handshake", "--generate-cli-skeleton"], ["accept-handshake", "--help"], ["--help"], ["--version"], ["completion", "bash"]]
        runs = [(f"{build} {' '.join(line)}", [program, *line], environment) for build, program in options.programs for line in words]
        table("offline", "Offline", [("true", ["/bin/true"], environment), *runs], options.rounds)
    if {"http", "https", "instructions"} & set(only):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            roots = authority(folder)
            process, plain, secure = nginx(folder)
            try:
                if "http" in only:
                    table("http", "One call over HTTP", calls(options, plain, None), options.rounds)
                if "https" in only:
                    table("https", "One call over HTTPS, with the system's roots", calls(options, secure, roots), options.rounds)
                if "instructions" in only:
                    instructions(options, plain)
            finally:
                process.terminate()
                process.wait()
    budgets(options.programs)
    if "listing" in only:
        print("\nListings")
        listing.measure(options.programs[0][1])


if __name__ == "__main__":
    main()
