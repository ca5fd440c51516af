//! Checking a bundle. Takes a bundle of whoever and, if there is one, the key that it should be signed with; gives a
//! report on each layer: whether it holds, what that proves, and what it does not.

use std::collections::BTreeSet;

use crate::evidence::pack::{BundleFile, RunFile, input_name, policies_digest};
use crate::evidence::raw::join;
use crate::evidence::sign::{ALLOWED_SIGNERS, PUBLIC_KEY, SIGSTORE, SSH_SIGNATURE, verify_ssh};
use crate::evidence::timestamp::{self, STAMP};
use crate::evidence::{
    BUNDLE_SCHEMA, Bundle, EvidenceError, Input, Ledger, MANIFEST, NAMESPACE, NamedFile, PackHeader, Packer, Period,
    PolicySources, PublicKey, Requests, RunInput, ledger, manifest, sha256, statement,
};
use crate::model::Tool;

/// The most differences that a layer's report lists.
const SHOWN: usize = 20;

/// What the check starts from.
#[derive(Debug, Clone, Default)]
pub struct VerifyOptions {
    /// The key that must have signed, from another source than the bundle. Without it, a signature only shows that
    /// whoever made the bundle held some key.
    pub key: Option<PublicKey>,
}

/// A layer of a bundle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The manifest against the files.
    Manifest,
    /// The SSH signature over the manifest.
    Signature,
    /// The signed statement.
    Statement,
    /// The time stamp.
    Timestamp,
    /// The chain of runs.
    Ledger,
    /// Snapshots, raw facts and assessments of the runs.
    Runs,
    /// The policies that judged.
    Policies,
    /// The tables, made again from the runs.
    Tables,
    /// The texts of the bundle.
    Texts,
    /// Expected and present runs.
    Period,
}

impl Layer {
    /// All layers, in the order of reports.
    pub const ALL: [Self; 10] = [
        Self::Manifest,
        Self::Signature,
        Self::Statement,
        Self::Timestamp,
        Self::Ledger,
        Self::Runs,
        Self::Policies,
        Self::Tables,
        Self::Texts,
        Self::Period,
    ];

    /// The word used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Manifest => "manifest",
            Self::Signature => "signature",
            Self::Statement => "statement",
            Self::Timestamp => "time stamp",
            Self::Ledger => "ledger",
            Self::Runs => "runs",
            Self::Policies => "policies",
            Self::Tables => "tables",
            Self::Texts => "texts",
            Self::Period => "period",
        }
    }

    /// What it proves when it holds.
    pub fn proves(self) -> &'static str {
        match self {
            Self::Manifest => "no file was changed, added or removed since the manifest was written",
            Self::Signature => "who holds the key signed this manifest",
            Self::Statement => "who holds the key signed what bundle.json says of scope, period, counts and ledger",
            Self::Timestamp => "the answer of an authority names this manifest and a time",
            Self::Ledger => "the runs stand in this order, and none is missing between the first line and the head",
            Self::Runs => "each assessment judges the snapshot beside it, and each raw fact is the one that was read",
            Self::Policies => "the policy files are those whose digest the assessments carry",
            Self::Tables => "every row of every table follows from the runs",
            Self::Texts => "the instructions and the scripts are those that assize writes",
            Self::Period => "each expected time has a run",
        }
    }

    /// What it does not prove.
    pub fn does_not_prove(self) -> &'static str {
        match self {
            Self::Manifest => "who wrote it, and when",
            Self::Signature => "when, and whose key it is, if the key came with the bundle",
            Self::Statement => "that what is said is true",
            Self::Timestamp => "that the authority signed: openssl ts -verify does, with the authority's certificate",
            Self::Ledger => {
                "that a run was recorded at all; a ledger made with the bundle proves no more than the signature"
            }
            Self::Runs => "that Azure told the truth, and that the verdicts are right: replay does the second",
            Self::Policies => "that the policies ask the right questions",
            Self::Tables => "the requests of a journal: they are told, and not made again from anything",
            Self::Texts => "anything about the estate",
            Self::Period => "that each of these runs read everything: reconciliation.csv tells",
        }
    }
}

/// What became of a layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// It holds.
    Holds,
    /// The bundle does not have it.
    Absent,
    /// It could not be checked.
    NotChecked,
    /// Nothing is wrong, and something is missing.
    Incomplete,
    /// It does not hold.
    Broken,
}

impl Outcome {
    /// The word used in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Holds => "holds",
            Self::Absent => "absent",
            Self::NotChecked => "not checked",
            Self::Incomplete => "incomplete",
            Self::Broken => "broken",
        }
    }
}

/// The report on one layer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LayerReport {
    /// The layer.
    pub layer: Layer,
    /// What became of it.
    pub outcome: Outcome,
    /// What was seen. Names of files in it are safe to print; texts of the bundle are not in it.
    pub details: Vec<String>,
}

/// The report on a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The layers, each once, in the order of [`Layer::ALL`].
    pub layers: Vec<LayerReport>,
    /// The fingerprint of the key that signed.
    pub fingerprint: Option<String>,
    /// Whether that key was given from outside of the bundle.
    pub key_was_given: bool,
}

