#!/usr/bin/env python3
"""Writes tests/support/sandbox-model.json, the facts of botocore's models that the sandbox's responses are checked against.

    sandbox_model.py [DATA]

DATA is botocore's directory of models; without it, the one of the botocore that Python finds.

It takes the shapes of the responses and errors of every operation in src/sandbox/protocol/calls.rs and of three operations of STS:
types, members, enums, patterns, lengths, no documentation. Run it after a row was added to calls.rs.
"""
import gzip
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FACTS = ("enum", "min", "max", "pattern", "required")
STS = ["AssumeRole", "AssumeRoleWithWebIdentity", "GetCallerIdentity"]
# The SDK for Rust has these reasons already.
NEWER = {"HandshakeConstraintViolationExceptionReason": ["TARGET_ACCOUNT_VALIDATION_FAILURE", "PAST_DUE_INVOICE"]}


def data_directory():
    if len(sys.argv) > 1:
        return pathlib.Path(sys.argv[1])
    import botocore

    return pathlib.Path(botocore.__file__).parent / "data"


def trimmed(model, names):
    shapes, found = model["shapes"], {}

    def add(name):
        if name in found:
            return
        shape = shapes[name]
        kept = found[name] = {"type": shape["type"]}
        kept.update({fact: shape[fact] for fact in FACTS if fact in shape})
        for value in NEWER.get(name, []):
            if value not in kept["enum"]:
                kept["enum"] = kept["enum"] + [value]
        if shape["type"] == "structure":
            kept["members"] = {member: value["shape"] for member, value in shape["members"].items()}
        if shape["type"] == "list":
            kept["member"] = shape["member"]["shape"]
        for used in [*kept.get("members", {}).values(), *([kept["member"]] if "member" in kept else [])]:
            add(used)

    operations = {}
    for name in names:
        operation = model["operations"][name]
        source, output = operation.get("input", {}).get("shape"), operation.get("output", {}).get("shape")
        errors = [error["shape"] for error in operation.get("errors", [])]
        for shape in [output, *errors]:
            if shape:
                add(shape)
        required = shapes[source].get("required", []) if source else []
        operations[name] = {"required": required, "output": output, "errors": errors}
    return {"operations": operations, "shapes": dict(sorted(found.items()))}


def main():
    data = data_directory()
    load = lambda path: json.loads(gzip.decompress((data / path / "service-2.json.gz").read_bytes()))
    calls = (ROOT / "src/sandbox/protocol/calls.rs").read_text()
    names = sorted(re.findall(r'(?:reads|changes)\("(\w+)"', calls))
    models = {
        "organizations": trimmed(load("organizations/2016-11-28"), names),
        "sts": trimmed(load("sts/2011-06-15"), STS),
    }
    # An operation or a shape a line, so that a difference can be read.
    line = lambda name, value: f"   {json.dumps(name)}: {json.dumps(value)}"
    part = lambda name, values: f"  {json.dumps(name)}: {{\n" + ",\n".join(line(*item) for item in values.items()) + "\n  }"
    service = lambda name, parts: f" {json.dumps(name)}: {{\n" + ",\n".join(part(*item) for item in parts.items()) + "\n }"
    text = "{\n" + ",\n".join(service(*item) for item in models.items()) + "\n}\n"
    json.loads(text)
    (ROOT / "tests/support/sandbox-model.json").write_text(text)


main()
