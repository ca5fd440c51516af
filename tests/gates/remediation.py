#!/usr/bin/env python3
"""Remediation snippets of the policies: what they name exists.

    tests/gates/remediation.py [--policies FOLDER] [--az TABLE.json] [--write-az TABLE.json]

- `bicep` parses; the type, its api-version's provider, its properties and enum values are in fixtures/azure/fields.txt.
- `terraform` parses as HCL (python-hcl2); blocks and arguments are in src/iac/mapping/azurerm/arguments.tsv.
- `az resource update --set` names properties that some type of fields.txt has. With `--az`, every command and argument is in the table that
  `--write-az` writes, run by the Python of an azure-cli (pip install azure-cli); commands of its extensions are listed below.

It ends with 1 and a line for each mistake, or with 0.
"""

import argparse
import json
import os
import pathlib
import re
import shlex
import sys

if "--write-az" not in sys.argv:  # the Python of an azure-cli has neither
    import hcl2
    import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]

# api-versions of Azure/bicep-types-az for which fields.txt has no type, and that snippets use.
API_VERSIONS = """
microsoft.cache@2025-07-01 microsoft.cdn@2024-02-01 microsoft.dbformariadb@2018-06-01 microsoft.dbformysql@2017-12-01
microsoft.dbformysql@2020-01-01 microsoft.dbforpostgresql@2017-12-01 microsoft.dbforpostgresql@2020-01-01
microsoft.insights@2020-02-02 microsoft.insights@2023-12-01 microsoft.keyvault@2023-07-01 microsoft.keyvault@2024-11-01
microsoft.managedidentity@2023-01-31 microsoft.network@2024-02-01 microsoft.network@2025-01-01
""".split()

# Groups of azure-cli that are extensions, which az installs on first use, and commands of theirs that take no argument to check.
EXTENSIONS = {
    "afd": "cdn", "cdn": "cdn", "databricks": "databricks", "datafactory": "datafactory", "dataprotection": "dataprotection",
    "dns-resolver": "dns-resolver", "kusto": "kusto", "monitor app-insights": "application-insights",
    "monitor scheduled-query": "scheduled-query", "network firewall": "azure-firewall",
    "network front-door": "front-door", "redisenterprise": "redisenterprise",
}

# Enum values that are newer than fields.txt.
NEWER = {"Microsoft.DBforMySQL/flexibleServers properties.version": "8.4"}

# Resources that azurerm no longer has: the service is retired, and only code of old versions holds them.
RETIRED = re.compile(r"azurerm_(mariadb|mysql|postgresql)_(server|configuration|firewall_rule|server_key|active_directory_administrator)$"
                     r"|azurerm_monitor_log_profile$")


def policies(folder):
    for path in sorted((folder / "azure").rglob("policy.rego")):
        lines = path.read_text(encoding="utf-8").split("\n")
        block = []
        for line in lines[lines.index("# METADATA") + 1:]:
            if not line.startswith("#"):
                break
            block.append(line[2:] if line.startswith("# ") else line[1:])
        custom = yaml.safe_load("\n".join(block))["custom"]
        types = custom["resource"] if isinstance(custom["resource"], list) else [custom["resource"]]
        yield path.parent.relative_to(folder).as_posix(), types, custom["remediation"]


# --- fields.txt ---------------------------------------------------------------------------------------------------------------

class Property:
    def __init__(self, kind="o", lists=0, values=()):
        self.kind, self.lists, self.values, self.below = kind, lists, list(values), {}


