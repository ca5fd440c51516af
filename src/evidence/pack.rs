//! Making a bundle. Takes the runs of a period one by one; gives the bundle's files and their manifest. The same inputs
//! give the same bytes.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::evidence::csv_text::Csv;
use crate::evidence::ledger::{read_assessment, utc};
use crate::evidence::raw::{raw_name, split};
use crate::evidence::tables::{RunView, Tables};
use crate::evidence::{BUNDLE_SCHEMA, Bundle, EvidenceError, Ledger, MANIFEST, canonical, manifest, readme, requests};
use crate::evidence::{run_id, sha256};
use crate::model::{Summary, Tool, hex};

/// The version of `run.json`.
const RUN_SCHEMA: &str = "assize.evidence.run/1";

/// The period that a bundle speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Period {
    /// Its first instant.
    pub from: DateTime<Utc>,
    /// Its last instant.
    pub to: DateTime<Utc>,
    /// The schedule in words or as a cron expression, for people. `None` when there is none.
    pub schedule: Option<String>,
    /// When runs were expected, within the period. The run that belongs to an instant is one between it and the next.
    pub expected: Vec<DateTime<Utc>>,
}

/// What stands over the runs.
#[derive(Debug, Clone)]
pub struct PackHeader {
    /// A short name of what is in scope, of small letters, digits and hyphens; it becomes part of the file name.
    pub scope: String,
    /// The period.
    pub period: Period,
    /// The program that packs.
    pub tool: Tool,
    /// Who collected and packed: names and values, for example the claims of the build run, and no secrets.
    pub claims: BTreeMap<String, String>,
    /// The ledger that is kept with the runs, with all its lines up to the last run, where there is one.
    pub ledger: Option<Vec<u8>>,
}

/// Everything that a bundle is made of, beside the runs.
#[derive(Debug, Clone)]
pub struct PolicySources {
    /// SHA-256 of the set, as assessments carry it.
    pub sha256: String,
    /// All files of the set, path and text, in the order in which the digest takes them.
    pub files: Vec<(String, Vec<u8>)>,
}

/// What an input of a run is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// `assize.yaml`.
    Settings,
    /// The waivers file.
    Waivers,
    /// The assessment that was compared with.
    Baseline,
    /// Anything else that the run depends on.
    Other,
}

impl Role {
    /// The word used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Settings => "settings",
            Self::Waivers => "waivers",
            Self::Baseline => "baseline",
            Self::Other => "other",
        }
    }
}

/// A file that a run was made with.
#[derive(Debug, Clone)]
pub struct Input {
    /// What it is for.
    pub role: Role,
    /// The name that it had, for people.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// A report on a run, made by the caller.
#[derive(Debug, Clone)]
pub struct NamedFile {
    /// The file name.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// Where the table of requests comes from.
#[derive(Debug, Clone, Copy)]
pub enum Requests<'a> {
    /// The journal of the collection, which has refused calls too.
    Journal(&'a [u8]),
    /// The origins of the resources: requests that gave nothing are not known.
    Origins,
    /// A table that was made of a journal earlier.
    Table(&'a [u8]),
}

/// A run.
#[derive(Debug)]
pub struct RunInput<'a> {
    /// The assessment file, byte for byte.
    pub assessment: &'a [u8],
    /// The snapshot file that it judges, byte for byte, not compressed.
    pub snapshot: &'a [u8],
    /// Settings, waivers, baseline.
    pub inputs: &'a [Input],
    /// Reports on it.
    pub reports: &'a [NamedFile],
    /// Where its requests are told.
    pub requests: Requests<'a>,
}

/// An input as `run.json` names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InputRef {
    pub(super) name: String,
    pub(super) role: Role,
    pub(super) sha256: String,
}

/// `run.json`: what belongs to a run.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RunFile {
    pub(super) assessment_sha256: String,
    pub(super) at: String,
    pub(super) id: String,
    pub(super) inputs: Vec<InputRef>,
    /// SHA-256 of the policy set; its files are in the bundle when `policy_folder` names a folder.
    pub(super) policies_sha256: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) policy_folder: Option<String>,
    /// `journal` or `origins`.
    pub(super) requests_from: String,
    pub(super) schema: String,
    pub(super) snapshot_sha256: String,
}

