#!/usr/bin/env python3
"""The role cache between orgshake and the AWS CLI: what one of them got, the other one uses.

    role_cache.py ORGSHAKE AWS

One loopback server plays STS and AWS Organizations. In each case one program runs first and the other one second, in a home of
their own: the second may not ask STS again, nor for an MFA code (it has no terminal), and has to sign with the same keys.
"""
import datetime
import http.server
import json
import os
import pty
import subprocess
import sys
import tempfile
import threading
import urllib.parse

ID = "h-examplehandshakeid111"
CODE = "654321"
SOURCE = "[profile b]\naws_access_key_id = AKIDB\naws_secret_access_key = example\n"
ROLE = "[default]\nrole_arn = arn:aws:iam::123456789012:role/R\n"
MFA = "mfa_serial = arn:aws:iam::123456789012:mfa/me\n"

# Name, config file, requests of STS by the first and by the second program, codes to type for the first, seconds of life.
CASES = [
    ("a role", f"{ROLE}source_profile = b\n{SOURCE}", 1, 0, 0, 3600),
    ("all members", f"{ROLE}source_profile = b\nrole_session_name = me\nexternal_id = é\"😀 x\nduration_seconds = 3600\n{SOURCE}", 1, 0, 0, 3600),
    ("a role with MFA", f"{ROLE}source_profile = b\n{MFA}{SOURCE}", 1, 0, 1, 3600),
    ("a chain with MFA in its middle",
     f"{ROLE}source_profile = m\n[profile m]\nrole_arn = arn:aws:iam::123456789012:role/M\nsource_profile = b\n{MFA}{SOURCE}", 2, 0, 1, 3600),
    ("web identity", "[default]\nrole_arn = arn:aws:iam::123456789012:role/W\nweb_identity_token_file = {home}/jwt\n", 1, 0, 0, 3600),
    ("a quarter of an hour is too short", f"{ROLE}source_profile = b\n{SOURCE}", 1, 1, 0, 880),
    ("a quarter of an hour and a bit is not", f"{ROLE}source_profile = b\n{SOURCE}", 1, 0, 0, 960),
]


class Service(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        credential = self.headers.get("Authorization", "").partition("Credential=")[2].partition("/")[0]
        if target := self.headers["X-Amz-Target"]:
            self.server.signed.append(credential)
            self.answer(200, "application/x-amz-json-1.1", json.dumps({"Handshake": {"Id": ID}}))
            return
        form = dict(urllib.parse.parse_qsl(body))
        action = form["Action"]
        self.server.assumed.append(form)
        if "SerialNumber" in form and form.get("TokenCode") != CODE:
            self.answer(403, "text/xml", "<ErrorResponse><Error><Code>AccessDenied</Code><Message>no code</Message></Error></ErrorResponse>")
            return
        number = len(self.server.assumed)
        until = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=self.server.life)
        self.answer(200, "text/xml", f"""<{action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{action}Result>
            <AssumedRoleUser><Arn>arn:aws:sts::123456789012:assumed-role/R/s</Arn><AssumedRoleId>AROA:s</AssumedRoleId></AssumedRoleUser>
            <Credentials><AccessKeyId>ASIA{number}</AccessKeyId><SecretAccessKey>example</SecretAccessKey><SessionToken>token</SessionToken>
            <Expiration>{until:%Y-%m-%dT%H:%M:%SZ}</Expiration></Credentials>
            </{action}Result></{action}Response>""")

    def answer(self, status, kind, text):
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def run(command, environment, home, codes):
    """What went wrong, if anything. With codes there is a terminal, at which they are typed."""
    if not codes:
        done = subprocess.run(command, env=environment, cwd=home, capture_output=True, timeout=60, stdin=subprocess.DEVNULL, start_new_session=True)
        return done.stderr.decode() if done.returncode else ""
    with open(f"{home}/told", "w+", encoding="utf-8") as told:
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(home)
            os.dup2(told.fileno(), 1)
            os.dup2(told.fileno(), 2)
            os.execve(command[0], command, environment)
        shown, asked = b"", 0
        try:
            while data := os.read(terminal, 4096):
                shown += data
                if shown.count(b"Enter MFA code for arn:aws:iam::123456789012:mfa/me: ") > asked:
                    asked += 1
                    os.write(terminal, f"{CODE}\n".encode())
        except OSError:
            pass  # Nobody has the terminal any more.
        code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        os.close(terminal)
        told.seek(0)
        text = told.read()
    problems = [] if code == 0 else [f"exit {code}: {text}"]
    if asked != codes:
        problems.append(f"asked {asked} times for a code: {shown!r}")
    if CODE.encode() in shown:
        problems.append("the code was shown")
    return "; ".join(problems)


def case(programs, config, counts, codes, life):
    """What went wrong."""
    with tempfile.TemporaryDirectory() as home:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
        server.signed, server.assumed, server.life = [], [], life
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.server_address[1]}"
        environment = {
            "PATH": os.environ["PATH"], "HOME": home, "TZ": "Asia/Kolkata", "LANG": "C.UTF-8", "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_DEFAULT_REGION": "us-east-1", "AWS_ENDPOINT_URL_STS": url, "AWS_ENDPOINT_URL_ORGANIZATIONS": url, "AWS_MAX_ATTEMPTS": "1",
        }
        os.mkdir(f"{home}/.aws")
        with open(f"{home}/.aws/config", "w", encoding="utf-8") as file:
            file.write(config.replace("{home}", home))
        with open(f"{home}/jwt", "w", encoding="utf-8") as file:
            file.write("h.p.s")
        problems = []
        try:
            for program, count, codes in zip(programs, counts, (codes, 0)):
                before = len(server.assumed)
                command = [*program, "accept-handshake", "--handshake-id", ID]
                if problem := run(command, environment, home, codes):
                    problems.append(problem)
                if len(server.assumed) - before != count:
                    problems.append(f"{os.path.basename(program[0])} asked STS {len(server.assumed) - before} times instead of {count}")
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
        if len(server.signed) != 2 or (counts[1] == 0) != (len(set(server.signed)) == 1):
            problems.append(f"signed by {server.signed}")
        return problems


def main():
    orgshake, aws = [os.path.abspath(sys.argv[1])], [os.path.abspath(sys.argv[2]), "organizations"]
    passed, failed = 0, 0
    for name, config, first, second, codes, life in CASES:
        for order, programs in [("orgshake, then aws", (orgshake, aws)), ("aws, then orgshake", (aws, orgshake))]:
            problems = case(programs, config, (first, second), codes, life)
            if problems:
                failed += 1
                print(f"FAIL {name} ({order}): {'; '.join(problems)[:1500]}")
            else:
                passed += 1
                print(f"ok   {name} ({order})")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