impl Report {
    /// Whether no layer is broken.
    pub fn holds(&self) -> bool {
        self.layers.iter().all(|l| l.outcome != Outcome::Broken)
    }

    /// What became of a layer.
    pub fn outcome(&self, layer: Layer) -> Outcome {
        self.layers.iter().find(|l| l.layer == layer).map_or(Outcome::NotChecked, |l| l.outcome)
    }
}

/// Checks every layer of a bundle.
pub fn verify(bundle: &Bundle, options: &VerifyOptions) -> Report {
    let manifest = bundle.get(MANIFEST).unwrap_or_default();
    let mut layers = vec![check_manifest(bundle, &manifest)];
    let (signature, key) = check_signature(bundle, &manifest, options.key.as_ref());
    layers.push(signature);
    layers.push(check_statement(bundle, &manifest, key.as_ref(), options.key.is_some()));
    layers.push(check_stamp(bundle, &manifest));
    match read_bundle_file(bundle) {
        Ok(file) => {
            layers.push(check_ledger(bundle, &file));
            layers.extend(check_content(bundle, &file));
            layers.push(check_period(&file));
        }
        Err(what) => {
            let mut left = Layer::ALL.into_iter().skip(layers.len());
            layers.extend(left.next().map(|l| report(l, Outcome::Broken, vec![what.clone()])));
            layers.extend(left.map(|l| report(l, Outcome::NotChecked, vec![what.clone()])));
        }
    }
    Report { layers, fingerprint: key.map(|k| k.fingerprint()), key_was_given: options.key.is_some() }
}

fn report(layer: Layer, outcome: Outcome, mut details: Vec<String>) -> LayerReport {
    let more = details.len().saturating_sub(SHOWN);
    if more > 0 {
        details.truncate(SHOWN);
        details.push(format!("and {more} more"));
    }
    LayerReport { layer, outcome, details }
}

/// Holds when there is nothing to complain of.
fn judged(layer: Layer, wrong: Vec<String>, good: String) -> LayerReport {
    if wrong.is_empty() { report(layer, Outcome::Holds, vec![good]) } else { report(layer, Outcome::Broken, wrong) }
}

fn check_manifest(bundle: &Bundle, manifest: &[u8]) -> LayerReport {
    let listed = match manifest::read(manifest) {
        Ok(listed) => listed,
        Err(what) => return report(Layer::Manifest, Outcome::Broken, vec![what]),
    };
    const KNOWN: [&str; 6] = [MANIFEST, SSH_SIGNATURE, SIGSTORE, PUBLIC_KEY, ALLOWED_SIGNERS, STAMP];
    let mut wrong = Vec::new();
    for (name, digest) in &listed {
        match bundle.sha256(name) {
            None => wrong.push(format!("{name} is missing")),
            Some(found) if found != digest => wrong.push(format!("{name} was changed")),
            Some(_) => {}
        }
    }
    for name in bundle.names() {
        let expected =
            if manifest::is_about_manifest(name) { KNOWN.contains(&name) } else { listed.contains_key(name) };
        if !expected {
            wrong.push(format!("{name} was added"));
        }
    }
    judged(Layer::Manifest, wrong, format!("{} files", listed.len()))
}

fn check_signature(bundle: &Bundle, manifest: &[u8], given: Option<&PublicKey>) -> (LayerReport, Option<PublicKey>) {
    let broken = |what: String| report(Layer::Signature, Outcome::Broken, vec![what]);
    let Some(pem) = bundle.get(SSH_SIGNATURE) else {
        let absent = match given {
            Some(_) => broken(format!("a key was given, and {SSH_SIGNATURE} is not there")),
            None => report(Layer::Signature, Outcome::Absent, vec!["the manifest is not signed".to_owned()]),
        };
        return (absent, given.cloned());
    };
    let key = match verify_ssh(&pem, manifest) {
        Ok(key) => key,
        Err(what) => return (broken(what), given.cloned()),
    };
    let fingerprint = key.fingerprint();
    if given.is_some_and(|given| *given != key) {
        return (broken(format!("it is made with another key, {fingerprint}")), given.cloned());
    }
    // What lies beside it is read by other tools and must not lead them to another key.
    let pem = bundle.get(PUBLIC_KEY);
    let signers = bundle.get(ALLOWED_SIGNERS).map(|text| String::from_utf8_lossy(&text).into_owned());
    let tail = format!(" namespaces=\"{NAMESPACE}\" {}\n", key.to_openssh());
    let fits = signers.as_deref().and_then(|text| text.strip_suffix(&tail));
    if pem.as_deref() != Some(key.to_pem().as_bytes()) {
        return (broken(format!("{PUBLIC_KEY} is not the key that signed")), Some(key));
    }
    if fits.is_none_or(|identity| identity.is_empty() || identity.contains(char::is_whitespace)) {
        return (broken(format!("{ALLOWED_SIGNERS} is not the one line for the key that signed")), Some(key));
    }
    let whose = if given.is_some() {
        format!("by the key that was given, {fingerprint}")
    } else {
        format!("by a key that came with the bundle, {fingerprint}: compare it with the one that the firm publishes")
    };
    (report(Layer::Signature, Outcome::Holds, vec![whose]), Some(key))
}

