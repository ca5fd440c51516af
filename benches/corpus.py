#!/usr/bin/env python3
"""Measures which share of real infrastructure-as-code files assize can parse.

    python3 benches/corpus.py target/release/assize [--dir target/corpus] [--offline] [--json FILE]

Downloads the packages below with the registries' own clients (pip, npm, apt-get), in pinned versions, checks their
sha256, unpacks them into DIR, gives every file to `assize scan`, and prints a table in Markdown and every failure.
Nothing of a package is run. A package that a registry no longer has is named and left out (Debian's mirrors only keep
the newest version of a suite). Exit code: 1 if a file failed that is not known to be invalid, or the scanner crashed.
"""
import argparse, collections, fnmatch, hashlib, json, os, re, shutil, subprocess, sys, tarfile, tempfile, time, zipfile
from pathlib import Path

# (client, package, version, file that the client writes, sha256)
PACKAGES = [
    ("pip", "nebari", "2025.10.1", "nebari-2025.10.1-py3-none-any.whl", "7538f8f89e0ff1b9dc40d9f6de43c715d18f443eabf239d39bb370ce78345609"),
    ("pip", "mlstacks", "0.10.0", "mlstacks-0.10.0-py3-none-any.whl", "069869fc34eba42ae0ccfe2369e7825d8164743317102bde334db51076029d46"),
    ("pip", "agent-starter-pack", "0.41.3", "agent_starter_pack-0.41.3-py3-none-any.whl", "036e596f2cb640714022dbd793aabc2bf01571b9f32da3fc361553a4e723418f"),
    ("pip", "determined", "0.38.1", "determined-0.38.1-py3-none-any.whl", "22883b24c642afe2ebadc569cbe54b4c576571a97410987bac2eb1a46d3af7c0"),
    ("pip", "azure-cli", "2.91.0", "azure_cli-2.91.0-py3-none-any.whl", "998f2b7812e553520c0f4c7bbb8420487d83f9930711cef335401c1f3fc5e0b6"),
    ("pip", "azure-ai-ml", "1.35.2", "azure_ai_ml-1.35.2-py3-none-any.whl", "a2dceea2a491ddd0e714f97d0a506c1150de5b65023f3d25a3e5b5ddd81a45f8"),
    ("pip", "mslisa", "20260921.2", "mslisa-20260921.2-py3-none-any.whl", "291cdb3618fab1e1a12156281bb3a94b12da760b8dbeefd03ab6087f869df4ba"),
    ("npm", "@microsoft/teamsfx-core", "1.0.0", "microsoft-teamsfx-core-1.0.0.tgz", "6afb8808f8b50442cdccd6c7c7e56caa15103030ee93429df86a25a131aaffc3"),
    ("npm", "@microsoft/teamsfx-core", "1.12.0", "microsoft-teamsfx-core-1.12.0.tgz", "4bf2df20a214aef99206f92e8eecccd178ce600bf59a2a3028ba482bbb6a4c4e"),
    ("npm", "@microsoft/teamsfx-core", "1.23.4", "microsoft-teamsfx-core-1.23.4.tgz", "23b52397ce34e72a0040dfd2bfff930cfbb42ad9df76afde2f1a0ba7da6d1262"),
    ("npm", "@microsoft/teamsfx-core", "2.0.0", "microsoft-teamsfx-core-2.0.0.tgz", "7c9abad2bcf30e3ab96edf7192db09d34b7811f9218e98e72b3cc9e3bfefc218"),
    ("npm", "@microsoft/teamsfx-core", "2.1.0", "microsoft-teamsfx-core-2.1.0.tgz", "4e692d086297113180be77aaea7530a3ec9583fa15efbee0d25cf18e0f92df91"),
    ("npm", "@microsoft/teamsfx-core", "3.1.3", "microsoft-teamsfx-core-3.1.3.tgz", "2e5b5d363bf5022e9dae49daa224229b9a4c38962b9953b37cd1273f78cdbcf3"),
    ("npm", "@microsoft/m365agentstoolkit-cli", "1.1.17", "microsoft-m365agentstoolkit-cli-1.1.17.tgz", "ef43a5970f94ef6d4889c943b673b29c53b2e841f9930e41495a864688dd54b7"),
    ("npm", "generator-botbuilder", "4.22.1", "generator-botbuilder-4.22.1.tgz", "d180eee371c6f2824ae75c9ab1ca0f83797a720e2308afefd78e3124d6fbcde4"),
    ("npm", "generator-botbuilder", "4.14.1", "generator-botbuilder-4.14.1.tgz",
     "132059ca753984443b6bd2a4665dfbea0b63bb54effae9ada930d9021d8327e9"),
    ("npm", "@microsoft/teamsfx-core", "1.3.0", "microsoft-teamsfx-core-1.3.0.tgz",
     "c763734b9ee571a6a698b33090e8c2ef0995bccbf8119dc7d18ae7d8459d1a36"),
    ("npm", "@microsoft/teamsfx-core", "1.18.0", "microsoft-teamsfx-core-1.18.0.tgz",
     "e002daef763283b6eaf707b494337c4db5ea6ca9bbc32112f308aa4cf57826c0"),
    ("npm", "@microsoft/teamsfx-core", "3.0.0", "microsoft-teamsfx-core-3.0.0.tgz",
     "ef1ae7f66c338176abd30c57d0f8aa83f095683fa784344b72dda9b99b602672"),
    ("apt", "golang-github-hashicorp-hcl-v2", "2.14.1-2", "golang-github-hashicorp-hcl-v2_2.14.1.orig.tar.gz", "452eb7ffe12ce4f6b39e0f737966dc2e05318693bbf47887abceb85ec31b1fa2"),
    ("apt", "golang-github-hashicorp-terraform-json", "0.5.0-3",
     "golang-github-hashicorp-terraform-json_0.5.0.orig.tar.xz", "abb86ff4c6802e8ba4b612a481ed781a497fbcea44f1801b83079d8e3181feb6"),
]