class Fields:
    def __init__(self, path):
        self.types, self.definitions, self.versions = {}, {}, set(API_VERSIONS)
        stack = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            if line.startswith(("= ", ": ")):
                words = line.split(" ")
                root = Property()
                stack = [root]
                if line[0] == "=":
                    self.types[words[1].lower()] = root
                    self.versions.add(words[1].split("/")[0].lower() + words[2])
                else:
                    self.definitions[words[1]] = root
                continue
            level = len(line) - len(line.lstrip(" "))
            words = line.strip().split(" ")
            name = words[0].rstrip("[]")
            values = words[2].replace("~", " ").split("|") if len(words) > 2 else []
            property = Property(words[1], (len(words[0]) - len(name)) // 2, values)
            stack[level].below[name] = property
            del stack[level + 1:]
            stack.append(property)

    def members(self, property):
        if property.kind.startswith(":"):
            return self.definitions[property.kind[1:]].below
        return None if property.kind in ("a", "O") else property.below


# --- Bicep --------------------------------------------------------------------------------------------------------------------

TOKEN = re.compile(r"""
    (?P<skip>[ \t\r]+|//[^\n]*|/\*.*?\*/) | (?P<line>\n) | (?P<string>'''.*?'''|'(?:\\.|\$\{[^}]*\}|[^'\\\n])*')
  | (?P<word>[A-Za-z_][A-Za-z0-9_]*) | (?P<number>\d+) | (?P<sign>==|!=|>=|<=|=>|&&|\|\||\?\?|::|\.\?|[{}\[\]().,:=?!<>+\-*/%@])
""", re.S | re.X)


class BicepError(Exception):
    pass


class Expression(str):
    """A value that is not written out."""


class Bicep:
    """Statements of a snippet: `(type@version or None, object)`."""

    def __init__(self, text):
        self.tokens, at = [], 0
        while at < len(text):
            found = TOKEN.match(text, at)
            if not found:
                raise BicepError(f"cannot read {text[at:at + 20]!r}")
            if found.lastgroup != "skip":
                self.tokens.append((found.lastgroup, found[0]))
            at = found.end()
        self.at = 0

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self, text=None):
        kind, value = self.peek()
        if text is not None and value != text:
            raise BicepError(f"{value!r} where {text!r} is due")
        self.at += 1
        return kind, value

    def lines(self):
        while self.peek()[0] == "line" or self.peek()[1] == ",":
            self.at += 1

    def statements(self):
        self.lines()
        word = self.peek()[1]
        after = self.tokens[self.at + 1][1] if self.at + 1 < len(self.tokens) else ""
        if after == ":" or self.peek()[0] == "string":
            yield None, self.members("end")
            return
        while self.peek()[0] != "end":
            if word in ("resource", "param", "var", "targetScope", "output") or word == "@":
                yield from self.statement()
            else:
                raise BicepError(f"no statement begins with {word!r}")
            self.lines()
            word = self.peek()[1]

    def statement(self):
        word = self.take()[1]
        if word != "resource":
            while self.peek()[0] not in ("line", "end"):
                self.at += 1
            return
        self.take()
        kind, name = self.take()
        if kind != "string":
            raise BicepError(f"{name!r} is no type")
        if self.peek()[1] == "existing":
            self.take()
        self.take("=")
        if self.peek()[1] == "if":
            self.take()
            self.expression()
        value = self.value()
        if not isinstance(value, dict):
            raise BicepError(f"{name} is no object")
        yield name.strip("'"), value

    def members(self, end):
        found = {}
        self.lines()
        while self.peek()[1] != end and self.peek()[0] != end:
            if self.peek()[0] == "end":
                raise BicepError(f"{end!r} is missing")
            kind, name = self.take()
            if kind not in ("word", "string"):
                raise BicepError(f"{name!r} is no name of a property")
            if kind == "string":
                name = name.strip("'")
            self.take(":")
            while self.peek()[0] == "line":
                raise BicepError(f"{name} has no value")
            if name in found:
                raise BicepError(f"{name} is written twice")
            found[name] = self.value()
            if self.peek()[0] not in ("line", "end") and self.peek()[1] not in (",", end):
                raise BicepError(f"{self.peek()[1]!r} after {name}")
            self.lines()
        return found

    def value(self):
        kind, text = self.peek()
        following = self.tokens[self.at + 1] if self.at + 1 < len(self.tokens) else ("end", "")
        if text == "{":
            self.take()
            found = self.members("}")
            self.take("}")
            return found
        if text == "[":
            self.take()
            self.lines()
            found = []
            if self.peek()[1] == "for":
                self.at -= 1
                return self.expression()
            while self.peek()[1] != "]":
                if self.peek()[0] == "end":
                    raise BicepError("']' is missing")
                found.append(self.value())
                self.lines()
            self.take("]")
            return found
        simple = following[0] in ("line", "end") or following[1] in (",", "}", "]")
        if simple and kind == "string" and "${" not in text:
            self.take()
            return text.strip("'")
        if simple and kind == "number":
            self.take()
            return int(text)
        if simple and text in ("true", "false"):
            self.take()
            return text == "true"
        return self.expression()

    def expression(self):
        """Whatever stands up to the end of the line or of what is around it."""
        parts, depth = [], 0
        while True:
            kind, text = self.peek()
            if kind == "end" or depth == 0 and (kind == "line" or text in (",", "}", "]")):
                break
            depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(text, 0)
            if depth < 0:
                raise BicepError(f"{text!r} closes nothing")
            parts.append(text)
            self.take()
        if not parts or depth:
            raise BicepError("an expression has no end")
        return Expression(" ".join(parts))


