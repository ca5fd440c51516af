#!/bin/sh
# Verifies a bundle of evidence with sha256sum, ssh-keygen, openssl and jq. Reads only; needs no network.
# usage: sh verify.sh [KEY.pem [TSA.pem]]   in the bundle's folder, or anywhere if the script lies in it
# KEY.pem is the public key that must have signed, TSA.pem the certificate of the time-stamping authority. Ends with 0
# when all that is there holds, 1 when something is broken, 2 when it cannot be checked.
# shellcheck disable=SC2015  # what stands between && and || never fails
set -u
LC_ALL=C
export LC_ALL
key=${1:-} tsa=${2:-} broken=0 m=MANIFEST.sha256
case $key in '' | /*) ;; *) key=$PWD/$key ;; esac
case $tsa in '' | /*) ;; *) tsa=$PWD/$tsa ;; esac
[ -f "$m" ] || case $0 in */*) cd "${0%/*}" || exit 2 ;; esac
[ -f "$m" ] || { echo "BROKEN  $m is missing"; exit 1; }
for tool in sha256sum ssh-keygen openssl jq; do
    command -v "$tool" >/dev/null || { echo "$tool is missing"; exit 2; }
done
for file in $key $tsa; do [ -r "$file" ] || { echo "$file cannot be read"; exit 2; }; done
good() { printf 'ok      %s\n' "$*"; }
bad() { printf 'BROKEN  %s\n' "$*"; broken=1; }
note() { printf 'note    %s\n' "$*"; }

# Files: each as it was, none added, none removed.
if sha256sum -c --strict --quiet "$m" 2>&1; then good "$m: every file is as it was"; else bad "$m: files differ"; fi
walk() { # every file below $1; a link or a device is told as such, and so is in no manifest
    for f in "$1"* "$1".[!.]* "$1"..?*; do
        if [ -L "$f" ]; then printf 'link %s\n' "$f"
        elif [ -d "$f" ]; then walk "$f/"
        elif [ -e "$f" ]; then printf '%s\n' "$f"; fi
    done
}
walk '' | jq -eRrn --rawfile m "$m" '
    ($m | split("\n") | map(select(. != "") | .[66:])) as $listed
    | ["", ".sig", ".sigstore.json", ".pub.pem", ".allowed_signers", ".tsr" | "MANIFEST.sha256" + .] as $known
    | ([inputs] - $known | sort) as $there
    | if $there == ($listed | sort) and ($listed | unique | length) == ($listed | length) then true
      else ($there - $listed | map("added: " + .)[]), ($listed - $there | map("missing: " + .)[]), false end
    ' | { while IFS= read -r line; do [ "$line" = true ] && exit 0; [ "$line" = false ] || printf '        %s\n' "$line"; done; exit 1; } &&
    good "nothing was added or removed" || bad "files were added or removed"

# Raw facts have their digest as name; the runs of the ledger are those of the bundle.
jq -en --rawfile m "$m" --slurpfile b bundle.json --slurpfile l ledger.jsonl '
    ($m | split("\n") | map(select(. != "") | {key: .[66:], value: .[:64]}) | from_entries) as $sha
    | ($b[0].period) as $p
    | ([$l[] | select(.at >= $p.from and .at <= $p.to) | [.run, .assessment_sha256]]) as $named
    | ($sha | to_entries | all((.key | startswith("raw/") | not) or .key == "raw/sha256/\(.value[:2])/\(.value).json"))
      and ($sha | to_entries | all((.key | startswith("inputs/") | not) or .key == "inputs/sha256/\(.value)"))
      and $named == [$b[0].runs[] | [.id, .assessment_sha256]]
      and ($named | all($sha["runs/\(.[0])/assessment.json"] == .[1]))
    ' >/dev/null && good "raw facts and runs are those of the ledger" || bad "raw facts or runs are not those of the ledger"

# Ledger: each line holds the digest of the line before.
prev=0000000000000000000000000000000000000000000000000000000000000000 n=0 chain=ok
while IFS= read -r line || [ -n "$line" ]; do
    n=$((n + 1)) p=${line#*'"prev":"'} p=${p%%'"'*}
    [ "$p" = "$prev" ] || { bad "ledger.jsonl breaks at line $n"; chain=; break; }
    prev=$(printf %s "$line" | sha256sum) prev=${prev%% *}
done <ledger.jsonl
if [ -n "$chain" ]; then
    if jq -e --arg h "$prev" --argjson n "$n" '.ledger.head == $h and .ledger.entries == $n' bundle.json >/dev/null
    then good "ledger.jsonl: $n lines, head $prev"; else bad "ledger.jsonl does not end as bundle.json says"; fi
fi

# Signatures.
if [ -f $m.sig ] || [ -f $m.sigstore.json ] || [ -n "$key" ]; then
    pub=${key:-$m.pub.pem}
    ssh=$(ssh-keygen -i -m PKCS8 -f "$pub") || ssh=
    [ "$(ssh-keygen -i -m PKCS8 -f $m.pub.pem)" = "$ssh" ] || bad "$m.pub.pem is another key than $pub"
    [ -n "$key" ] || note "the key came with the bundle: compare it with the one that the firm publishes"
    signer='' more=''
    [ ! -f $m.allowed_signers ] || { IFS= read -r signer; IFS= read -r more; } <$m.allowed_signers
    who=${signer%% *}
    case $who in -*) who= ;; esac
    if [ -n "$ssh" ] && [ -n "$who" ] && [ -z "$more" ] && [ "$signer" = "$who namespaces=\"evidence@assize\" $ssh" ] &&
        ssh-keygen -Y verify -f $m.allowed_signers -I "$who" -n evidence@assize -s $m.sig <$m
    then good "$m.sig: signed as $who"; else bad "$m.sig does not hold for $pub"; fi
    # DSSE: what is signed is the type and the text of the statement with their lengths.
    length=$(jq -r '.dsseEnvelope.payload | @base64d | utf8bytelength' $m.sigstore.json)
    jq -r '.dsseEnvelope.signatures[0].sig' $m.sigstore.json | openssl base64 -d -A | {
        exec 3<&0
        { printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$length"
          jq -r .dsseEnvelope.payload $m.sigstore.json | openssl base64 -d -A
        } | openssl dgst -sha256 -verify "$pub" -signature /dev/fd/3
    } && sum=$(sha256sum $m) && jq -e --arg s "${sum%% *}" --slurpfile b bundle.json '
        .dsseEnvelope.payloadType == "application/vnd.in-toto+json"
        and (.dsseEnvelope.payload | @base64d | fromjson
            | ._type == "https://in-toto.io/Statement/v1" and .predicate == $b[0]
              and .predicateType == "https://github.com/assize/assize/attestation/compliance-evidence/v1"
              and .subject == [{name: "MANIFEST.sha256", digest: {sha256: $s}}])' $m.sigstore.json >/dev/null &&
        good "$m.sigstore.json: the statement is about this bundle" || bad "$m.sigstore.json does not hold for $pub"
else
    note "the bundle is not signed"
fi

# Time stamp.
if [ ! -f $m.tsr ]; then
    if [ -n "$tsa" ]; then bad "$m.tsr is missing"; else note "there is no time stamp"; fi
elif [ -z "$tsa" ]; then
    note "there is a time stamp: give the certificate of its authority to check it"
elif openssl ts -verify -data $m -in $m.tsr -CAfile "$tsa" 2>/dev/null; then
    good "$m.tsr: the authority stamped this manifest"
else
    bad "$m.tsr does not hold"
fi
[ $broken = 0 ] && echo "verified" || echo "NOT verified"
exit $broken