# Files that are not valid in their language: pattern of the path → why. They must stay few, each one was read.
INVALID = [
    ("*/specsuite/tests/structure/attributes/singleline_bad.d/main.tf",
     "line 1: two attributes on one line; HCL's own suite expects the error"),
    ("*/specsuite/tests/structure/blocks/single_unclosed.d/main.tf",
     "line 1: the block is never closed; HCL's own suite expects the error"),
]

KEEP = re.compile(r"\.(tf|tofu|tfvars|hcl|bicep|bicepparam|json|jsonc|tpl|zip|ya?ml|txt|sh|md|toml|pem|ps1)$", re.I)
LANGUAGES = ["Terraform", "Terraform, tags of a template engine taken out", "Terraform JSON", "Terraform variables", "HCL specification", "Terraform plan and state",
             "Bicep", "Bicep, tags of a template engine taken out", "Bicep parameters", "ARM template", "ARM parameters"]
SYNTAX = re.compile(r"^(syntax error: |line \d+: |it is no JSON|\d+ more syntax errors|the file could not be read"
                    r"|it is nested deeper)|could not be read")


def fetch(client, package, version, file, digest, folder):
    """Downloads one package; the text of what went wrong, else None."""
    path = folder / file
    if not path.exists():
        with tempfile.TemporaryDirectory(dir=folder) as tmp:
            if client == "pip":
                command = [sys.executable, "-m", "pip", "-q", "download", "--no-deps", "--only-binary", ":all:",
                           "--python-version", "3.12", "-d", ".", f"{package}=={version}"]
            elif client == "npm":
                command = ["npm", "pack", "--silent", "--ignore-scripts", f"{package}@{version}"]
            else:
                command = apt(tmp) + ["source", "--download-only", "-q", f"{package}={version}"]
            try:
                done = subprocess.run(command, cwd=tmp, capture_output=True, text=True, timeout=600)
            except (OSError, subprocess.TimeoutExpired) as error:
                return str(error)
            got = Path(tmp) / file
            if not got.exists():
                return (done.stderr.strip().splitlines() or ["not written"])[-1]
            got.rename(path)
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != digest:
        path.unlink()
        return f"sha256 is {found}, expected {digest}"
    return None