def check_object(fields, property, value, path, found):
    if property.kind == "a" or isinstance(value, Expression):
        return
    if isinstance(value, list):
        if not property.lists:
            found.append(f"{path} is no list")
        inner = Property(property.kind, property.lists - 1, property.values)
        inner.below = property.below
        for item in value:
            check_object(fields, inner, item, path, found)
        return
    if property.lists > 0:
        found.append(f"{path} is a list")
        return
    fits = {"s": str, "i": int, "n": int, "b": bool}.get(property.kind[0], dict)
    if not isinstance(value, fits) or (isinstance(value, bool) and property.kind[0] in "in"):
        found.append(f"{path}: {value!r} is not of kind {property.kind}")
        return
    if property.values and isinstance(value, str) and not set(value.split(", ")) <= set(property.values) and value not in property.values:
        found.append(f"{path}: {value!r} is none of {', '.join(property.values[:12])}")
    members = fields.members(property)
    if isinstance(value, dict) and members is not None:
        for name, inner in value.items():
            member = members.get(name) or members.get("*")
            if member:
                check_object(fields, member, inner, f"{path}.{name}".lstrip("."), found)
            elif path or name not in ("id", "name", "type", "parent", "scope", "dependsOn", "tags"):
                hint = [m for m in members if m.lower() == name.lower()]
                found.append(f"{path}.{name}".lstrip(".") + f": no such property{' (' + hint[0] + ')' if hint else ''}")


def nodes(fields, property, seen):
    if id(property) in seen:
        return
    seen.add(id(property))
    yield property
    for child in (fields.members(property) or {}).values():
        yield from nodes(fields, child, seen)


def check_bicep(fields, types, text):
    try:
        statements = list(Bicep(text).statements())
    except BicepError as error:
        return [f"does not parse: {error}"]
    found = []
    if not statements and not text.lstrip().startswith("//"):
        return ["holds nothing"]
    for name, value in statements:
        if name is None:
            found += check_fragment(fields, types, value)
            continue
        kind, _, version = name.partition("@")
        root = fields.types.get(kind.lower())
        if f"{kind.split('/')[0].lower()}@{version}" not in fields.versions:
            found.append(f"{name}: api-version not known")
        if root is None:
            found.append(f"{kind}: type not listed")
        else:
            wrong = []
            check_object(fields, root, value, "", wrong)
            newer = [f"{path.split(' ')[1]}: '{v}'" for path, v in NEWER.items() if path.split(" ")[0] == kind]
            found += [f"{kind} {w}" for w in wrong if not any(w.startswith(n) for n in newer)]
    return found


def check_fragment(fields, types, value):
    best = None
    for kind in types:
        root = fields.types.get(kind.lower())
        if root is None:
            continue
        for node in nodes(fields, root, set()):
            members = fields.members(node)
            if members is None or node is not root and not set(value) <= set(members):
                continue
            found = []
            bare = Property("o")
            bare.below = members
            check_object(fields, bare, value, "" if node is root else "…", found)
            if best is None or len(found) < len(best):
                best = found
    return [f"{', '.join(types)[:60]}: {f}" for f in (best if best is not None else ["nothing in it is known"])]


# --- Terraform ----------------------------------------------------------------------------------------------------------------

ADDED = ("depends_on", "lifecycle", "count", "for_each", "provider", "timeouts", "tags", "dynamic")


def arguments():
    known = {}
    for name in ("src/iac/mapping/azurerm/arguments.tsv", "tests/gates/azurerm_arguments.tsv"):
        for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                resource, named = line.split("\t")[:2]
                known.setdefault(resource, set()).update(named.split(" "))
    return known


def check_terraform(known, text):
    try:
        tree = hcl2.loads(text.rstrip("\n") + "\n")
    except Exception as error:  # the parser raises whatever lark raises
        return ["does not parse: " + str(error).split("\n")[0]]
    found = []
    if not tree.get("resource") and not text.lstrip().startswith("#"):
        return ["holds no resource"]
    for block in tree.get("resource", []):
        for resource, named in block.items():
            resource = resource.strip('"')
            if RETIRED.match(resource):
                continue
            if resource not in known:
                found.append(f"{resource}: not listed")
                continue
            for body in named.values():
                if isinstance(body, dict):
                    check_arguments(known[resource], resource, body, "", found)
    return found


def check_arguments(known, resource, body, path, found):
    for name, value in body.items():
        name = name.strip('"')
        if name.startswith("__") or not path and name in ADDED:
            continue
        full = f"{path}.{name}".lstrip(".")
        if full not in known:
            found.append(f"{resource}.{full}: no such argument")
            continue
        for inner in value if isinstance(value, list) else []:
            if isinstance(inner, dict):
                check_arguments(known, resource, inner, full, found)


# --- az -----------------------------------------------------------------------------------------------------------------------

EVERYWHERE = {"--output", "-o", "--query", "--only-show-errors", "--verbose", "--debug", "--help", "-h", "--subscription"}


