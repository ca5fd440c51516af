//! Whether a control held from one time to another.
//!
//! It held only if every run that was expected is there, looked at the whole scope, and found the good state everywhere.
//! Anything else is said: fails, waived fails, unknowns, runs that are missing, partial, pruned, or judged nothing.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::history::query::{Clock, forward, run_before, runs, shown};
use crate::history::{History, HistoryError, Run, Schedule, State, policy, resource, series_id};
use crate::model::{MissingRuns, PolicyId, ResourceId};

type Result<T> = std::result::Result<T, HistoryError>;

/// The answer for the whole period, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Some run found a fail that no waiver lies over.
    Broken,
    /// No such fail was found, and not everything was looked at.
    NotShown,
    /// Every fail that was found lies under a waiver. The good state did not hold there.
    Waived,
    /// Every expected run looked at everything and found the good state.
    Held,
}

impl Answer {
    /// The word used in files and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Broken => "broken",
            Self::NotShown => "not_shown",
            Self::Waived => "waived",
            Self::Held => "held",
        }
    }
}

/// What a run says of the control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldState {
    /// The good state was found everywhere.
    Held,
    /// All fails lie under waivers.
    Waived,
    /// A fail lies under no waiver.
    Failed,
    /// Something is unknown.
    Unknown,
    /// Nothing was judged for the control.
    NotAssessed,
    /// The run read less than the scope holds.
    Partial,
    /// The findings of the run were pruned.
    Pruned,
}

impl HeldState {
    /// The word used in files and reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Waived => "waived",
            Self::Failed => "failed",
            Self::Unknown => "unknown",
            Self::NotAssessed => "not_assessed",
            Self::Partial => "partial",
            Self::Pruned => "pruned",
        }
    }

    fn answer(self) -> Answer {
        match self {
            Self::Held => Answer::Held,
            Self::Waived => Answer::Waived,
            Self::Failed => Answer::Broken,
            Self::Unknown | Self::NotAssessed | Self::Partial | Self::Pruned => Answer::NotShown,
        }
    }
}

/// Runs one after another that say the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stretch {
    /// The first of the runs, or the begin of the period when that run was before it.
    pub from: DateTime<Utc>,
    /// The next run that says something else, or the end of the period.
    pub to: DateTime<Utc>,
    /// What they say.
    pub state: HeldState,
    /// How many runs.
    pub runs: u64,
}

/// A finding that stood in the way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Obstacle {
    /// The policy.
    pub policy: PolicyId,
    /// The resource.
    pub resource: ResourceId,
    /// What it was: fail, unknown or not judged.
    pub state: State,
    /// The waiver that lies over it.
    pub waiver: Option<String>,
    /// The first run of it; it may lie before the period.
    pub from: DateTime<Utc>,
    /// The last run of it; nothing when it still is so.
    pub to: Option<DateTime<Utc>>,
}

/// A policy that served the control in the period.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Server {
    /// The policy.
    pub policy: PolicyId,
    /// The first run in which it did; it may lie before the period.
    pub from: DateTime<Utc>,
    /// The last run in which it did; nothing when it still does.
    pub to: Option<DateTime<Utc>>,
}

/// Whether a control held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Held {
    /// The series.
    pub series: String,
    /// The control.
    pub control: String,
    /// Its framework.
    pub framework: String,
    /// The begin of the period.
    pub from: DateTime<Utc>,
    /// Its end.
    pub to: DateTime<Utc>,
    /// The answer.
    pub answer: Answer,
    /// How many runs the schedule expects.
    pub expected: u64,
    /// How many are in the period.
    pub present: u64,
    /// Where runs are missing.
    pub missing: Vec<MissingRuns>,
    /// What the runs say, in order. The last run before the period speaks for its beginning, unless a run is at it.
    pub stretches: Vec<Stretch>,
    /// Findings that stood in the way, by policy, resource and time.
    pub obstacles: Vec<Obstacle>,
    /// The policies that served the control.
    pub policies: Vec<Server>,
    /// The times of runs that were judged by other policies, parameters or another profile than the run before.
    pub rules_changed: Vec<DateTime<Utc>>,
}

