//! `assize sweep`: the scopes of the settings, each on its own: collect, judge against the last run, keep, pack, tell.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::cli::{AzureArgs, CodeArgs, JudgeArgs, KeyArgs, Listing, SignArgs, StoreArgs, SweepArgs};
use crate::collect::plan::Plan;
use crate::commands::azure::Azure;
use crate::commands::collect::time;
use crate::commands::evidence::{SCOPE_INPUT, ScopeInput, assessment_bytes, bundle};
use crate::commands::runs::{Kept, Runs};
use crate::commands::scan::{Judge, Judged, settings};
use crate::commands::signing::{archive, check, seal};
use crate::commands::{CommandError, FATAL, Outcome, history, notify, output, policy_texts, print, print_lines, say};
use crate::config::{MAX_CONFIG_BYTES, PackSettings, ScopeSettings, Settings, SweepSettings};
use crate::evidence::{Input, NamedFile, Period, PolicySources, Role, request_table};
use crate::history::{Filter, History, RunInfo, Schedule};
use crate::model::{Assessment, Change, Finding, Snapshot, Trend};
use crate::report::{Beside, FORMATS, Format, RenderOptions};

/// How many new findings a scope names in the summary and in messages.
const NAMED: usize = 10;

/// What was read of a scope: the snapshot, the code where it is code, the table of requests where Azure was read.
type Facts = (Snapshot, Option<crate::iac::Code>, Option<Vec<u8>>);

/// What became of a scope.
#[derive(Debug, Serialize)]
pub(super) struct ScopeOutcome {
    /// The scope.
    pub(super) scope: String,
    /// The run in the store.
    pub(super) run: Option<String>,
    /// What the gate said; nothing when the scope could not be judged.
    pub(super) gate: Option<crate::model::GateOutcome>,
    /// Why the scope could not be judged, or what went wrong after it was.
    pub(super) errors: Vec<String>,
    /// Open fails.
    pub(super) fail: u64,
    /// Unknown findings.
    pub(super) unknown: u64,
    /// Fails that a waiver covers.
    pub(super) waived: u64,
    /// Passes.
    pub(super) pass: u64,
    /// Whether there is an earlier run to compare with.
    pub(super) compared: bool,
    /// Fails that are new.
    pub(super) new: u64,
    /// Fails that are mended.
    pub(super) fixed: u64,
    /// Fails that had been mended before; nothing when no history is kept.
    pub(super) reopened: Option<u64>,
    /// What was known and is unknown now.
    pub(super) newly_unknown: u64,
    /// The worst of what is new: severity, policy, resource.
    pub(super) worst: Vec<(String, String, String)>,
    /// The bundle in the store.
    pub(super) bundle: Option<String>,
}

impl ScopeOutcome {
    fn of(scope: &str) -> Self {
        Self {
            scope: scope.to_owned(),
            run: None,
            gate: None,
            errors: Vec::new(),
            fail: 0,
            unknown: 0,
            waived: 0,
            pass: 0,
            compared: false,
            new: 0,
            fixed: 0,
            reopened: None,
            newly_unknown: 0,
            worst: Vec::new(),
            bundle: None,
        }
    }

    /// Whether there is something to tell.
    pub(super) fn changed(&self) -> bool {
        !self.errors.is_empty()
            || self.new + self.fixed + self.newly_unknown + self.reopened.unwrap_or_default() > 0
            || !self.compared
    }

    fn exit_code(&self) -> u8 {
        match self.gate {
            Some(gate) if self.errors.is_empty() => gate.exit_code(),
            _ => FATAL,
        }
    }
}

/// What all scopes share.
struct Sweep<'a> {
    args: &'a SweepArgs,
    /// The file of the settings, and the folder that paths in it are relative to.
    config: PathBuf,
    folder: PathBuf,
    settings: Settings,
    sweep: SweepSettings,
    schedule: Option<Schedule>,
    formats: Vec<&'static Format>,
    sign: Option<SignArgs>,
    runs: Runs,
    now: DateTime<Utc>,
}

