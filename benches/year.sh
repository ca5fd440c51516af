#!/usr/bin/env bash
# A year of nights over the bank: how long a night takes, what the store and the history weigh, how long a pack, its
# verification and questions to the history take. Writes into a folder of its own and prints figures.
#
# usage: benches/year.sh BINARY [NIGHTS]
set -euo pipefail

binary=$(realpath "$1")
nights=${2:-365}
root=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cp "$root"/fixtures/bank/{assize.yaml,waivers.yaml,bank.snapshot.jsonl} .
# About 5,000 findings.
sed -i -E '/^    - azure\.(postgresql|mysql|key_vault|estate|storage|network|sql)\./! { /^    - azure\./d }' assize.yaml
cat >>assize.yaml <<'YAML'
sweep:
  store: store
  history: history.db
  scopes: [{name: bank, paths: [bank.snapshot.jsonl]}]
YAML
openssl ecparam -name prime256v1 -genkey -noout -out key.pem

seconds() { # NAME COMMAND…
    local name=$1 begin end
    shift
    begin=$(date +%s.%N)
    "$@" >out.txt 2>err.txt || [[ $? == 1 ]] || { cat err.txt; exit 1; }
    end=$(date +%s.%N)
    printf '%-28s %8.2f s\n' "$name" "$(echo "$end - $begin" | bc)"
}
night() { # DAY
    "$binary" sweep --at "$(date -u -d "2026-01-01 + $1 days" +%Y-%m-%dT02:00:00Z)" >out.txt 2>err.txt || [[ $? == 1 ]] || { cat err.txt; exit 1; }
}
begin=$(date +%s.%N)
for ((day = 0; day < nights; day++)); do night "$day"; done
end=$(date +%s.%N)
head -n 1 out.txt
printf '%-28s %8.2f s\n' "a night, mean" "$(echo "($end - $begin) / $nights" | bc -l)"
printf '%-28s %8.1f MB\n' "store" "$(echo "$(du -sb store | cut -f1) / 1000000" | bc -l)"
printf '%-28s %8.1f MB\n' "history" "$(echo "$(stat -c %s history.db) / 1000000" | bc -l)"
seconds "pack" "$binary" evidence pack --store store --scope bank --from 2026-01-01 --to 2026-12-31T23:59:59Z --schedule '0 2 * * *' \
    --key key.pem --identity platform@bank.example --out year.tar.gz
printf '%-28s %8.1f MB\n' "archive" "$(echo "$(stat -c %s year.tar.gz) / 1000000" | bc -l)"
seconds "verify" "$binary" evidence verify year.tar.gz
seconds "sample of 25" "$binary" evidence sample year.tar.gz --seed bench --number 25 --out sample
seconds "history show" "$binary" history show --store history.db --series bank --output json
seconds "history show --open" "$binary" history show --store history.db --series bank --open --output json
seconds "history trend" "$binary" history trend --store history.db --series bank --from 2026-01-01 --to 2026-12-31 --output json
