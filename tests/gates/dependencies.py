#!/usr/bin/env python3
"""Checks the dependencies against deny.toml: licences, banned crates, sources.

usage: dependencies.py ROOT

It asks `cargo metadata` and needs nothing else, so it runs where cargo-deny is not installed. cargo-deny does the same
and more: it reads licence texts, finds duplicates and knows advisories.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

CRATES_IO = ("registry+https://github.com/rust-lang/crates.io-index", "sparse+https://index.crates.io/")


def licences(expression):
    """The licences that an SPDX expression names, `X WITH Y` as one."""
    text = re.sub(r"[()/]|\bAND\b|\bOR\b", "\n", expression)
    return {part.strip() for part in text.split("\n") if part.strip()}


def satisfied(expression, allowed):
    """Whether the expression holds with the licences that are allowed. `/` is an old way to write OR."""
    tokens = re.findall(r"\(|\)|[^\s()]+", expression.replace("/", " OR "))
    place = 0

    def one():
        nonlocal place
        if place >= len(tokens):
            raise ValueError(f"not an SPDX expression: {expression!r}")
        if tokens[place] == "(":
            place += 1
            value = either()
            if place >= len(tokens) or tokens[place] != ")":
                raise ValueError(f"not an SPDX expression: {expression!r}")
            place += 1
            return value
        name = tokens[place]
        place += 1
        if place + 1 < len(tokens) and tokens[place] == "WITH":
            name += f" WITH {tokens[place + 1]}"
            place += 2
        return name in allowed

    def both():
        nonlocal place
        value = one()
        while place < len(tokens) and tokens[place] == "AND":
            place += 1
            value &= one()
        return value

    def either():
        nonlocal place
        value = both()
        while place < len(tokens) and tokens[place] == "OR":
            place += 1
            value |= both()
        return value

    value = either()
    if place != len(tokens):
        raise ValueError(f"not an SPDX expression: {expression!r}")
    return value


def self_test():
    """What the reading of expressions must get right, whatever the dependencies are today."""
    allowed = {"MIT", "Unicode-3.0", "Apache-2.0"}
    for expression, expected in {
        "MIT": True,
        "GPL-3.0": False,
        "GPL-3.0 OR MIT": True,
        "GPL-3.0/MIT": True,
        "MIT AND GPL-3.0": False,
        "(MIT OR GPL-3.0) AND Unicode-3.0": True,
        "(MIT OR GPL-3.0) AND ISC": False,
        "MIT OR GPL-3.0 AND ISC": True,
        "Apache-2.0 WITH LLVM-exception": False,
    }.items():
        assert satisfied(expression, allowed) == expected, expression


def main():
    self_test()
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    root = Path(sys.argv[1])
    rules = tomllib.loads((root / "deny.toml").read_text(encoding="utf-8"))
    allowed = set(rules["licenses"]["allow"])
    banned = {entry["crate"]: entry["reason"] for entry in rules["bans"]["deny"]}
    command = ["cargo", "metadata", "--format-version=1", "--locked", "--all-features"]
    command += [f"--manifest-path={root / 'Cargo.toml'}"]
    command += [f"--filter-platform={target}" for target in rules["graph"]["targets"]]
    metadata = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    own = set(metadata["workspace_members"])

    problems, named = [], set()
    for package in metadata["packages"]:
        name = f"{package['name']} {package['version']}"
        expression = package["license"] or ""
        named |= licences(expression)
        try:
            if not satisfied(expression, allowed):
                problems.append(f"{name}: the licence {expression!r} is not allowed by deny.toml")
        except ValueError as error:
            problems.append(f"{name}: {error}")
        if package["name"] in banned:
            problems.append(f"{name}: banned by deny.toml: {banned[package['name']]}")
        if package["id"] not in own and not (package["source"] or "").startswith(CRATES_IO):
            problems.append(f"{name}: comes from {package['source']}, not from crates.io")
    problems += [f"deny.toml allows {licence}, which no dependency has" for licence in sorted(allowed - named)]
    for problem in problems:
        print(problem, file=sys.stderr)
    if len(metadata["packages"]) < 10:
        print("cargo metadata names hardly any package", file=sys.stderr)
        return 1
    if not problems:
        print(f"  {len(metadata['packages'])} crates, {len(allowed)} licences")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
