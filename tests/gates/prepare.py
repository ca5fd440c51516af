#!/usr/bin/env python3
"""Makes the files that the gates need besides what assize writes: see run.sh.

usage: prepare.py ROOT OUT

A snapshot is JSON Lines, so its lines become an array, and the schema of a line the schema of an array. For every
validator there is a file with one fault, in OUT/broken: a validator that takes it proves nothing.
"""

import json
import re
import shutil
import sys
from pathlib import Path


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def write(path, value):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def main():
    root, out = Path(sys.argv[1]), Path(sys.argv[2])
    broken = out / "broken"

    # The snapshot and its schema.
    lines = [json.loads(line) for line in (root / "fixtures/bank/bank.snapshot.jsonl").read_text(encoding="utf-8").splitlines()]
    kinds = [next(iter(line)) for line in lines]
    assert kinds[0] == "manifest" and kinds[-1] == "footer", "a snapshot begins with its manifest and ends with its footer"
    assert set(kinds) == {"manifest", "resource", "gap", "footer"}, f"the bank has lines of every kind, not only {set(kinds)}"
    write(out / "snapshot.json", lines)
    schema = read(root / "docs/schemas/snapshot.schema.json")
    array = {"$schema": schema["$schema"], "type": "array", "items": {"oneOf": schema["oneOf"]}, "$defs": schema["$defs"]}
    write(out / "snapshot.array.schema.json", array)
    lines[kinds.index("gap")]["gap"]["reason"] = "forgotten"
    write(broken / "snapshot.json", lines)

    assessment = read(out / "assessment.json")
    assessment["findings"][0]["verdict"] = "probably"
    write(broken / "assessment.json", assessment)

    sarif = read(out / "github.sarif")
    result = sarif["runs"][0]["results"][0]
    result["level"] = "high"
    write(broken / "schema.sarif", sarif)

    sarif = read(out / "github.sarif")
    location = sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    location["uri"] = "https://portal.azure.com/server"
    write(broken / "multitool.sarif", sarif)

    sarif = read(out / "github.sarif")
    sarif["runs"][0]["results"][0]["suppressions"] = [{"kind": "external"}]
    write(broken / "github.sarif", sarif)

    (broken / "assize.yaml").write_text("version: 1\ngate: {fail_under: high}\n", encoding="utf-8")
    waivers = (root / "fixtures/bank/waivers.yaml").read_text(encoding="utf-8")
    without_expiry, removed = re.subn(r"(?m)^ *expires_on:.*\n", "", waivers, count=1)
    assert removed == 1, "a waiver of the bank has an expiry to remove"
    (broken / "waivers.yaml").write_text(without_expiry, encoding="utf-8")

    layout = broken / "layout" / "policy.rego"
    layout.parent.mkdir(exist_ok=True)
    layout.write_text("package a.b\n\ndeny contains 1 if {\n  input.x\n}\n", encoding="utf-8")

    # A policy that says the opposite of what its tests say.
    name = "azure/key_vault/purge_protection_enabled"
    policies = broken / "policies"
    shutil.rmtree(policies, ignore_errors=True)
    shutil.copytree(root / "policies/lib", policies / "lib")
    shutil.copytree(root / "policies" / name, policies / name)
    rego = policies / name / "policy.rego"
    text = rego.read_text(encoding="utf-8")
    wrong = text.replace("not _protected", "_protected")
    assert wrong != text, f"{name} has a condition to turn round"
    rego.write_text(wrong, encoding="utf-8")

    # Snippets that name what is not there.
    name = "azure/key_vault/soft_delete_retention_sufficient"
    snippets = broken / "snippets" / name / "policy.rego"
    snippets.parent.mkdir(parents=True, exist_ok=True)
    text = (root / "policies" / name / "policy.rego").read_text(encoding="utf-8")
    wrong = text.replace("softDeleteRetentionInDays: ", "softDeleteRetentionDays: ")
    assert wrong != text, f"{name} has snippets to break"
    snippets.write_text(wrong, encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
