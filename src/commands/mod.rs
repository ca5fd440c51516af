//! One file for each subcommand; the only place where stages meet, files are opened and the clock is read.

mod azure;
mod collect;
mod diff;
mod evidence;
mod explain;
mod fix;
mod framework;
mod history;
mod link;
mod notify;
mod output;
mod policy;
mod policy_docs;
mod preflight;
mod profile;
mod runs;
mod scan;
mod signing;
mod source;
mod sweep;
mod watch;

use std::fmt;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::CommandFactory;

use crate::cli::{Cli, Command, PolicyArgs};
use crate::model::{Assessment, PolicySet};
use crate::policy::{Sources, load, texts};

/// The exit code of usage and fatal errors.
pub const FATAL: u8 = 2;

/// An error as it is shown: what happened, and what to do about it.
pub struct CommandError {
    error: anyhow::Error,
    hint: Option<String>,
}

impl CommandError {
    fn new(error: impl Into<anyhow::Error>) -> Self {
        Self { error: error.into(), hint: None }
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl<E: Into<anyhow::Error>> From<E> for CommandError {
    fn from(error: E) -> Self {
        Self::new(error)
    }
}

impl fmt::Display for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // File names and ids come from outside: nothing of them may steer the terminal.
        let text = self.error.to_string();
        for (at, line) in text.lines().enumerate() {
            let start = if at == 0 { "error: " } else { "\n       " };
            write!(f, "{start}{}", output::printable(line))?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\nhint: {}", output::printable(hint))?;
        }
        Ok(())
    }
}

impl fmt::Debug for CommandError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

type Outcome = Result<u8, CommandError>;

/// Runs a command and gives its exit code. Results go to standard output, everything else to standard error.
///
/// # Errors
/// [`CommandError`] when the command could not do what it was asked to.
pub fn run(cli: Cli) -> Outcome {
    match cli.command {
        Command::Scan(args) => scan::scan(&args),
        Command::Collect(args) => collect::collect(&args),
        Command::Preflight(args) => preflight::preflight(&args),
        Command::Evaluate(args) => scan::evaluate(&args),
        Command::Fix(args) => fix::fix(&args),
        Command::Report(args) => output::report(&args),
        Command::Diff(args) => diff::diff(&args),
        Command::Policy(command) => policy::policy(command),
        Command::Framework(command) => framework::framework(command),
        Command::Profile(command) => profile::profile(command),
        Command::History(command) => history::history(command),
        Command::Sweep(args) => sweep::sweep(&args),
        Command::Evidence(command) => evidence::evidence(command),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "assize", &mut script);
            print(&script)
        }
        Command::Worker => scan::worker(),
    }
}

/// Writes to standard output. A reader that has gone away is not an error.
fn print(bytes: &[u8]) -> Outcome {
    let mut out = std::io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(CommandError::new(error)),
        _ => Ok(0),
    }
}

/// Writes lines of text to standard output, each made fit for a terminal.
fn print_lines(text: &str) -> Outcome {
    let lines: String = text.lines().map(|line| output::printable(line) + "\n").collect();
    print(lines.as_bytes())
}

/// Says something on standard error.
fn say(text: &str) {
    let _ = writeln!(std::io::stderr(), "{}", output::printable(text));
}

fn load_policies(args: &PolicyArgs) -> Result<PolicySet, CommandError> {
    load_policies_with(args, &[])
}

/// Loads policies, with the frameworks that the settings name; `more` are their files.
fn load_policies_with(args: &PolicyArgs, more: &[PathBuf]) -> Result<PolicySet, CommandError> {
    Ok(load(&policy_sources(args, more)?, args.embedded || args.folders.is_empty())?)
}

fn policy_sources(args: &PolicyArgs, more: &[PathBuf]) -> Result<Vec<Sources>, CommandError> {
    let mut sources = Vec::new();
    for folder in &args.folders {
        sources.push(Sources::read(folder)?);
    }
    for file in args.frameworks.iter().chain(more) {
        sources.push(Sources::framework(file)?);
    }
    Ok(sources)
}

/// The files of the set that [`load_policies_with`] loads.
fn policy_texts(args: &PolicyArgs, more: &[PathBuf]) -> Result<Vec<(String, String)>, CommandError> {
    Ok(texts(&policy_sources(args, more)?, args.embedded || args.folders.is_empty())?)
}

/// The largest assessment that is read, in bytes.
const MAX_ASSESSMENT_BYTES: u64 = 4 << 30;

fn read_assessment(path: &Path) -> Result<Assessment, CommandError> {
    let shown = path.display();
    let text = read_text(path, MAX_ASSESSMENT_BYTES)?;
    let assessment: Assessment = serde_json::from_str(&text).map_err(|e| {
        CommandError::new(anyhow::anyhow!("{shown}:{}: not an assessment: {e}", e.line()))
            .hint("an assessment is what `assize evaluate` writes")
    })?;
    if assessment.schema != crate::model::ASSESSMENT_SCHEMA {
        return Err(CommandError::new(anyhow::anyhow!(
            "{shown}: the schema is {:?}, and this version reads {:?}",
            assessment.schema,
            crate::model::ASSESSMENT_SCHEMA
        )));
    }
    Ok(assessment)
}

fn read_text(path: &Path, limit: u64) -> Result<String, CommandError> {
    use std::io::Read;
    let shown = path.display();
    let io = |e: std::io::Error| CommandError::new(anyhow::anyhow!("cannot read {shown}: {e}"));
    let mut bytes = Vec::new();
    std::fs::File::open(path).map_err(io)?.take(limit + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > limit {
        return Err(CommandError::new(anyhow::anyhow!("{shown} is larger than {limit} bytes")));
    }
    String::from_utf8(bytes).map_err(|_| CommandError::new(anyhow::anyhow!("{shown} is not UTF-8")))
}
