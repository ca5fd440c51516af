#!/usr/bin/env bash
# Validates what assize writes, and the files that people write for it, with validators that other people made.
#
# usage: tests/gates/run.sh [BINARY]        BINARY is target/debug/assize, if it is not given
#
# The validators are in ASSIZE_TOOLS (target/tools, if it is not set); scripts/test installs them. Every gate says
# `gate NAME: ok`, or prints what is wrong and fails the run. Each is also given a file with a fault, and must refuse
# it and say why: a validator that takes everything proves nothing.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
gates=tests/gates
binary=${1:-target/debug/assize}
tools=${ASSIZE_TOOLS:-target/tools}
out=target/gates

case $(uname -s) in
    Linux) system=linux ;;
    Darwin) system=darwin ;;
    *) echo "error: there is no SARIF Multitool for $(uname -s)" >&2; exit 1 ;;
esac
python=$tools/python/bin/python
check_jsonschema=$tools/python/bin/check-jsonschema
opa=$tools/opa
modules=$tools/npm/node_modules
multitool=$modules/@microsoft/sarif-multitool-$system/Sarif.Multitool
sarif_schema=$modules/@microsoft/sarif-multitool-$system/sarif-2.1.0.json
for needed in "$binary" "$python" "$check_jsonschema" "$multitool"; do
    if [[ ! -x $needed ]]; then
        echo "error: $needed is missing; run scripts/test, which builds and installs everything" >&2
        exit 1
    fi
done
for needed in "$opa/opa_bindings" "$modules/ajv" "$modules/ajv-formats" "$sarif_schema" fixtures/bank/bank.snapshot.jsonl; do
    if [[ ! -e $needed ]]; then
        echo "error: $needed is missing; run scripts/test, which installs everything" >&2
        exit 1
    fi
done

rm -rf "$out"
mkdir -p "$out/broken" "$out/oscal"
failed=0

# gate NAME COMMAND…: the command must end well. What it says is shown when it does not.
gate() {
    local name=$1 code=0
    shift
    "$@" >"$out/log" 2>&1 </dev/null || code=$?
    if [[ $code == 0 ]]; then
        # Lines that begin with two spaces are meant for the reader.
        grep '^  ' "$out/log" || true
        echo "gate $name: ok"
    else
        cat "$out/log"
        echo "gate $name: FAILED (exit code $code)"
        failed=1
    fi
}

# refuses NAME WORD COMMAND…: the command must end with 1 and say the word.
refuses() {
    local name=$1 word=$2 code=0
    shift 2
    "$@" >"$out/log" 2>&1 </dev/null || code=$?
    if [[ $code == 1 ]] && grep -qF -- "$word" "$out/log"; then
        echo "gate $name refuses a broken file: ok"
    else
        cat "$out/log"
        echo "gate $name refuses a broken file: FAILED (exit code $code, and it had to be 1 with the word $word)"
        failed=1
    fi
}

# `gate` calls it by its name.
# shellcheck disable=SC2317
scan() {
    local code=0
    "$binary" scan fixtures/bank/bank.snapshot.jsonl \
        --config fixtures/bank/assize.yaml --at 2026-11-01T06:00:00Z \
        --output "json=$out/assessment.json" --output "sarif=$out/full.sarif" \
        --output "sarif-github=$out/github.sarif" --output "html=$out/bank.html" --output "xlsx=$out/bank.xlsx" \
        --output "csv=$out/bank.csv" --output "junit=$out/bank.xml" --output "code-quality=$out/code-quality.json" \
        --output "markdown=$out/bank.md" --output "hdf=$out/oscal/hdf.json" --output "ocsf=$out/oscal/ocsf.jsonl" \
        --output "oscal-catalog=$out/oscal/oscal-catalog.json" --output "oscal-profile=$out/oscal/oscal-profile.json" \
        --output "oscal-component-definition=$out/oscal/oscal-component-definition.json" \
        --output "oscal-assessment-plan=$out/oscal/oscal-assessment-plan.json" \
        --output "oscal-assessment-results=$out/oscal/oscal-assessment-results.json" \
        --output "oscal-poam=$out/oscal/oscal-poam.json" || code=$?
    # 1 and 3 are what the gate of assize says of the bank.
    case $code in
        0 | 1 | 3) ;;
        *) echo "assize scan ended with $code"; return 1 ;;
    esac
    for file in assessment.json full.sarif github.sarif bank.html bank.xlsx bank.csv bank.xml bank.md; do
        if [[ ! -s $out/$file ]]; then
            echo "$file was not written"
            return 1
        fi
    done
}

