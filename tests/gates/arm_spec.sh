#!/usr/bin/env bash
# Has the fake ARM of the tests (tests/it/fake) judged by Microsoft's specs: Prism stands between the fake and a client
# as a proxy, and refuses what the specs do not allow. A second fake lies, and Prism must find the lies.
#
# usage: tests/gates/arm_spec.sh
#
# Prism is in ASSIZE_TOOLS (target/tools, if it is not set); scripts/test installs it. The specs are
# fixtures/mock/arm-mini.prism.json.
set -euo pipefail

root=$(cd "$(dirname "$0")/../.." && pwd)
cd "$root"
export ASSIZE_TOOLS=${ASSIZE_TOOLS:-$root/target/tools}
if [[ ! -x $ASSIZE_TOOLS/npm/node_modules/.bin/prism ]]; then
    echo "error: Prism is missing; run scripts/test, which installs it" >&2
    exit 1
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
code=0
cargo test --locked --quiet --test it fake::spec:: -- --ignored --nocapture >"$log" 2>&1 || code=$?
cat "$log"
# Without the two tests there was no judgement.
if [[ $code == 0 ]] && ! grep -q 'test result: ok. 2 passed' "$log"; then
    echo "error: two tests had to run" >&2
    exit 1
fi
exit "$code"
