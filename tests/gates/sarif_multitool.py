#!/usr/bin/env python3
"""Validates SARIF files with Microsoft's SARIF Multitool and fails on every error and warning.

usage: sarif_multitool.py MULTITOOL KINDS FILE...

KINDS are the rules to apply, `Sarif` or `Sarif;Ghas`. The Multitool's exit code is 0 with errors, so what counts is
the log that it writes. A file that it leaves out, for its size or for another reason, is a failure too.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

CONFIG = Path(__file__).with_name("ghas.xml")
# What it says because ghas.xml switches off the rule that uses the network.
EXPECTED = {"WRN999.RuleExplicitlyDisabled"}


def problems(multitool, kinds, path):
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.sarif"
        command = [multitool, "validate", path, "--config", str(CONFIG), "--rule-kind", kinds]
        command += ["--level", "Error;Warning", "--max-file-size-in-kb", "1000000"]
        command += ["--output", str(log), "--log", "ForceOverwrite", "--quiet", "true"]
        # The program is built for .NET and would ask for the ICU library, which it does not need here.
        environment = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"}
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if not log.exists():
            return [f"no log was written (exit code {done.returncode}): {done.stdout}{done.stderr}"]
        run = json.loads(log.read_text(encoding="utf-8-sig"))["runs"][0]
    found = []
    invocation = run["invocations"][0]
    if not invocation["executionSuccessful"] or done.returncode != 0:
        found.append(f"the Multitool did not come to its end (exit code {done.returncode})")
    for key in ("toolConfigurationNotifications", "toolExecutionNotifications"):
        for note in invocation.get(key, []):
            if note.get("descriptor", {}).get("id") not in EXPECTED:
                found.append(f"{note.get('descriptor', {}).get('id')}: {note['message'].get('text')}")
    for result in run.get("results", []):
        message = result.get("message", {})
        what = message.get("text") or " | ".join(message.get("arguments", []))
        found.append(f"{result.get('level', 'warning')} {result.get('ruleId')}: {what}")
    return found


def main():
    if len(sys.argv) < 4:
        print(__doc__, file=sys.stderr)
        return 2
    wrong = False
    for path in sys.argv[3:]:
        for problem in problems(sys.argv[1], sys.argv[2], path)[:50]:
            print(f"{path}: {problem}", file=sys.stderr)
            wrong = True
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
