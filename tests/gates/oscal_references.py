#!/usr/bin/env python3
"""Checks what neither the JSON schema of OSCAL nor Trestle looks at: references, closed sets of values, canonical form.

usage: oscal_references.py CATALOG PROFILE COMPONENT PLAN RESULTS POAM

Each UUID is defined once in a document, or again with the same content; what is referred to is there; words are of the
sets that OSCAL closes; objectives and controls are those of the catalogue; a finding says no more than its observations.
The bytes are those of RFC 8785.
"""

import json
import sys

REFERENCES = ("observation-uuid", "risk-uuid", "subject-uuid", "party-uuid", "component-uuid", "actor-uuid")
HASHES = {f"SHA{family}-{bits}" for family in ("", "3") for bits in (224, 256, 384, 512)}
METHODS = {"EXAMINE", "INTERVIEW", "TEST", "UNKNOWN"}
TYPES = {"ssp-statement-issue", "control-objective", "mitigation", "discovery", "historic"}
RISKS = {"open", "investigating", "remediating", "deviation-requested", "deviation-approved", "closed"}
STATES = {("satisfied", "pass"), ("not-satisfied", "fail"), ("not-satisfied", "other")}


def objects(value, path=""):
    if isinstance(value, dict):
        yield path, value
        for key, inner in value.items():
            yield from objects(inner, f"{path}/{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from objects(inner, f"{path}/{number}")


def props(value):
    return {p["name"]: p["value"] for p in value.get("props", [])}


def document(raw, say):
    """The rules of one document."""
    value = json.loads(raw)
    canonical = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    if canonical != raw:
        say("", "the bytes are not in canonical form")
    defined = {}
    for path, entry in objects(value):
        key = entry.get("uuid")
        if key is not None and key in defined and defined[key] != entry:
            say(path, f"uuid {key} is defined twice, and differently")
        defined.setdefault(key, entry)
    for path, entry in objects(value):
        for key in REFERENCES:
            if key in entry and entry[key] not in defined:
                say(path, f"{key} {entry[key]} is not in the document")
        for party in entry.get("party-uuids", []):
            if party not in defined:
                say(path, f"party-uuid {party} is not in the document")
        href = entry.get("href")
        if isinstance(href, str) and href.startswith("#") and href[1:] not in defined:
            say(path, f"href {href} leads nowhere")
        for key, inner in entry.items():
            if inner == [] or inner == "":
                say(path, f"{key} is empty")
        for entry_hash in entry.get("hashes", []):
            if entry_hash.get("algorithm") not in HASHES:
                say(path, f"hash algorithm {entry_hash.get('algorithm')}")
        if set(entry.get("methods", [])) - METHODS:
            say(path, f"methods {entry['methods']}")
        if "collected" in entry and set(entry.get("types", [])) - TYPES:
            say(path, f"types {entry['types']}")
        if "statement" in entry and entry.get("status") not in RISKS:
            say(path, f"risk status {entry.get('status')}")
        if "target" in entry:
            status = entry["target"]["status"]
            if (status["state"], status.get("reason")) not in STATES:
                say(path, f"state {status['state']} with reason {status.get('reason')}")
    return value


def finding(entry, observations, risks, say):
    """A finding and what was observed for it."""
    path = f"finding {entry['uuid']}"
    status = entry["target"]["status"]
    if "manual" in props(entry):
        if status["state"] != "not-satisfied" or status["reason"] != "other":
            say(path, "an objective that a person answers is judged")
        return
    seen = [props(observations[o["observation-uuid"]])["result"] for o in entry.get("related-observations", []) if o["observation-uuid"] in observations]
    expected = ("not-satisfied", "fail") if "fail" in seen else ("not-satisfied", "other") if "error" in seen or "pass" not in seen else ("satisfied", "pass")
    if (status["state"], status["reason"]) != expected:
        say(path, f"says {status['state']}, {status['reason']}; its observations say {', '.join(seen) or 'nothing'}")
    if ("fail" in seen) != bool(entry.get("related-risks")):
        say(path, "fails and risks do not go together")


def together(catalog, profile, component, plan, results, poam, say):
    """The rules between documents."""
    controls, parts = set(), set()
    for group in catalog["catalog"].get("groups", []):
        for control in group.get("controls", []):
            controls.add(control["id"])
            parts |= {part["id"] for part in control["parts"] if part["name"] == "assessment-objective"}
    imported = {i for entry in profile["profile"]["imports"] for chosen in entry.get("include-controls", []) for i in chosen["with-ids"]}
    for what, value in [("profile", profile), ("component definition", component), ("plan", plan), ("results", results)]:
        for path, entry in objects(value):
            chosen = entry.get("control-id")
            if chosen is not None and (chosen not in controls or chosen not in imported):
                say(f"{what} {path}", f"control {chosen} is not in the catalogue and the profile")
            objective = entry.get("objective-id") or (entry.get("target-id") if entry.get("type") == "objective-id" else None)
            if objective is not None and objective not in parts:
                say(f"{what} {path}", f"objective {objective} is not in the catalogue")
    for missing in sorted(imported - controls):
        say("profile", f"control {missing} is not in the catalogue")
    rules = {p["value"] for c in component["component-definition"]["components"] for p in c.get("props", []) if p["name"] == "Rule_Id"}
    for result in results["assessment-results"]["results"]:
        observations = {o["uuid"]: o for o in result.get("observations", [])}
        risks = {r["uuid"]: r for r in result.get("risks", [])}
        for entry in result.get("findings", []):
            finding(entry, observations, risks, say)
        reviewed = {o["objective-id"] for s in result["reviewed-controls"].get("control-objective-selections", []) for o in s["include-objectives"]}
        found = {f["target"]["target-id"] for f in result.get("findings", [])}
        if reviewed != found:
            say("results", f"objectives reviewed and found differ: {sorted(reviewed ^ found)[:3]}")
        counted = props(result)
        subjects = {}
        for entry in observations.values():
            said = props(entry)
            if "assessment-rule-id" not in said:
                continue
            if said["assessment-rule-id"] not in rules:
                say(f"observation {entry['uuid']}", f"rule {said['assessment-rule-id']} is not in the component definition")
            subjects[said["result"]] = subjects.get(said["result"], 0) + len(entry["subjects"])
            if {props(s)["result"] for s in entry["subjects"]} != {said["result"]}:
                say(f"observation {entry['uuid']}", "a subject has another result")
        for name, result_name in [("pass", "pass"), ("fail", "fail"), ("unknown", "error"), ("not-applicable", "not-applicable")]:
            if int(counted[f"findings-{name}"]) != subjects.get(result_name, 0):
                say("results", f"findings-{name} is {counted[f'findings-{name}']}, and {subjects.get(result_name, 0)} subjects are observed so")
        items = {o["observation-uuid"] for item in poam["plan-of-action-and-milestones"]["poam-items"] for o in item.get("related-observations", [])}
        open_ones = {u for u, o in observations.items() if props(o).get("result") in ("fail", "error")}
        if items != open_ones:
            say("poam", f"{len(open_ones)} observations are open, and {len(items)} are in the plan of action")


def main():
    if len(sys.argv) != 7:
        print(__doc__, file=sys.stderr)
        return 2
    errors = []
    values = []
    for path in sys.argv[1:]:
        with open(path, "rb") as file:
            values.append(document(file.read(), lambda where, what, path=path: errors.append(f"{path}{where}: {what}")))
    if not errors:
        together(*values, lambda where, what: errors.append(f"{where}: {what}"))
    for error in errors[:50]:
        print(error, file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