def check_az(fields, types, text, table):
    found = []
    for line in text.replace("\\\n", " ").split("\n"):
        line = line.strip()
        inner = re.search(r"\$\((az .*)\)", line)
        line = inner[1] if inner else line
        if not line or line.startswith("#"):
            continue
        try:
            words = shlex.split(line, comments=True)
        except ValueError as error:
            found.append(f"{line[:60]}: {error}")
            continue
        if words[0] != "az":
            continue
        for stop in ("|", "&&", ";", ">"):
            words = words[:words.index(stop)] if stop in words else words
        if words[1:3] == ["resource", "update"]:
            found += check_set(fields, types, words)
        if table is not None:
            found += check_command(words[1:], line, table)
    return found


def check_set(fields, types, words):
    paths = [w for w in words if re.match(r"(properties|sku|identity)\.[\w.\[\]]+=", w)]
    found = []
    for word in paths:
        path, _, value = word.partition("=")
        wanted = 0
        kinds = list(fields.types) if not types else [t.lower() for t in types]
        named = [w for w in words if w.lower().startswith("microsoft.")]
        for kind in kinds + [n.lower() for n in named] + list(fields.types):
            root = fields.types.get(kind)
            if root and has_path(fields, root, path):
                wanted += 1
                break
        if not wanted:
            found.append(f"--set {path}: no such property")
    return found


def has_path(fields, property, path):
    for depth, step in enumerate(re.sub(r"\[\d+\]", "", path).split(".")):
        members = fields.members(property)
        if members is None:
            return depth > 1
        property = members.get(step) or members.get("*")
        if property is None:
            return False
    return True


def check_command(words, line, table):
    name = next((" ".join(words[:n]) for n in range(len(words), 0, -1) if " ".join(words[:n]) in table), None)
    if name is None:
        if any(" ".join(words).startswith(group + " ") for group in EXTENSIONS):
            return []
        return [f"no such command: az {line[3:80]}"]
    options = {o: a for a in table[name] for o in a["options"]}
    found, given, current = [], [], None
    for word in words[len(name.split()):]:
        if re.match(r"--?[A-Za-z]", word):
            option = word.split("=")[0]
            current = options.get(option)
            if current is not None:
                given.append(current)
            elif option not in EVERYWHERE:
                found.append(f"az {name}: no argument {option}")
        elif current and current["choices"] and word.lower() not in [c.lower() for c in current["choices"]]:
            found.append(f"az {name} {current['options'][-1]}: {word} is none of {', '.join(current['choices'])}")
    if "--ids" not in words:
        for argument in table[name]:
            flags = [o for o in argument["options"] if o.startswith("-")]
            if argument["required"] and flags and argument not in given:
                found.append(f"az {name}: {flags[0]} is missing")
    return found


def write_az(path):
    os.environ.setdefault("AZURE_CONFIG_DIR", str(ROOT / "target" / "azure-cli"))
    from azure.cli.core import get_default_cli
    from azure.cli.core.file_util import create_invoker_and_load_cmds_and_args
    cli = get_default_cli()
    create_invoker_and_load_cmds_and_args(cli)
    table = {}
    for name, command in sorted(cli.invocation.commands_loader.command_table.items()):
        table[name] = [
            {
                "options": [o if isinstance(o, str) else o.target for o in argument.options_list or []],
                "required": bool(argument.type.settings.get("required")),
                "choices": sorted(map(str, argument.type.settings.get("choices") or [])),
            }
            for argument in command.arguments.values()
        ]
    pathlib.Path(path).write_text(json.dumps(table), encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--policies", type=pathlib.Path, default=ROOT / "policies")
    parser.add_argument("--az")
    parser.add_argument("--write-az")
    options = parser.parse_args()
    if options.write_az:
        return write_az(options.write_az)
    table = json.loads(pathlib.Path(options.az).read_text(encoding="utf-8")) if options.az else None
    fields = Fields(ROOT / "fixtures" / "azure" / "fields.txt")
    known = arguments()
    count, wrong = 0, 0
    for policy, types, remediation in policies(options.policies):
        for kind in [k for k, text in remediation.items() if not text]:
            wrong += 1
            print(f"{policy}: {kind}: says nothing (YAML takes what follows # for a comment)")
        remediation = {k: text for k, text in remediation.items() if text}
        for kind, found in (
            ("bicep", check_bicep(fields, types, remediation["bicep"]) if "bicep" in remediation else []),
            ("terraform", check_terraform(known, remediation["terraform"]) if "terraform" in remediation else []),
            ("az", check_az(fields, types, remediation["az"], table) if "az" in remediation else []),
        ):
            count += kind in remediation
            for message in found:
                wrong += 1
                print(f"{policy}: {kind}: {message}")
    print(f"  {count} snippets, {wrong} mistakes")
    return 1 if wrong or not count else 0


if __name__ == "__main__":
    sys.exit(main())
