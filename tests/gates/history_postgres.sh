#!/usr/bin/env bash
# Runs the tests of the history on a PostgreSQL server of their own, which listens on a socket only and is thrown away.
#
# usage: tests/gates/history_postgres.sh
#
# Needs PostgreSQL's server (on Debian: apt-get install postgresql). As root the server runs as the user `postgres`.
set -euo pipefail

cd "$(dirname "$0")/../.."
programs=$(find /usr/lib/postgresql -maxdepth 2 -name bin 2>/dev/null | sort -V | tail -n 1)
[[ -n $programs ]] || programs=$(dirname "$(command -v pg_ctl || echo missing/pg_ctl)")
if [[ ! -x $programs/initdb ]]; then
    echo "error: the server of PostgreSQL is missing; on Debian: apt-get install postgresql" >&2
    exit 1
fi

folder=$(mktemp -d)
as() { "$@"; }
if [[ $(id -u) == 0 ]]; then
    chown postgres "$folder"
    as() { (cd / && setpriv --reuid=postgres --regid=postgres --init-groups "$@"); }
fi
finish() {
    as "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null 2>&1 || true
    rm -rf "$folder"
}
trap finish EXIT

as "$programs/initdb" -D "$folder/data" -A trust -U assize --no-locale -E UTF8 >/dev/null
as "$programs/pg_ctl" -D "$folder/data" -o "-k $folder -c listen_addresses='' -c log_statement=ddl -p 5432" -l "$folder/log" -w start >/dev/null

# A gate that runs nothing proves nothing: each test starts a database of its own, and the server logs it.
export ASSIZE_TEST_POSTGRES="postgres://assize@localhost/postgres?host=$folder&port=5432"
cargo test --locked --test it -- history::
used=$(grep -c 'CREATE DATABASE t' "$folder/log" || true)
if (( used < 12 )); then
    echo "error: only $used tests used the server" >&2
    exit 1
fi
echo "gate history_postgres: ok"
