//! Assessments over time: takes the assessments of scheduled runs, keeps each finding as intervals of runs, and answers
//! when something was first seen, how long it took to mend it, and whether a control held.
//!
//! A store is a file (SQLite) or a PostgreSQL database. It holds series; the runs of one series judge the same scope, one
//! after another. What a run did not look at is *not judged*, never gone and never mended. Reads no clock.

mod database;
mod episodes;
mod held;
mod prune;
mod query;
mod record;
mod schedule;
mod schema;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;

use crate::model::{ControlStatus, PolicyId, ResourceId, Verdict};

pub use held::{Answer, Held, HeldState, Obstacle, Server, Stretch};
pub use prune::Pruning;
pub use query::{Filter, FindingHistory, FixTimes, Group, Presence, Run, SeriesEntry};
pub use record::{Recorded, RunInfo};
pub use schedule::Schedule;
pub use schema::HISTORY_SCHEMA;

use database::Database;

/// Why the store could not do what was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HistoryError {
    /// The file or the server cannot be reached.
    #[error("cannot open the history {place}: {message}")]
    Open {
        /// The file or the database.
        place: String,
        /// What went wrong.
        message: String,
    },
    /// The URL of a server is malformed.
    #[error("the URL of the history is malformed: {0}; write postgres://USER@HOST/DATABASE")]
    Url(String),
    /// Something else is stored there.
    #[error("{0} is not a history of assize: it holds tables of another program")]
    NotAHistory(String),
    /// Nothing is stored there.
    #[error("there is no history in {0}; `assize history record` starts one")]
    Empty(String),
    /// A newer version wrote it.
    #[error("the history {place} has version {found}, and this version of assize knows {known}; use a newer assize")]
    TooNew {
        /// The file or the database.
        place: String,
        /// Its version.
        found: i64,
        /// The newest that is known.
        known: i64,
    },
    /// Runs are recorded in order of time.
    #[error(
        "the assessment is of {time}, and the series {series:?} has a run of {last} already; record runs in order, or under another series"
    )]
    Earlier {
        /// The series.
        series: String,
        /// The time of the assessment.
        time: String,
        /// The time of the last run.
        last: String,
    },
    /// The assessment contradicts itself.
    #[error("the assessment cannot be recorded: {0}")]
    Inconsistent(String),
    /// The name of a series cannot be used.
    #[error("the series {0:?} needs a name of 1 to 200 characters without control characters")]
    SeriesName(String),
    /// There is no such series.
    #[error("there is no series {name:?}; there are: {known}")]
    UnknownSeries {
        /// The name that was asked for.
        name: String,
        /// Those there are.
        known: String,
    },
    /// No run knows the control.
    #[error("no run of the series {series:?} has a policy that serves the control {control:?}")]
    UnknownControl {
        /// The series.
        series: String,
        /// The control.
        control: String,
    },
    /// A period ends before it begins.
    #[error("the period ends on {to}, before it begins on {from}")]
    Backwards {
        /// Its begin.
        from: String,
        /// Its end.
        to: String,
    },
    /// A schedule cannot be understood.
    #[error("the schedule {text:?}: {message}; write a cron expression of five fields in UTC, or 30m, 24h, 7d")]
    Schedule {
        /// The text.
        text: String,
        /// What is wrong.
        message: String,
    },
    /// Nothing can be pruned.
    #[error("cannot prune: {0}")]
    Prune(String),
    /// The database refuses.
    #[error("the history: {0}")]
    Database(String),
    /// The tables hold what was never written.
    #[error("the history is damaged: {0}")]
    Damaged(String),
}

/// The number of a run, unique in its store and rising with time within a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct RunId(pub i64);

/// What held of a finding in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// As the verdict of that name.
    Pass,
    /// As the verdict of that name, waived ones included.
    Fail,
    /// As the verdict of that name.
    Unknown,
    /// As the verdict of that name.
    NotApplicable,
    /// It was there before, and the run did not look: it was partial, or did not evaluate the policy.
    NotJudged,
}

impl State {
    /// The word used in files and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::Unknown => "unknown",
            Self::NotApplicable => "not_applicable",
            Self::NotJudged => "not_judged",
        }
    }

    fn code(self) -> i64 {
        match self {
            Self::Pass => 0,
            Self::Fail => 1,
            Self::Unknown => 2,
            Self::NotApplicable => 3,
            Self::NotJudged => 4,
        }
    }

    fn parse(code: i64) -> Result<Self, HistoryError> {
        Ok(match code {
            0 => Self::Pass,
            1 => Self::Fail,
            2 => Self::Unknown,
            3 => Self::NotApplicable,
            4 => Self::NotJudged,
            _ => return Err(HistoryError::Damaged(format!("there is no state {code}"))),
        })
    }
}

impl From<Verdict> for State {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Pass => Self::Pass,
            Verdict::Fail => Self::Fail,
            Verdict::Unknown => Self::Unknown,
            Verdict::NotApplicable => Self::NotApplicable,
        }
    }
}

/// A store.
pub struct History {
    db: Database,
    place: String,
}

impl History {
    /// Opens a store. `place` is a file, or a URL that begins with `postgres://` or `postgresql://`; `password` is used where
    /// the URL holds none. With `create` a store that is not there is made. A store of an earlier version is brought to
    /// this one.
    ///
    /// # Errors
    /// [`HistoryError`] when the place cannot be reached, holds something else, or was written by a newer version.
    pub fn open(place: &str, password: Option<&str>, create: bool) -> Result<Self, HistoryError> {
        let is_url = place.starts_with("postgres://") || place.starts_with("postgresql://");
        let shown = if is_url { "the PostgreSQL database" } else { place };
        let mut db = if is_url { Database::postgres(place, password)? } else { Database::sqlite(place, create)? };
        schema::prepare(&mut db, shown, create)?;
        Ok(Self { db, place: shown.to_owned() })
    }

    /// Where the store is, for people; never a password.
    pub fn place(&self) -> &str {
        &self.place
    }
}

/// The id of a series.
fn series_id(db: &mut Database, name: &str) -> Result<i64, HistoryError> {
    if let Some(row) = db.query("SELECT id FROM series WHERE name = $1", &[name.into()])?.first() {
        return row.int(0);
    }
    let rows = db.query("SELECT name FROM series ORDER BY id", &[])?;
    let known = rows.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>()?.join(", ");
    Err(HistoryError::UnknownSeries { name: name.to_owned(), known })
}

/// A time as it is kept.
fn micros(time: DateTime<Utc>) -> i64 {
    time.timestamp_micros()
}

/// A kept time.
fn time(micros: i64) -> Result<DateTime<Utc>, HistoryError> {
    DateTime::from_timestamp_micros(micros).ok_or_else(|| HistoryError::Damaged(format!("{micros} is no time")))
}

/// A time as it is written.
fn written(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}

fn policy(text: &str) -> Result<PolicyId, HistoryError> {
    PolicyId::parse(text).map_err(|e| HistoryError::Damaged(format!("the policy {text:?}: {e}")))
}

fn resource(text: &str) -> Result<ResourceId, HistoryError> {
    ResourceId::parse(text).map_err(|e| HistoryError::Damaged(format!("the resource {text:?}: {e}")))
}

fn control_status(word: &str) -> Result<ControlStatus, HistoryError> {
    use ControlStatus::{Findings, Incomplete, NoFindings, NotAssessed};
    [Findings, Incomplete, NoFindings, NotAssessed]
        .into_iter()
        .find(|s| s.as_str() == word)
        .ok_or_else(|| HistoryError::Damaged(format!("there is no status {word:?}")))
}
