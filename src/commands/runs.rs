//! Runs in a store: what `sweep` keeps and `evidence pack` takes.
//!
//! Everything is written once. A run lies in `SCOPE/runs/RUN/`, its policies in `SCOPE/policies/DIGEST.json.zst`. The line of
//! the ledger, `SCOPE/ledger/00000001.jsonl` and so on, comes last: a run without one was interrupted and does not count.

use anyhow::anyhow;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::cli::AzureArgs;
use crate::commands::azure::credential;
use crate::commands::{CommandError, say};
use crate::config::AzureSettings;
use crate::evidence::{Input, Ledger, NamedFile, PolicySources, Role, run_id};
use crate::model::{Assessment, hex};
use crate::store::{Access, Immutability, Name, Place, Store, StoreError, TokenSource, Written};

/// The version of `run.json`.
const RUN_SCHEMA: &str = "assize.run/1";
/// A shared access signature for the container, instead of an identity.
const STORE_SAS: &str = "ASSIZE_STORE_SAS";
/// The key of an emulator's account.
const STORE_KEY: &str = "ASSIZE_STORE_KEY";
/// How hard snapshots are compressed.
const LEVEL: i32 = 3;
/// The largest snapshot that is unpacked, in bytes.
const MAX_UNPACKED: u64 = 16 << 30;

/// What is kept of a run.
#[derive(Debug)]
pub(super) struct Kept {
    pub(super) assessment: Vec<u8>,
    pub(super) snapshot: Vec<u8>,
    pub(super) inputs: Vec<Input>,
    /// The table of requests, where the run read Azure.
    pub(super) requests: Option<Vec<u8>>,
    pub(super) reports: Vec<NamedFile>,
}

