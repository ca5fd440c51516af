//! What collecting from live Azure needs of the world: settings and flags, credentials, progress, the journal's file.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufReader, IsTerminal, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::anyhow;
use chrono::{DateTime, SecondsFormat, Utc};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use sha2::{Digest, Sha256};

use crate::cli::{AzureArgs, LogLevel};
use crate::collect::client::{Client, Limits, Observer, discover};
use crate::collect::cloud::{Cloud, Endpoints};
use crate::collect::credential::{Credential, Environment, Kind, Setup, chain};
use crate::collect::plan::Plan;
use crate::collect::redact::Redactor;
use crate::collect::{Collected, Header, JOURNAL_SCHEMA, Journal, Past, Progress, Scope, Task, Window, collect};
use crate::commands::{CommandError, say};
use crate::config::AzureSettings;
use crate::model::{Gap, hex};

/// Plain HTTP to an address of this machine, for tests against a server of one's own.
pub(super) const ALLOW_HTTP: &str = "ASSIZE_ALLOW_HTTP_ON_LOOPBACK";
/// The key of pseudonyms, 64 hex digits; without it every collection has its own.
const PSEUDONYM_KEY: &str = "ASSIZE_PSEUDONYM_KEY";
/// How far back events of the activity log are read: Azure keeps them for 90 days.
const EVENT_DAYS: i64 = 89;

/// A connection to Azure.
pub(super) struct Azure {
    pub(super) client: Client,
    pub(super) scope: Scope,
    pub(super) runtime: tokio::runtime::Runtime,
    redactor: Redactor,
    screen: Arc<Screen>,
    question: String,
}

fn environment() -> Environment {
    let pairs = std::env::vars_os();
    Environment::of(pairs.filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?))))
}

/// The credential that the flags, the settings or the environment name. No token is asked for yet.
fn chosen(
    args: &AzureArgs,
    settings: &AzureSettings,
    cloud: &Cloud,
    environment: Environment,
) -> Result<Arc<dyn Credential>, CommandError> {
    let names = if args.credentials.is_empty() { &settings.credentials } else { &args.credentials };
    let kinds = names.iter().map(|name| name.parse::<Kind>()).collect::<Result<Vec<_>, _>>();
    let kinds = kinds.map_err(|e| CommandError::new(anyhow!("--credential: {e}")))?;
    let read = Arc::new(|path: &Path| std::fs::read(path));
    let now = Arc::new(|| Utc::now().timestamp());
    let mut setup = Setup::new(environment, cloud.login.clone(), cloud.allow_http, read, now);
    setup.tenant = settings.tenant.clone().or(setup.tenant);
    setup.client_id = settings.client_id.clone().or(setup.client_id);
    chain(&kinds, &setup).map_err(|e| CommandError::new(anyhow!("{e}")))
}

/// A credential for what is not Azure Resource Manager: a store, a vault that signs.
pub(super) fn credential(args: &AzureArgs, settings: &AzureSettings) -> Result<Arc<dyn Credential>, CommandError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let environment = environment();
    let allow_http = environment.get(ALLOW_HTTP) == Some("1");
    let cloud = cloud(args, settings, allow_http, &runtime, &Limits::default())?;
    chosen(args, settings, &cloud, environment)
}

/// A client for a vault that signs.
pub(super) fn client(settings: &AzureSettings) -> Result<(Client, tokio::runtime::Runtime), CommandError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let environment = environment();
    let allow_http = environment.get(ALLOW_HTTP) == Some("1");
    let args = AzureArgs::default();
    let cloud = cloud(&args, settings, allow_http, &runtime, &Limits::default())?;
    let credential = chosen(&args, settings, &cloud, environment)?;
    let screen = Arc::new(Screen::new(LogLevel::Off)) as Arc<dyn Observer>;
    let client = Client::new(cloud, credential, Limits::default(), screen);
    Ok((client.map_err(|e| CommandError::new(anyhow!("{e}")))?, runtime))
}