fn check_statement(bundle: &Bundle, manifest: &[u8], key: Option<&PublicKey>, given: bool) -> LayerReport {
    let layer = Layer::Statement;
    let Some(text) = bundle.get(SIGSTORE) else {
        return if given || bundle.sha256(SSH_SIGNATURE).is_some() {
            report(layer, Outcome::Broken, vec![format!("the bundle is signed, and {SIGSTORE} is not there")])
        } else {
            report(layer, Outcome::Absent, vec!["there is no statement".to_owned()])
        };
    };
    let Some(key) = key else {
        return report(layer, Outcome::Broken, vec![format!("there is a statement, and no {SSH_SIGNATURE}")]);
    };
    let wrong = statement::verify(&text, bundle, manifest, key).err();
    judged(layer, wrong.into_iter().collect(), "of the same key, about this manifest and bundle.json".to_owned())
}

fn check_stamp(bundle: &Bundle, manifest: &[u8]) -> LayerReport {
    let layer = Layer::Timestamp;
    let Some(answer) = bundle.get(STAMP) else {
        return report(layer, Outcome::Absent, vec!["there is no time stamp".to_owned()]);
    };
    match timestamp::read(&answer) {
        Err(what) => report(layer, Outcome::Broken, vec![what]),
        Ok(stamp) if crate::model::hex(&stamp.sha256) != sha256(manifest) => {
            report(layer, Outcome::Broken, vec!["it is about another manifest".to_owned()])
        }
        Ok(stamp) => report(
            layer,
            Outcome::NotChecked,
            vec![
                format!("it says {} of this manifest", stamp.time.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)),
                "the authority's signature is checked by: openssl ts -verify -data MANIFEST.sha256 -in MANIFEST.sha256.tsr -CAfile CA.pem".to_owned(),
            ],
        ),
    }
}

/// Reads `bundle.json`.
pub(super) fn read_bundle_file(bundle: &Bundle) -> Result<BundleFile, String> {
    let bytes = bundle.get("bundle.json").ok_or("bundle.json is missing")?;
    let file: BundleFile = serde_json::from_slice(&bytes).map_err(|e| format!("bundle.json cannot be read: {e}"))?;
    if file.schema != BUNDLE_SCHEMA {
        return Err(format!("bundle.json has another format than {BUNDLE_SCHEMA}: use the version that wrote it"));
    }
    Ok(file)
}

fn check_ledger(bundle: &Bundle, file: &BundleFile) -> LayerReport {
    let layer = Layer::Ledger;
    let ledger = match Ledger::read(&bundle.get("ledger.jsonl").unwrap_or_default()) {
        Ok(ledger) => ledger,
        Err(error) => return report(layer, Outcome::Broken, vec![error.to_string()]),
    };
    let mut wrong = Vec::new();
    if ledger.head() != file.ledger.head || ledger.entries().len() as u64 != file.ledger.entries {
        wrong.push("its head or length is not what bundle.json says: lines were cut off or added".to_owned());
    }
    let (from, to) = (&file.period.from, &file.period.to);
    let named = ledger.entries().iter().filter(|e| e.at >= *from && e.at <= *to);
    let named: Vec<_> = named.map(|e| (e.run.as_str(), e.assessment_sha256.as_str())).collect();
    let runs: Vec<_> = file.runs.iter().map(|r| (r.id.as_str(), r.assessment_sha256.as_str())).collect();
    if named != runs {
        wrong.push("the runs that it names in the period are not those of bundle.json".to_owned());
    }
    for entry in ledger.entries().iter().filter(|e| e.at >= *from && e.at <= *to) {
        let name = format!("runs/{}/assessment.json", entry.run);
        if bundle.sha256(&name) != Some(&entry.assessment_sha256) {
            wrong.push(format!("line {}: its assessment is not the one in the bundle", entry.seq));
        }
    }
    let made = if file.ledger.kept { "kept with the runs" } else { "made with the bundle" };
    judged(layer, wrong, format!("{} lines, {made}, head {}", ledger.entries().len(), ledger.head()))
}

