#!/usr/bin/env bash
# Runs the collector against Prism, which serves Microsoft's own examples as a mock of Azure Resource Manager. Its lists lead to
# https://management.azure.com by their next links, so that no list is complete there: the collector must refuse the links, say
# so, keep what it has, and end as incomplete.
#
# usage: tests/gates/prism_mock.sh [BINARY]
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
binary=$root/${1:-target/debug/assize}
tools=${ASSIZE_TOOLS:-$root/target/tools}
prism=$tools/npm/node_modules/.bin/prism
if [[ ! -x $prism ]]; then
    echo "error: Prism is missing; run scripts/test, which installs it" >&2
    exit 1
fi
folder=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
"$prism" mock --host 127.0.0.1 --port "$port" fixtures/mock/arm-mini.prism.json >"$folder/prism.log" 2>&1 &
mock=$!
trap 'kill "$mock" 2>/dev/null || true; rm -rf "$folder"' EXIT
for _ in $(seq 120); do
    grep -q "listening" "$folder/prism.log" && break
    kill -0 "$mock" || { cat "$folder/prism.log"; exit 1; }
    sleep 0.5
done

subscription=ffffffff-ffff-ffff-ffff-ffffffffffff
code=0
ASSIZE_ALLOW_HTTP_ON_LOOPBACK=1 ASSIZE_ACCESS_TOKEN=token-of-the-mock "$binary" collect --cloud AzurePublic \
    --arm-endpoint "http://127.0.0.1:$port" --credential token --subscription "$subscription" \
    --policy 'azure.postgresql.*' --policy 'azure.key_vault.*' --policy 'azure.authorization.*' --log-level debug \
    -o "$folder/mock.jsonl" 2>"$folder/said" || code=$?
wrong() { echo "$1"; tail -40 "$folder/said"; exit 1; }
[[ $code == 3 ]] || wrong "the collector ended with $code, and no list of the mock is complete: it had to be 3"
grep -q '"footer"' "$folder/mock.jsonl" || wrong "the snapshot is not whole"
grep -q 'management.azure.com' "$folder/mock.jsonl" || wrong "no gap names the foreign host"
! grep -q 'token-of-the-mock' "$folder/mock.jsonl" "$folder/said" || wrong "the token was written"
found=$(grep -c '^{"resource"' "$folder/mock.jsonl")
gaps=$(grep -c '^{"gap"' "$folder/mock.jsonl")
[[ $found -gt 5 && $gaps -gt 5 ]] || wrong "$found resources and $gaps gaps"
# Prism answers 422 to what Microsoft's specs do not allow. The list of a subscription's resources is not in its bundle, and the
# next link of one example is three dots.
! grep -E '^422 ' "$folder/said" | grep -qvE '/resources\?|GET /\.\.\.' || wrong "Prism refused a request"
code=0
"$binary" scan "$folder/mock.jsonl" --fail-on never >"$folder/table" 2>&1 || code=$?
[[ $code == 3 ]] || { cat "$folder/table"; wrong "the scan ended with $code, and what is missing had to make it incomplete"; }
echo "  the mock gave $found resources and $gaps gaps"