impl History {
    /// Answers whether a control held from `from` to `to`, with everything that stands against it. The schedule says how
    /// many runs there have to be. It speaks of the parts of the control that policies judge, never of the law.
    ///
    /// # Errors
    /// [`HistoryError`] when the period ends before it begins, the series or the control is not known, or the database
    /// refuses.
    pub fn held(
        &mut self,
        series: &str,
        control: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        schedule: &Schedule,
    ) -> Result<Held> {
        forward(from, to)?;
        self.db.read(|db| {
            let id = series_id(db, series)?;
            let rows = db.query(
                "SELECT id, framework FROM controls WHERE series = $1 AND name = $2",
                &[id.into(), control.into()],
            )?;
            let Some(row) = rows.first() else {
                let (series, control) = (series.to_owned(), control.to_owned());
                return Err(HistoryError::UnknownControl { series, control });
            };
            let (control_id, framework) = (row.int(0)?, row.text(1)?.to_owned());
            let clock = Clock::read(db, id)?;
            let (expected, missing) = schedule.missing(from, to, clock.times())?;

            let mut statuses = Vec::new();
            let rows = db.query(
                "SELECT first_run, last_run, state FROM statuses WHERE control = $1 ORDER BY first_run",
                &[control_id.into()],
            )?;
            for row in &rows {
                statuses.push((row.int(0)?, row.opt_int(1)?, row.int(2)?));
            }
            let within = runs(db, id, from, to)?;
            let present = within.len() as u64;
            // A run at the very beginning speaks for itself.
            let before =
                if within.first().is_some_and(|run| run.time == from) { None } else { run_before(db, id, from)? };
            let all: Vec<Run> = before.into_iter().chain(within).collect();
            let mut stretches: Vec<Stretch> = Vec::new();
            for run in &all {
                let state = state(run, &statuses);
                let at = run.time.max(from);
                if let Some(last) = stretches.last_mut() {
                    last.to = at;
                }
                match stretches.last_mut() {
                    Some(last) if last.state == state => last.runs += 1,
                    _ => stretches.push(Stretch { from: at, to: at, state, runs: 1 }),
                }
            }
            if let Some(last) = stretches.last_mut() {
                last.to = to;
            }
            let mut answer = stretches.iter().map(|s| s.state.answer()).min().unwrap_or(Answer::NotShown);
            if !missing.is_empty() || present == 0 {
                answer = answer.min(Answer::NotShown);
            }
            let rules_changed =
                all.windows(2).filter(|pair| pair[0].rules != pair[1].rules).map(|pair| pair[1].time).collect();

            let (mut obstacles, mut policies) = (Vec::new(), Vec::new());
            if let (Some(first), Some(last)) = (all.first(), all.last()) {
                let bounds = [control_id.into(), first.id.0.into(), last.id.0.into()];
                let rows = db.query(
                    "SELECT DISTINCT p.name, r.folded, r.name, i.state, i.waiver, i.first_run, i.last_run
                     FROM mappings m JOIN policies p ON p.id = m.policy JOIN findings f ON f.policy = m.policy
                     JOIN resources r ON r.id = f.resource JOIN intervals i ON i.finding = f.id
                     WHERE m.control = $1 AND i.state IN (1, 2, 4) AND i.first_run <= $3
                     AND (i.last_run IS NULL OR i.last_run >= $2) AND m.first_run <= COALESCE(i.last_run, $3)
                     AND (m.last_run IS NULL OR m.last_run >= i.first_run OR i.state = 4)
                     ORDER BY p.name, r.folded, i.first_run",
                    &bounds,
                )?;
                for row in &rows {
                    obstacles.push(Obstacle {
                        policy: policy(row.text(0)?)?,
                        resource: resource(row.text(2)?)?,
                        state: State::parse(row.int(3)?)?,
                        waiver: row.opt_text(4)?.map(str::to_owned),
                        from: clock.time(row.int(5)?)?,
                        to: row.opt_int(6)?.map(|run| clock.time(run)).transpose()?,
                    });
                }
                let rows = db.query(
                    "SELECT p.name, m.first_run, m.last_run FROM mappings m JOIN policies p ON p.id = m.policy
                     WHERE m.control = $1 AND m.first_run <= $3 AND (m.last_run IS NULL OR m.last_run >= $2)
                     ORDER BY p.name, m.first_run",
                    &bounds,
                )?;
                for row in &rows {
                    policies.push(Server {
                        policy: policy(row.text(0)?)?,
                        from: clock.time(row.int(1)?)?,
                        to: row.opt_int(2)?.map(|run| clock.time(run)).transpose()?,
                    });
                }
            }
            Ok(Held {
                series: series.to_owned(),
                control: control.to_owned(),
                framework,
                from,
                to,
                answer,
                expected,
                present,
                missing: missing.into_iter().map(shown).collect(),
                stretches,
                obstacles,
                policies,
                rules_changed,
            })
        })
    }
}

/// What a run says of a control whose statuses are given as first run, last run and code.
fn state(run: &Run, statuses: &[(i64, Option<i64>, i64)]) -> HeldState {
    if run.pruned {
        return HeldState::Pruned;
    }
    let at = statuses.partition_point(|(first, _, _)| *first <= run.id.0);
    let status = at.checked_sub(1).map(|at| statuses[at]).filter(|(_, last, _)| last.is_none_or(|l| l >= run.id.0));
    match status.map(|(_, _, code)| code) {
        Some(0) => HeldState::Failed,
        _ if run.partial => HeldState::Partial,
        Some(1) => HeldState::Unknown,
        Some(2) => HeldState::Waived,
        Some(3) => HeldState::Held,
        _ => HeldState::NotAssessed,
    }
}
