#!/usr/bin/env python3
"""Makes files with one fault each, which the gates of oscal.sh must refuse.

usage: oscal_broken.py FOLDER OUT

OUT/faults.tsv says of each which gate must refuse it, and a word of what it has to say.
"""

import copy
import json
import shutil
import sys
from pathlib import Path

OTHER = "11111111-1111-4111-8111-111111111111"
RESULTS, POAM, CATALOG, PLAN = "oscal-assessment-results", "oscal-poam", "oscal-catalog", "oscal-assessment-plan"


def result(document):
    return document["assessment-results"]["results"][0]


def observation(document, said):
    return next(o for o in result(document)["observations"] if any(p["name"] == "result" and p["value"] == said for p in o["props"]))


def observation_of_many(document, said):
    return next(o for o in result(document)["observations"] if len(o["subjects"]) > 1 and any(p["name"] == "result" and p["value"] == said for p in o["props"]))


def found(document):
    return next(f for f in result(document)["findings"] if f.get("related-risks"))


def waived(document):
    return next(r for r in document["plan-of-action-and-milestones"]["risks"] if r["status"] == "deviation-approved")


def rename(document):
    controls = document["catalog"]["groups"][0]["controls"]
    controls[0]["id"] = controls[0]["id"] + "x"


def drop_item(document):
    document["plan-of-action-and-milestones"]["poam-items"].pop()


# Gate, name of the fault, format, what is done, a word of the refusal.
FAULTS = [
    ("schema", "version-7", RESULTS, lambda d: d["assessment-results"].__setitem__("uuid", "0198f7f8-8051-7b89-8680-0195ef798b6a"), "uuid"),
    ("schema", "no-zone", RESULTS, lambda d: result(d).__setitem__("start", "2026-08-01T02:00:00"), "start"),
    ("schema", "empty-list", RESULTS, lambda d: result(d).__setitem__("observations", []), "observations"),
    ("schema", "two-lines", RESULTS, lambda d: result(d)["props"][0].__setitem__("value", "a\nb"), "props[0].value"),
    ("schema", "no-token", RESULTS, lambda d: result(d)["props"][0].__setitem__("name", "9 bad name"), "props[0].name"),
    ("schema", "not-collected", RESULTS, lambda d: result(d)["observations"][0].pop("collected"), "collected"),
    ("schema", "partial-state", RESULTS, lambda d: found(d)["target"]["status"].__setitem__("state", "pass"), "state"),
    ("trestle", "twice", RESULTS, lambda d: result(d)["findings"][0].__setitem__("uuid", result(d)["observations"][0]["uuid"]), "uplicate"),
    ("trestle", "unknown-entry", PLAN, lambda d: d["assessment-plan"].__setitem__("verdict", "good"), "verdict"),
    ("references", "observation", RESULTS, lambda d: found(d)["related-observations"][0].__setitem__("observation-uuid", OTHER), "observation-uuid"),
    ("references", "subject", RESULTS, lambda d: result(d)["observations"][0]["subjects"][0].__setitem__("subject-uuid", OTHER), "subject-uuid"),
    ("references", "method", RESULTS, lambda d: result(d)["observations"][0].__setitem__("methods", ["AUTOMATED"]), "methods"),
    ("references", "type", RESULTS, lambda d: result(d)["observations"][0].__setitem__("types", ["finding"]), "types"),
    ("references", "reason", RESULTS, lambda d: found(d)["target"]["status"].__setitem__("reason", "because"), "reason because"),
    ("references", "overclaim", RESULTS, lambda d: found(d)["target"].__setitem__("status", {"reason": "pass", "state": "satisfied"}), "its observations say"),
    ("references", "paragraph", RESULTS, lambda d: found(d)["target"].__setitem__("target-id", "DORA-9-2"), "not in the catalogue"),
    ("references", "lost-fail", RESULTS, lambda d: observation_of_many(d, "fail")["subjects"].pop(), "subjects are observed so"),
    ("references", "hidden-unknown", RESULTS, lambda d: observation(d, "error")["subjects"][0]["props"].append({"name": "result", "value": "pass"}), "another result"),
    ("references", "risk-status", POAM, lambda d: waived(d).__setitem__("status", "waived"), "risk status waived"),
    ("references", "no-approver", POAM, lambda d: d["plan-of-action-and-milestones"]["metadata"].pop("parties"), "party-uuid"),
    ("references", "item-lost", POAM, drop_item, "in the plan of action"),
    ("references", "control-lost", CATALOG, rename, "not in the catalogue"),
    ("references", "evidence", RESULTS, lambda d: result(d)["observations"][0]["relevant-evidence"][0].__setitem__("href", f"#{OTHER}"), "leads nowhere"),
]


