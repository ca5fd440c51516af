//! `assize evidence …`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use chrono::Utc;
use serde_json::json;

use crate::cli::{AzureArgs, CodeArgs, EvidenceCommand, JudgeArgs, KeyArgs, Listing, PackArgs, PolicyArgs};
use crate::commands::history::moment;
use crate::commands::output::write_file;
use crate::commands::runs::{Kept, Runs};
use crate::commands::scan::{Judge, settings};
use crate::commands::signing::{check, public_key, seal, signer, write_archive};
use crate::commands::{CommandError, Outcome, print, print_lines, read_text, say};
use crate::evidence::{
    Bundle, Limits, PackHeader, Packer, Period, PolicySources, Replay, Requests, Role, RunInput, VerifyOptions,
    compare, open, replays, sample, sign_oscal, verify,
};
use crate::history::Schedule;
use crate::model::Tool;
use crate::report::{RenderOptions, format};

/// The name of the input that holds what a sweep set beside the settings.
pub(super) const SCOPE_INPUT: &str = "scope.json";

/// The largest document that is signed, in bytes.
const MAX_DOCUMENT: u64 = 1 << 30;

pub(super) fn evidence(command: EvidenceCommand) -> Outcome {
    match command {
        EvidenceCommand::Pack(args) => pack(&args),
        EvidenceCommand::Sign { files, key } => sign_documents(&files, &key),
        EvidenceCommand::Verify { bundle, key, output } => verify_bundle(&bundle, key.as_deref(), output),
        EvidenceCommand::Replay { bundle, runs } => replay(&bundle, &runs),
        EvidenceCommand::Sample { bundle, seed, number, out } => draw(&bundle, &seed, number, &out),
    }
}

/// The program, as bundles name it.
pub(super) fn tool() -> Tool {
    Tool { name: "assize".to_owned(), version: env!("CARGO_PKG_VERSION").to_owned() }
}

/// Makes a bundle of the runs of a scope that lie within a period.
pub(super) fn bundle(
    runs: &Runs,
    scope: &str,
    period: Period,
    claims: BTreeMap<String, String>,
) -> Result<Bundle, CommandError> {
    let ledger = runs.ledger(scope)?;
    let within =
        |at: &str| chrono::DateTime::parse_from_rfc3339(at).is_ok_and(|at| at >= period.from && at <= period.to);
    let chosen: Vec<_> = ledger.entries().iter().filter(|e| within(&e.at)).collect();
    if chosen.is_empty() {
        return Err(CommandError::new(anyhow!(
            "there is no run of {scope} from {} to {}; the ledger has {}",
            period.from.to_rfc3339(),
            period.to.to_rfc3339(),
            ledger.entries().len()
        )));
    }
    // A bundle has each policy set once; runs are read one by one, because a year of them does not fit into memory.
    let mut sets: BTreeMap<String, PolicySources> = BTreeMap::new();
    for entry in &chosen {
        let digest = runs.policy_set(scope, &entry.run)?;
        if !sets.contains_key(&digest) {
            sets.insert(digest.clone(), runs.policies(scope, &digest)?);
        }
    }
    let header = PackHeader {
        scope: scope.to_owned(),
        period,
        tool: tool(),
        claims,
        ledger: Some(ledger.text().as_bytes().to_vec()),
    };
    let mut packer = Packer::new(header, &sets.into_values().collect::<Vec<_>>())?;
    for entry in chosen {
        let Kept { assessment, snapshot, inputs, requests, reports } =
            runs.read(scope, &entry.run, &entry.assessment_sha256)?;
        let requests = requests.as_deref().map_or(Requests::Origins, Requests::Table);
        packer.add(&RunInput {
            assessment: &assessment,
            snapshot: &snapshot,
            inputs: &inputs,
            reports: &reports,
            requests,
        })?;
    }
    Ok(packer.finish()?)
}

fn pack(args: &PackArgs) -> Outcome {
    check(&args.sign)?;
    let from = moment("--from", &args.from, false)?;
    let to = args.to.as_deref().map_or_else(|| Ok(Utc::now()), |text| moment("--to", text, true))?;
    let expected = match &args.schedule {
        Some(text) => Schedule::parse(text, None)?.times(from, to)?,
        None => Vec::new(),
    };
    let mut claims = BTreeMap::new();
    for claim in &args.claims {
        let (name, value) = claim.split_once('=').ok_or_else(|| {
            CommandError::new(anyhow!("--claim {claim}: there is no =")).hint("write --claim build=123")
        })?;
        claims.insert(name.to_owned(), value.to_owned());
    }
    let (settings, _) = settings(None)?;
    let runs = Runs::open(&args.store, &AzureArgs::default(), &settings.azure)?;
    let period = Period { from, to, schedule: args.schedule.clone(), expected };
    let mut bundle = bundle(&runs, &args.scope, period, claims)?;
    seal(&mut bundle, &args.sign, &settings.azure)?;
    write_archive(&bundle, &args.sign, &args.out)?;
    say(&format!("wrote {} ({} files)", args.out.display(), bundle.len()));
    Ok(0)
}