impl Azure {
    /// Works out cloud, credential and scope, and asks for a first token, so that a wrong set-up is told at once.
    pub(super) fn new(args: &AzureArgs, settings: &AzureSettings) -> Result<Self, CommandError> {
        let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
        let environment = environment();
        let allow_http = environment.get(ALLOW_HTTP) == Some("1");
        let limits = Limits::default();
        let cloud = cloud(args, settings, allow_http, &runtime, &limits)?;
        let pseudonym_key = pseudonym_key(args.pseudonymise || settings.pseudonymise, &environment)?;
        let credential = chosen(args, settings, &cloud, environment)?;
        runtime.block_on(credential.token(&cloud.arm_audience, None)).map_err(|e| CommandError::new(anyhow!("{e}")))?;
        let or = |given: &[String], set: &[String]| if given.is_empty() { set.to_vec() } else { given.to_vec() };
        let narrowed = !args.subscriptions.is_empty() || !args.management_groups.is_empty();
        let set = |set: &[String]| if narrowed { Vec::new() } else { set.to_vec() };
        let scope = Scope {
            subscriptions: or(&args.subscriptions, &set(&settings.subscriptions)),
            management_groups: or(&args.management_groups, &set(&settings.management_groups)),
            include: settings.include.clone(),
            exclude: settings.exclude.iter().chain(&args.exclude_subscriptions).cloned().collect(),
            aliases: settings.aliases.clone(),
        };
        // Another key would give one person two pseudonyms in one snapshot.
        let key = pseudonym_key.map(|key| hex(&Sha256::digest(key))[..16].to_owned()).unwrap_or_default();
        let question = format!("{} {} {} {scope:?} {key}", cloud.name, cloud.arm, cloud.graph);
        let screen = Arc::new(Screen::new(args.log_level));
        let client = Client::new(cloud, credential, limits, Arc::clone(&screen) as Arc<dyn Observer>)
            .map_err(|e| CommandError::new(anyhow!("{e}")))?;
        Ok(Self { client, scope, runtime, redactor: Redactor::new(pseudonym_key), screen, question })
    }

    /// Collects into a snapshot. `journal` holds the answers until it is whole.
    fn collect(&self, plan: &Plan, journal: &Journal, at: Option<DateTime<Utc>>) -> Result<Collected, CommandError> {
        let now = at.unwrap_or_else(Utc::now);
        let text = |time: DateTime<Utc>| time.to_rfc3339_opts(SecondsFormat::Secs, true);
        let window = Window { from: text(now - chrono::Duration::days(EVENT_DAYS)), to: text(now) };
        let clock = || text(at.unwrap_or_else(Utc::now));
        let stop = AtomicBool::new(false);
        let task = Task {
            client: &self.client,
            redactor: &self.redactor,
            journal,
            plan,
            scope: &self.scope,
            window: &window,
            progress: self.screen.as_ref(),
            clock: &clock,
            stop: &stop,
        };
        self.screen.begin();
        let interrupted_twice = async {
            if tokio::signal::ctrl_c().await.is_err() {
                // Then nobody can interrupt.
                std::future::pending::<()>().await;
            }
            stop.store(true, Ordering::Relaxed);
            say("stopping: what was not read yet becomes gaps; interrupt again to leave at once");
            let _ = tokio::signal::ctrl_c().await;
        };
        let collected = self.runtime.block_on(async {
            tokio::select! {
                collected = collect(task) => Some(collected),
                () = interrupted_twice => None,
            }
        });
        self.screen.end();
        match collected {
            Some(collected) => Ok(collected?),
            None => Err(CommandError::new(anyhow!("interrupted; no snapshot was written"))
                .hint("--resume goes on with what the journal has, where there is one")),
        }
    }

    /// Collects into a snapshot file, or into memory alone. The journal lies beside the file until nothing is missing that
    /// another try may bring.
    pub(super) fn collect_to(
        &self,
        plan: &Plan,
        file: Option<&Path>,
        (resume, retry_gaps): (bool, bool),
        at: Option<DateTime<Utc>>,
    ) -> Result<Collected, CommandError> {
        let header = self.header(plan, at);
        let Some(file) = file else {
            let collected = self.collect(plan, &Journal::start(header, Box::new(std::io::sink()))?, at)?;
            // Nothing is kept: the digest is that of the snapshot file which would be written.
            let digest = crate::snapshot::write_native(&mut std::io::sink(), &collected.snapshot)?;
            return Ok(Collected { snapshot: collected.snapshot.with_digest(digest), ..collected });
        };
        let path = journal_path(file);
        let collected = self.collect(plan, &journal(&path, header, resume, retry_gaps)?, at)?;
        let digest = crate::snapshot::write(file, &collected.snapshot)?;
        say(&format!("wrote {}, SHA-256 {digest}", file.display()));
        if collected.is_complete() {
            std::fs::remove_file(&path)?;
        }
        Ok(Collected { snapshot: collected.snapshot.with_digest(digest), ..collected })
    }

    /// Collects with a journal in a file, and gives the journal too.
    pub(super) fn collect_beside_journal(
        &self,
        plan: &Plan,
        file: &Path,
        at: Option<DateTime<Utc>>,
    ) -> Result<(Collected, Vec<u8>), CommandError> {
        let journal = journal(file, self.header(plan, at), false, false)?;
        let collected = self.collect(plan, &journal, at)?;
        drop(journal);
        Ok((collected, std::fs::read(file)?))
    }