/// Makes the bundle again from its runs and compares every file.
fn check_content(bundle: &Bundle, file: &BundleFile) -> Vec<LayerReport> {
    let again = match repack(bundle, file) {
        Ok(again) => again,
        Err(error) => {
            let not = |layer| report(layer, Outcome::NotChecked, vec!["the runs do not hold".to_owned()]);
            return vec![
                report(Layer::Runs, Outcome::Broken, vec![error.to_string()]),
                not(Layer::Policies),
                not(Layer::Tables),
                not(Layer::Texts),
            ];
        }
    };
    let names: BTreeSet<&str> = bundle.names().chain(again.names()).collect();
    let mut wrong: [Vec<String>; 4] = Default::default();
    for name in names.into_iter().filter(|n| !manifest::is_about_manifest(n)) {
        let what = match (bundle.sha256(name), again.sha256(name)) {
            (Some(a), Some(b)) if a == b => continue,
            (Some(_), Some(_)) => "is not what follows from the runs",
            (Some(_), None) => "belongs to nothing",
            (None, _) => "is missing",
        };
        wrong[class(name)].push(format!("{name} {what}"));
    }
    let ours = Tool::this();
    let theirs = &file.collector.tool;
    let [runs, policies, tables, texts] = wrong;
    // Another version may write other tables and texts; it writes the same runs.
    let versioned = |layer, wrong: Vec<String>, good: &str| {
        if wrong.is_empty() || *theirs == ours {
            return judged(layer, wrong, good.to_owned());
        }
        let note = format!("made by another version; this is {}: check it with that version", ours.version);
        report(layer, Outcome::NotChecked, vec![note])
    };
    let sources = file.policies.iter().filter(|p| p.folder.is_some()).count();
    let policies = if policies.is_empty() && sources < file.policies.len() {
        let absent = file.policies.len() - sources;
        report(Layer::Policies, Outcome::Incomplete, vec![format!("{absent} policy sets are not in the bundle")])
    } else {
        judged(Layer::Policies, policies, format!("{sources} policy sets"))
    };
    vec![
        judged(Layer::Runs, runs, format!("{} runs", file.runs.len())),
        policies,
        versioned(Layer::Tables, tables, "all tables follow from the runs"),
        versioned(Layer::Texts, texts, "README.md, verify.sh and verify.ps1"),
    ]
}

/// Which layer a file belongs to: runs, policies, tables, texts.
fn class(name: &str) -> usize {
    match name {
        "README.md" | "verify.sh" | "verify.ps1" => 3,
        _ if name.starts_with("policies/") => 1,
        _ if !name.contains('/') && name.ends_with(".csv") => 2,
        _ => 0,
    }
}

fn check_period(file: &BundleFile) -> LayerReport {
    let layer = Layer::Period;
    let period = &file.period;
    let gap = format!("the longest time without a run is {} hours", period.longest_gap_seconds / 3600);
    if period.expected.is_empty() {
        let none = "no schedule was given: whether runs are missing is not known".to_owned();
        return report(layer, Outcome::NotChecked, vec![none, gap]);
    }
    let counts = format!("{} of {} expected runs are there", period.present, period.expected.len());
    let outcome = if period.missing == 0 { Outcome::Holds } else { Outcome::Incomplete };
    report(layer, outcome, vec![counts, gap])
}

/// The policy sources of a bundle.
pub(super) fn policy_sources(bundle: &Bundle, folder: &str, digest: &str) -> Result<PolicySources, EvidenceError> {
    #[derive(serde::Deserialize)]
    struct Order {
        files: Vec<String>,
    }
    let wrong = |what: String| EvidenceError::Read(what);
    let order = bundle.get(&format!("{folder}/order.json")).unwrap_or_default();
    let order: Order =
        serde_json::from_slice(&order).map_err(|e| wrong(format!("{folder}/order.json cannot be read: {e}")))?;
    let mut files = Vec::new();
    for path in order.files {
        let name = format!("{folder}/files/{path}");
        let text = bundle.get(&name).ok_or_else(|| wrong(format!("{name:?} is missing")))?;
        files.push((path, text));
    }
    if policies_digest(&files) != digest {
        return Err(wrong(format!("{folder}: the files do not have the digest that the assessments name")));
    }
    Ok(PolicySources { sha256: digest.to_owned(), files })
}

/// What a run of a bundle was made of.
pub(super) struct RunParts {
    pub(super) file: RunFile,
    pub(super) assessment: Vec<u8>,
    pub(super) snapshot: Vec<u8>,
    pub(super) inputs: Vec<Input>,
}

/// Puts the parts of a run together.
pub(super) fn run_parts(bundle: &Bundle, id: &str) -> Result<RunParts, EvidenceError> {
    let wrong = |what: String| EvidenceError::Run { run: id.to_owned(), what };
    let get = |name: &str| bundle.get(name).ok_or_else(|| wrong(format!("{name:?} is missing")));
    let folder = format!("runs/{id}");
    let file: RunFile = serde_json::from_slice(&get(&format!("{folder}/run.json"))?)
        .map_err(|e| wrong(format!("run.json cannot be read: {e}")))?;
    let assessment = get(&format!("{folder}/assessment.json"))?;
    let index = get(&format!("{folder}/snapshot.index.jsonl"))?;
    // The bodies that an index names may be one body very often.
    let lengths = |digest: &str| bundle.length(&crate::evidence::raw::raw_name(digest)).unwrap_or(0);
    let mut total = 0u64;
    let snapshot = join(&index, |digest| {
        total = total.saturating_add(lengths(digest));
        if total > MAX_SNAPSHOT { None } else { bundle.get(&crate::evidence::raw::raw_name(digest)) }
    })
    .map_err(wrong)?;
    let mut inputs = Vec::new();
    for input in &file.inputs {
        let bytes = get(&input_name(&input.sha256))?;
        inputs.push(Input { role: input.role, name: input.name.clone(), bytes });
    }
    Ok(RunParts { file, assessment, snapshot, inputs })
}

/// The largest snapshot that is put together, in bytes.
const MAX_SNAPSHOT: u64 = 8 << 30;