gate "scan of the bank" scan
if [[ $failed == 0 ]]; then
    gate "broken files made" "$python" "$gates/prepare.py" . "$out"
fi
if [[ $failed != 0 ]]; then
    exit 1
fi

# shellcheck disable=SC2317
schema_of() { env NODE_PATH="$modules" node "$gates/sarif_schema.js" "$sarif_schema" "$@"; }
gate "SARIF schema" schema_of "$out/full.sarif" "$out/github.sarif"
refuses "SARIF schema" "must be equal to one of the allowed values" schema_of "$out/broken/schema.sarif"

gate "SARIF Multitool" "$python" "$gates/sarif_multitool.py" "$multitool" Sarif "$out/full.sarif"
gate "SARIF Multitool, rules of GitHub" "$python" "$gates/sarif_multitool.py" "$multitool" 'Sarif;Ghas' "$out/github.sarif"
refuses "SARIF Multitool, rules of GitHub" GH1005 \
    "$python" "$gates/sarif_multitool.py" "$multitool" 'Sarif;Ghas' "$out/broken/multitool.sarif"

gate "GitHub code scanning" "$python" "$gates/sarif_github_lint.py" "$out/github.sarif"
refuses "GitHub code scanning" "a suppressed result opens an alert" \
    "$python" "$gates/sarif_github_lint.py" "$out/broken/github.sarif"

gate "JSON schemas" "$check_jsonschema" --check-metaschema docs/schemas/*.schema.json
# by_schema NAME SCHEMA FILE BROKEN WORD
by_schema() {
    gate "$1" "$check_jsonschema" --schemafile "$2" "$3"
    refuses "$1" "$5" "$check_jsonschema" --schemafile "$2" "$4"
}
by_schema "assessment schema" docs/schemas/assessment.schema.json \
    "$out/assessment.json" "$out/broken/assessment.json" probably
by_schema "snapshot schema" "$out/snapshot.array.schema.json" "$out/snapshot.json" "$out/broken/snapshot.json" forgotten
by_schema "configuration schema" docs/schemas/config.schema.json \
    fixtures/bank/assize.yaml "$out/broken/assize.yaml" fail_under
by_schema "waivers schema" docs/schemas/waivers.schema.json \
    fixtures/bank/waivers.yaml "$out/broken/waivers.yaml" expires_on

gate "OSCAL, HDF and OCSF" "$gates/oscal.sh" "$out/assessment.json" "$out/oscal"

# junit-10.xsd is Jenkins' own, from its xunit-plugin (MIT).
gate "workbook" "$python" "$gates/tables.py" xlsx "$out/assessment.json" "$out/bank.xlsx"
gate "CSV" "$python" "$gates/tables.py" csv "$out/assessment.json" "$out/bank.csv"
gate "JUnit" "$python" "$gates/tables.py" junit "$out/assessment.json" "$out/bank.xml" "$gates/junit-10.xsd"
gate "code quality" "$python" "$gates/tables.py" code-quality "$out/assessment.json" "$out/code-quality.json"
refuses "workbook" "not probably" "$python" "$gates/tables.py" xlsx "$out/broken/assessment.json" "$out/bank.xlsx"

gate "history in PostgreSQL" "$gates/history_postgres.sh"
gate "manifests of a nightly sweep" "$gates/deploy.sh" "$binary" "$out"
gate "evidence" "$gates/evidence.sh" "$binary" "$out"

# Of the whole bank the report is so large that validators and axe would take minutes: that of some policies, with a trend,
# shows them the same templates.
# shellcheck disable=SC2317
html_of() { NODE_PATH=$modules node "$gates/html.js" "$@"; }
gate "HTML" html_of --load 3000 --shots "$out/shots" "$out/evidence/report.html" "$out/bank.html"
gate "HTML with planted faults" html_of --self-test "$out/evidence/report.html"

gate "layout of Rego" "$python" "$gates/rego_hygiene.py" policies
refuses "layout of Rego" "indented by spaces" "$python" "$gates/rego_hygiene.py" "$out/broken/layout"

gate "OPA" "$python" "$gates/opa.py" "$opa" policies
refuses "OPA" "test_passes_on: undefined" "$python" "$gates/opa.py" "$opa" "$out/broken/policies"

gate "remediation" "$python" "$gates/remediation.py"
refuses "remediation" "no such" "$python" "$gates/remediation.py" --policies "$out/broken/snippets"

gate "fake Azure against Microsoft's specs" "$gates/arm_spec.sh"
gate "collector against Microsoft's specs" "$gates/prism_mock.sh" "$binary"
gate "store against Azurite" "$gates/store_azurite.sh"

exit "$failed"
