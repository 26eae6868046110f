#!/usr/bin/env python3
"""Measures the tables of docs/speed.md on this machine.

    speed.py ORGSHAKE [--rounds N] [--only offline,http,https,listing,instructions] [--aws AWS]... [--python PYTHON]

Compares orgshake with /bin/true, curl --aws-sigv4, the AWS CLI (each --aws; else the one in PATH) and a script on boto3 (--python names one that has it), as far as
they are installed. The candidates take turns; the results are medians, and medians of each round's ratio. The service is nginx with one
fixed response, which is faster than any client. For HTTPS it uses TLS 1.3 with a certificate of a new authority. That one is added to
a copy of the system's roots, which all tools get (by SSL_CERT_FILE and AWS_CA_BUNDLE), so that each loads as many as it does for AWS.
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
BOTO3 = f"import boto3; boto3.client('organizations').accept_handshake(HandshakeId='{ID}')"
ROOTS = "/etc/ssl/certs/ca-certificates.crt"
QUIET = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_RDWR, 0) for number in (0, 1, 2)]


def once(command, environment):
    """Returns the wall and CPU time of a run, in milliseconds."""
    started = time.perf_counter()
    process = os.posix_spawn(command[0], command, environment, file_actions=QUIET)
    _, status, used = os.wait4(process, 0)
    if status != 0:
        sys.exit(f"{' '.join(command)}: status {status}")
    return (time.perf_counter() - started) * 1e3, (used.ru_utime + used.ru_stime) * 1e3


def peak(command, environment):
    """Returns the peak memory of a run, in MiB. Run by GNU time: the peak of a child of this process would include this process's memory."""
    if not os.path.exists("/usr/bin/time"):
        return "-"
    done = subprocess.run(["/usr/bin/time", "-f", "%M", *command], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
    return f"{int(done.stderr.split()[-1]) / 1024:.1f}"


def table(title, candidates, rounds):
    """Runs the candidates in turn and prints their ratios to the first. Slow ones run in every fourth round."""
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
        print(f"| {name} | {wall:.2f} | {cpu:.2f} | {ratio[0]:.3f} | {ratio[1]:.3f} | {peak(command, environment)} |", flush=True)


def port():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def authority(folder):
    """Makes a certificate for localhost, and a copy of the system's roots with its authority."""
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
    """Starts nginx with one fixed response, over HTTP and HTTPS; returns its process and the two URLs."""
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
    """Returns the same call for each installed tool."""
    environment = {**service.environment(url), "AWS_EC2_METADATA_DISABLED": "true"}
    if roots:
        # orgshake reads the system's roots from here, as curl does.
        environment["SSL_CERT_FILE"] = str(roots)
    botocore = {**environment, **({"AWS_CA_BUNDLE": str(roots)} if roots else {})}
    curl = shutil.which("curl")
    found = []
    if curl:
        found.append(("curl", [curl, "-s", "-f", "--aws-sigv4", "aws:amz:us-east-1:organizations", "--user", "AKIDEXAMPLE:example", "-H", f"X-Amz-Target: {TARGET}",
                               "-H", "Content-Type: application/x-amz-json-1.1", "-d", f'{{"HandshakeId":"{ID}"}}', *(["--cacert", str(roots)] if roots else []), url], environment))
    found.append(("orgshake", [options.program, "accept-handshake", "--handshake-id", ID], environment))
    for aws in options.aws or [found for found in [shutil.which("aws")] if found]:
        version = subprocess.run([aws, "--version"], capture_output=True, text=True, check=False).stdout.split(" ")[0]
        found.append((version, [aws, "organizations", "accept-handshake", "--handshake-id", ID], botocore))
    if subprocess.run([options.python, "-c", "import boto3"], capture_output=True, check=False).returncode == 0:
        found.append(("boto3", [options.python, "-c", BOTO3], botocore))
    return found


def instructions(options, url):
    if not shutil.which("valgrind"):
        return print("\ninstructions: valgrind is not installed")
    print("\nInstructions (callgrind)\n\n| | |\n|---|---|")
    environment = service.environment(url)
    with tempfile.TemporaryDirectory() as folder:
        for words in [["accept-handshake", "--generate-cli-skeleton"], ["accept-handshake", "--help"], ["--help"], ["accept-handshake", "--handshake-id", ID]]:
            done = subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", options.program, *words],
                                  env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=True)
            count = next(line.split()[-1] for line in done.stderr.splitlines() if "Collected" in line)
            print(f"| {' '.join(words)} | {int(count):,} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program", type=os.path.abspath)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--only", default="offline,http,https,listing,instructions")
    parser.add_argument("--aws", action="append")
    parser.add_argument("--python", default=sys.executable)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        # Measure a copy, as after installation: the file that the linker wrote takes 0.1 to 0.3 ms longer to start.
        options.program = shutil.copy(options.program, folder)
        measure(options)


def measure(options):
    only = options.only.split(",")
    print(f"{os.uname().machine}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; medians of {options.rounds} rounds in turn")
    if "offline" in only:
        environment = service.environment("http://127.0.0.1:9")
        words = [["accept-handshake", "--generate-cli-skeleton"], ["accept-handshake", "--help"], ["--help"], ["--version"], ["completion", "bash"]]
        table("Offline", [("true", ["/bin/true"], environment), *((" ".join(line), [options.program, *line], environment) for line in words)], options.rounds)
    if {"http", "https", "instructions"} & set(only):
        with tempfile.TemporaryDirectory() as folder:
            folder = pathlib.Path(folder)
            roots = authority(folder)
            process, plain, secure = nginx(folder)
            try:
                if "http" in only:
                    table("One call over HTTP", calls(options, plain, None), options.rounds)
                if "https" in only:
                    table("One call over HTTPS, with the system's roots", calls(options, secure, roots), options.rounds)
                if "instructions" in only:
                    instructions(options, plain)
            finally:
                process.terminate()
                process.wait()
    if "listing" in only:
        print("\nListings")
        listing.measure(options.program)


if __name__ == "__main__":
    main()