    /// What a journal of this collection begins with.
    fn header(&self, plan: &Plan, at: Option<DateTime<Utc>>) -> Header {
        Header {
            schema: JOURNAL_SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            plan: plan.digest(),
            question: self.question.clone(),
            started: at.unwrap_or_else(Utc::now).to_rfc3339_opts(SecondsFormat::Secs, true),
        }
    }
}

/// Begins a journal in a file, or takes one up.
fn journal(path: &Path, header: Header, resume: bool, retry_gaps: bool) -> Result<Journal, CommandError> {
    let shown = path.display();
    let io = |e: std::io::Error| CommandError::new(anyhow!("cannot open {shown}: {e}"));
    if !resume {
        return Ok(Journal::start(header, Box::new(File::create(path).map_err(io)?))?);
    }
    let mut file = OpenOptions::new().read(true).write(true).open(path).map_err(|e| {
        io(e).hint("there is nothing to resume: the journal lies beside the snapshot until a collection is complete")
    })?;
    let mut past = Past::read(BufReader::new(&file))?;
    if retry_gaps {
        past.forget_failures();
    }
    say(&format!("{} calls are answered already", past.calls));
    // What was cut off is written over.
    file.set_len(past.good).map_err(io)?;
    file.seek(SeekFrom::End(0)).map_err(io)?;
    Ok(Journal::resume(&header, past, Box::new(file))?)
}

/// The file of the journal of a snapshot.
fn journal_path(snapshot: &Path) -> PathBuf {
    let mut name = snapshot.as_os_str().to_owned();
    name.push(".journal");
    PathBuf::from(name)
}

fn cloud(
    args: &AzureArgs,
    settings: &AzureSettings,
    allow_http: bool,
    runtime: &tokio::runtime::Runtime,
    limits: &Limits,
) -> Result<Cloud, CommandError> {
    let set = &settings.endpoints;
    let wrong = |e: &dyn std::fmt::Display| CommandError::new(anyhow!("{e}"));
    let name = args.cloud.as_ref().or(settings.cloud.as_ref());
    let arm = args.arm_endpoint.as_ref().or(set.arm.as_ref());
    let mut cloud = match (name, arm) {
        (Some(name), _) => Cloud::named(name).ok_or_else(|| {
            CommandError::new(anyhow!("there is no cloud {name:?}"))
                .hint("AzurePublic, AzureUSGovernment or AzureChina; give --arm-endpoint for another one")
        })?,
        // A cloud that only its address tells of says the rest itself.
        (None, Some(arm)) if set.login.is_none() => {
            runtime.block_on(discover(arm, allow_http, limits)).map_err(|e| wrong(&e))?
        }
        _ => Cloud::named("AzurePublic").ok_or_else(|| wrong(&"there is no public cloud"))?,
    };
    cloud.allow_http |= allow_http;
    let endpoints = Endpoints {
        arm: arm.cloned(),
        login: set.login.clone(),
        graph: set.graph.clone(),
        vault_suffix: set.vault_suffix.clone(),
        hsm_suffix: set.hsm_suffix.clone(),
        arm_audience: set.arm_audience.clone(),
        graph_audience: set.graph_audience.clone(),
        vault_audience: set.vault_audience.clone(),
        hsm_audience: set.hsm_audience.clone(),
    };
    let mut cloud = cloud.with_endpoints(&endpoints).map_err(|e| wrong(&e))?;
    if allow_http && !cloud.arm.is_tls() {
        cloud.instead = Some(cloud.arm.clone());
    }
    Ok(cloud)
}

fn pseudonym_key(wanted: bool, environment: &Environment) -> Result<Option<[u8; 32]>, CommandError> {
    if !wanted {
        return Ok(None);
    }
    let mut key = [0; 32];
    match environment.get(PSEUDONYM_KEY) {
        Some(text) => {
            let digits = text.trim();
            let good = digits.len() == 64 && digits.bytes().all(|b| b.is_ascii_hexdigit());
            if !good {
                return Err(CommandError::new(anyhow!("{PSEUDONYM_KEY} is not made of 64 hex digits"))
                    .hint("make one with: openssl rand -hex 32"));
            }
            for (at, byte) in key.iter_mut().enumerate() {
                *byte = u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16)?;
            }
        }
        None => {
            let random = ring::rand::SystemRandom::new();
            ring::rand::SecureRandom::fill(&random, &mut key)
                .map_err(|_| CommandError::new(anyhow!("there are no random bytes for pseudonyms")))?;
        }
    }
    Ok(Some(key))
}

