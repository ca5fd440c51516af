#!/usr/bin/env python3
"""Checks what GitHub code scanning asks of a SARIF file beyond the schema.

usage: sarif_github_lint.py FILE...

GitHub refuses a whole file for one bad result, opens alerts for what it should not (suppressed results, passes), and
merges alerts that look alike. Neither the schema nor the SARIF Multitool says so. The limits are those of GitHub's
documentation, "SARIF support for code scanning".
"""

import gzip
import json
import re
import sys

MAX_GZIP = 10 << 20
MAX_RUNS = 20
MAX_RULES = MAX_RESULTS = 25_000
MAX_SHOWN_RESULTS = 5_000
MAX_EXTENSIONS = 100
MAX_LOCATIONS = 1_000
MAX_TAGS, MAX_SHOWN_TAGS = 20, 10
MAX_TEXT, MAX_NAME = 1024, 255

NOT_A_PATH = re.compile(r"^[A-Za-z][A-Za-z0-9+.-]*:|^/|(^|/)\.\.(/|$)|[\s\\<>\"{}|^`]")


class Lint:
    def __init__(self):
        self.errors, self.warnings = [], []

    def check(self, holds, where, what):
        if not holds:
            self.errors.append(f"{where}: {what}")
        return holds

    def advise(self, holds, where, what):
        if not holds:
            self.warnings.append(f"{where}: {what}")

    def log(self, raw):
        self.check(len(gzip.compress(raw, 9)) <= MAX_GZIP, "file", "more than 10 MiB when compressed")
        log = json.loads(raw)
        self.check(log.get("version") == "2.1.0", "file", "version is not 2.1.0")
        self.check(log.get("$schema"), "file", "no $schema")
        runs = log.get("runs") or []
        self.check(1 <= len(runs) <= MAX_RUNS, "file", f"{len(runs)} runs; GitHub takes 1 to {MAX_RUNS}")
        categories = set()
        for number, run in enumerate(runs):
            where = f"runs[{number}]"
            category = self.run(run, where)
            self.check(category not in categories, where, f"tool and category {category} appear twice")
            categories.add(category)

    def run(self, run, where):
        driver = run.get("tool", {}).get("driver", {})
        rules = driver.get("rules") or []
        extensions = run.get("tool", {}).get("extensions") or []
        identifier = (run.get("automationDetails") or {}).get("id") or ""
        self.check("/" in identifier, where, "automationDetails.id has no category: alerts of two scans would be mixed")
        self.check(driver.get("name"), where, "tool.driver.name is missing")
        self.check(driver.get("semanticVersion") or driver.get("version"), where, "the tool has no version")
        self.check(len(rules) <= MAX_RULES, where, f"more than {MAX_RULES} rules")
        self.check(len(extensions) <= MAX_EXTENSIONS, where, f"more than {MAX_EXTENSIONS} extensions")
        places = {}
        for number, rule in enumerate(rules):
            at = f"{where}.rules[{number}] {rule.get('id')}"
            self.check(rule.get("id") not in places, at, "the id appears twice")
            places[rule.get("id")] = number
            self.rule(rule, at)
        results = run.get("results")
        if self.check(isinstance(results, list), where, "results is missing"):
            self.check(len(results) <= MAX_RESULTS, where, f"more than {MAX_RESULTS} results")
            self.advise(len(results) <= MAX_SHOWN_RESULTS, where, f"{len(results)} results; GitHub keeps {MAX_SHOWN_RESULTS}")
            seen = set()
            for number, result in enumerate(results):
                self.result(result, f"{where}.results[{number}]", places, seen)
        return driver.get("name"), identifier.rsplit("/", 1)[0]

    def rule(self, rule, where):
        for key in ("shortDescription", "fullDescription", "help"):
            text = (rule.get(key) or {}).get("text", "")
            self.check(text.strip(), where, f"{key}.text is empty")
            self.check(key == "help" or len(text) <= MAX_TEXT, where, f"{key}.text is longer than {MAX_TEXT}")
        self.check(len(rule.get("name") or "") <= MAX_NAME, where, f"name is longer than {MAX_NAME}")
        properties = rule.get("properties") or {}
        tags = properties.get("tags") or []
        self.check(len(tags) <= MAX_TAGS, where, f"{len(tags)} tags; GitHub takes {MAX_TAGS}")
        self.advise(len(tags) <= MAX_SHOWN_TAGS, where, f"{len(tags)} tags; GitHub shows {MAX_SHOWN_TAGS}")
        severity = properties.get("security-severity")
        if severity is not None:
            number = isinstance(severity, str) and re.fullmatch(r"\d+(\.\d+)?", severity)
            self.check(number and 0 < float(severity) <= 10, where, f"security-severity {severity!r} is no text of a number above 0 and up to 10")
            self.advise("security" in tags, where, "security-severity without the tag security")
        self.check(properties.get("problem.severity") in (None, "error", "warning", "recommendation"), where, "problem.severity is no word that GitHub knows")
        self.check(properties.get("precision") in (None, "very-high", "high", "medium", "low"), where, "precision is no word that GitHub knows")
        level = (rule.get("defaultConfiguration") or {}).get("level")
        self.check(level in (None, "note", "warning", "error"), where, f"defaultConfiguration.level {level!r}")

    def result(self, result, where, places, seen):
        self.check((result.get("message") or {}).get("text", "").strip(), where, "message.text is empty")
        rule = result.get("ruleId")
        if self.check(rule in places, where, f"ruleId {rule!r} is not among the rules"):
            self.check(result.get("ruleIndex") in (None, places[rule]), where, "ruleIndex points to another rule")
        self.check(not result.get("suppressions"), where, "a suppressed result opens an alert")
        self.check(result.get("kind") in (None, "fail"), where, f"a result of kind {result.get('kind')!r} opens an alert")
        self.check(result.get("level") != "none", where, "level none")
        locations = result.get("locations") or []
        if not self.check(locations, where, "no location"):
            return
        self.check(len(locations) <= MAX_LOCATIONS, where, f"more than {MAX_LOCATIONS} locations")
        physical = locations[0].get("physicalLocation") or {}
        uri = (physical.get("artifactLocation") or {}).get("uri") or ""
        if self.check(uri, where, "the first location has no artifactLocation.uri; logical locations alone are refused"):
            self.check(not NOT_A_PATH.search(uri), where, f"the uri is no clean path below the repository: {uri}")
        self.check((physical.get("region") or {}).get("startLine", 0) >= 1, where, "region.startLine is missing")
        fingerprint = (result.get("partialFingerprints") or {}).get("primaryLocationLineHash")
        self.check(fingerprint, where, "partialFingerprints.primaryLocationLineHash is missing")
        key = (rule, uri, fingerprint)
        self.check(key not in seen, where, "rule, path and fingerprint of another result; GitHub would merge the two")
        seen.add(key)


def main():
    if len(sys.argv) < 2:
        print(__doc__, file=sys.stderr)
        return 2
    wrong = False
    for path in sys.argv[1:]:
        lint = Lint()
        with open(path, "rb") as file:
            lint.log(file.read())
        for warning in lint.warnings[:20]:
            print(f"{path}: warning: {warning}", file=sys.stderr)
        for error in lint.errors[:50]:
            print(f"{path}: {error}", file=sys.stderr)
        wrong |= bool(lint.errors)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