def apt(tmp):
    """apt-get with a state of its own, so that neither root nor the system's lists are needed."""
    base = Path(tmp).parent / "apt"
    for sub in ["state/lists/partial", "cache/archives/partial"]:
        (base / sub).mkdir(parents=True, exist_ok=True)
    key = "[signed-by=/usr/share/keyrings/debian-archive-keyring.gpg]"
    (base / "sources.list").write_text(f"deb-src {key} http://deb.debian.org/debian bookworm main\n")
    options = [f"Dir::Etc::SourceList={base}/sources.list", "Dir::Etc::SourceParts=/dev/null", f"Dir::State={base}/state",
               f"Dir::Cache={base}/cache", f"APT::Sandbox::User={os.environ.get('USER') or 'root'}"]
    command = ["apt-get"] + [part for option in options for part in ("-o", option)]
    if not (base / "updated").exists():
        subprocess.run(command + ["-q", "update"], capture_output=True, timeout=600, check=True)
        (base / "updated").touch()
    return command


def unpack(archive, folder):
    """Unpacks what may be code or be read by code; archives in archives as folders `NAME.d`."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = lambda n: KEEP.search(n) and "/node_modules/" not in n and not n.startswith("/") and ".." not in n.split("/")
    if archive.suffix in (".whl", ".zip"):
        with zipfile.ZipFile(archive) as z:
            z.extractall(folder, [i for i in z.namelist() if wanted(i)])
    else:
        with tarfile.open(archive) as t:
            for member in t:
                if member.isfile() and wanted(member.name):
                    target = folder / member.name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(t.extractfile(member).read())
    if archive.suffix != ".zip":
        for inner in sorted(folder.rglob("*.zip")):
            try:
                unpack(inner, inner.with_suffix(".d"))
            except zipfile.BadZipFile:
                pass


TAGS = [
    # Sections all count; of a line with tags alone nothing remains, and a tag for a value becomes a word.
    (re.compile(r"(?m)^[ \t]*(\{\{\{?~?([#/^!]|else)[^{}]*\}?\}\}[ \t]*)+\r?$\n?"), ""),
    (re.compile(r"(?m)^[ \t]*(\{%[^%]*%\}[ \t]*)+\r?$\n?"), ""),
    (re.compile(r"\{\{\{?~?([#/^!]|else)[^{}]*\}?\}\}|\{%[^%]*%\}"), ""),
    (re.compile(r"\\?\{\{\{?[^{}]*\}?\}\}"), "value"),
]


def prepare(folder):
    """Makes code of what is code with tags of a template engine (Mustache, Handlebars, Jinja), and of HCL's test suite."""
    rendered = set()
    for path in sorted(p for p in folder.rglob("*") if p.name.endswith((".bicep", ".bicep.tpl", ".tf"))):
        text = path.read_text("utf-8", "replace")
        name = path.name.endswith(".tpl")
        # `{{` stands in neither language outside of texts; in Jinja, `{%` or the word of cookiecutter tells.
        tags = re.search(r"\{\{[#/^]|\{\{[A-Za-z]|\\\{\{" if "bicep" in path.name else r"\{%|\{\{ *cookiecutter", text)
        if not name and not tags:
            continue
        target = path.with_suffix("") if name else path
        if name and target.exists():
            continue
        for pattern, by in TAGS:
            text = pattern.sub(by, text)
        target.write_text(text)
        rendered.add(target)
    spec = set()
    for path in sorted(folder.rglob("specsuite/**/*.hcl")):
        target = path.with_suffix(".d") / "main.tf"
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, target)
        spec.add(target)
    return rendered, spec


