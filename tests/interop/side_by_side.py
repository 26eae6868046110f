#!/usr/bin/env python3
"""The AWS CLI and orgshake side by side: one loopback service, every command and format, the same bytes.

    side_by_side.py ORGSHAKE [AWS]

Without AWS, `awscli` is installed from PyPI into a virtual environment of its own. That is version 1, which has json, text and
table but no yaml; json and text have to be identical, of tables the cells. Version 1 exits with 255 where version 2 has 252 to
254, so only success and failure are compared, and the service's requests.
"""
import http.server
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import threading

ID = "h-examplehandshakeid111"


def handshake(number=0, **changes):
    """A handshake as the service answers it, with what is awkward to print."""
    value = {
        "Id": f"h-example{number:08}",
        "Arn": f"arn:aws:organizations::111111111111:handshake/o-exampleorgid/invite/h-example{number:08}",
        "Parties": [{"Id": "o-exampleorgid", "Type": "ORGANIZATION"}, {"Id": "juan@example.com", "Type": "EMAIL"}],
        "State": "OPEN",
        "RequestedTimestamp": 1481656459.257 + number,
        "ExpirationTimestamp": 1482952459 + number,
        "Action": "INVITE",
        "Resources": [
            {"Value": "o-exampleorgid", "Type": "ORGANIZATION", "Resources": [
                {"Value": "bill@amazon.com", "Type": "MASTER_EMAIL"},
                {"Value": "Org Master Account", "Type": "MASTER_NAME"},
                {"Value": "ALL", "Type": "ORGANIZATION_FEATURE_SET"}]},
            {"Value": "juan@example.com", "Type": "EMAIL"},
            {"Value": "tab\there \"quoted\" é 日本 \\ back", "Type": "NOTES"}],
    }
    value.update(changes)
    return {key: item for key, item in value.items() if item is not None}


PAGES = [
    {"Handshakes": [handshake(1), handshake(2, State="ACCEPTED")], "NextToken": "tok/A=="},
    {"Handshakes": [], "NextToken": "tokB"},
    {"Handshakes": [handshake(3, Resources=[]), handshake(4, Parties=None, Arn=None), handshake(5, State="NEW_STATE")]},
]
ONE = [{"Handshake": handshake(0, Id=ID)}]
TARGET = ["--target", "Id=juan@example.com,Type=EMAIL"]
QUERIES = {
    "one": ["Handshake.Id", "Handshake.Parties[].Id", "Handshake.[Id,State,Nope]", "Handshake.{b:Id,a:Parties[].Type}",
            "Handshake.Resources[?Type==`NOTES`].Value", "length(Handshake.Parties)", "Handshake.Parties[?Type=='NONE']"],
    "list": ["Handshakes[].Id", "Handshakes[].[Id,State]", "Handshakes[?State=='OPEN'].{Id:Id,Who:Parties[].Id}",
             "length(Handshakes)", "Handshakes[0]", "NextToken", "Handshakes[].Resources[].Value"],
}


def cases():
    """Name, arguments, answers of the service."""
    by_id = ["accept-handshake", "cancel-handshake", "decline-handshake", "describe-handshake"]
    one = [[command, "--handshake-id", ID] for command in by_id]
    one += [
        ["enable-all-features"],
        ["invite-account-to-organization", *TARGET],
        ["invite-account-to-organization", *TARGET, "--notes", "Dear Juan,\nwelcome é", "--tags", "Key=a,Value=1", "Key=b,Value="],
        ["invite-account-to-organization", "--target", '{"Id": "123456789012", "Type": "ACCOUNT"}', "--tags", '[{"Key":"k","Value":"v"}]'],
        ["invite-account-to-organization", "--target", "Id='a,b',Type=EMAIL"],
        ["invite-account-to-organization", "--cli-input-json", '{"Target": {"Id": "x@example.com", "Type": "EMAIL"}, "Notes": "n"}', "--notes", "over"],
        ["invite-organization-to-transfer-responsibility", "--type", "BILLING", *TARGET, "--start-timestamp", "2027-01-01T00:00:00Z", "--source-name", "s"],
    ]
    lists = ["list-handshakes-for-account", "list-handshakes-for-organization"]
    limits = [[], ["--max-items", "1"], ["--max-items", "2"], ["--max-items", "3"], ["--max-items", "9"], ["--page-size", "2"],
              ["--no-paginate"], ["--max-results", "5"], ["--next-token", "abc"], ["--filter", "ActionType=INVITE"],
              ["--starting-token", "eyJOZXh0VG9rZW4iOiAidG9rQSIsICJib3RvX3RydW5jYXRlX2Ftb3VudCI6IDF9"], ["--starting-token", "raw"]]
    for output in ["json", "text", "table"]:
        for arguments in one:
            yield f"{' '.join(arguments)[:70]} ({output})", [*arguments, "--output", output], ONE
        for command, limit in itertools.product(lists, limits):
            yield f"{command} {' '.join(limit)[:40]} ({output})", [command, *limit, "--output", output], PAGES
    for output in ["json", "text"]:
        for query in QUERIES["one"]:
            yield f"accept --query {query} ({output})", [*one[0], "--query", query, "--output", output], ONE
        for query in QUERIES["list"]:
            yield f"list --query {query} ({output})", [lists[0], "--query", query, "--output", output], PAGES
    for command in [*by_id, *lists, "invite-account-to-organization", "enable-all-features", "invite-organization-to-transfer-responsibility"]:
        yield f"{command} --generate-cli-skeleton", [command, "--generate-cli-skeleton"], ONE
    refused = {"status": 400, "body": {"__type": "AccessDeniedException", "Message": "no"}}
    yield "an error", one[0], [refused]
    yield "an error on page two", [lists[0], "--output", "text"], [PAGES[0], refused]
    yield "an error on page two, json", [lists[0], "--output", "json"], [PAGES[0], refused]
    for wrong in [["--target", "juan"], ["--target", "Id=a,Id=b,Type=EMAIL"], ["--target", "Id=a"], [], [*TARGET, "--tags", "Key=a"]]:
        yield f"invite {' '.join(wrong)}", ["invite-account-to-organization", *wrong], ONE


