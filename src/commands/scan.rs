//! `assize scan` and `assize evaluate`: read, evaluate, assess, report.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use chrono::{DateTime, Utc};

use crate::assess::{CommentRules, Parts, Waivers, assess, check_waivers};
use crate::cli::{AzureArgs, CodeArgs, EvaluateArgs, JudgeArgs, OutputArgs, ScanArgs};
use crate::collect::Collected;
use crate::collect::plan::Plan;
use crate::commands::azure::Azure;
use crate::commands::collect::time;
use crate::commands::output::{wanted, write_all, write_file};
use crate::commands::{
    CommandError, Outcome, link, load_policies_with, profile, read_assessment, read_text, say, source,
};
use crate::config::{MAX_CONFIG_BYTES, Settings, parse_config, parse_waivers};
use crate::evaluate::{Options, Sandbox, inspect};
use crate::iac::Code;
use crate::model::{
    Assessment, GateRules, ParameterSetting, PolicySet, Profile, Snapshot, Trust, Waiver, matches_pattern,
    parse_fail_on,
};
use crate::policy::layered_parameters;
use crate::report::Beside;

/// `assize scan`.
pub(super) fn scan(args: &ScanArgs) -> Outcome {
    let wanted = wanted(&args.output)?;
    let given = args.azure != AzureArgs::default() || args.snapshot.is_some() || !args.iac.is_empty();
    if !args.live && given {
        return Err(CommandError::new(anyhow!("the flags for Azure mean nothing without --azure"))
            .hint("`assize scan --azure` judges live Azure; without it, paths are judged"));
    }
    let judge = Judge::new(&args.judge, &args.code)?;
    let Judged { assessment, beside, .. } =
        if args.live { judge.live(args)? } else { judge.run(&args.paths, &BTreeMap::new())? };
    write_all(&assessment, &wanted, &args.output, beside)?;
    Ok(assessment.gate.outcome.exit_code())
}

/// `assize evaluate`.
pub(super) fn evaluate(args: &EvaluateArgs) -> Outcome {
    let assessment = Judge::new(&args.judge, &args.code)?.run(&args.paths, &BTreeMap::new())?.assessment;
    let wanted = wanted(&OutputArgs { outputs: vec!["json".to_owned()], verbose: true })?;
    match &args.output {
        Some(path) => {
            for (format, _) in &wanted {
                write_file(path, |out| {
                    (format.render)(&assessment, &crate::report::RenderOptions::default(), out)
                        .map_err(CommandError::new)
                })?;
            }
            say(&format!("wrote {}", path.display()));
        }
        None => drop(write_all(&assessment, &wanted, &OutputArgs::default(), Beside::default())?),
    }
    Ok(assessment.gate.outcome.exit_code())
}

/// The hidden command that a parent process starts for policies that are not part of assize.
pub(super) fn worker() -> Outcome {
    crate::evaluate::serve(std::io::stdin().lock(), std::io::stdout().lock())?;
    Ok(0)
}

/// Everything that is fixed before anything is read: policies, settings, waivers, baseline.
pub(super) struct Judge<'a> {
    args: &'a JudgeArgs,
    code: &'a CodeArgs,
    now: DateTime<Utc>,
    settings: Settings,
    folder: PathBuf,
    policies: PolicySet,
    profile: Option<Profile>,
    gate: GateRules,
    /// Policy ids, former ids and names of checks.
    known: BTreeSet<String>,
    parameters: BTreeMap<String, ParameterSetting>,
    waivers: Vec<Waiver>,
    baseline: Option<Assessment>,
}

/// What a run gave.
pub(super) struct Judged {
    pub(super) assessment: Assessment,
    /// The code that was judged, if it was code.
    pub(super) code: Option<Code>,
    /// What the snapshot says and the assessment does not.
    pub(super) beside: Beside,
}

