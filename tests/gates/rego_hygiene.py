#!/usr/bin/env python3
"""Checks the layout of Rego files, as far as it can be seen without a parser.

usage: rego_hygiene.py FOLDER

`opa fmt` writes tabs for indentation, no spaces at line ends and one line end at the end of a file; regorus reads
lines of up to 1,024 columns. Whoever runs `opa fmt` on the policies must see no change in this.
"""

import re
import sys
from pathlib import Path

MAX_COLUMNS = 1024
RAW = re.compile(r"`[^`]*`")


def problems(path):
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        yield 1, f"not UTF-8: {error}"
        return
    if raw.startswith(b"\xef\xbb\xbf"):
        yield 1, "begins with a byte order mark"
    if "\r" in text:
        yield text[: text.index("\r")].count("\n") + 1, "has a carriage return; lines end in a line feed"
    if not text.endswith("\n"):
        yield text.count("\n") + 1, "does not end in a line end"
    elif text.endswith("\n\n") or text == "\n":
        yield text.count("\n"), "ends in an empty line"
    # Lines inside a raw string are data.
    inside = set()
    for match in RAW.finditer(re.sub(r"(?m)#.*$", lambda comment: " " * len(comment.group()), text)):
        first = text[: match.start()].count("\n") + 1
        inside |= set(range(first + 1, first + match.group().count("\n") + 1))
    for number, line in enumerate(text.split("\n"), 1):
        if number in inside:
            continue
        if line != line.rstrip():
            yield number, "ends in a space or tab"
        if re.match(r"\t* +\S", line):
            yield number, "is indented by spaces; opa fmt indents by tabs"
        if len(line) > MAX_COLUMNS:
            yield number, f"is longer than {MAX_COLUMNS} columns"


def main():
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    files = sorted(Path(sys.argv[1]).rglob("*.rego"))
    if not files:
        print(f"{sys.argv[1]}: holds no Rego file", file=sys.stderr)
        return 1
    wrong = False
    for path in files:
        for line, what in problems(path):
            print(f"{path}:{line}: {what}", file=sys.stderr)
            wrong = True
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