def main():
    source, out = Path(sys.argv[1]), Path(sys.argv[2])
    out.mkdir(parents=True)
    read = lambda name: json.loads((source / f"{name}.json").read_text(encoding="utf-8"))
    documents = {name: read(name) for name in (RESULTS, POAM, CATALOG, PLAN, "hdf")}
    canonical = lambda value: json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    lines = []

    def fault(gate, name, word):
        lines.append(f"{gate}\t{name}\t{word}")
        folder = out / name
        folder.mkdir()
        for file in source.glob("oscal-*.json"):
            shutil.copy(file, folder)
        return folder

    for gate, name, file, change, word in FAULTS:
        document = copy.deepcopy(documents[file])
        change(document)
        assert document != documents[file], f"{name} changes nothing"
        (fault(gate, name, word) / f"{file}.json").write_text(canonical(document), encoding="utf-8")
    text = (source / f"{POAM}.json").read_text(encoding="utf-8")
    (fault("canonical", "newline", "canonical form") / f"{POAM}.json").write_text(json.dumps(json.loads(text)) + "\n", encoding="utf-8")

    hdf = documents["hdf"]
    controls = hdf["profiles"][0]["controls"]
    failing = next(n for n, c in enumerate(controls) if any(r["status"] == "failed" for r in c["results"]))
    faults = [
        ("hdf", "no-statistics", lambda d: d.pop("statistics"), "not HDF"),
        ("hdf", "hidden-fail", lambda d: d["profiles"][0]["controls"][failing].__setitem__("impact", 0), "has a fail and is shown as"),
        ("hdf", "skipped-fail", lambda d: d["profiles"][0]["controls"][failing].__setitem__("waiver_data", {"skipped_due_to_waiver": True}), "has a fail and is shown as"),
        ("hdf", "lost-result", lambda d: d["profiles"][0]["controls"][failing]["results"].pop(), "and the assessment has"),
        ("hdf", "nist", lambda d: d["profiles"][0]["controls"][0]["tags"].__setitem__("nist", ["DORA"]), "has the tag DORA"),
    ]
    for gate, name, change, word in faults:
        document = copy.deepcopy(hdf)
        change(document)
        (fault(gate, name, word) / "hdf.json").write_text(json.dumps(document), encoding="utf-8")

    events = (source / "ocsf.jsonl").read_text(encoding="utf-8").splitlines()
    event = json.loads(events[0])
    for name, change, word in [
        ("no-class", lambda e: e.pop("compliance"), "compliance"),
        ("status", lambda e: e["compliance"].__setitem__("status_id", 7), "status_id"),
        ("unknown-entry-ocsf", lambda e: e.__setitem__("verdict", "good"), "verdict is not of the class"),
        ("uid", lambda e: e["metadata"].__setitem__("uid", json.loads(events[1])["metadata"]["uid"]), "uids for"),
    ]:
        wrong = copy.deepcopy(event)
        change(wrong)
        text = "\n".join([json.dumps(wrong), *events[1:]]) + "\n"
        (fault("ocsf", name, word) / "ocsf.jsonl").write_text(text, encoding="utf-8")
    (fault("ocsf", "lost-event", "and the assessment has") / "ocsf.jsonl").write_text("\n".join(events[1:]) + "\n", encoding="utf-8")

    (out / "faults.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