fn sign_documents(files: &[PathBuf], key: &KeyArgs) -> Outcome {
    let (settings, _) = settings(None)?;
    let signer = signer(key, &settings.azure)?.ok_or_else(|| {
        CommandError::new(anyhow!("there is no key to sign with")).hint("give --key, --key-agent or --key-vault")
    })?;
    for file in files {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let envelope = sign_oscal(&name, read_text(file, MAX_DOCUMENT)?.as_bytes(), signer.as_ref())?;
        let beside = file.with_file_name(format!("{name}.dsse.json"));
        write_file(&beside, |out| out.write_all(envelope.as_bytes()).map_err(CommandError::new))?;
        say(&format!("wrote {}", beside.display()));
    }
    Ok(0)
}

fn verify_bundle(path: &Path, key: Option<&Path>, output: Listing) -> Outcome {
    let bundle = open(path, Limits::default())?;
    let report = verify(&bundle, &VerifyOptions { key: key.map(public_key).transpose()? });
    let code = u8::from(!report.holds());
    if output == Listing::Json {
        let layers: Vec<_> = report
            .layers
            .iter()
            .map(|l| {
                json!({
                    "layer": l.layer.as_str(), "outcome": l.outcome.as_str(), "proves": l.layer.proves(),
                    "does_not_prove": l.layer.does_not_prove(), "details": l.details,
                })
            })
            .collect();
        let value = json!({
            "bundle": bundle.name(), "holds": report.holds(), "key": report.fingerprint, "key_was_given": report.key_was_given,
            "layers": layers,
        });
        print((serde_json::to_string(&value)? + "\n").as_bytes())?;
        return Ok(code);
    }
    let mut text = format!("{}\n\n", bundle.name());
    for layer in &report.layers {
        let _ = writeln!(text, "{:<12} {}", layer.outcome.as_str(), layer.layer.as_str());
        let _ = writeln!(text, "  proves: {}", layer.layer.proves());
        let _ = writeln!(text, "  does not prove: {}", layer.layer.does_not_prove());
        for detail in &layer.details {
            let _ = writeln!(text, "  {detail}");
        }
    }
    let _ = match (&report.fingerprint, report.key_was_given) {
        (Some(print), true) => writeln!(text, "\nThe key {print} was given."),
        (Some(print), false) => writeln!(
            text,
            "\nThe key {print} is the bundle's own word: compare it with the one that the firm publishes, or give --key."
        ),
        (None, _) => writeln!(text, "\nNothing says who made the bundle."),
    };
    text.push_str(if report.holds() { "Nothing is broken.\n" } else { "The bundle is broken.\n" });
    print_lines(&text)?;
    Ok(code)
}

/// Judges a run again, and gives the bytes of the assessment.
fn again(run: &Replay) -> Result<Vec<u8>, CommandError> {
    let folder = tempfile::tempdir()?;
    let at = |name: &str| folder.path().join(name);
    let mut args = JudgeArgs { at: Some(run.at.clone()), first: true, ..JudgeArgs::default() };
    // Nothing of the folder in which the replay happens may count.
    std::fs::write(at("assize.yaml"), "version: 1\n")?;
    args.config = Some(at("assize.yaml"));
    for input in &run.inputs {
        match input.role {
            Role::Settings => std::fs::write(at("assize.yaml"), &input.bytes)?,
            Role::Waivers => {
                std::fs::write(at("given-waivers.yaml"), &input.bytes)?;
                args.waivers = Some(at("given-waivers.yaml"));
            }
            Role::Baseline => {
                std::fs::write(at("given-baseline.json"), &input.bytes)?;
                args.baseline = Some(at("given-baseline.json"));
                args.first = false;
            }
            Role::Other if input.name == SCOPE_INPUT => {
                let scope: ScopeInput = serde_json::from_slice(&input.bytes)?;
                args.profile = scope.profile;
            }
            Role::Other => {
                let inside = Path::new(&input.name).components().all(|c| matches!(c, std::path::Component::Normal(_)));
                if !inside || input.name.contains('\\') {
                    return Err(CommandError::new(anyhow!(
                        "the input {} lay outside of the folder of the settings",
                        input.name
                    )));
                }
                let path = at(&input.name);
                if let Some(parent) = path.parent() {
                    std::fs::create_dir_all(parent)?;
                }
                std::fs::write(path, &input.bytes)?;
            }
        }
    }
    // A profile or framework is found from the folder of the settings.
    let policies =
        run.policies.as_ref().ok_or_else(|| CommandError::new(anyhow!("the bundle does not have the policies")))?;
    let own: BTreeMap<&str, &[u8]> = policies.files.iter().map(|(p, t)| (p.as_str(), t.as_slice())).collect();
    let embedded = crate::policy::texts(&[], true)?;
    if !embedded.iter().all(|(p, t)| own.get(p.as_str()).is_some_and(|o| *o == t.as_bytes())) {
        let here = at("given-policies");
        for (path, text) in &policies.files {
            let file = here.join(path);
            if let Some(parent) = file.parent() {
                std::fs::create_dir_all(parent)?;
            }
            std::fs::write(file, text)?;
        }
        args.policies = PolicyArgs { folders: vec![here], ..PolicyArgs::default() };
    }
    std::fs::write(at("snapshot.jsonl"), &run.snapshot)?;
    let code = CodeArgs::default();
    let judge = Judge::new(&args, &code)?;
    let assessment = judge.run(&[at("snapshot.jsonl")], &BTreeMap::new())?.assessment;
    assessment_bytes(&assessment)
}