impl<'a> Judge<'a> {
    pub(super) fn new(args: &'a JudgeArgs, code: &'a CodeArgs) -> Result<Self, CommandError> {
        let now = match &args.at {
            Some(text) => time(text)?,
            None => Utc::now(),
        };
        let (mut settings, folder) = settings(args.config.as_deref())?;
        if let Some(word) = &args.fail_on {
            let fail_on = parse_fail_on(word).map_err(|e| CommandError::new(anyhow!("--fail-on: {e}")))?;
            settings.gate.fail_on = Some(fail_on);
        }
        settings.gate.allow_unknown = args.allow_unknown.or(settings.gate.allow_unknown);
        if args.new_only {
            settings.gate.new_only = Some(true);
        }
        if args.first {
            settings.gate.new_only = Some(false);
        } else if settings.gate.new_only == Some(true) && args.baseline.is_none() {
            return Err(CommandError::new(anyhow!("gate.new_only needs an earlier assessment to compare with"))
                .hint("give --baseline FILE"));
        }
        let more: Vec<PathBuf> = settings.frameworks.iter().map(|file| folder.join(file)).collect();
        let mut policies = load_policies_with(&args.policies, &more)?;
        let all: BTreeSet<String> = policies
            .policies
            .values()
            .flat_map(|p| std::iter::once(&p.meta.id).chain(&p.meta.aliases))
            .map(ToString::to_string)
            .collect();
        // Settings and waivers are written for all policies; those of the library that are not loaded now are no mistake.
        let loaded = if args.policies.folders.is_empty() { None } else { Some(crate::policy::load(&[], true)?) };
        let library = loaded.as_ref().unwrap_or(&policies);
        let mut profile = profile::chosen(args.profile.as_deref(), &settings, &folder, &policies, library)?;
        profile::keep_loaded(&mut settings, profile.as_mut(), &policies, library);
        let all: BTreeSet<String> = all.into_iter().chain(library.policies.keys().map(ToString::to_string)).collect();
        let checks = policies.policies.values().chain(library.policies.values()).map(|p| p.meta.check.clone());
        let known: BTreeSet<String> = all.iter().cloned().chain(checks).collect();
        let gate = settings.gate.over(profile.as_ref().map(|p| p.gate).unwrap_or_default().over(GateRules::default()));
        let none = BTreeMap::new();
        let below = profile.as_ref().map_or(&none, |p| &p.parameters);
        let parameters = layered_parameters(&policies, below, &settings.parameters)
            .map_err(|e| CommandError::new(anyhow!(e.join("\n"))))?;
        select(&mut policies, profile.as_ref(), &settings, &args.only)?;
        refuse_unsafe(&policies)?;
        let waivers = waivers(
            args.waivers.clone().or_else(|| settings.waivers.as_ref().map(|w| folder.join(w))),
            &all,
            settings.waiver_max_days,
        )?;
        let baseline = args.baseline.as_deref().map(read_assessment).transpose()?;
        Ok(Self { args, code, now, settings, folder, policies, profile, gate, known, parameters, waivers, baseline })
    }

    /// The folder that names of files are relative to.
    pub(super) fn root(&self, paths: &[PathBuf]) -> Result<PathBuf, CommandError> {
        source::root(paths, self.code)
    }

    /// The settings, and the folder that paths in them are relative to.
    pub(super) fn settings(&self) -> (&Settings, &Path) {
        (&self.settings, &self.folder)
    }

    /// The policies that judge.
    pub(super) fn policies(&self) -> &PolicySet {
        &self.policies
    }

    /// Reads the paths without judging.
    pub(super) fn read(&self, paths: &[PathBuf]) -> Result<(Snapshot, Option<Code>), CommandError> {
        source::read(paths, self.code, &self.settings.code, &self.folder, &self.policies, &BTreeMap::new())
    }

    /// Reads, evaluates, assesses. `texts` lie over the files of code.
    pub(super) fn run(&self, paths: &[PathBuf], texts: &BTreeMap<String, String>) -> Result<Judged, CommandError> {
        let (snapshot, code) =
            source::read(paths, self.code, &self.settings.code, &self.folder, &self.policies, texts)?;
        self.judge(&snapshot, code)
    }

    /// Collects from live Azure and judges.
    fn live(&self, args: &ScanArgs) -> Result<Judged, CommandError> {
        let azure = Azure::new(&args.azure, &self.settings.azure)?;
        let plan = if args.azure.everything { Plan::everything() } else { Plan::of(&self.policies) };
        let at = self.args.at.as_ref().map(|_| self.now);
        let Collected { snapshot, failed, .. } =
            azure.collect_to(&plan, args.snapshot.as_deref(), (false, false), at)?;
        if failed > 0 {
            say(&format!("{failed} calls failed; what they would have told is unknown"));
        }
        let mut judged = self.judge(&snapshot, None)?;
        if !args.iac.is_empty() {
            let (declared, code) = source::read(
                &args.iac,
                self.code,
                &self.settings.code,
                &self.folder,
                &self.policies,
                &BTreeMap::new(),
            )?;
            let code = code.ok_or_else(|| CommandError::new(anyhow!("--iac: there is no code in the folders")))?;
            link::link(&mut judged.assessment, &snapshot, &declared, &code, &args.iac);
        }
        Ok(judged)
    }