def language(path, rendered, spec):
    name = path.name.lower()
    if path in spec:
        return "HCL specification"
    if name.endswith((".tf", ".tofu")):
        return "Terraform, tags of a template engine taken out" if path in rendered else "Terraform"
    if name.endswith((".tf.json", ".tofu.json")):
        return "Terraform JSON"
    if name.endswith((".tfvars", ".tfvars.json")):
        return "Terraform variables"
    if name.endswith(".bicep"):
        return "Bicep, tags of a template engine taken out" if path in rendered else "Bicep"
    if name.endswith(".bicepparam"):
        return "Bicep parameters"
    if name.endswith((".json", ".jsonc")):
        text = path.read_bytes()
        if re.search(rb"deploymentTemplate\.json", text, re.I) and re.search(rb'"resources"', text, re.I):
            return "ARM template"
        if re.search(rb"deploymentParameters\.json", text, re.I):
            return "ARM parameters"
        if b'"format_version"' in text and b'"provider_schemas"' not in text and re.search(rb'"(planned_values|resource_changes|values)"', text):
            return "Terraform plan and state"
    return None


class Scanner:
    def __init__(self, binary, out):
        self.binary, self.out = str(binary), str(out)
        self.crashes, self.slow = [], []

    def scan(self, root, names, *more):
        """The assessment of the named files or folders, and how long it took."""
        command = [self.binary, "scan", *names, "--root", ".", "-o", f"json={self.out}", "--fail-on", "never",
                   "--allow-unknown", "1000000", "--threads", "1", *more]
        if os.path.exists(self.out):
            os.unlink(self.out)
        start = time.monotonic()
        try:
            done = subprocess.run(command, cwd=root, capture_output=True, text=True, errors="replace", timeout=300)
            code, stderr = done.returncode, done.stderr
        except subprocess.TimeoutExpired:
            code, stderr = "timeout", ""
        took = time.monotonic() - start
        if code not in (0, 1, 2, 3) or "panicked" in stderr:
            self.crashes.append((f"{root}: {' '.join(names)[:200]}", code, stderr[-400:]))
        if took > 1:
            self.slow.append((f"{root}: {' '.join(names)[:200]}", took))
        try:
            with open(self.out) as f:
                return json.load(f), stderr
        except (OSError, ValueError):
            return None, stderr


def failures(assessment, name):
    """What the gaps say of the syntax of one file."""
    found = []
    for gap in assessment["gaps"]:
        about = gap["about"]
        if gap["reason"] == "malformed" and (about == name or about.startswith((name + ":", name + " ("))):
            if SYNTAX.search(gap["detail"]):
                found.append(f"{about.removeprefix(name).strip(' ():').removeprefix(name + ':')}: {gap['detail']}")
    return found


def not_read(assessment, stderr, name):
    """Whether a file that was named was neither read nor missed."""
    return assessment is None or f"{name}: it is no" in stderr or not any(
        "code read" in n["text"] and name in n["text"] for n in assessment["notices"])