pub(super) fn sweep(args: &SweepArgs) -> Outcome {
    let config = args.config.clone().unwrap_or_else(|| PathBuf::from("assize.yaml"));
    let (settings, folder) = settings(Some(&config))?;
    let sweep = settings.sweep.clone().ok_or_else(|| {
        CommandError::new(anyhow!("{} has no sweep", config.display()))
            .hint("docs/usage.md shows what stands there: a store and scopes")
    })?;
    if let Some(name) = args.scopes.iter().find(|name| !sweep.scopes.iter().any(|s| s.name == **name)) {
        let known: Vec<&str> = sweep.scopes.iter().map(|s| s.name.as_str()).collect();
        return Err(CommandError::new(anyhow!("there is no scope {name:?}; there are {}", known.join(", "))));
    }
    let formats = sweep.reports.iter().map(|name| {
        crate::report::format(name).ok_or_else(|| {
            let known: Vec<&str> = FORMATS.iter().map(|f| f.name).collect();
            CommandError::new(anyhow!("sweep.reports: there is no format {name:?}; there are {}", known.join(", ")))
        })
    });
    let formats = formats.collect::<Result<Vec<_>, _>>()?;
    let sign = sweep.pack.as_ref().map(|pack| sign_args(pack, &folder));
    if let Some(sign) = &sign {
        check(sign)?;
    }
    let schedule = sweep.schedule.as_deref().map(|text| Schedule::parse(text, sweep.grace.as_deref())).transpose()?;
    // Whom nobody could tell is known before anything is read.
    let webhooks = notify::check(&sweep.notify)?;
    let place = place(&sweep.store, &folder);
    let runs = Runs::open(&place, &AzureArgs::default(), &settings.azure)?;
    let now = args.at.as_deref().map_or_else(|| Ok(Utc::now()), time)?;
    let sweep = Sweep { args, config, folder, settings, sweep, schedule, formats, sign, runs, now };
    let mut outcomes = Vec::new();
    for scope in sweep.sweep.scopes.iter().filter(|s| args.scopes.is_empty() || args.scopes.contains(&s.name)) {
        let mut outcome = ScopeOutcome::of(&scope.name);
        // A scope that fails, even by a mistake of ours, leaves the others their run.
        match std::panic::catch_unwind(AssertUnwindSafe(|| sweep.scope(scope, &mut outcome))) {
            Ok(Ok(())) => {}
            Ok(Err(error)) => outcome.errors.push(error.error.to_string()),
            Err(_) => outcome.errors.push("the program failed; please report it".to_owned()),
        }
        for error in &outcome.errors {
            say(&format!("{}: error: {error}", scope.name));
        }
        outcomes.push(outcome);
    }
    let untold = notify::tell(&sweep.sweep.notify, &webhooks, &outcomes);
    for problem in &untold {
        say(&format!("error: {problem}"));
    }
    show(&outcomes, args.output)?;
    let worst = |code: u8| [0, 3, 1, FATAL].iter().position(|c| *c == code).unwrap_or(3);
    let codes = outcomes.iter().map(ScopeOutcome::exit_code).chain(untold.first().map(|_| FATAL));
    Ok(codes.max_by_key(|code| worst(*code)).unwrap_or(0))
}

/// A place of the settings, seen from the current folder.
fn place(text: &str, folder: &Path) -> String {
    if text.contains("://") { text.to_owned() } else { folder.join(text).to_string_lossy().into_owned() }
}

fn sign_args(pack: &PackSettings, folder: &Path) -> SignArgs {
    SignArgs {
        key: KeyArgs {
            key: pack.key.as_ref().map(|key| folder.join(key)),
            key_agent: None,
            key_vault: pack.key_vault.clone(),
        },
        identity: pack.identity.clone(),
        timestamp: pack.timestamp.clone(),
        encrypt_to: pack.encrypt_to.clone(),
    }
}

/// What a report of a run is called.
fn report_name(format: &Format) -> String {
    if format.name == format.extension {
        format!("report.{}", format.extension)
    } else {
        format!("{}.{}", format.name, format.extension)
    }
}