    /// Evaluates and assesses what was read.
    pub(super) fn judge(&self, snapshot: &Snapshot, code: Option<Code>) -> Result<Judged, CommandError> {
        let options = Options {
            context: self.settings.context.clone(),
            threads: self
                .args
                .threads
                .unwrap_or_else(|| std::thread::available_parallelism().map_or(1, usize::from))
                .clamp(1, 256),
            sandbox: Sandbox::this_program(),
            ..Options::new(self.parameters.clone(), self.now)
        };
        let evaluation = crate::evaluate::evaluate(snapshot, &self.policies, &options)?;
        let mut notices = evaluation.notices;
        notices.extend(code.iter().flat_map(source::notices));
        notices.sort();
        let loaded = self.policies.policies.values().filter(|p| p.trust == Trust::Loaded);
        let parts = Parts {
            snapshot,
            policies_digest: self.policies.digest.clone(),
            policies_loaded: loaded.map(|p| p.meta.id.clone()).collect(),
            policies: self.policies.policies.values().map(|p| p.meta.clone()).collect(),
            profile: self.profile.as_ref().map(Profile::reference),
            frameworks: self.policies.frameworks.values().cloned().collect(),
            parameters: self.parameters.clone(),
            findings: evaluation.findings,
            resources: evaluation.resources,
            notices,
            unread: evaluation.unread,
        };
        let rules = CommentRules {
            accept: self.settings.accept_comments,
            most_days: self.settings.waiver_max_days,
            known: &self.known,
        };
        let comments = code.as_ref().map(|c| source::waivers(c, snapshot)).unwrap_or_default();
        let waivers = Waivers { register: self.waivers.clone(), comments, rules };
        let mut assessment = assess(parts, waivers, self.baseline.as_ref(), self.gate, self.now);
        if let Some(code) = &code {
            source::attach(&mut assessment, code, snapshot, &self.policies);
        }
        let manifest = snapshot.manifest();
        let beside =
            Beside { trend: None, population: manifest.population.clone(), identity: manifest.identity.clone() };
        Ok(Judged { assessment, code, beside })
    }
}

/// The settings, and the folder that paths in them are relative to.
pub(super) fn settings(path: Option<&Path>) -> Result<(Settings, PathBuf), CommandError> {
    let path = match path {
        Some(path) => path.to_owned(),
        None if Path::new("assize.yaml").is_file() => PathBuf::from("assize.yaml"),
        None => return Ok((Settings::default(), PathBuf::new())),
    };
    let text = read_text(&path, MAX_CONFIG_BYTES as u64)?;
    let settings = parse_config(&path.to_string_lossy(), &text)?;
    Ok((settings, path.parent().map(Path::to_owned).unwrap_or_default()))
}

/// Keeps the policies that the profile, the settings and the flags ask for; each narrows further. A pattern that matches nothing is an error: whoever wrote it
/// expected something to be judged.
pub(super) fn select(
    policies: &mut PolicySet,
    profile: Option<&Profile>,
    settings: &Settings,
    only: &[String],
) -> Result<(), CommandError> {
    for pattern in settings.include.iter().chain(&settings.exclude).chain(only) {
        if !policies.policies.keys().any(|id| matches_pattern(pattern, id.as_str())) {
            return Err(CommandError::new(anyhow!("no policy matches {pattern:?}"))
                .hint("`assize policy list` shows those there are"));
        }
    }
    let any = |patterns: &[String], id: &str| patterns.iter().any(|p| matches_pattern(p, id));
    policies.retain(|policy| {
        let id = policy.meta.id.as_str();
        profile.is_none_or(|p| p.keeps(&policy.meta.id))
            && (settings.include.is_empty() || any(&settings.include, id))
            && !any(&settings.exclude, id)
            && (only.is_empty() || any(only, id))
    });
    if policies.policies.is_empty() {
        return Err(CommandError::new(anyhow!("no policy is left to judge by")).hint(
            "look at policies.include and policies.exclude in the settings and in the profile, and at --policy",
        ));
    }
    Ok(())
}

/// Policies that are not part of the program must pass the static checks before anything of them runs.
pub(super) fn refuse_unsafe(policies: &PolicySet) -> Result<(), CommandError> {
    if policies.policies.values().all(|p| p.trust == Trust::Embedded) {
        return Ok(());
    }
    let problems: Vec<String> = inspect(policies).iter().map(ToString::to_string).collect();
    if problems.is_empty() {
        return Ok(());
    }
    Err(CommandError::new(anyhow!(problems.join("\n")))
        .hint("`assize policy check` runs the same checks; docs/writing-policies.md describes the rules"))
}

fn waivers(path: Option<PathBuf>, known: &BTreeSet<String>, most_days: i64) -> Result<Vec<Waiver>, CommandError> {
    let Some(path) = path else { return Ok(Vec::new()) };
    let text = read_text(&path, MAX_CONFIG_BYTES as u64)?;
    let waivers = parse_waivers(&path.to_string_lossy(), &text)?;
    check_waivers(&waivers, known, most_days).map_err(|errors| {
        let lines: Vec<String> = errors.iter().map(|e| format!("{}: {e}", path.display())).collect();
        CommandError::new(anyhow!(lines.join("\n")))
            .hint("no waiver of the file counts until all of them keep the rules")
    })?;
    Ok(waivers)
}
