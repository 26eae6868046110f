#!/usr/bin/env python3
"""The AWS CLI and boto3 walk the whole life of handshakes against `orgshake sandbox serve`.

    lifecycle.py ORGSHAKE [PYTHON]

PYTHON has boto3 and awscli; without it they are installed from PyPI into a virtual environment of its own. Every answer is held
against botocore's own model: no unknown member, no wrong type, every required member there.
"""
import json
import os
import subprocess
import sys
import tempfile
import time

REGION = "us-east-1"


class Sandbox:
    """`orgshake sandbox serve` on a port of its own, until the end of the block."""

    def __init__(self, program, state, *options):
        self.command = [program, "sandbox", "serve", "--port", "0", "--state", state, *options]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.environment = {}
        while not {"AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"} <= set(self.environment):
            line = self.process.stdout.readline()
            assert line, f"the sandbox has not started: {self.process.stderr.read()}"
            name, value = line.removeprefix("export ").rstrip().split("=", 1)
            self.environment[name] = value.strip("'\"")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        _, log = self.process.communicate(timeout=30)
        assert self.process.returncode == 0, f"the sandbox ended with {self.process.returncode}: {log}"


def problems(shape, value, path):
    """What in a value isn't as botocore's shape has it."""
    kinds = {"string": str, "structure": dict, "list": list, "integer": int, "boolean": bool, "timestamp": (int, float)}
    if not isinstance(value, kinds[shape.type_name]):
        return [f"{path} is no {shape.type_name}: {value!r}"]
    found = []
    if shape.type_name == "structure":
        found += [f"{path} has an unknown member {name}" for name in value if name not in shape.members]
        found += [f"{path} lacks {name}" for name in shape.required_members if name not in value]
        for name, inner in value.items():
            if name in shape.members:
                found += problems(shape.members[name], inner, f"{path}.{name}")
    elif shape.type_name == "list":
        for index, inner in enumerate(value):
            found += problems(shape.member, inner, f"{path}[{index}]")
    elif shape.type_name == "string" and getattr(shape, "enum", None) and value not in shape.enum:
        found.append(f"{path} is no known value: {value}")
    return found


