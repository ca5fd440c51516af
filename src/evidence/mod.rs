//! Evidence: assessments, snapshots and the policies that judged → one bundle that an auditor verifies without assize.
//!
//! Takes bytes of assessments and snapshots, gives a [`Bundle`] of files with a manifest, signatures over it, and the
//! other way round a report on each layer of a bundle that someone else holds. The layout is EB-1, in `docs/evidence.md`.
//! It may not know the clock, the network, the terminal or the environment: times, sockets and answers of servers are
//! handed in. Only `folder` opens files, and only to read a bundle.

mod agent;
mod archive;
mod canonical;
mod csv_text;
mod encrypt;
mod files;
mod folder;
mod intervals;
mod key;
mod ledger;
mod manifest;
mod pack;
mod raw;
mod readme;
mod replay;
mod requests;
mod sample;
mod sign;
mod statement;
mod tables;
mod timestamp;
mod verify;

pub use agent::AgentSigner;
pub use archive::Limits;
pub use encrypt::{Recipient, encrypt};
pub use files::Bundle;
pub use folder::open;
pub use key::{FileSigner, PublicKey};
pub use ledger::{Ledger, LedgerEntry, run_id};
pub use manifest::MANIFEST;
pub use pack::{Input, NamedFile, PackHeader, Packer, Period, PolicySources, Requests, Role, RunInput, pack};
pub use replay::{Difference, Replay, compare, replays};
pub use sample::{Sample, SampleItem, sample};
pub use sign::{Signer, ToSign, sign};
pub use statement::{PREDICATE_TYPE, sign_oscal};
pub use timestamp::{Stamp, timestamp};
pub use verify::{Layer, LayerReport, Outcome, Report, VerifyOptions, verify};

/// The version of the bundle's layout that this build writes and reads.
pub const BUNDLE_SCHEMA: &str = "assize.evidence/1";

/// The namespace of the SSH signature, so that it cannot be taken for a signature of anything else.
pub const NAMESPACE: &str = "evidence@assize";

/// The table of requests of a journal, for [`Requests::Table`]: what a run keeps when its journal is thrown away.
///
/// # Errors
/// [`EvidenceError::Pack`] with the line of the journal that cannot be read.
pub fn request_table(journal: &[u8]) -> Result<Vec<u8>, EvidenceError> {
    requests::of_journal(journal).map_err(EvidenceError::Pack)
}

/// Why a bundle cannot be made, signed or read.
#[derive(Debug, thiserror::Error)]
pub enum EvidenceError {
    /// A run cannot go into the bundle.
    #[error("run {run}: {what}")]
    Run {
        /// The run's id, or its place among the runs when it has none yet.
        run: String,
        /// What is wrong.
        what: String,
    },
    /// The inputs do not fit together.
    #[error("the bundle cannot be made: {0}")]
    Pack(String),
    /// A file name could leave the bundle, hide, or mean another file elsewhere.
    #[error("{name:?} cannot be a file of a bundle: {what}")]
    Name {
        /// The name.
        name: String,
        /// What is wrong with it.
        what: &'static str,
    },
    /// The archive or folder is no bundle, or one that cannot be trusted to be unpacked.
    #[error("the bundle cannot be read: {0}")]
    Read(String),
    /// The system refused.
    #[error("{what}: {source}")]
    Io {
        /// What was done.
        what: String,
        /// What the system says.
        source: std::io::Error,
    },
    /// The ledger is broken.
    #[error("the ledger is broken at line {line}: {what}")]
    Ledger {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// The key is none that signs bundles.
    #[error("the key cannot be used: {0}")]
    Key(String),
    /// The key is encrypted, and no passphrase was given.
    #[error("the key is encrypted; give its passphrase")]
    Passphrase,
    /// Whoever holds the key did not sign.
    #[error("signing failed: {0}")]
    Sign(String),
    /// The time-stamping authority's answer cannot be used.
    #[error("the time stamp cannot be used: {0}")]
    Timestamp(String),
    /// The recipient or the encryption.
    #[error("the bundle cannot be encrypted: {0}")]
    Encrypt(String),
    /// The sample that was asked for cannot be drawn.
    #[error("no sample can be drawn: {0}")]
    Sample(String),
}

/// SHA-256 of the bytes, lower-case hex.
fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    crate::model::hex(&Sha256::digest(bytes))
}

/// Whether the text is a SHA-256 in lower-case hex.
fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f'))
}

#[cfg(test)]
pub(super) mod fixture {
    //! Three runs of an invented estate: one fail that is repaired, one that is waived, one resource that goes.

    use serde_json::{Value, json};

    use super::*;
    use crate::model::{Tool, hex};

    const ESTATE: &str =
        "/subscriptions/5c1f0000-0000-4000-8000-000000000001/resourceGroups/rg/providers/Microsoft.KeyVault/vaults";