impl Sweep<'_> {
    /// Judges a scope. What was kept is in `outcome` even when something after it fails.
    fn scope(&self, scope: &ScopeSettings, outcome: &mut ScopeOutcome) -> Result<(), CommandError> {
        say(&format!("{}: begins", scope.name));
        let last = self.runs.last(&scope.name)?;
        let work = tempfile::tempdir()?;
        let mut args = JudgeArgs {
            config: Some(scope.config.as_ref().map_or_else(|| self.config.clone(), |c| self.folder.join(c))),
            profile: scope.profile.clone(),
            waivers: scope.waivers.as_ref().map(|w| self.folder.join(w)),
            at: Some(self.now.to_rfc3339_opts(SecondsFormat::Secs, true)),
            threads: self.args.threads,
            first: last.is_none(),
            ..JudgeArgs::default()
        };
        if let Some(last) = &last {
            let file = work.path().join("baseline.json");
            std::fs::write(&file, last)?;
            args.baseline = Some(file);
        }
        let code = CodeArgs::default();
        let judge = Judge::new(&args, &code)?;
        let (snapshot, code, requests) = self.read(scope, &judge, work.path())?;
        // What is kept is what is judged: the snapshot is written first, and judged by the digest of these bytes.
        let mut bytes = Vec::new();
        let digest = crate::snapshot::write_native(&mut bytes, &snapshot)?;
        let snapshot = snapshot.with_digest(digest);
        let Judged { assessment, mut beside, .. } = judge.judge(&snapshot, code)?;
        outcome.fail = assessment.summary.fail.saturating_sub(assessment.summary.waived);
        outcome.unknown = assessment.summary.unknown;
        (outcome.waived, outcome.pass) = (assessment.summary.waived, assessment.summary.pass);
        if let Some(baseline) = &assessment.baseline {
            outcome.compared = true;
            (outcome.new, outcome.fixed, outcome.newly_unknown) =
                (baseline.new, baseline.fixed, baseline.newly_unknown);
        }
        outcome.worst = worst(&assessment);
        // A history that fails takes nothing from the run, and its trend is in the report when it does not.
        match self.record(scope, &assessment, outcome) {
            Ok(trend) => beside.trend = trend,
            Err(error) => outcome.errors.push(format!("the history: {}", error.error)),
        }
        let kept = Kept {
            assessment: assessment_bytes(&assessment)?,
            snapshot: bytes,
            inputs: self.inputs(scope, &args, &judge)?,
            requests,
            reports: self.reports(&assessment, beside)?,
        };
        let policies = self.policies(&judge)?;
        outcome.run = Some(self.runs.keep(&scope.name, kept, policies)?);
        outcome.gate = Some(assessment.gate.outcome);
        if let Some(sign) = &self.sign {
            outcome.bundle = Some(self.pack(scope, sign, &assessment)?);
        }
        Ok(())
    }

    /// Reads what the scope names. Gives the table of requests where Azure was read.
    fn read(&self, scope: &ScopeSettings, judge: &Judge<'_>, work: &Path) -> Result<Facts, CommandError> {
        if !scope.paths.is_empty() {
            let paths: Vec<PathBuf> = scope.paths.iter().map(|p| self.folder.join(p)).collect();
            let (snapshot, code) = judge.read(&paths)?;
            return Ok((snapshot, code, None));
        }
        let azure = AzureArgs {
            subscriptions: scope.subscriptions.clone(),
            management_groups: scope.management_groups.clone(),
            log_level: self.args.log_level,
            ..AzureArgs::default()
        };
        let azure = Azure::new(&azure, &judge.settings().0.azure)?;
        let plan = Plan::of(judge.policies());
        let at = self.args.at.as_ref().map(|_| self.now);
        let (collected, journal) = azure.collect_beside_journal(&plan, &work.join("journal.jsonl"), at)?;
        if collected.failed > 0 {
            say(&format!("{}: {} calls failed; what they would have told is unknown", scope.name, collected.failed));
        }
        Ok((collected.snapshot, None, Some(request_table(&journal)?)))
    }

    /// Everything else that the assessment depends on.
    fn inputs(&self, scope: &ScopeSettings, args: &JudgeArgs, judge: &Judge<'_>) -> Result<Vec<Input>, CommandError> {
        let (settings, folder) = judge.settings();
        let mut inputs = Vec::new();
        let mut add = |role: Role, path: &Path, name: &str| -> Result<(), CommandError> {
            let bytes = super::read_text(path, MAX_CONFIG_BYTES as u64)?.into_bytes();
            inputs.push(Input { role, name: name.to_owned(), bytes });
            Ok(())
        };
        if let Some(config) = &args.config {
            let name = config.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            add(Role::Settings, config, &name)?;
        }
        let own = settings.waivers.as_ref().map(|w| folder.join(w));
        if let Some(waivers) = args.waivers.clone().or(own) {
            let name = waivers.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            add(Role::Waivers, &waivers, &name)?;
        }
        for framework in &settings.frameworks {
            add(Role::Other, &folder.join(framework), framework)?;
        }
        for profile in args.profile.iter().chain(&settings.profile) {
            let file = folder.join(profile);
            if file.is_file() {
                add(Role::Other, &file, profile)?;
            }
        }
        if let Some(baseline) = &args.baseline {
            let bytes = std::fs::read(baseline)?;
            inputs.push(Input { role: Role::Baseline, name: "baseline.json".to_owned(), bytes });
        }
        let beside = ScopeInput { scope: scope.name.clone(), profile: args.profile.clone() };
        inputs.push(Input { role: Role::Other, name: SCOPE_INPUT.to_owned(), bytes: serde_json::to_vec(&beside)? });
        Ok(inputs)
    }

    /// The files of the policies that judged.
    fn policies(&self, judge: &Judge<'_>) -> Result<PolicySources, CommandError> {
        let (settings, folder) = judge.settings();
        let more: Vec<PathBuf> = settings.frameworks.iter().map(|file| folder.join(file)).collect();
        let files = policy_texts(&crate::cli::PolicyArgs::default(), &more)?;
        Ok(PolicySources {
            sha256: judge.policies().digest.clone(),
            files: files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect(),
        })
    }

    fn reports(&self, assessment: &Assessment, beside: Beside) -> Result<Vec<NamedFile>, CommandError> {
        let options = RenderOptions { beside, verbose: true, ..output::plain() };
        let render = |format: &&'static Format| {
            let mut bytes = Vec::new();
            (format.render)(assessment, &options, &mut bytes)?;
            Ok(NamedFile { name: report_name(format), bytes })
        };
        self.formats.iter().map(render).collect()
    }

    /// Records the run in the history. Gives the trend of a year, and how many findings came back.
    fn record(
        &self,
        scope: &ScopeSettings,
        assessment: &Assessment,
        outcome: &mut ScopeOutcome,
    ) -> Result<Option<Trend>, CommandError> {
        let Some(place) = self.sweep.history.as_ref().map(|text| self::place(text, &self.folder)) else {
            return Ok(None);
        };
        let mut history: History = history::open(&StoreArgs { store: Some(place) }, true)?;
        let series = scope.name.as_str();
        history.record(assessment, &RunInfo { series, recorded: Utc::now(), label: &self.args.label })?;
        let from = self.now - chrono::TimeDelta::days(365);
        let trend = history.trend(series, from, self.now, self.schedule.as_ref())?;
        // A finding is reopened by this run when it fails since this run, and had been mended before.
        let last = trend.points.last().and_then(|p| DateTime::parse_from_rfc3339(&p.time).ok());
        let findings = history.findings(series, &Filter { open: true, ..Filter::default() })?;
        let again =
            findings.iter().filter(|f| f.reopened > 0 && last.is_some_and(|t| f.failing_since == Some(t.to_utc())));
        outcome.reopened = Some(again.count() as u64);
        Ok(Some(trend))
    }

    /// Packs the run into a bundle of its own. Gives its name in the store.
    fn pack(&self, scope: &ScopeSettings, sign: &SignArgs, assessment: &Assessment) -> Result<String, CommandError> {
        let at = DateTime::parse_from_rfc3339(&assessment.evaluated_at)?.to_utc();
        let period = Period { from: at, to: at, schedule: None, expected: Vec::new() };
        let mut bundle = bundle(&self.runs, &scope.name, period, BTreeMap::new())?;
        seal(&mut bundle, sign, &self.settings.azure)?;
        let end = if sign.encrypt_to.is_empty() { "tar.gz" } else { "tar.gz.age" };
        let time = at.format("%Y%m%dT%H%M%SZ");
        let name = format!("{}/bundles/evidence_{}_{time}.{end}", scope.name, scope.name);
        self.runs.put(&name, archive(&bundle, sign)?)?;
        Ok(name)
    }
}

