#!/usr/bin/env python3
"""Reads the reports that are tables with libraries that other people made, and fails when they lack or mean something else.

usage: tables.py KIND ASSESSMENT REPORT [XSD...]

KIND is `xlsx`, `csv`, `junit` or `code-quality`; ASSESSMENT is the json report of the same assessment. `junit` takes the
schemas to validate against.
"""

import csv
import json
import sys
from pathlib import Path

FORMULA = ("=", "+", "-", "@", "\t", "\r")
WORKBOOK = ["findings", "resources", "controls", "waivers", "gaps", "parameters", "about"]
UNSEEN = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\ufeff\u2028\u2029\x1b")


def wrong_text(text):
    return UNSEEN & set(text) or any(ord(c) < 32 for c in text)


def is_open(finding):
    return finding["verdict"] == "fail" and "waiver" not in finding


def xlsx(assessment, path, _):
    from openpyxl import load_workbook

    book = load_workbook(path)
    if book.sheetnames != WORKBOOK:
        yield f"the sheets are {book.sheetnames}"
        return
    rows = {
        "findings": len(assessment["findings"]),
        "resources": len(assessment["resources"]),
        "controls": sum(len(f["controls"]) for f in assessment["frameworks"]),
        "waivers": len(assessment["waivers"]),
        "gaps": len(assessment["gaps"]),
    }
    for sheet in book:
        expected = rows.get(sheet.title)
        # A sheet holds no more, and says so in `about`.
        if expected is not None and sheet.max_row != expected + 1:
            yield f"{sheet.title} has {sheet.max_row - 1} rows, not {expected}"
        if sheet.freeze_panes != "A2":
            yield f"{sheet.title}: the header is not frozen"
        if sheet.auto_filter.ref != sheet.dimensions:
            yield f"{sheet.title}: the filter is over {sheet.auto_filter.ref}, not {sheet.dimensions}"
        if any(d.width is None or d.width < 5 for d in sheet.column_dimensions.values()):
            yield f"{sheet.title}: a column has no width"
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    yield f"{sheet.title} {cell.coordinate} is a formula"
                if cell.hyperlink:
                    yield f"{sheet.title} {cell.coordinate} is a link"
                if isinstance(cell.value, str):
                    if len(cell.value.encode("utf-16-le")) // 2 > 32767:
                        yield f"{sheet.title} {cell.coordinate} is too long"
                    if wrong_text(cell.value):
                        yield f"{sheet.title} {cell.coordinate} holds what cannot be seen"
                    if cell.value.startswith(FORMULA) and not cell.quotePrefix:
                        yield f"{sheet.title} {cell.coordinate} becomes a formula when it is edited"
    head = [cell.value for cell in book["findings"][1]]
    verdict, resource = head.index("verdict"), head.index("resource_id")
    for finding, row in zip(assessment["findings"], book["findings"].iter_rows(min_row=2, values_only=True)):
        if row[verdict] != finding["verdict"]:
            yield f"the verdict of {row[resource]} is {row[verdict]}, not {finding['verdict']}"
    if assessment["evaluated_at"][:10] != book.properties.created.isoformat()[:10]:
        yield f"it was created at {book.properties.created}"


def comma(assessment, path, _):
    csv.field_size_limit(1 << 30)
    data = Path(path).read_bytes()
    if data.count(b"\n") != data.count(b"\r\n"):
        yield "a line does not end with CR LF"
    with open(path, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    if len(rows) != len(assessment["findings"]):
        yield f"{len(rows)} rows, not {len(assessment['findings'])}"
    for finding, row in zip(assessment["findings"], rows):
        if None in row or None in row.values():
            yield f"a row has another number of cells: {row}"
            continue
        if (row["verdict"], row["policy"]) != (finding["verdict"], finding["policy"]):
            yield f"the row of {finding['policy']} on {finding['resource']} says {row['verdict']} of {row['policy']}"
        if json.loads(row["facts"].removeprefix("'")) != finding["facts"]:
            yield f"other facts of {finding['resource']}: {row['facts']}"
        for name, cell in row.items():
            if cell.startswith(FORMULA):
                yield f"{name} of {finding['resource']} is a formula: {cell}"
            if wrong_text(cell):
                yield f"{name} of {finding['resource']} holds what cannot be seen"


def junit(assessment, path, schemas):
    from lxml import etree

    document = etree.parse(path, etree.XMLParser(resolve_entities=False, huge_tree=True))
    if not schemas:
        yield "no schema was given"
    for schema in schemas:
        validator = etree.XMLSchema(etree.parse(schema))
        if not validator.validate(document):
            yield from (f"{schema}: {error.line}: {error.message}" for error in list(validator.error_log)[:10])
    verdicts = {"pass": 0, "failure": 0, "error": 0, "skipped": 0}
    for case in document.iter("testcase"):
        verdicts[case[0].tag if len(case) else "pass"] += 1
    s = assessment["summary"]
    expected = {
        "pass": s["pass"],
        "failure": s["fail"] - s["waived"],
        "error": s["unknown"],
        "skipped": s["waived"] + s["not_applicable"],
    }
    if verdicts != expected:
        yield f"the cases are {verdicts}, not {expected}"
    for suite in document.iter("testsuite"):
        for name, tag in (("tests", "testcase"), ("failures", "testcase/failure"), ("errors", "testcase/error")):
            if int(suite.get(name)) != len(suite.findall(tag)):
                yield f"{suite.get('name')}: {name} is {suite.get(name)}"


def code_quality(assessment, path, _):
    issues = json.loads(Path(path).read_text(encoding="utf-8"))
    prints = [issue["fingerprint"] for issue in issues]
    if len(set(prints)) != len(prints):
        yield "two issues have one fingerprint, and GitLab shows the first"
    for issue in issues:
        if set(issue) != {"description", "check_name", "fingerprint", "severity", "location"}:
            yield f"other members: {sorted(issue)}"
        if issue["severity"] not in ("info", "minor", "major", "critical", "blocker"):
            yield f"the severity is {issue['severity']}"
        location = issue["location"]
        if location["lines"]["begin"] < 1 or location["path"].startswith(("/", "./")) or ".." in location["path"].split("/"):
            yield f"GitLab cannot find {location}"
    open_fails = sum(map(is_open, assessment["findings"]))
    unknown = len({f["policy"] for f in assessment["findings"] if f["verdict"] == "unknown"})
    if len(issues) != open_fails + unknown:
        yield f"{len(issues)} issues, not {open_fails} open fails and {unknown} policies with unknowns"


KINDS = {"xlsx": xlsx, "csv": comma, "junit": junit, "code-quality": code_quality}


def main():
    if len(sys.argv) < 4 or sys.argv[1] not in KINDS:
        print(__doc__, file=sys.stderr)
        return 2
    assessment = json.loads(Path(sys.argv[2]).read_text(encoding="utf-8"))
    wrong = False
    for count, problem in enumerate(KINDS[sys.argv[1]](assessment, sys.argv[3], sys.argv[4:])):
        wrong = True
        if count < 50:
            print(f"{sys.argv[3]}: {problem}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