/// `run.json`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct RunRecord {
    schema: String,
    run: String,
    assessment_sha256: String,
    snapshot_sha256: String,
    policies_sha256: String,
    inputs: Vec<InputRecord>,
    requests_sha256: Option<String>,
    reports: Vec<ReportRecord>,
    /// What kept the store from being changed when the run was written.
    immutability: serde_json::Value,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct InputRecord {
    role: Role,
    name: String,
    sha256: String,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReportRecord {
    name: String,
    sha256: String,
}

/// A set of policies, as it is stored.
#[derive(Serialize, Deserialize)]
struct PolicyFiles {
    files: Vec<(String, String)>,
}

/// The runs of a store.
pub(super) struct Runs {
    store: Store,
    runtime: tokio::runtime::Runtime,
}

fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>, CommandError> {
    Ok(zstd::encode_all(bytes, LEVEL)?)
}

fn unpacked(name: &Name, bytes: &[u8]) -> Result<Vec<u8>, CommandError> {
    use std::io::Read;
    let mut out = Vec::new();
    let wrong = |e: std::io::Error| CommandError::new(anyhow!("{name} cannot be unpacked: {e}"));
    zstd::Decoder::new(bytes).map_err(wrong)?.take(MAX_UNPACKED + 1).read_to_end(&mut out).map_err(wrong)?;
    if out.len() as u64 > MAX_UNPACKED {
        return Err(CommandError::new(anyhow!("{name} holds more than {MAX_UNPACKED} bytes")));
    }
    Ok(out)
}

impl Runs {
    /// Opens a store. A container is opened by a shared access signature in the environment, else as the identity that
    /// the settings name.
    pub(super) fn open(place: &str, azure: &AzureArgs, settings: &AzureSettings) -> Result<Self, CommandError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let set = |name: &str| std::env::var(name).ok().filter(|v| !v.is_empty());
        let place = Place::parse(place, set(super::azure::ALLOW_HTTP).as_deref() == Some("1"))?;
        let access = match place.audience() {
            None => None,
            Some(audience) => Some(if let Some(sas) = set(STORE_SAS) {
                Access::Sas(Zeroizing::new(sas))
            } else if let Some(key) = set(STORE_KEY) {
                Access::SharedKey(Zeroizing::new(key))
            } else {
                let credential = credential(azure, settings)?;
                Access::Token(TokenSource::new(move || {
                    let (credential, audience) = (credential.clone(), audience.clone());
                    Box::pin(async move {
                        let token = credential.token(&audience, None).await.map_err(|e| e.to_string())?;
                        Ok(Zeroizing::new(token.secret.expose().to_owned()))
                    })
                }))
            }),
        };
        Ok(Self { store: Store::open(place, access)?, runtime })
    }

    /// What keeps the store from being changed, in words.
    pub(super) fn immutability(&self) -> Immutability {
        self.runtime.block_on(self.store.immutability())
    }

    /// Writes something under a name that is not there yet.
    pub(super) fn put(&self, name: &str, bytes: Vec<u8>) -> Result<Written, CommandError> {
        let name = Name::new(name)?;
        Ok(self.runtime.block_on(self.store.put(&name, bytes))?.written)
    }

    fn get(&self, name: &str, digest: Option<&str>) -> Result<Vec<u8>, CommandError> {
        let name = Name::new(name)?;
        let bytes = self.runtime.block_on(self.store.get(&name, None))?;
        let bytes = if name.as_str().ends_with(".zst") { unpacked(&name, &bytes)? } else { bytes };
        match digest {
            Some(expected) if sha256(&bytes) != expected => Err(CommandError::new(anyhow!(
                "{name} of {} was changed: its SHA-256 is not {expected}",
                self.store.place()
            ))),
            _ => Ok(bytes),
        }
    }

    /// The ledger of a scope; empty when there is no run yet.
    pub(super) fn ledger(&self, scope: &str) -> Result<Ledger, CommandError> {
        let prefix = Name::new(&format!("{scope}/ledger"))?;
        let mut text = Vec::new();
        for entry in self.runtime.block_on(self.store.list(Some(&prefix)))? {
            text.extend(self.get(entry.name.as_str(), None)?);
        }
        let place = self.store.place();
        Ledger::read(&text).map_err(|e| CommandError::new(anyhow!("{place}, the scope {scope}: {e}")))
    }

    /// The assessment of the last run of a scope.
    pub(super) fn last(&self, scope: &str) -> Result<Option<Vec<u8>>, CommandError> {
        let ledger = self.ledger(scope)?;
        let Some(entry) = ledger.entries().last() else { return Ok(None) };
        let name = format!("{scope}/runs/{}/assessment.json.zst", entry.run);
        self.get(&name, Some(&entry.assessment_sha256)).map(Some)
    }

    /// Keeps a run, and gives its id. It counts when this returns.
    pub(super) fn keep(&self, scope: &str, kept: Kept, policies: PolicySources) -> Result<String, CommandError> {
        let assessment: Assessment = serde_json::from_slice(&kept.assessment)?;
        let digest = sha256(&kept.assessment);
        let run = run_id(&assessment, &digest)?;
        let mut ledger = self.ledger(scope)?;
        if ledger.entries().iter().any(|e| e.run == run) {
            say(&format!("{scope}: {run} is in the store already"));
            return Ok(run);
        }
        let folder = format!("{scope}/runs/{run}");
        let set = policies.sha256;
        let policies = serde_json::to_vec(&PolicyFiles {
            files: policies
                .files
                .into_iter()
                .map(|(path, text)| Ok((path, String::from_utf8(text)?)))
                .collect::<Result<_, std::string::FromUtf8Error>>()?,
        })?;
        self.put(&format!("{scope}/policies/{set}.json.zst"), packed(&policies)?)?;
        self.put(&format!("{folder}/snapshot.jsonl.zst"), packed(&kept.snapshot)?)?;
        self.put(&format!("{folder}/assessment.json.zst"), packed(&kept.assessment)?)?;
        let mut record = RunRecord {
            schema: RUN_SCHEMA.to_owned(),
            run: run.clone(),
            assessment_sha256: digest,
            snapshot_sha256: sha256(&kept.snapshot),
            policies_sha256: set,
            inputs: Vec::new(),
            requests_sha256: kept.requests.as_deref().map(sha256),
            reports: Vec::new(),
            immutability: serde_json::to_value(self.immutability())?,
        };
        if let Some(table) = kept.requests {
            self.put(&format!("{folder}/requests.csv"), table)?;
        }
        for input in kept.inputs {
            let sha256 = sha256(&input.bytes);
            self.put(&format!("{folder}/inputs/{sha256}.zst"), packed(&input.bytes)?)?;
            record.inputs.push(InputRecord { role: input.role, name: input.name, sha256 });
        }
        for report in kept.reports {
            let sha256 = sha256(&report.bytes);
            self.put(&format!("{folder}/reports/{}", report.name), report.bytes)?;
            record.reports.push(ReportRecord { name: report.name, sha256 });
        }
        self.put(&format!("{folder}/run.json"), serde_json::to_vec_pretty(&record)?)?;
        // The line makes the run count. Whoever came first has the number.
        let line = ledger.append(&kept.assessment)? + "\n";
        let number = ledger.entries().len();
        match self.put(&format!("{scope}/ledger/{number:08}.jsonl"), line.into_bytes()) {
            Ok(_) => Ok(run),
            Err(error) if error.error.downcast_ref().is_some_and(|e| matches!(e, StoreError::Different { .. })) => {
                Err(CommandError::new(anyhow!("another run of {scope} was recorded at the same time"))
                    .hint("this run does not count; run the sweep again"))
            }
            Err(error) => Err(error),
        }
    }

    fn record(&self, scope: &str, run: &str) -> Result<RunRecord, CommandError> {
        let name = format!("{scope}/runs/{run}/run.json");
        let wrong = |what: String| CommandError::new(anyhow!("{name} cannot be read: {what}"));
        let record: RunRecord = serde_json::from_slice(&self.get(&name, None)?).map_err(|e| wrong(e.to_string()))?;
        if record.schema == RUN_SCHEMA { Ok(record) } else { Err(wrong(format!("its format is {:?}", record.schema))) }
    }

    /// The digest of the policies that judged a run.
    pub(super) fn policy_set(&self, scope: &str, run: &str) -> Result<String, CommandError> {
        Ok(self.record(scope, run)?.policies_sha256)
    }

    /// The policies of that digest.
    pub(super) fn policies(&self, scope: &str, digest: &str) -> Result<PolicySources, CommandError> {
        let name = format!("{scope}/policies/{digest}.json.zst");
        let policies: PolicyFiles = serde_json::from_slice(&self.get(&name, None)?)
            .map_err(|e| CommandError::new(anyhow!("{name} cannot be read: {e}")))?;
        let files = policies.files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect();
        Ok(PolicySources { sha256: digest.to_owned(), files })
    }

    /// Reads a run of a scope back, and holds each part against its digest.
    pub(super) fn read(&self, scope: &str, run: &str, assessment_sha256: &str) -> Result<Kept, CommandError> {
        let folder = format!("{scope}/runs/{run}");
        let record = self.record(scope, run)?;
        if record.assessment_sha256 != assessment_sha256 {
            return Err(CommandError::new(anyhow!(
                "{folder}/run.json is not the record of the run that the ledger names"
            )));
        }
        let input = |input: InputRecord| {
            let bytes = self.get(&format!("{folder}/inputs/{}.zst", input.sha256), Some(&input.sha256))?;
            Ok(Input { role: input.role, name: input.name, bytes })
        };
        let report = |report: ReportRecord| {
            let bytes = self.get(&format!("{folder}/reports/{}", report.name), Some(&report.sha256))?;
            Ok(NamedFile { name: report.name, bytes })
        };
        Ok(Kept {
            assessment: self.get(&format!("{folder}/assessment.json.zst"), Some(&record.assessment_sha256))?,
            snapshot: self.get(&format!("{folder}/snapshot.jsonl.zst"), Some(&record.snapshot_sha256))?,
            inputs: record.inputs.into_iter().map(input).collect::<Result<_, CommandError>>()?,
            requests: record
                .requests_sha256
                .map(|digest| self.get(&format!("{folder}/requests.csv"), Some(&digest)))
                .transpose()?,
            reports: record.reports.into_iter().map(report).collect::<Result<_, CommandError>>()?,
        })
    }
}
