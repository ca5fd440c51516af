#!/usr/bin/env python3
"""Reads OCSF events with the models of py-ocsf-models, and counts them.

usage: ocsf_models.py ASSESSMENT FILE

The models ignore what they do not know, so the entries of every object are compared with what comes back of them.
"""

import json
import sys

from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding
from py_ocsf_models.objects.cloud import Cloud

# Part of OCSF 1.5, and not of the model of the class. `cloud` has a model of its own.
NOT_MODELLED = {"compliance.status", "cloud"}


def lost(given, back, path=""):
    if isinstance(given, dict):
        for key, value in given.items():
            at = f"{path}.{key}".lstrip(".")
            if at in NOT_MODELLED or path == "unmapped":
                continue
            if not isinstance(back, dict) or back.get(key) is None:
                yield at
            else:
                yield from lost(value, back[key], at)
    elif isinstance(given, list):
        for number, value in enumerate(given):
            yield from lost(value, back[number], path)


def main():
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    with open(sys.argv[1], encoding="utf-8") as file:
        summary = json.load(file)["summary"]
    errors, seen, uids = [], {}, set()
    with open(sys.argv[2], encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            event = json.loads(line)
            try:
                back = ComplianceFinding(**event).model_dump(mode="json")
                cloud = Cloud(**event["cloud"]).model_dump(mode="json")
            except ValueError as error:
                errors.append(f"line {number}: {str(error)[:300]}")
                continue
            errors += [f"line {number}: {path} is not of the class" for path in lost(event, back)]
            errors += [f"line {number}: {path} is not of the cloud" for path in lost(event["cloud"], cloud)]
            status = event["compliance"]["status_id"]
            seen[status] = seen.get(status, 0) + 1
            uids.add(event["metadata"]["uid"])
    for name, status in [("pass", 1), ("fail", 3), ("unknown", 0), ("not_applicable", 99)]:
        if seen.get(status, 0) != summary[name]:
            errors.append(f"{seen.get(status, 0)} events say {name}, and the assessment has {summary[name]}")
    if len(uids) != summary["listed"]:
        errors.append(f"{len(uids)} uids for {summary['listed']} findings")
    for error in errors[:20]:
        print(f"{sys.argv[2]}: {error}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