    pub(crate) struct Run {
        pub(crate) assessment: Vec<u8>,
        pub(crate) snapshot: Vec<u8>,
        pub(crate) inputs: Vec<Input>,
        pub(crate) reports: Vec<NamedFile>,
    }

    impl Run {
        pub(crate) fn input(&self) -> RunInput<'_> {
            RunInput {
                assessment: &self.assessment,
                snapshot: &self.snapshot,
                inputs: &self.inputs,
                reports: &self.reports,
                requests: Requests::Origins,
            }
        }
    }

    pub(crate) fn policies() -> PolicySources {
        let files = vec![
            ("frameworks/dora.yaml".to_owned(), b"id: dora\n".to_vec()),
            (
                "azure/key_vault/purge_protected/policy.rego".to_owned(),
                b"package azure.key_vault.purge_protected\n".to_vec(),
            ),
        ];
        PolicySources { sha256: pack::policies_digest(&files), files }
    }

    fn snapshot(day: u32, vaults: &[(&str, Value)]) -> Vec<u8> {
        let mut text = format!(
            "{}\n",
            json!({"manifest": {
                "schema": "assize.snapshot/1", "tool": {"name": "assize", "version": "0.1.0"}, "source": "azure",
                "scope": ["/subscriptions/5c1f0000-0000-4000-8000-000000000001"], "partial": false,
                "started": format!("2026-10-{day:02}T02:00:00Z"), "ended": format!("2026-10-{day:02}T02:10:00Z"),
                "identity": "reader",
                "population": [{"subscription": "5c1f0000-0000-4000-8000-000000000001",
                    "type": "Microsoft.KeyVault/vaults", "found": vaults.len(), "listed": vaults.len()}],
            }})
        );
        for (name, properties) in vaults {
            let body = json!({"id": format!("{ESTATE}/{name}"), "type": "Microsoft.KeyVault/vaults", "name": name,
                "properties": properties, "tags": {"note": "=cmd|' /C calc'!A0 </script>\n::set-output \u{202e}"}});
            let origin = json!({"request": {"method": "GET", "path": "/subscriptions/x/providers/Microsoft.KeyVault/vaults",
                "api_version": "2024-11-01", "time": format!("2026-10-{day:02}T02:05:00Z"), "request_id": "r-1",
                "digest": "0".repeat(64)}});
            text += &format!("{{\"resource\":{body},\"origin\":{origin}}}\n");
        }
        text += "{\"gap\":{\"about\":\"/subscriptions/5c1f0000-0000-4000-8000-000000000001\",\"reason\":\"denied\",\"detail\":\"403\"}}\n";
        let digest = sha256(text.as_bytes());
        text += &format!("{}\n", json!({"footer": {"resources": vaults.len(), "gaps": 1, "sha256": digest}}));
        text.into_bytes()
    }

    fn run(day: u32, vaults: &[(&str, bool)], waived: Option<&str>) -> Run {
        let bodies: Vec<(&str, Value)> =
            vaults.iter().map(|(name, good)| (*name, json!({"enablePurgeProtection": good}))).collect();
        let snapshot = snapshot(day, &bodies);
        let digest = raw::split::<String>(&snapshot, |_, _| Ok(())).unwrap().digest;
        let findings: Vec<Value> = vaults
            .iter()
            .map(|(name, good)| {
                let mut finding = json!({"policy": "azure.key_vault.purge_protected",
                    "resource": format!("{ESTATE}/{name}"), "verdict": if *good { "pass" } else { "fail" },
                    "facts": {"resource.properties.enablePurgeProtection": good}});
                if !good {
                    finding["details"] = json!([{"message": "=HYPERLINK(\"x\") it is off\u{1b}[31m"}]);
                    if waived == Some(name) {
                        finding["waiver"] = json!("W-1");
                    }
                }
                finding
            })
            .collect();
        let pass = vaults.iter().filter(|v| v.1).count();
        let fail = vaults.len() - pass;
        let summary = json!({"listed": vaults.len(), "pass": pass, "fail": fail, "unknown": 0, "not_applicable": 0,
            "waived": u64::from(waived.is_some())});
        let waivers = waived.map(|name| {
            json!({"waiver": {"id": "W-1", "policy": "azure.key_vault.purge_protected", "scope": format!("{ESTATE}/{name}"),
                "reason": "moved next month", "compensating_control": "locks", "requester": "a", "approver": "b",
                "ticket": "R-1", "approved_on": "2026-09-01", "expires_on": "2027-01-01"},
                "status": "applied", "findings": 1})
        });
        let resources: Vec<Value> = vaults
            .iter()
            .map(|(name, _)| {
                json!({"id": format!("{ESTATE}/{name}"), "type": "Microsoft.KeyVault/vaults", "policies": 1,
                    "context": {"domain": "payments", "owner": "+1@x"}})
            })
            .collect();
        let assessment = json!({
            "schema": "assize.assessment/1", "tool": {"name": "assize", "version": "0.1.0"},
            "evaluated_at": format!("2026-10-{day:02}T06:00:00Z"),
            "snapshot": {"sha256": digest, "source": "azure",
                "scope": ["/subscriptions/5c1f0000-0000-4000-8000-000000000001"], "partial": false},
            "policy_set": {"sha256": policies().sha256, "policies": 1},
            "parameters": {"days_min": {"default": if day < 3 { 14 } else { 30 }}},
            "summary": summary,
            "gate": {"fail_on": "high", "allow_unknown": 0, "new_only": false, "failing": fail, "unknown": 0,
                "outcome": if fail > 0 { "failed" } else { "passed" }},
            "notices": [],
            "policies": [{"id": "azure.key_vault.purge_protected", "check": "KV-1", "title": "Purge protection is on",
                "description": "d", "severity": "high", "resource": "Microsoft.KeyVault/vaults", "reads": [],
                "controls": {"DORA-9-2": "why"}, "remediation": {}}],
            "frameworks": [{"id": "dora", "title": "DORA", "version": "1", "source": "https://eur-lex.europa.eu", "controls": [
                {"id": "DORA-9-2", "cite": "Art. 9(2)", "title": "Protection", "obligation": "o",
                 "evidence_strength": "partial", "evidence_reason": "r"}]}],
            "controls": [{"control": "DORA-9-2", "framework": "dora", "evidence_strength": "partial",
                "policies": ["azure.key_vault.purge_protected"], "summary": summary,
                "status": if fail > 0 { "findings" } else { "no_findings" }}],
            "waivers": waivers.into_iter().collect::<Vec<_>>(),
            "resources": resources,
            "gaps": [{"about": "/subscriptions/5c1f0000-0000-4000-8000-000000000001", "reason": "denied", "detail": "403"}],
            "findings": findings,
        });
        let mut assessment = serde_json::to_vec(&assessment).unwrap();
        assessment.push(b'\n');
        let settings =
            Input { role: Role::Settings, name: "assize.yaml".to_owned(), bytes: b"parameters: {}\n".to_vec() };
        let report = NamedFile { name: "report.html".to_owned(), bytes: format!("<p>{day}</p>\n").into_bytes() };
        Run { assessment, snapshot, inputs: vec![settings], reports: vec![report] }
    }

    pub(crate) fn runs() -> Vec<Run> {
        vec![
            run(1, &[("a", true), ("b", false), ("c", false)], Some("c")),
            run(2, &[("a", true), ("b", false), ("c", false)], Some("c")),
            run(4, &[("a", true), ("b", true)], None),
        ]
    }

    pub(crate) fn header() -> PackHeader {
        let at = |day: u32| ledger::utc(&format!("2026-10-{day:02}T05:00:00Z")).unwrap();
        PackHeader {
            scope: "payments".to_owned(),
            period: Period {
                from: ledger::utc("2026-10-01T00:00:00Z").unwrap(),
                to: ledger::utc("2026-10-04T23:59:59Z").unwrap(),
                schedule: Some("daily at 05:00 UTC `|".to_owned()),
                expected: (1..=4).map(at).collect(),
            },
            tool: Tool::this(),
            claims: [("workflow".to_owned(), "sweep ü".to_owned())].into(),
            ledger: None,
        }
    }

    pub(crate) fn bundle() -> Bundle {
        let runs = runs();
        let inputs: Vec<RunInput<'_>> = runs.iter().map(Run::input).collect();
        pack(header(), &[policies()], &inputs).unwrap()
    }

    pub(crate) fn signer() -> FileSigner {
        FileSigner::of(7)
    }

    pub(crate) fn signed() -> Bundle {
        let mut bundle = bundle();
        sign(&mut bundle, &signer(), "platform@bank.example").unwrap();
        bundle
    }

    /// The bundle with one file replaced, added (`None` before) or removed (`None` after); `again` writes the manifest anew.
    pub(crate) fn changed(bundle: &Bundle, name: &str, bytes: Option<&[u8]>, again: bool) -> Bundle {
        let mut out = Bundle::new(bundle.name()).unwrap();
        for file in bundle.names().filter(|n| *n != name && !(again && *n == MANIFEST)) {
            out.insert(file, &bundle.get(file).unwrap()).unwrap();
        }
        if let Some(bytes) = bytes {
            out.insert(name, bytes).unwrap();
        }
        if again {
            let text = manifest::write(&out);
            out.insert(MANIFEST, text.as_bytes()).unwrap();
        }
        out
    }

    #[test]
    fn hex_is_what_sha256_says() {
        assert_eq!(hex(&[0, 255]), "00ff");
        assert!(is_sha256(&sha256(b"")) && !is_sha256("00") && !is_sha256(&"G".repeat(64)));
    }
}
