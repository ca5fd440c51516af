//! Policy files → `PolicySet`: metadata, frameworks, cases, scaffold. Takes files, gives typed nouns or the file
//! and line that is wrong. Knows nothing of how Rego is evaluated.

mod case;
mod changes;
mod coverage;
mod example;
mod framework;
mod library;
mod metadata;
mod parameters;
mod profile;
mod scaffold;

use std::path::PathBuf;

pub use case::{Case, parse_cases};
pub use changes::{Changes, changes, stamps};
pub use coverage::{Answer, Answered, answers, totals};
pub use example::examples;
pub use library::{EMBEDDED_NAME, Sources, load, merge, texts};
pub use metadata::parse_metadata;
pub use parameters::{Layer, Told, check_value, effective_parameters, layered_parameters, told};
pub use profile::{MAX_PROFILE_BYTES, find_profile, resolve_profile};
pub use scaffold::{NewPolicy, scaffold};

/// What is wrong with the policies, one entry for each place.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// A file or folder cannot be read.
    #[error("cannot read {path}: {source}")]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// Files are wrong.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Problems(Vec<Problem>),
}

/// Something wrong in a policy file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// What is wrong and what to do.
    pub what: String,
}

impl Problem {
    /// Makes a problem.
    pub fn new(path: &str, line: usize, what: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: u32::try_from(line).unwrap_or(u32::MAX), what: what.into() }
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.path, self.line, self.what)
    }
}
