#!/usr/bin/env bash
# Makes a bundle of runs as a firm would, and has it verified by what an auditor has: sha256sum, ssh-keygen, openssl, jq,
# Sigstore's own library. Then changes it in every way that matters: each must be caught, by the script of the bundle and by assize.
#
# usage: tests/gates/evidence.sh BINARY OUT
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
binary=$(realpath "$1")
mkdir -p "$2/evidence"
out=$(realpath "$2/evidence")
gates=$root/tests/gates
modules=$(realpath "${ASSIZE_TOOLS:-$root/target/tools}")/npm/node_modules
for tool in sha256sum ssh-keygen openssl jq; do
    command -v "$tool" >/dev/null || { echo "error: $tool is missing; run scripts/test, which installs everything" >&2; exit 1; }
done

rm -rf "$out"
mkdir -p "$out"
cd "$out"
cp "$root"/fixtures/bank/{assize.yaml,waivers.yaml,bank.snapshot.jsonl} .
# Some of the policies are enough here.
sed -i -E '/^    - azure\.(postgresql|key_vault|estate)\./! { /^    - azure\./d }' assize.yaml
cat >>assize.yaml <<'YAML'
sweep:
  store: store
  history: history.db
  schedule: "0 2 * * *"
  reports: [csv, html]
  scopes:
    - name: bank
      paths: [bank.snapshot.jsonl]
YAML
openssl ecparam -name prime256v1 -genkey -noout -out key.pem
openssl ec -in key.pem -pubout -out pub.pem 2>/dev/null

# Three nights; the gate of the bank fails, which is what its exit code says.
for day in 01 02 03; do
    code=0
    "$binary" sweep --at "2026-11-${day}T02:00:00Z" >"sweep-$day.txt" || code=$?
    [[ $code == 1 ]] || { echo "the sweep of day $day ended with $code"; exit 1; }
done
grep -q '0 new, 0 fixed, 0 reopened, 0 newly unknown' sweep-03.txt
# The report of the last night has a trend.
cp "$(find store/bank/runs -name report.html | sort | tail -n 1)" report.html

pack() {
    "$binary" evidence pack --store store --scope bank --from 2026-11-01 --to 2026-11-03T03:00:00Z --schedule '0 2 * * *' \
        --claim build=1 --key key.pem --identity platform@bank.example --out "$1"
}
pack one.tar.gz
pack two.tar.gz
mkdir one two
tar -xzf one.tar.gz -C one --strip-components=1
tar -xzf two.tar.gz -C two --strip-components=1
# Two packs of one store differ in nothing but signatures.
diff -rq one two | grep -v 'MANIFEST.sha256.sig' && { echo "two packs differ"; exit 1; }

check() { (cd "$1" && sh "$root/src/evidence/text/verify.sh" "$out/pub.pem"); }
check one >verify.txt
"$binary" evidence verify one.tar.gz --key pub.pem >/dev/null
"$binary" evidence verify one --key pub.pem >/dev/null
NODE_PATH=$modules node "$gates/evidence_sigstore.js" one pub.pem
"$binary" evidence replay one.tar.gz | tee replay.txt
grep -q '^3 the same, 0 different, 0 not judged again' replay.txt
"$binary" evidence sample one.tar.gz --seed 2026-Q4 --number 25 --out sample >/dev/null
[[ $(wc -l <sample/sample.csv) == 26 ]]

# Documents of OSCAL, by Trestle's own verification.
trestle=$(dirname "$modules")/../python/bin/trestle
"$binary" scan bank.snapshot.jsonl --config assize.yaml --at 2026-11-03T02:00:00Z --output oscal-assessment-results=oscal-assessment-results.json \
    >/dev/null 2>&1 || [[ $? == 1 ]]
"$binary" evidence sign oscal-assessment-results.json --key key.pem
trestle_verify() { "$trestle" verify --beta -f "$1" --signature oscal-assessment-results.json.dsse.json --public-key pub.pem; }
trestle_verify oscal-assessment-results.json >trestle.txt
mkdir changed
sed 's/not-satisfied/satisfied/' oscal-assessment-results.json >changed/oscal-assessment-results.json
if trestle_verify changed/oscal-assessment-results.json >log 2>&1; then
    echo "trestle verifies a changed document"
    exit 1
fi

# caught NAME: the copy in ./broken must be refused by both.
caught() {
    local code=0
    check broken >log 2>&1 || code=$?
    [[ $code != 0 ]] || { echo "$1: verify.sh does not see it"; exit 1; }
    code=0
    "$binary" evidence verify broken --key pub.pem >log 2>&1 || code=$?
    [[ $code == 1 ]] || { cat log; echo "$1: assize does not see it (exit code $code)"; exit 1; }
    echo "  caught: $1"
    rm -rf broken
}
# Links, because there are thousands of files; whatever is changed gets a file of its own first.
again() { rm -rf broken; cp -al one broken; }
own() { cp "$1" own && mv own "$1"; }

flip() { # FILE: one bit of the byte in the middle
    local at byte
    own "$1"
    at=$(( $(wc -c <"$1") / 2 ))
    byte=$(od -An -tu1 -j "$at" -N 1 "$1" | tr -d ' ')
    # shellcheck disable=SC2059
    printf "\\$(printf '%03o' $(( byte ^ 1 )))" | dd of="$1" bs=1 seek="$at" conv=notrunc 2>/dev/null
}
for file in MANIFEST.sha256 MANIFEST.sha256.sig ledger.jsonl bundle.json findings.csv population.csv README.md verify.sh; do
    again; flip "broken/$file"; caught "one bit of $file"
done
again; flip "$(find broken/runs -name 'assessment.json*' | sort | head -n 1)"; caught "one bit of an assessment"
again; flip "$(find broken/raw -type f | sort | head -n 1)"; caught "one bit of a raw answer"
again; echo more >broken/more.txt; caught "a file added"
again; rm broken/findings.csv; caught "a file removed"
again; mv broken/findings.csv broken/Findings.csv; caught "a file renamed"
again
mapfile -t runs < <(find broken/runs -mindepth 1 -maxdepth 1 -type d | sort)
mv "${runs[0]}" swap; mv "${runs[1]}" "${runs[0]}"; mv swap "${runs[1]}"
caught "two runs swapped"
again; sed -i '$d' broken/ledger.jsonl; caught "the ledger cut"
# Whoever makes the manifest anew has not the key.
again
sed -i '$d' broken/ledger.jsonl
(cd broken && find . -type f ! -name 'MANIFEST.*' | sed 's|^\./||' | LC_ALL=C sort | xargs -d '\n' sha256sum >../made && mv ../made MANIFEST.sha256)
caught "the ledger cut, and a manifest made anew"
again
openssl ecparam -name prime256v1 -genkey -noout -out other.pem
"$binary" evidence pack --store store --scope bank --from 2026-11-01 --to 2026-11-03T03:00:00Z --schedule '0 2 * * *' \
    --claim build=1 --key other.pem --identity platform@bank.example --out other.tar.gz
rm -rf broken; mkdir broken; tar -xzf other.tar.gz -C broken --strip-components=1
caught "another key"