def walk(program, aws):
    """The walk itself; runs where boto3 is."""
    import boto3
    from botocore.config import Config
    from botocore.exceptions import ClientError

    checked = []

    def validate(http_response, model, **_):
        if model.service_model.service_name == "organizations" and http_response.status_code == 200:
            body = json.loads(http_response.content or b"{}")
            found = problems(model.output_shape, body, model.name) if model.output_shape else []
            assert not found, found
            checked.append(model.name)

    def client(sandbox, account, service="organizations", **keys):
        keys = keys or {"aws_access_key_id": account, "aws_secret_access_key": sandbox.environment["AWS_SECRET_ACCESS_KEY"]}
        made = boto3.client(service, region_name=REGION, endpoint_url=sandbox.environment["AWS_ENDPOINT_URL"],
                            config=Config(retries={"total_max_attempts": 1, "mode": "standard"}), **keys)
        made.meta.events.register("after-call.organizations.*", validate)
        return made

    def refused(code, reason, call, **parameters):
        try:
            call(**parameters)
        except ClientError as error:
            told = error.response["Error"]["Code"], error.response.get("Reason")
            assert told == (code, reason), f"expected {code} {reason}, got {told}: {error}"
            return
        raise AssertionError(f"expected {code}, but it was carried out")

    def cli(sandbox, account, *arguments):
        environment = {**os.environ, **sandbox.environment, "AWS_ACCESS_KEY_ID": account, "AWS_DEFAULT_REGION": REGION,
                       "AWS_PAGER": "", "AWS_EC2_METADATA_DISABLED": "true", "HOME": os.getcwd()}
        done = subprocess.run([aws, "organizations", *arguments], env=environment, capture_output=True, text=True)
        assert done.returncode == 0, f"{arguments}: {done.stderr}"
        return json.loads(done.stdout)

    def ids(client, operation, **parameters):
        pages = client.get_paginator(operation).paginate(**parameters)
        return {handshake["Id"]: handshake for page in pages for handshake in page["Handshakes"]}

    with tempfile.TemporaryDirectory() as directory:
        os.chdir(directory)
        state = f"{directory}/world.json"
        management, invited, other, third = "123412341234", "234523452345", "345634563456", "456745674567"
        with Sandbox(program, state) as sandbox:
            chief, juan, jane = (client(sandbox, account) for account in (management, invited, other))
            assert client(sandbox, management, "sts").get_caller_identity()["Account"] == management
            organization = chief.create_organization(FeatureSet="CONSOLIDATED_BILLING")["Organization"]
            assert organization["MasterAccountId"] == management, organization

            # Invite, list on both sides, duplicate, accept, describe.
            target = {"Id": invited, "Type": "ACCOUNT"}
            handshake = chief.invite_account_to_organization(Target=target, Notes="Welcome")["Handshake"]
            assert handshake["State"] in ("OPEN", "REQUESTED") and handshake["Action"] == "INVITE", handshake
            assert handshake["Id"] in ids(chief, "list_handshakes_for_organization", PaginationConfig={"PageSize": 1})
            assert handshake["Id"] in ids(juan, "list_handshakes_for_account", Filter={"ActionType": "INVITE"})
            refused("DuplicateHandshakeException", None, chief.invite_account_to_organization, Target=target)
            refused("AccessDeniedException", None, jane.accept_handshake, HandshakeId=handshake["Id"])
            accepted = juan.accept_handshake(HandshakeId=handshake["Id"])["Handshake"]
            assert accepted["State"] == "ACCEPTED", accepted
            assert chief.describe_handshake(HandshakeId=handshake["Id"])["Handshake"]["State"] == "ACCEPTED"
            refused("HandshakeAlreadyInStateException", None, juan.accept_handshake, HandshakeId=handshake["Id"])
            refused("InvalidHandshakeTransitionException", None, chief.cancel_handshake, HandshakeId=handshake["Id"])
            refused("HandshakeConstraintViolationException", "ALREADY_IN_AN_ORGANIZATION", chief.invite_account_to_organization, Target=target)
            assert {account["Id"] for account in chief.list_accounts()["Accounts"]} == {management, invited}

            # The same with the AWS CLI: invite, cancel, decline.
            by_cli = cli(sandbox, management, "invite-account-to-organization", "--target", f"Id={other},Type=ACCOUNT")["Handshake"]
            assert cli(sandbox, management, "cancel-handshake", "--handshake-id", by_cli["Id"])["Handshake"]["State"] == "CANCELED"
            by_cli = cli(sandbox, management, "invite-account-to-organization", "--target", f"Id={other},Type=ACCOUNT")["Handshake"]
            assert cli(sandbox, other, "decline-handshake", "--handshake-id", by_cli["Id"])["Handshake"]["State"] == "DECLINED"
            listed = cli(sandbox, management, "list-handshakes-for-organization")["Handshakes"]
            assert sorted(handshake["State"] for handshake in listed) == ["ACCEPTED", "CANCELED", "DECLINED"], listed

            # Accounts around it: a unit, a move, a role of a member.
            root = chief.list_roots()["Roots"][0]["Id"]
            unit = chief.create_organizational_unit(ParentId=root, Name="team")["OrganizationalUnit"]["Id"]
            chief.move_account(AccountId=invited, SourceParentId=root, DestinationParentId=unit)
            assert chief.list_parents(ChildId=invited)["Parents"] == [{"Id": unit, "Type": "ORGANIZATIONAL_UNIT"}]
            role = client(sandbox, management, "sts").assume_role(RoleArn=f"arn:aws:iam::{invited}:role/Admin", RoleSessionName="walk")["Credentials"]
            temporary = client(sandbox, invited, "sts", aws_access_key_id=role["AccessKeyId"], aws_secret_access_key=role["SecretAccessKey"],
                               aws_session_token=role["SessionToken"])
            identity = temporary.get_caller_identity()
            assert (identity["Account"], identity["Arn"]) == (invited, f"arn:aws:sts::{invited}:assumed-role/Admin/walk"), identity

            # A second member, for two approvals.
            handshake = chief.invite_account_to_organization(Target={"Id": other, "Type": "ACCOUNT"})["Handshake"]
            jane.accept_handshake(HandshakeId=handshake["Id"])

            # Enable all features to the end.
            parent = chief.enable_all_features()["Handshake"]
            assert (parent["Action"], parent["State"]) == ("ENABLE_ALL_FEATURES", "REQUESTED"), parent
            refused("AccessDeniedException", None, juan.accept_handshake, HandshakeId=parent["Id"])
            for member in (juan, jane):
                approvals = ids(member, "list_handshakes_for_account", Filter={"ActionType": "APPROVE_ALL_FEATURES"})
                assert len(approvals) == 1, approvals
                member.accept_handshake(HandshakeId=next(iter(approvals)))
            children = ids(chief, "list_handshakes_for_organization", Filter={"ParentHandshakeId": parent["Id"]})
            assert {child["State"] for child in children.values()} == {"ACCEPTED"} and len(children) == 2, children
            assert chief.describe_handshake(HandshakeId=parent["Id"])["Handshake"]["State"] == "OPEN"
            chief.accept_handshake(HandshakeId=parent["Id"])
            assert chief.describe_organization()["Organization"]["FeatureSet"] == "ALL"

            # An invitation that is left to expire.
            left = chief.invite_account_to_organization(Target={"Id": third, "Type": "ACCOUNT"})["Handshake"]["Id"]

            # What isn't emulated says so, and a wrong signature is refused.
            refused("UnknownOperationException", None, chief.list_policies, Filter="SERVICE_CONTROL_POLICY")
            stranger = client(sandbox, management, aws_access_key_id=management, aws_secret_access_key="wrong")
            refused("InvalidSignatureException", None, stranger.describe_organization)

        # The world is kept; sixteen days later the invitation has expired.
        with Sandbox(program, state, "--clock", "+16d") as sandbox:
            chief = client(sandbox, management)
            assert chief.describe_handshake(HandshakeId=left)["Handshake"]["State"] == "EXPIRED"
            assert chief.describe_organization()["Organization"]["FeatureSet"] == "ALL"
        operations = sorted(set(checked))
        print(f"{len(checked)} answers of {len(operations)} operations are as botocore's model has them: {', '.join(operations)}")


def main():
    program = os.path.abspath(sys.argv[1])
    if os.environ.get("ORGSHAKE_LIFECYCLE"):
        started = time.monotonic()
        walk(program, sys.argv[2])
        print(f"1 passed, 0 failed ({time.monotonic() - started:.1f} s)")
        return
    with tempfile.TemporaryDirectory() as home:
        if len(sys.argv) > 2:
            python = os.path.abspath(sys.argv[2])
        else:
            subprocess.run([sys.executable, "-m", "venv", f"{home}/venv"], check=True)
            python = f"{home}/venv/bin/python"
            subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "awscli", "boto3"], check=True)
        # The walk runs in that Python, away from whatever keys and settings the caller has.
        environment = {"PATH": os.environ["PATH"], "HOME": home, "LANG": "C.UTF-8", "AWS_EC2_METADATA_DISABLED": "true", "ORGSHAKE_LIFECYCLE": "1"}
        done = subprocess.run([python, os.path.abspath(__file__), program, os.path.join(os.path.dirname(python), "aws")], env=environment)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