/// A run as `bundle.json` names it.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RunLine {
    pub(super) assessment_sha256: String,
    pub(super) at: String,
    pub(super) gaps: u64,
    pub(super) gate: String,
    pub(super) id: String,
    pub(super) partial: bool,
    pub(super) resources: u64,
    pub(super) scope: Vec<String>,
    pub(super) snapshot_sha256: String,
    pub(super) summary: Summary,
}

/// `bundle.json`: what the bundle says of itself, and what is signed as a statement.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BundleFile {
    pub(super) collector: Collector,
    pub(super) ledger: Head,
    pub(super) period: PeriodFile,
    pub(super) policies: Vec<PolicyLine>,
    pub(super) runs: Vec<RunLine>,
    pub(super) schema: String,
    pub(super) scope: String,
}

/// Who packed.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Collector {
    pub(super) claims: BTreeMap<String, String>,
    pub(super) tool: Tool,
}

/// Where the ledger ends.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub(super) entries: u64,
    pub(super) head: String,
    /// Whether it was kept with the runs, or was made with the bundle.
    pub(super) kept: bool,
}

/// The period and how much of it has runs.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PeriodFile {
    pub(super) expected: Vec<String>,
    pub(super) from: String,
    pub(super) longest_gap_seconds: u64,
    pub(super) missing: u64,
    pub(super) present: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) schedule: Option<String>,
    pub(super) to: String,
}

/// A policy set.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PolicyLine {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) folder: Option<String>,
    pub(super) sha256: String,
}

/// The folder of an input or body by content.
pub(super) fn input_name(sha256: &str) -> String {
    format!("inputs/sha256/{sha256}")
}

/// The folder of a policy set.
fn policy_folder(sha256: &str) -> String {
    format!("policies/{}", sha256.get(..16).unwrap_or(sha256))
}