/// Shows how far a collection is: on a terminal a line that changes, else what the log level asks for.
struct Screen {
    level: LogLevel,
    bar: ProgressBar,
    started: std::sync::Mutex<Option<Instant>>,
    subscriptions: AtomicU64,
    resources: AtomicU64,
    gaps: AtomicU64,
    requests: AtomicU64,
    /// In milliseconds.
    throttled: AtomicU64,
}

impl Screen {
    fn new(level: LogLevel) -> Self {
        let quiet = level != LogLevel::Off
            || !std::io::stderr().is_terminal()
            || std::env::var_os("CI").is_some_and(|v| !v.is_empty());
        let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
        let bar = ProgressBar::with_draw_target(None, target);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}") {
            bar.set_style(style);
        }
        Self {
            level,
            bar,
            started: std::sync::Mutex::new(None),
            subscriptions: AtomicU64::new(0),
            resources: AtomicU64::new(0),
            gaps: AtomicU64::new(0),
            requests: AtomicU64::new(0),
            throttled: AtomicU64::new(0),
        }
    }

    fn begin(&self) {
        *self.started.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(Instant::now());
        self.bar.enable_steady_tick(Duration::from_millis(250));
    }

    fn end(&self) {
        self.bar.finish_and_clear();
        let started = *self.started.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let seconds = started.map_or(0.0, |s| s.elapsed().as_secs_f64());
        say(&format!("{} in {seconds:.1} s", self.line()));
    }

    fn line(&self) -> String {
        let get = |n: &AtomicU64| n.load(Ordering::Relaxed);
        let throttled = get(&self.throttled) as f64 / 1000.0;
        format!(
            "{} subscriptions, {} resources, {} requests, {throttled:.0} s throttled, {} gaps",
            get(&self.subscriptions),
            get(&self.resources),
            get(&self.requests),
            get(&self.gaps),
        )
    }

    fn show(&self) {
        let started = *self.started.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let seconds = started.map_or(0.0, |s| s.elapsed().as_secs_f64()).max(0.1);
        let rate = self.requests.load(Ordering::Relaxed) as f64 / seconds;
        self.bar.set_message(format!("{} ({rate:.0} requests/s)", self.line()));
    }

    fn log(&self, level: LogLevel, text: &str) {
        if level <= self.level {
            say(text);
        }
    }
}

impl Observer for Screen {
    fn sent(&self, call: &str) {
        self.requests.fetch_add(1, Ordering::Relaxed);
        self.log(LogLevel::Trace, &format!("sent {call}"));
        self.show();
    }

    fn answered(&self, call: &str, status: u16) {
        self.log(LogLevel::Debug, &format!("{status} {call}"));
    }

    fn waited(&self, why: &str, seconds: f64) {
        if why == "throttled" {
            self.throttled.fetch_add((seconds * 1000.0) as u64, Ordering::Relaxed);
        }
        let level = if seconds >= 10.0 { LogLevel::Info } else { LogLevel::Trace };
        self.log(level, &format!("waiting {seconds:.1} s: {why}"));
    }

    fn retried(&self, call: &str, why: &str) {
        self.log(LogLevel::Info, &format!("again {call}: {why}"));
    }
}

impl Progress for Screen {
    fn subscriptions(&self, count: usize) {
        self.subscriptions.store(count as u64, Ordering::Relaxed);
        self.show();
    }

    fn resources(&self, count: usize) {
        self.resources.store(count as u64, Ordering::Relaxed);
        self.show();
    }

    fn gaps(&self, count: usize) {
        self.gaps.store(count as u64, Ordering::Relaxed);
    }
}

/// Gaps by what they are about, worst first, for people: at most `most` lines.
pub(super) fn gap_lines(gaps: &[Gap], most: usize) -> Vec<String> {
    let mut by_cause: BTreeMap<(&str, &str), u64> = BTreeMap::new();
    for gap in gaps {
        // The call that was made and the thing that was refused differ each time.
        let cause = gap.detail.split_once(": ").map_or(gap.detail.as_str(), |(_, cause)| cause);
        let cause = cause.split_once(" over /").map_or(cause, |(cause, _)| cause);
        *by_cause.entry((gap.reason.as_str(), cause)).or_default() += 1;
    }
    let mut rows: Vec<_> = by_cause.into_iter().collect();
    rows.sort_by_key(|(cause, count)| (std::cmp::Reverse(*count), *cause));
    let more = rows.len().saturating_sub(most);
    let mut lines: Vec<String> = rows
        .into_iter()
        .take(most)
        .map(|((reason, detail), count)| format!("  {count} x {reason}: {detail}"))
        .collect();
    if more > 0 {
        lines.push(format!("  and {more} other causes, which the snapshot lists"));
    }
    lines
}