/// The assessment file.
pub(super) fn assessment_bytes(assessment: &crate::model::Assessment) -> Result<Vec<u8>, CommandError> {
    let mut bytes = Vec::new();
    let json = format("json").ok_or_else(|| CommandError::new(anyhow!("there is no format json")))?;
    (json.render)(assessment, &RenderOptions::default(), &mut bytes)?;
    Ok(bytes)
}

/// What a sweep sets beside the settings.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ScopeInput {
    /// The scope.
    pub(super) scope: String,
    /// Its profile, where it has one of its own.
    pub(super) profile: Option<String>,
}

fn replay(path: &Path, only: &[String]) -> Outcome {
    let bundle = open(path, Limits::default())?;
    // What is judged again must be what was signed and stored.
    let report = verify(&bundle, &VerifyOptions { key: None });
    if !report.holds() {
        return Err(CommandError::new(anyhow!("the bundle is broken, so nothing of it is judged again"))
            .hint("assize evidence verify says what is broken"));
    }
    let mut left: BTreeSet<&str> = only.iter().map(String::as_str).collect();
    let (mut same, mut differ, mut cannot) = (0u64, 0u64, 0u64);
    let here = env!("CARGO_PKG_VERSION");
    let mut text = String::new();
    for run in replays(&bundle)? {
        let run = run?;
        if !only.is_empty() && !left.remove(run.run.as_str()) {
            continue;
        }
        if run.rests_on_code {
            cannot += 1;
            let _ =
                writeln!(text, "{}: cannot be judged again: it rests on code that the bundle does not have", run.run);
            continue;
        }
        match again(&run) {
            Err(error) => {
                cannot += 1;
                let _ = writeln!(text, "{}: cannot be judged again: {}", run.run, error.error);
            }
            Ok(found) => match compare(&run.expected, &found) {
                None => {
                    same += 1;
                    let _ = writeln!(text, "{}: the same {} bytes", run.run, found.len());
                }
                Some(difference) => {
                    differ += 1;
                    let _ = writeln!(text, "{}: differs from byte {} on", run.run, difference.at);
                    let _ = writeln!(text, "  stored: {}", difference.expected.replace('\n', " "));
                    let _ = writeln!(text, "  now:    {}", difference.found.replace('\n', " "));
                    if run.tool.version != here {
                        let _ = writeln!(
                            text,
                            "  assize {} judged it, and this is {here}: replay it with that version",
                            run.tool.version
                        );
                    }
                }
            },
        }
    }
    if !left.is_empty() {
        let names: Vec<&str> = left.into_iter().collect();
        return Err(CommandError::new(anyhow!("the bundle has no run {}", names.join(", "))));
    }
    let _ = writeln!(text, "{same} the same, {differ} different, {cannot} not judged again");
    print_lines(&text)?;
    Ok(if differ > 0 {
        1
    } else if cannot > 0 {
        3
    } else {
        0
    })
}

fn draw(path: &Path, seed: &str, number: usize, out: &Path) -> Outcome {
    let bundle = open(path, Limits::default())?;
    let sample = sample(&bundle, seed, number)?;
    std::fs::create_dir(out).map_err(|e| {
        CommandError::new(anyhow!("cannot make {}: {e}", out.display())).hint("name a folder that is not there yet")
    })?;
    for (name, bytes) in &sample.files {
        let file: PathBuf = out.join(name);
        if let Some(parent) = file.parent() {
            std::fs::create_dir_all(parent)?;
        }
        write_file(&file, |w| w.write_all(bytes).map_err(CommandError::new))?;
    }
    let mut text = String::new();
    for item in &sample.items {
        let _ = writeln!(text, "{} {}", &item.draw[..16], item.resource);
    }
    let _ = writeln!(text, "{} of {} resources, seed {seed:?}", sample.items.len(), sample.population);
    print_lines(&text)
}