/// The worst of what is new; of a first run, of what fails.
fn worst(assessment: &Assessment) -> Vec<(String, String, String)> {
    let severity: BTreeMap<&str, _> = assessment.policies.iter().map(|p| (p.id.as_str(), p.severity)).collect();
    let counts = |f: &&Finding| f.is_open_fail() && (assessment.baseline.is_none() || f.change == Some(Change::New));
    let mut found: Vec<&Finding> = assessment.findings.iter().filter(counts).collect();
    found.sort_by_key(|f| (std::cmp::Reverse(severity.get(f.policy.as_str()).copied()), f.identity()));
    let line = |f: &&Finding| {
        let severity = severity.get(f.policy.as_str()).map_or("", |s| s.as_str());
        (severity.to_owned(), f.policy.to_string(), f.resource.to_string())
    };
    found.iter().take(NAMED).map(line).collect()
}

/// Prints the summary.
fn show(outcomes: &[ScopeOutcome], form: Listing) -> Outcome {
    if form == Listing::Json {
        return print((serde_json::to_string(outcomes)? + "\n").as_bytes());
    }
    let mut text = String::new();
    for o in outcomes {
        let gate = o.gate.map_or("not judged", |g| g.as_str());
        let _ = write!(text, "{}: {gate}, {} fail, {} unknown", o.scope, o.fail, o.unknown);
        if o.compared {
            let _ = write!(text, "; {} new, {} fixed, ", o.new, o.fixed);
            if let Some(reopened) = o.reopened {
                let _ = write!(text, "{reopened} reopened, ");
            }
            let _ = write!(text, "{} newly unknown", o.newly_unknown);
        } else if o.gate.is_some() {
            text.push_str("; the first run");
        }
        text.push('\n');
        for (severity, policy, resource) in &o.worst {
            let _ = writeln!(text, "  {severity} {policy} {resource}");
        }
        for name in o.run.iter().map(|r| format!("{}/runs/{r}", o.scope)).chain(o.bundle.clone()) {
            let _ = writeln!(text, "  kept: {name}");
        }
        for error in &o.errors {
            let _ = writeln!(text, "  error: {error}");
        }
    }
    print_lines(&text)
}