def main():
    args = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    args.add_argument("assize", type=Path)
    args.add_argument("--dir", type=Path, default=Path("target/corpus"))
    args.add_argument("--offline", action="store_true", help="download nothing")
    args.add_argument("--only", default="*", help="pattern of the names of packages")
    args.add_argument("--json", type=Path, help="write all results there")
    args = args.parse_args()
    binary, base = args.assize.resolve(), args.dir.resolve()
    (base / "archives").mkdir(parents=True, exist_ok=True)
    scanner = Scanner(binary, base / "out.json")
    rows = []
    seen = set()
    for client, package, version, file, digest in PACKAGES:
        if not fnmatch.fnmatch(package, args.only):
            continue
        archive = base / "archives" / file
        if not (args.offline and not archive.exists()):
            problem = fetch(client, package, version, file, digest, base / "archives")
        else:
            problem = "offline"
        if problem:
            print(f"left out: {package} {version}: {problem}", file=sys.stderr)
            continue
        folder = base / "files" / re.sub(r"[^\w.-]+", "_", f"{package}-{version}").strip("_")
        shutil.rmtree(folder, ignore_errors=True)
        unpack(archive, folder)
        rendered, spec = prepare(folder)
        files = collections.defaultdict(list)
        for path in sorted(p for p in folder.rglob("*") if p.is_file()):
            if kind := language(path, rendered, spec):
                files[kind].append(path)
        # The whole package at once, as a user scans it: for crashes and time.
        if files:
            scanner.scan(folder, ["."])
        if files["Terraform"]:
            done = subprocess.run([str(binary), "policy", "check", "--mapping", "."], cwd=folder, capture_output=True, text=True)
            if done.returncode not in (0, 1):
                scanner.crashes.append((f"{folder}: policy check --mapping", done.returncode, done.stderr[-400:]))
        cache = {}
        for kind, paths in files.items():
            for path in paths:
                name = path.relative_to(folder).as_posix()
                if kind.startswith("Terraform,") or kind in ("Terraform", "Terraform JSON", "HCL specification", "Terraform variables"):
                    parent = path.parent.relative_to(folder).as_posix()
                    more = ()
                    if kind == "Terraform variables":
                        if not any(path.parent.glob("*.tf")):
                            continue
                        more = ("--var-file", str(path))
                    key = (parent, more)
                    if key not in cache:
                        cache[key] = scanner.scan(folder, [parent], *more)
                    assessment, stderr = cache[key]
                    failed = failures(assessment, name) if assessment else [f"nothing was read: {stderr[:200]}"]
                elif kind in ("ARM parameters", "Bicep parameters"):
                    # Read with the template beside it; else by itself.
                    assessment, stderr = scanner.scan(folder, [name])
                    failed = failures(assessment, name) if assessment else []
                    if kind == "Bicep parameters" and assessment and not_read(assessment, stderr, name) and not failed:
                        failed = ["it was not read"]
                else:
                    assessment, stderr = scanner.scan(folder, [name])
                    failed = failures(assessment, name) if assessment else []
                    if not failed and not_read(assessment, stderr, name):
                        failed = [f"it was not read: {stderr.strip()[:200]}"]
                text = path.read_bytes()
                key = hashlib.sha256(text).digest()
                why = next((why for pattern, why in INVALID if fnmatch.fnmatch(f"{folder.name}/{name}", pattern)), None)
                resources = len(assessment["resources"]) if assessment else 0
                rows.append({"package": folder.name, "kind": kind, "name": name, "failed": failed, "invalid": why,
                             "resources": resources, "copy": (kind, key) in seen})
                seen.add((kind, key))
    report(rows, scanner)
    if args.json:
        args.json.write_text(json.dumps(rows, indent=1))
    return any(r["failed"] and not r["invalid"] for r in rows) or bool(scanner.crashes)


def report(rows, scanner):
    head = ["language", "files", "different", "valid", "parsed", "rate of valid", "rate of all"]
    print("| " + " | ".join(head) + " |\n|" + " --- |" + " ---: |" * (len(head) - 1))
    for kind in LANGUAGES:
        of = [r for r in rows if r["kind"] == kind and not r["copy"]]
        if of:
            valid = [r for r in of if not r["invalid"]]
            good = [r for r in valid if not r["failed"]]
            clean = [r for r in of if not r["failed"]]
            share = lambda a, b: f"{100 * len(a) / len(b):.2f} %" if b else "–"
            total = sum(r["kind"] == kind for r in rows)
            print(f"| {kind} | {total} | {len(of)} | {len(valid)} | {len(good)} | {share(good, valid)} | {share(clean, of)} |")
    print("\nEvery number but the first is of files with different content.\n")
    for title, test in [("Failures", lambda r: not r["invalid"]), ("Failures of files that are not valid", lambda r: r["invalid"])]:
        print(f"{title}:\n")
        lines = [r for r in rows if r["failed"] and not r["copy"] and test(r)]
        for r in lines:
            print(f"- {r['package']}/{r['name']} ({r['kind']}){': ' + r['invalid'] if r['invalid'] else ''}")
            for text in r["failed"][:4]:
                print(f"  - {text}")
        print("" if lines else "none\n")
    for r in rows:
        if r["invalid"] and not r["failed"]:
            print(f"- listed as invalid, and read without a word: {r['package']}/{r['name']}")
    print(f"Crashes: {len(scanner.crashes)}. Scans over a second: {len(scanner.slow)}.")
    for what, code, text in scanner.crashes:
        print(f"- {what}: {code}: {text}")
    for what, took in scanner.slow:
        print(f"- {what}: {took:.1f} s")


if __name__ == "__main__":
    sys.exit(main())