/// Makes the bundle again from its runs, without signatures.
fn repack(bundle: &Bundle, file: &BundleFile) -> Result<Bundle, EvidenceError> {
    let times = |texts: &[String]| texts.iter().map(|t| ledger::utc(t)).collect::<Result<Vec<_>, _>>();
    let header = PackHeader {
        scope: file.scope.clone(),
        period: Period {
            from: ledger::utc(&file.period.from)?,
            to: ledger::utc(&file.period.to)?,
            schedule: file.period.schedule.clone(),
            expected: times(&file.period.expected)?,
        },
        tool: file.collector.tool.clone(),
        claims: file.collector.claims.clone(),
        ledger: file.ledger.kept.then(|| bundle.get("ledger.jsonl").unwrap_or_default()),
    };
    let sources = file
        .policies
        .iter()
        .filter_map(|p| p.folder.as_ref().map(|folder| policy_sources(bundle, folder, &p.sha256)))
        .collect::<Result<Vec<_>, _>>()?;
    let mut packer = Packer::new(header, &sources)?;
    drop(sources);
    for run in &file.runs {
        let parts = run_parts(bundle, &run.id)?;
        let folder = format!("runs/{}/reports/", run.id);
        let reports: Vec<NamedFile> = bundle
            .names()
            .filter_map(|name| name.strip_prefix(&folder))
            .map(|name| NamedFile {
                name: name.to_owned(),
                bytes: bundle.get(&format!("{folder}{name}")).unwrap_or_default(),
            })
            .collect();
        let table = bundle.get(&format!("runs/{}/requests.csv", run.id)).unwrap_or_default();
        packer.add(&RunInput {
            assessment: &parts.assessment,
            snapshot: &parts.snapshot,
            inputs: &parts.inputs,
            reports: &reports,
            requests: if parts.file.requests_from == "journal" { Requests::Table(&table) } else { Requests::Origins },
        })?;
    }
    packer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::fixture::{Run, bundle, changed, header, policies, runs, signed, signer};
    use crate::evidence::{Limits, pack, sign};

    fn with_key() -> VerifyOptions {
        use crate::evidence::Signer as _;
        VerifyOptions { key: Some(signer().public_key().clone()) }
    }

    fn broken(report: &Report) -> Vec<Layer> {
        report.layers.iter().filter(|l| l.outcome == Outcome::Broken).map(|l| l.layer).collect()
    }

    fn archive(bundle: &Bundle) -> Vec<u8> {
        let mut bytes = Vec::new();
        bundle.write_archive(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn a_good_bundle_holds_and_says_what_is_missing() {
        let report = verify(&signed(), &with_key());
        assert!(report.holds(), "{report:#?}");
        assert!(report.key_was_given);
        assert_eq!(report.layers.iter().map(|l| l.layer).collect::<Vec<_>>(), Layer::ALL);
        for layer in [
            Layer::Manifest,
            Layer::Signature,
            Layer::Statement,
            Layer::Ledger,
            Layer::Runs,
            Layer::Policies,
            Layer::Tables,
            Layer::Texts,
        ] {
            assert_eq!(report.outcome(layer), Outcome::Holds, "{layer:?}");
        }
        assert_eq!(report.outcome(Layer::Timestamp), Outcome::Absent);
        assert_eq!(report.outcome(Layer::Period), Outcome::Incomplete);
        let report = verify(&bundle(), &VerifyOptions::default());
        assert!(report.holds());
        assert_eq!(report.outcome(Layer::Signature), Outcome::Absent);
    }

    #[test]
    fn two_packs_are_the_same_but_for_signatures() {
        assert_eq!(archive(&bundle()), archive(&bundle()));
        let (plain, signed) = (bundle(), signed());
        let more: Vec<&str> = signed.names().filter(|n| plain.sha256(n).is_none()).collect();
        assert_eq!(more, [ALLOWED_SIGNERS, PUBLIC_KEY, SSH_SIGNATURE, SIGSTORE]);
        for name in plain.names() {
            assert_eq!(plain.sha256(name), signed.sha256(name), "{name}");
        }
        let back = Bundle::read_archive(archive(&signed).as_slice(), Limits::default()).unwrap();
        assert!(verify(&back, &with_key()).holds());
    }

    #[test]
    fn one_flipped_bit_in_any_file_is_caught() {
        let good = signed();
        for name in good.names() {
            let bytes = good.get(name).unwrap();
            let mut flipped = bytes.clone();
            let middle = flipped.len() / 2;
            flipped[middle] ^= 1;
            let report = verify(&changed(&good, name, Some(&flipped), false), &with_key());
            assert!(!report.holds(), "{name} was changed");
            let report = verify(&changed(&good, name, None, false), &with_key());
            assert!(!report.holds(), "{name} was removed");
        }
        for name in ["x", "runs/x", "MANIFEST.txt", "raw/sha256/00/x.json"] {
            assert!(!verify(&changed(&good, name, Some(b"x"), false), &with_key()).holds(), "{name} was added");
        }
        let moved = changed(&good, "runs.csv", None, false);
        let moved = changed(&moved, "runs2.csv", Some(&good.get("runs.csv").unwrap()), false);
        assert!(!verify(&moved, &with_key()).holds());
    }

    #[test]
    fn a_forged_manifest_fails_the_signature_and_what_follows_from_the_runs() {
        let good = signed();
        for name in good.names().filter(|n| !manifest::is_about_manifest(n)) {
            let mut flipped = good.get(name).unwrap();
            let middle = flipped.len() / 2;
            flipped[middle] ^= 1;
            let forged = changed(&good, name, Some(&flipped), true);
            let wrong = broken(&verify(&forged, &with_key()));
            assert!(wrong.contains(&Layer::Signature) && wrong.contains(&Layer::Statement), "{name}: {wrong:?}");
            // Reports and requests of a journal are told; everything else follows from something.
            let told = name.contains("/reports/");
            let other = wrong.iter().any(|l| !matches!(l, Layer::Signature | Layer::Statement));
            assert!(told || other, "{name}: {wrong:?}");
        }
    }

    #[test]
    fn runs_that_are_swapped_or_left_out_are_caught() {
        let good = signed();
        let file = read_bundle_file(&good).unwrap();
        let [one, two, _] = file.runs.as_slice() else { panic!("three runs") };
        let name = |run: &str, part: &str| format!("runs/{run}/{part}");
        let mut swapped = good.clone();
        for part in ["assessment.json", "snapshot.index.jsonl", "run.json", "requests.csv", "reports/report.html"] {
            let (a, b) = (good.get(&name(&one.id, part)).unwrap(), good.get(&name(&two.id, part)).unwrap());
            swapped = changed(&swapped, &name(&one.id, part), Some(&b), false);
            swapped = changed(&swapped, &name(&two.id, part), Some(&a), true);
        }
        let wrong = broken(&verify(&swapped, &VerifyOptions::default()));
        assert!(wrong.contains(&Layer::Ledger) && wrong.contains(&Layer::Runs), "{wrong:?}");
        let ledger = String::from_utf8(good.get("ledger.jsonl").unwrap()).unwrap();
        let lines: Vec<&str> = ledger.split_inclusive('\n').collect();
        for cut in [
            lines[..2].concat(),
            lines[1..].concat(),
            [lines[0], lines[2]].concat(),
            String::new(),
            [lines[1], lines[0], lines[2]].concat(),
        ] {
            let wrong =
                broken(&verify(&changed(&good, "ledger.jsonl", Some(cut.as_bytes()), true), &VerifyOptions::default()));
            assert!(wrong.contains(&Layer::Ledger), "{wrong:?}");
        }
    }

    #[test]
    fn another_key_is_noticed() {
        let other = crate::evidence::FileSigner::of(8);
        let mut forged = bundle();
        sign(&mut forged, &other, "platform@bank.example").unwrap();
        // Without a key from outside, nothing tells.
        assert!(verify(&forged, &VerifyOptions::default()).holds());
        assert!(broken(&verify(&forged, &with_key())).contains(&Layer::Signature));
        // Nothing that lies beside the signature may lead to another key.
        let good = signed();
        for name in [PUBLIC_KEY, ALLOWED_SIGNERS] {
            let mixed = changed(&good, name, Some(&forged.get(name).unwrap()), false);
            assert_eq!(broken(&verify(&mixed, &VerifyOptions::default())), [Layer::Signature], "{name}");
        }
        let two = [good.get(ALLOWED_SIGNERS).unwrap(), forged.get(ALLOWED_SIGNERS).unwrap()].concat();
        assert!(!verify(&changed(&good, ALLOWED_SIGNERS, Some(&two), false), &with_key()).holds());
        let mixed = changed(&good, SIGSTORE, Some(&forged.get(SIGSTORE).unwrap()), false);
        assert_eq!(broken(&verify(&mixed, &with_key())), [Layer::Statement]);
        // A key was given, and everything about signatures is gone.
        assert!(!verify(&bundle(), &with_key()).holds());
    }

    #[test]
    fn a_kept_ledger_names_every_run() {
        let all = runs();
        let mut ledger = Ledger::default();
        for run in &all {
            ledger.append(&run.assessment).unwrap();
        }
        let with = |runs: &[&Run], text: &str| {
            let inputs: Vec<_> = runs.iter().map(|r| r.input()).collect();
            pack(PackHeader { ledger: Some(text.as_bytes().to_vec()), ..header() }, &[policies()], &inputs)
        };
        let bundle = with(&[&all[0], &all[1], &all[2]], ledger.text()).unwrap();
        assert!(verify(&bundle, &VerifyOptions::default()).holds());
        let error = with(&[&all[0], &all[2]], ledger.text()).unwrap_err().to_string();
        assert!(error.contains("left out"), "{error}");
        let error = with(&[&all[0], &all[1]], ledger.text()).unwrap_err().to_string();
        assert!(error.contains("was not given"), "{error}");
        let cut = ledger.text().rsplit_once("{").unwrap().0;
        let error = with(&[&all[0], &all[1], &all[2]], cut).unwrap_err().to_string();
        assert!(error.contains("does not name"), "{error}");
    }

    #[test]
    fn what_does_not_belong_together_is_refused() {
        let all = runs();
        let mixed = RunInput { snapshot: &all[2].snapshot, ..all[0].input() };
        assert!(pack(header(), &[policies()], &[mixed]).unwrap_err().to_string().contains("judges the snapshot"));
        let order = [all[1].input(), all[0].input()];
        assert!(pack(header(), &[policies()], &order).unwrap_err().to_string().contains("order"));
        let mut late = header();
        late.period.from = late.period.to;
        late.period.expected.clear();
        assert!(pack(late, &[policies()], &[all[0].input()]).unwrap_err().to_string().contains("within the period"));
        let mut sources = policies();
        sources.files[0].1.push(b'x');
        assert!(pack(header(), &[sources], &[all[0].input()]).unwrap_err().to_string().contains("digest"));
        let edited = String::from_utf8(all[0].snapshot.clone()).unwrap().replace("true", "null");
        let edited = RunInput { snapshot: edited.as_bytes(), ..all[0].input() };
        assert!(pack(header(), &[policies()], &[edited]).unwrap_err().to_string().contains("footer"));
        assert!(pack(header(), &[policies()], &[]).is_err());
        let evil = NamedFile { name: "../x".to_owned(), bytes: vec![] };
        let evil = RunInput { reports: std::slice::from_ref(&evil), ..all[0].input() };
        assert!(pack(header(), &[policies()], &[evil]).is_err());
    }

    #[test]
    fn tables_say_what_happened() {
        let bundle = bundle();
        let text = |name: &str| String::from_utf8(bundle.get(name).unwrap()).unwrap();
        let findings = text("findings.csv");
        let rows = |resource: &str| findings.lines().filter(|l| l.contains(&format!("vaults/{resource},"))).count();
        // One span of passes, one of fails and one of passes, one of waived fails that ended.
        assert_eq!((rows("a"), rows("b"), rows("c")), (1, 2, 1), "{findings}");
        assert!(findings.lines().any(|l| l.contains("vaults/c,fail,W-1") && l.contains(",2,no,")), "{findings}");
        for (name, words) in [
            ("coverage.csv", &["missing", "present"][..]),
            ("changes.csv", &["parameter,days_min", "14", "30"]),
            ("population.csv", &["vaults/c", "'+1@x", "payments"]),
            ("reconciliation.csv", &["microsoft.keyvault/vaults", ",3,3,0,3,3,0,0"]),
            ("waivers.csv", &["W-1", "2027-01-01", "applied"]),
            ("runs.csv", &["failed", "passed"]),
        ] {
            let table = text(name).to_lowercase();
            for word in words {
                assert!(table.contains(&word.to_lowercase()), "{name} has no {word}: {table}");
            }
        }
        for name in bundle.names().filter(|n| n.ends_with(".csv") || n.ends_with(".md")) {
            let bytes = bundle.get(name).unwrap();
            let text = String::from_utf8(bytes).unwrap();
            assert!(!text.chars().any(|c| c.is_control() && !"\r\n".contains(c)), "{name}");
            assert!(!text.contains(",=") && !text.contains(",\"="), "{name}");
        }
        // Each body once, however many runs saw it: three vaults, one of them in two states.
        assert_eq!(bundle.names().filter(|n| n.starts_with("raw/")).count(), 4);
    }

    /// The script of the bundle, run for real with nothing in its path but a shell's own words and four tools.
    #[cfg(target_os = "linux")]
    mod script {
        use std::path::{Path, PathBuf};
        use std::process::Command;

        use super::*;

        fn tools(folder: &Path) -> PathBuf {
            let only = folder.join("only");
            std::fs::create_dir(&only).unwrap();
            for tool in ["sha256sum", "ssh-keygen", "openssl", "jq"] {
                let from = ["/usr/bin", "/bin", "/usr/local/bin"].map(|p| Path::new(p).join(tool));
                let from = from.iter().find(|p| p.exists()).unwrap_or_else(|| panic!("{tool} is not installed"));
                std::os::unix::fs::symlink(from, only.join(tool)).unwrap();
            }
            only
        }

        fn unpack(bundle: &Bundle, folder: &Path) {
            for name in bundle.names() {
                let path = folder.join(name);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, bundle.get(name).unwrap()).unwrap();
            }
        }

        /// Runs the trusted script, not the one that came with the bundle.
        fn check(only: &Path, folder: &Path, arguments: &[&str]) -> (i32, String) {
            let script = only.parent().unwrap().join("trusted.sh");
            std::fs::write(&script, include_str!("text/verify.sh")).unwrap();
            let output = Command::new("/bin/sh")
                .arg(script)
                .args(arguments)
                .current_dir(folder)
                .env_clear()
                .env("PATH", only)
                .output()
                .unwrap();
            let text = [output.stdout, output.stderr].concat();
            (output.status.code().unwrap_or(-1), String::from_utf8_lossy(&text).into_owned())
        }

        #[test]
        fn it_verifies_the_good_and_refuses_everything_that_was_tampered_with() {
            let work = tempfile::tempdir().unwrap();
            let only = tools(work.path());
            let key = work.path().join("key.pem");
            std::fs::write(&key, with_key().key.unwrap().to_pem()).unwrap();
            let key = key.to_str().unwrap();
            let mut number = 0;
            let mut run = |bundle: &Bundle, arguments: &[&str]| {
                number += 1;
                let folder = work.path().join(format!("b{number}"));
                unpack(bundle, &folder);
                let outcome = check(&only, &folder, arguments);
                std::fs::remove_dir_all(folder).unwrap();
                outcome
            };
            let good = signed();
            let (code, text) = run(&good, &[key]);
            assert_eq!(code, 0, "{text}");
            assert!(
                text.contains("signed as platform@bank.example") && text.contains("the statement is about"),
                "{text}"
            );
            assert_eq!(run(&good, &[]).0, 0);
            assert_eq!(run(&bundle(), &[]).0, 0);
            // One file of each class.
            let mut seen = BTreeSet::new();
            let class = |name: &str| {
                let parts: Vec<&str> = name.split('/').collect();
                if parts.len() > 1 {
                    format!("{}/{}", parts[0], parts[parts.len() - 1].rsplit('.').next().unwrap())
                } else {
                    name.to_owned()
                }
            };
            for name in good.names().filter(|n| seen.insert(class(n))) {
                let mut flipped = good.get(name).unwrap();
                let middle = flipped.len() / 2;
                flipped[middle] ^= 1;
                let (code, text) = run(&changed(&good, name, Some(&flipped), false), &[key]);
                assert_eq!(code, 1, "{name} was changed: {text}");
                if !manifest::is_about_manifest(name) {
                    let (code, text) = run(&changed(&good, name, Some(&flipped), true), &[key]);
                    assert_eq!(code, 1, "{name} was changed and the manifest written again: {text}");
                }
                let (code, text) = run(&changed(&good, name, None, false), &[key]);
                assert_eq!(code, 1, "{name} was removed: {text}");
            }
            for name in ["x", "runs/x", "MANIFEST.txt", "raw/MANIFEST.sha256"] {
                assert_eq!(run(&changed(&good, name, Some(b"x"), false), &[key]).0, 1, "{name} was added");
            }
            let ledger = String::from_utf8(good.get("ledger.jsonl").unwrap()).unwrap();
            let lines: Vec<&str> = ledger.split_inclusive('\n').collect();
            for cut in [lines[..2].concat(), lines[1..].concat(), [lines[1], lines[0], lines[2]].concat()] {
                // Even whoever writes the manifest again and signs nothing.
                let forged = changed(&bundle(), "ledger.jsonl", Some(cut.as_bytes()), true);
                assert_eq!(run(&forged, &[]).0, 1);
            }
            let file = read_bundle_file(&good).unwrap();
            let name = |at: usize| format!("runs/{}/assessment.json", file.runs[at].id);
            let (a, b) = (good.get(&name(0)).unwrap(), good.get(&name(1)).unwrap());
            let swapped = changed(&changed(&bundle(), &name(0), Some(&b), false), &name(1), Some(&a), true);
            assert_eq!(run(&swapped, &[]).0, 1);
            // Another key, an unsigned bundle where a key is given, a missing tool.
            let other = crate::evidence::FileSigner::of(8);
            let mut forged = bundle();
            sign(&mut forged, &other, "platform@bank.example").unwrap();
            assert_eq!(run(&forged, &[]).0, 0);
            assert_eq!(run(&forged, &[key]).0, 1);
            assert_eq!(run(&bundle(), &[key]).0, 1);
            assert_eq!(run(&good, &["none.pem"]).0, 2);
        }

        #[test]
        fn links_and_hidden_files_are_seen() {
            let work = tempfile::tempdir().unwrap();
            let only = tools(work.path());
            for (number, make) in [
                (|f: &Path| std::os::unix::fs::symlink("/etc/passwd", f.join("runs/l")).unwrap()) as fn(&Path),
                |f| std::fs::write(f.join(".hidden"), "x").unwrap(),
                |f| std::fs::write(f.join("runs/..x"), "x").unwrap(),
                |f| std::fs::write(f.join("README.md\nverify.sh"), "x").unwrap(),
                |f| {
                    std::fs::remove_file(f.join("README.md")).unwrap();
                    std::os::unix::fs::symlink("verify.sh", f.join("README.md")).unwrap();
                },
            ]
            .into_iter()
            .enumerate()
            {
                let folder = work.path().join(number.to_string());
                unpack(&bundle(), &folder);
                assert!(
                    verify(&crate::evidence::open(&folder, Limits::default()).unwrap(), &VerifyOptions::default())
                        .holds()
                );
                make(&folder);
                assert_eq!(check(&only, &folder, &[]).0, 1, "case {number}");
                let ours = crate::evidence::open(&folder, Limits::default());
                assert!(ours.is_err(), "case {number}");
            }
        }

        #[test]
        fn the_stock_ssh_keygen_and_openssl_agree() {
            let work = tempfile::tempdir().unwrap();
            unpack(&signed(), work.path());
            let shell =
                |text: &str| Command::new("/bin/sh").arg("-c").arg(text).current_dir(work.path()).output().unwrap();
            let out = shell(
                "ssh-keygen -Y verify -f MANIFEST.sha256.allowed_signers -I platform@bank.example -n evidence@assize -s MANIFEST.sha256.sig < MANIFEST.sha256",
            );
            assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
            let out = shell(
                "ssh-keygen -Y verify -f MANIFEST.sha256.allowed_signers -I platform@bank.example -n file -s MANIFEST.sha256.sig < MANIFEST.sha256",
            );
            assert!(!out.status.success());
        }
    }
}
