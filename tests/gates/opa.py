#!/usr/bin/env python3
"""Runs every Rego test of a policies folder in Open Policy Agent itself, as `opa test -b` does.

usage: opa.py FOLDER POLICIES        FOLDER holds the Python package opa_bindings, which contains OPA

assize evaluates with regorus; its policies claim to be plain OPA Rego. Where the two differ, a test shows it here.
The sources are given to OPA unchanged. Only the value `true` counts as a passed test.

The bindings stop at an error in a builtin function (`lower(5)`), where `opa test` goes on with no value. A test that
stops so is run once more, and there each of BUILTINS stands behind a function that has no value for such arguments:
OPA does the same on its own.
"""

import json
import os
import re
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

# Builtin functions that tests give arguments which they refuse → when they have a value.
BUILTINS = {
    "endswith": ("a, b", "is_string(a); is_string(b)"),
    "lower": ("a", "is_string(a)"),
    "regex.match": ("a, b", "is_string(a); is_string(b)"),
    "time.parse_rfc3339_ns": ("a", r"regex.match(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`, a)"),
}
STOPPED = ("eval_builtin_error", "eval_type_error")


def may(name):
    return "may_" + name.replace(".", "_")


def tolerant(text):
    for name in BUILTINS:
        text = re.sub(rf"(?<![\w.]){re.escape(name)}\(", f"data.tolerant.{may(name)}(", text)
    return text


def tolerant_module():
    rules = [f"{may(name)}({arguments}) := {name}({arguments}) if {{ {when} }}" for name, (arguments, when) in BUILTINS.items()]
    return "\n\n".join(["package tolerant", *rules]) + "\n"


def engine_of(modules, data):
    from opa_bindings import OpaEngine

    engine = OpaEngine()
    for path, text in modules.items():
        engine.add_policy(path, text)
    for path, value in data:
        engine.add_data(value, path)
    return engine


def sources(paths):
    return {str(path): path.read_text(encoding="utf-8") for path in paths}


def data_of(policies):
    """What `opa test -b` makes of files that are called data.json: their folder is their path."""
    files = sorted(policies.rglob("data.json"))
    return [(".".join(path.parent.relative_to(policies).parts), json.loads(path.read_text(encoding="utf-8"))) for path in files]


def evaluate(policies, test_file):
    """The failures of one test file, and how many tests it has."""
    from opa_bindings import OpaError, OpaUndefinedError

    # What policies import is in lib; the gate compiles everything together once.
    modules = sources({*(policies / "lib").rglob("*.rego"), *test_file.parent.glob("*.rego")})
    data, text = data_of(policies), test_file.read_text(encoding="utf-8")
    package = re.search(r"^package (\S+)", text, re.M)[1]
    tests = sorted(set(re.findall(r"^test_\w+", text, re.M)))
    failures = [] if tests else ["there is no test"]

    def answer(engine, path):
        try:
            return engine.eval_document(path)
        except OpaUndefinedError:
            return "undefined"
        except OpaError as error:
            return error

    def stopped(value):
        return isinstance(value, OpaError) and any(word in str(value) for word in STOPPED)

    # Every query is compiled anew with all modules, so the package is asked for as a whole; then one test at a time.
    strict, lenient = engine_of(modules, data), None
    together = answer(strict, package)
    for test in tests:
        value = together.get(test, "undefined") if isinstance(together, dict) else answer(strict, f"{package}.{test}")
        if stopped(value):
            if lenient is None:
                changed = {path: tolerant(module) for path, module in modules.items()}
                lenient = engine_of({**changed, "tolerant.rego": tolerant_module()}, data)
            value = answer(lenient, f"{package}.{test}")
        if value is not True:
            failures.append(f"{test}: {value}")
    return len(tests), failures


def compiled_together(policies):
    """Every module in one compiler: conflicts between packages, and calls of what is not there."""
    engine = engine_of(sources(policies.rglob("*.rego")), data_of(policies))
    engine.eval_query("1 == 1")


def main():
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    sys.path.insert(0, sys.argv[1])
    policies = Path(sys.argv[2])
    files = sorted(policies.rglob("*_test.rego"))
    if not files:
        print(f"{policies}: holds no test", file=sys.stderr)
        return 1
    compiled_together(policies)

    tests = failed = 0
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for path, (count, failures) in zip(files, pool.map(lambda path: evaluate(policies, path), files)):
            tests += count
            failed += len(failures)
            for failure in failures:
                print(f"{path}: {failure}", file=sys.stderr)
    print(f"  {tests} tests in {len(files)} files in OPA, {failed} not true")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