class Service(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        seen = self.server.seen
        answer = self.server.answers[min(len(seen), len(self.server.answers) - 1)]
        seen.append((self.headers["X-Amz-Target"], json.loads(body)))
        status, answer = answer.get("status", 200), answer.get("body", answer)
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


def run(program, arguments, answers, home):
    """Exit code, stdout, requests."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Service)
    server.seen, server.answers = [], answers
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    environment = {
        "PATH": os.environ["PATH"], "HOME": home, "TZ": "Asia/Kolkata", "LANG": "C.UTF-8", "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "example", "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL_ORGANIZATIONS": f"http://127.0.0.1:{server.server_address[1]}", "AWS_MAX_ATTEMPTS": "1",
    }
    try:
        done = subprocess.run([*program, *arguments], env=environment, cwd=home, capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
        return done.returncode, done.stdout.decode(), server.seen, done.stderr.decode()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


ANY_VALUE = re.compile(r'("(?:Type|ActionType)": )"[A-Z_]+"')


def cells(text):
    """The cells of a table, however it is drawn."""
    return {cell.strip() for line in text.splitlines() for cell in re.split(r"[|\u2500-\u257f]", line) if cell.strip(" -+=")}


def main():
    orgshake = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as home:
        if len(sys.argv) > 2:
            aws = os.path.abspath(sys.argv[2])
        else:
            subprocess.run([sys.executable, "-m", "venv", f"{home}/venv"], check=True)
            subprocess.run([f"{home}/venv/bin/pip", "install", "--quiet", "--disable-pip-version-check", "awscli"], check=True)
            aws = f"{home}/venv/bin/aws"
        os.mkdir(f"{home}/.aws")
        with open(f"{home}/.aws/config", "w", encoding="utf-8") as config:
            config.write("[default]\ncli_timestamp_format = iso8601\n")
        passed, failed = 0, 0
        for name, arguments, answers in cases():
            theirs = run([aws, "organizations"], arguments, answers, home)
            ours = run([orgshake], arguments, answers, home)
            problems = []
            if (theirs[0] == 0) != (ours[0] == 0):
                problems.append(f"exit {theirs[0]} and {ours[0]}: {ours[3].strip()}")
            if "table" in arguments:
                missing = sorted(cell for cell in cells(theirs[1]) - cells(ours[1]))
                if missing:
                    problems.append(f"the table lacks {missing}")
            elif "--generate-cli-skeleton" in arguments:
                # Version 1 picks one of the known values at random, version 2 and orgshake the first.
                if ANY_VALUE.sub(r"\1", theirs[1]) != ANY_VALUE.sub(r"\1", ours[1]):
                    problems.append(f"stdout {theirs[1]!r} and {ours[1]!r}")
            elif theirs[1] != ours[1]:
                problems.append(f"stdout {theirs[1]!r} and {ours[1]!r}")
            if theirs[2] != ours[2]:
                problems.append(f"requests {theirs[2]} and {ours[2]}")
            if problems:
                failed += 1
                print(f"FAIL {name}: {'; '.join(problems)[:1500]}")
            else:
                passed += 1
                print(f"ok   {name}")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