/// A bundle that is being made.
#[derive(Debug)]
pub struct Packer {
    header: PackHeader,
    bundle: Bundle,
    tables: Tables,
    /// Set → path → digest.
    sources: BTreeMap<String, BTreeMap<String, String>>,
    used: BTreeMap<String, bool>,
    kept: Option<Ledger>,
    fresh: Ledger,
    runs: Vec<RunLine>,
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl Packer {
    /// Begins a bundle. `policies` are the sources of all sets that judged; a run whose set is not among them is packed
    /// without, and cannot be replayed from the bundle alone.
    ///
    /// # Errors
    /// [`EvidenceError`] when the header or the sources do not fit together.
    pub fn new(header: PackHeader, policies: &[PolicySources]) -> Result<Self, EvidenceError> {
        let Period { from, to, expected, .. } = &header.period;
        if from > to {
            return Err(EvidenceError::Pack(format!(
                "the period ends ({}) before it begins ({})",
                time(*to),
                time(*from)
            )));
        }
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if header.scope.is_empty() || header.scope.len() > 40 || !header.scope.chars().all(plain) {
            return Err(EvidenceError::Pack(format!(
                "the name of the scope is {:?}; give 1 to 40 small letters, digits and hyphens",
                header.scope
            )));
        }
        if !expected.is_sorted_by(|a, b| a < b) || expected.iter().any(|t| t < from || t > to) {
            return Err(EvidenceError::Pack(
                "expected times must be in order, each once, within the period".to_owned(),
            ));
        }
        let day = |t: &DateTime<Utc>| t.format("%Y%m%d").to_string();
        let mut bundle = Bundle::new(&format!("evidence_{}_{}_{}", header.scope, day(from), day(to)))?;
        let mut sources = BTreeMap::new();
        for set in policies {
            let files = add_policies(&mut bundle, set)?;
            if sources.insert(set.sha256.clone(), files).is_some() {
                return Err(EvidenceError::Pack(format!("the policy set {} is given twice", set.sha256)));
            }
        }
        let kept = header.ledger.as_deref().map(Ledger::read).transpose()?;
        Ok(Self {
            header,
            bundle,
            tables: Tables::new(),
            sources,
            used: BTreeMap::new(),
            kept,
            fresh: Ledger::default(),
            runs: Vec::new(),
        })
    }

    /// Adds a run. Runs come in the order of their times.
    ///
    /// # Errors
    /// [`EvidenceError`] when its parts do not belong together, or it lies outside of the period.
    pub fn add(&mut self, run: &RunInput<'_>) -> Result<(), EvidenceError> {
        let nameless = || format!("number {}", self.runs.len() + 1);
        let assessment =
            read_assessment(run.assessment).map_err(|what| EvidenceError::Run { run: nameless(), what })?;
        let assessment_sha256 = sha256(run.assessment);
        let id = run_id(&assessment, &assessment_sha256)?;
        let wrong = |what: String| EvidenceError::Run { run: id.clone(), what };
        let at = utc(&assessment.evaluated_at)?;
        if at < self.header.period.from || at > self.header.period.to {
            return Err(wrong(format!(
                "its time is not within the period from {} to {}",
                time(self.header.period.from),
                time(self.header.period.to)
            )));
        }
        if let Some(last) = self.runs.last().filter(|last| last.id >= id) {
            return Err(wrong(format!(
                "it comes after {}: give the runs in the order of their times, each once",
                last.id
            )));
        }
        let bundle = &mut self.bundle;
        let snapshot = split::<EvidenceError>(run.snapshot, |digest, body| {
            let name = raw_name(digest);
            if bundle.sha256(&name).is_some() { Ok(()) } else { bundle.insert(&name, body) }
        })
        .map_err(|e| match e {
            EvidenceError::Pack(what) => wrong(what),
            other => other,
        })?;
        if snapshot.digest != assessment.snapshot.sha256 {
            return Err(wrong(format!(
                "the assessment judges the snapshot {}, and this one is {}",
                assessment.snapshot.sha256, snapshot.digest
            )));
        }
        let folder = format!("runs/{id}");
        let (table, requests_from) = match run.requests {
            Requests::Journal(journal) => (requests::of_journal(journal).map_err(wrong)?, "journal"),
            Requests::Origins => (requests::of_origins(&snapshot.resources), "origins"),
            Requests::Table(table) => (table.to_vec(), "journal"),
        };
        let mut inputs = Vec::new();
        for Input { role, name, bytes } in run.inputs {
            let digest = sha256(bytes);
            let file = input_name(&digest);
            if bundle.sha256(&file).is_none() {
                bundle.insert(&file, bytes)?;
            }
            inputs.push(InputRef { name: name.clone(), role: *role, sha256: digest });
        }
        inputs.sort_by(|a, b| (a.role, &a.name).cmp(&(b.role, &b.name)));
        let set = assessment.policy_set.sha256.clone();
        let policy_files = self.sources.get(&set);
        let file = RunFile {
            assessment_sha256: assessment_sha256.clone(),
            at: time(at),
            id: id.clone(),
            inputs,
            policies_sha256: set.clone(),
            policy_folder: policy_files.map(|_| policy_folder(&set)),
            requests_from: requests_from.to_owned(),
            schema: RUN_SCHEMA.to_owned(),
            snapshot_sha256: snapshot.digest.clone(),
        };
        bundle.insert(&format!("{folder}/assessment.json"), run.assessment)?;
        bundle.insert(&format!("{folder}/snapshot.index.jsonl"), &snapshot.index)?;
        bundle.insert(&format!("{folder}/requests.csv"), &table)?;
        bundle.insert(&format!("{folder}/run.json"), (canonical::to_string(&file) + "\n").as_bytes())?;
        for report in run.reports {
            bundle.insert(&format!("{folder}/reports/{}", report.name), &report.bytes)?;
        }
        self.tables.add(&RunView {
            id: &id,
            assessment_sha256: &assessment_sha256,
            assessment: &assessment,
            snapshot: &snapshot,
            inputs: &file.inputs,
            policy_files,
        });
        self.used.insert(set.clone(), policy_files.is_some());
        self.fresh.append_parsed(&assessment, &assessment_sha256)?;
        self.runs.push(RunLine {
            assessment_sha256,
            at: time(at),
            gaps: assessment.gaps.len() as u64,
            gate: assessment.gate.outcome.as_str().to_owned(),
            id,
            partial: assessment.snapshot.partial,
            resources: assessment.resources.len() as u64,
            scope: assessment.snapshot.scope,
            snapshot_sha256: snapshot.digest,
            summary: assessment.summary,
        });
        Ok(())
    }

    /// Ends the bundle: tables, ledger, texts and manifest.
    ///
    /// # Errors
    /// [`EvidenceError`] when there is no run, a policy set judged nothing, or the ledger names other runs of the period.
    pub fn finish(mut self) -> Result<Bundle, EvidenceError> {
        if self.runs.is_empty() {
            return Err(EvidenceError::Pack("there is no run in the period".to_owned()));
        }
        if let Some(unused) = self.sources.keys().find(|set| !self.used.contains_key(*set)) {
            return Err(EvidenceError::Pack(format!("no run was judged by the policy set {unused}")));
        }
        let kept = self.kept.is_some();
        let ledger = match self.kept.take() {
            Some(ledger) => {
                compare_ledger(&ledger, &self.runs, &self.header.period)?;
                ledger
            }
            None => std::mem::take(&mut self.fresh),
        };
        let (coverage, present, missing) = coverage(&self.header.period, &self.runs)?;
        let Period { from, to, schedule, expected } = &self.header.period;
        let file = BundleFile {
            collector: Collector { claims: self.header.claims.clone(), tool: self.header.tool.clone() },
            ledger: Head { entries: ledger.entries().len() as u64, head: ledger.head(), kept },
            period: PeriodFile {
                expected: expected.iter().map(|t| time(*t)).collect(),
                from: time(*from),
                longest_gap_seconds: longest_gap(*from, *to, &self.runs)?,
                missing,
                present,
                schedule: schedule.clone(),
                to: time(*to),
            },
            policies: self
                .used
                .iter()
                .map(|(set, there)| PolicyLine { folder: there.then(|| policy_folder(set)), sha256: set.clone() })
                .collect(),
            runs: self.runs,
            schema: BUNDLE_SCHEMA.to_owned(),
            scope: self.header.scope.clone(),
        };
        let mut bundle = self.bundle;
        for (name, bytes) in self.tables.finish() {
            bundle.insert(name, &bytes)?;
        }
        bundle.insert("coverage.csv", &coverage)?;
        bundle.insert("ledger.jsonl", ledger.text().as_bytes())?;
        bundle.insert("bundle.json", (canonical::to_string(&file) + "\n").as_bytes())?;
        bundle.insert("README.md", readme::readme(&file).as_bytes())?;
        bundle.insert("verify.sh", readme::VERIFY_SH.as_bytes())?;
        bundle.insert("verify.ps1", readme::VERIFY_PS1.as_bytes())?;
        let manifest = manifest::write(&bundle);
        bundle.insert(MANIFEST, manifest.as_bytes())?;
        Ok(bundle)
    }
}

impl From<String> for EvidenceError {
    fn from(what: String) -> Self {
        Self::Pack(what)
    }
}

/// Makes a bundle of runs that are all at hand.
///
/// # Errors
/// As [`Packer`] says.
pub fn pack(header: PackHeader, policies: &[PolicySources], runs: &[RunInput<'_>]) -> Result<Bundle, EvidenceError> {
    let mut packer = Packer::new(header, policies)?;
    for run in runs {
        packer.add(run)?;
    }
    packer.finish()
}

/// The digest of a policy set over its files, in the order given.
pub(super) fn policies_digest(files: &[(String, Vec<u8>)]) -> String {
    let mut hash = Sha256::new();
    for (path, text) in files {
        hash.update((path.len() as u64).to_le_bytes());
        hash.update(path);
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text);
    }
    hex(&hash.finalize())
}

fn add_policies(bundle: &mut Bundle, set: &PolicySources) -> Result<BTreeMap<String, String>, EvidenceError> {
    let digest = policies_digest(&set.files);
    if digest != set.sha256 {
        return Err(EvidenceError::Pack(format!(
            "the policy files have the digest {digest}, and the assessments name {}: they are other files, or in another order",
            set.sha256
        )));
    }
    let folder = policy_folder(&set.sha256);
    let (mut order, mut digests) = (Vec::new(), BTreeMap::new());
    for (path, text) in &set.files {
        bundle.insert(&format!("{folder}/files/{path}"), text)?;
        digests.insert(path.clone(), sha256(text));
        order.push(Value::from(path.as_str()));
    }
    let list = canonical::to_string(&json!({ "files": order, "sha256": set.sha256 })) + "\n";
    bundle.insert(&format!("{folder}/order.json"), list.as_bytes())?;
    Ok(digests)
}

/// A ledger that was kept must name every run, in order, and no other run of the period.
fn compare_ledger(ledger: &Ledger, runs: &[RunLine], period: &Period) -> Result<(), EvidenceError> {
    let wrong = |what: String| Err(EvidenceError::Pack(what));
    let mut named = Vec::new();
    for entry in ledger.entries() {
        let at = utc(&entry.at)?;
        if at >= period.from && at <= period.to {
            named.push(entry);
        }
    }
    for (entry, run) in named.iter().zip(runs) {
        if entry.run != run.id || entry.assessment_sha256 != run.assessment_sha256 {
            return wrong(format!(
                "the ledger has the run {} where {} was given: a run was left out, added or changed",
                entry.run, run.id
            ));
        }
    }
    if let Some(entry) = named.get(runs.len()) {
        return wrong(format!("the ledger names the run {} of the period, and it was not given", entry.run));
    }
    if let Some(run) = runs.get(named.len()) {
        return wrong(format!("the ledger does not name the run {}", run.id));
    }
    Ok(())
}

/// The table of expected and present runs, and how many of the expected ones are present and missing.
fn coverage(period: &Period, runs: &[RunLine]) -> Result<(Vec<u8>, u64, u64), EvidenceError> {
    let mut csv = Csv::new(&["expected_at", "state", "run", "evaluated_at"]);
    let times = runs.iter().map(|r| utc(&r.at)).collect::<Result<Vec<_>, _>>()?;
    let (mut present, mut missing, mut next) = (0, 0, 0);
    let plain = |csv: &mut Csv, state: &str, at: usize| csv.row(&["", state, &runs[at].id, &runs[at].at]);
    for (number, expected) in period.expected.iter().enumerate() {
        while times.get(next).is_some_and(|t| t < expected) {
            plain(&mut csv, "not scheduled", next);
            next += 1;
        }
        let until = period.expected.get(number + 1);
        let mut first = true;
        while times.get(next).is_some_and(|t| until.is_none_or(|u| t < u)) {
            if first {
                csv.row(&[&time(*expected), "present", &runs[next].id, &runs[next].at]);
                present += 1;
            } else {
                plain(&mut csv, "not scheduled", next);
            }
            first = false;
            next += 1;
        }
        if first {
            csv.row(&[&time(*expected), "missing", "", ""]);
            missing += 1;
        }
    }
    while next < runs.len() {
        plain(&mut csv, if period.expected.is_empty() { "no schedule given" } else { "not scheduled" }, next);
        next += 1;
    }
    Ok((csv.into_bytes(), present, missing))
}

/// The longest time without a run, the borders of the period included.
fn longest_gap(from: DateTime<Utc>, to: DateTime<Utc>, runs: &[RunLine]) -> Result<u64, EvidenceError> {
    let mut times = vec![from];
    for run in runs {
        times.push(utc(&run.at)?);
    }
    times.push(to);
    let longest = times.windows(2).map(|pair| (pair[1] - pair[0]).num_seconds()).max().unwrap_or(0);
    Ok(u64::try_from(longest).unwrap_or(0))
}
