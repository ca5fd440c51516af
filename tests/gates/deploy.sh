#!/usr/bin/env bash
# Validates the files of deploy/ by what reads them: systemd, GitHub's schema and zizmor, the schemas of Kubernetes, our own
# reader of Bicep. Each must also refuse a file with a fault.
#
# usage: tests/gates/deploy.sh BINARY OUT
set -euo pipefail

binary=$(realpath "$1")
cd "$(dirname "$0")/../.."
tools=${ASSIZE_TOOLS:-target/tools}/python/bin
out=$2/deploy
rm -rf "$out"
mkdir -p "$out"
command -v systemd-analyze >/dev/null || { echo "error: systemd-analyze is missing; run scripts/test, which installs everything" >&2; exit 1; }

refused() { # NAME COMMAND…
    local name=$1
    shift
    if "$@" >"$out/log" 2>&1; then
        cat "$out/log"
        echo "$name was not refused"
        exit 1
    fi
}

workflow=deploy/sweep-workflow.yml
"$tools/check-jsonschema" --builtin-schema vendor.github-workflows "$workflow"
"$tools/zizmor" --offline --pedantic --quiet "$workflow"
sed 's/^permissions: {}$/permissions: write-all/' "$workflow" >"$out/broken.yml"
refused "a workflow with all permissions" "$tools/zizmor" --offline --pedantic --quiet "$out/broken.yml"
sed 's/runs-on:/run-on:/' "$workflow" >"$out/broken.yml"
refused "a misspelt workflow" "$tools/check-jsonschema" --builtin-schema vendor.github-workflows "$out/broken.yml"

"$tools/kubernetes-validate" --strict deploy/cronjob.yaml
sed 's/concurrencyPolicy/concurrencePolicy/' deploy/cronjob.yaml >"$out/broken.yaml"
refused "a misspelt CronJob" "$tools/kubernetes-validate" --strict "$out/broken.yaml"

units=(deploy/assize-sweep.service deploy/assize-sweep.timer)
# It warns of what it does not know and ends with 0, so silence is asked for.
check_units() {
    local said
    said=$(systemd-analyze verify "$@" 2>&1) || true
    if [[ -n $said ]]; then
        echo "$said"
        return 1
    fi
}
check_units "${units[@]}"
systemd-analyze calendar --iterations=2 '*-*-* 02:00:00 UTC' >/dev/null
mkdir "$out/units"
cp "${units[@]}" "$out/units"
sed -i 's/^NoNewPrivileges/NoNewPrivilege/' "$out/units/assize-sweep.service"
refused "a misspelt unit" check_units "$out/units/assize-sweep.service"

grep -v '^#' deploy/assize-sweep.cron | grep -qE '^[0-9*]+ [0-9*]+ [0-9*]+ [0-9*]+ [0-9*]+ assize '

mkdir "$out/bicep"
cp deploy/container-apps-job.bicep "$out/bicep"
code=0
"$binary" scan "$out/bicep" --output "json=$out/bicep.json" >"$out/log" 2>&1 || code=$?
[[ $code == 0 || $code == 1 || $code == 3 ]] || { cat "$out/log"; exit 1; }
jq -e '[.resources[].type | ascii_downcase] == ["microsoft.app/jobs"]' "$out/bicep.json" >/dev/null || { cat "$out/log"; exit 1; }
