#!/usr/bin/env bash
# Runs the tests of the store against Azurite, Microsoft's emulator of Azure Storage, which nobody here wrote.
#
# usage: tests/gates/store_azurite.sh [TESTS]        TESTS is a built binary of tests/it; cargo makes it, if it is not given
#
# Azurite is in ASSIZE_TOOLS (target/tools, if it is not set); scripts/test installs it.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
tools=${ASSIZE_TOOLS:-$root/target/tools}
azurite=$tools/npm/node_modules/.bin/azurite-blob
if [[ ! -x $azurite ]]; then
    echo "error: Azurite is missing; run scripts/test, which installs it" >&2
    exit 1
fi
folder=$(mktemp -d)
port=$((20000 + RANDOM % 20000))
"$azurite" --disableTelemetry --inMemoryPersistence --blobHost 127.0.0.1 --blobPort "$port" >"$folder/azurite.log" 2>&1 &
emulator=$!
trap 'kill "$emulator" 2>/dev/null || true; rm -rf "$folder"' EXIT
ready=0
for _ in $(seq 120); do
    if grep -q "successfully listens" "$folder/azurite.log"; then
        ready=1
        break
    fi
    kill -0 "$emulator" || { cat "$folder/azurite.log"; exit 1; }
    sleep 0.5
done
if [[ $ready == 0 ]]; then
    cat "$folder/azurite.log"
    echo "error: Azurite did not begin to listen" >&2
    exit 1
fi

if [[ $# -gt 0 ]]; then
    tests=("$1")
else
    tests=(cargo test --locked --quiet --test it --)
fi
code=0
ASSIZE_AZURITE=http://127.0.0.1:$port "${tests[@]}" store::azurite:: --ignored >"$folder/tests.log" 2>&1 || code=$?
cat "$folder/tests.log"
# Without the five tests nothing was shown.
if [[ $code == 0 ]] && ! grep -q 'test result: ok. 5 passed' "$folder/tests.log"; then
    echo "error: five tests had to run" >&2
    exit 1
fi
exit "$code"
