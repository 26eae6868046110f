#!/usr/bin/env python3
"""The scripts, templates and CI files of docs/scripts.md do what it says, against the sandbox.

    readme.py ORGSHAKE AWS

AWS is the AWS CLI. Needs PyYAML, git, jq and envsubst.
"""
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs/scripts.md").read_text(encoding="utf-8")
MOVED = "101010101010\t666666666666\t999999999999\n"


def block(mark):
    found = re.findall(rf"<!-- {re.escape(mark)} -->\n```\w*\n(.*?)```", PAGE, re.DOTALL)
    assert len(found) == 1, f"docs/scripts.md has {len(found)} blocks marked {mark}"
    return found[0]


class Place:
    """A directory with a sandbox's world; orgshake and aws are on the PATH, and nothing else of this machine's settings."""

    def __init__(self, directory, tools):
        self.directory = Path(directory)
        self.environment = {"PATH": f"{tools}:{os.environ['PATH']}", "HOME": directory, "AWS_EC2_METADATA_DISABLED": "true",
                            "ORGSHAKE_SANDBOX_STATE": str(self.directory / "world.json"), "AWS_DEFAULT_REGION": "us-east-1",
                            "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.com",
                            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.com"}

    def write(self, name, text):
        path = self.directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def run(self, script, **environment):
        result = subprocess.run(["sh", "-euc", script], cwd=self.directory, env=self.environment | environment,
                                capture_output=True, text=True, timeout=600)
        assert result.returncode == 0, f"{script}: {result.returncode} {result.stdout}{result.stderr}"
        return result.stdout

    def in_sandbox(self, script, **environment):
        """The commands with the sandbox behind them, called by the management account."""
        self.write("commands.sh", "set -eu\n" + script)
        return self.run("AWS_ACCESS_KEY_ID=111111111111 orgshake sandbox exec -- sh commands.sh", **environment)


def move(place, script, faults):
    place.write("profiles", block("profiles"))
    place.write("move.sh", block(script))
    command = block("move")
    assert command.count("--fault lost-response") == 1, command
    printed = place.run(command.replace("--fault lost-response", faults))
    assert printed == "666666666666 has moved\n", printed
    members = place.run("orgshake sandbox show --state world.json --output text "
                        "--query \"Organizations[?Id=='o-exampleotherorg'].Accounts[].Id\"")
    assert members == MOVED, members


def template_file(place):
    place.write("fill-in", "#!/bin/sh\nsed -i '/^Notes/,$d' \"$1\"\n")
    (place.directory / "fill-in").chmod(0o755)
    place.run(block("file"), EDITOR="./fill-in")
    assert yaml.safe_load((place.directory / "accounts/nora.yaml").read_text()) == {"Target": {"Id": "nora@example.com", "Type": "EMAIL"}}


def templates(place):
    place.write("invitation.json", block("invitation.json"))
    first, second = block("template").split("\n\n")
    for command, expected in [(first, "Welcome, payments"), (second, "Nora's \"new\" account")]:
        printed = json.loads(place.in_sandbox(command.replace("nora@", f"nora{len(command)}@")))
        resources = {resource["Type"]: resource["Value"] for resource in printed["Handshake"]["Resources"]}
        assert resources["NOTES"] == expected, resources


def ci(place):
    place.write("invite.sh", block("invite.sh"))
    place.write("accounts/old.yaml", "Target: {Id: old@example.com, Type: EMAIL}\n")
    place.run("git init -q && git add . && git commit -qm old")
    place.write("accounts/Zoë and Nora.yaml", "Target: {Id: nora@example.com, Type: EMAIL}\n")
    place.write("accounts/old.yaml", "Target: {Id: old2@example.com, Type: EMAIL}\n")
    place.run("git add . && git commit -qm new")
    before = place.run("git rev-parse HEAD^").strip()

    github = yaml.load(block("github"), yaml.BaseLoader)
    assert github["permissions"]["id-token"] == "write" and github["on"]["push"]["branches"] == ["main"], github
    steps = github["jobs"]["invite"]["steps"]
    assert all(step.keys() <= {"uses", "with", "run", "env"} and len(step.keys() & {"uses", "run"}) == 1 for step in steps), steps
    assert steps[-1]["env"] == {"BEFORE": "${{ github.event.before }}"}, steps
    printed = place.in_sandbox(steps[-1]["run"], BEFORE=before)
    assert re.fullmatch(r"h-\w+\n", printed), printed
    # A second run sends nothing. A first push sends every file.
    assert place.in_sandbox(steps[-1]["run"], BEFORE=before) == printed
    everything = place.in_sandbox(steps[-1]["run"], BEFORE="0" * 40)
    assert re.fullmatch(r"(h-\w+\n){2}", everything) and printed in everything, everything

    job = yaml.load(block("gitlab"), yaml.BaseLoader)["invite"]
    variables = job["variables"]
    assert "AWS_ROLE_ARN" in variables and job["id_tokens"].keys() == {"AWS_TOKEN"}, job
    assert all(isinstance(line, str) for line in job["script"]), job
    (place.directory / "world.json").unlink()
    token = place.directory / "token"
    # The sandbox has no identity provider, and its keys come before a token's role.
    script = "\n".join([f"export AWS_WEB_IDENTITY_TOKEN_FILE={token}", *job["script"]])
    printed = place.in_sandbox(script, AWS_TOKEN="abc", CI_COMMIT_BEFORE_SHA=before)
    assert re.fullmatch(r"h-\w+\n", printed) and token.read_text() == "abc" and token.stat().st_mode & 0o77 == 0, printed


def main():
    program, aws = (Path(path).absolute() for path in sys.argv[1:])
    faults = ["--fault lost-response", "--fault concurrent-modification --fault lost-response", "--fault throttle"]
    checks = [(move, script, fault) for script in ("before", "after") for fault in faults]
    checks += [(template_file,), (templates,), (ci,)]
    for check, *arguments in checks:
        with tempfile.TemporaryDirectory() as directory, tempfile.TemporaryDirectory() as tools:
            for tool in program, aws:
                (Path(tools) / tool.name).symlink_to(tool)
            check(Place(directory, tools), *arguments)
        print(check.__name__, *arguments)


if __name__ == "__main__":
    main()
