//! Retention: takes old runs out of the store and keeps a record of what was taken out.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::history::database::{Database, Value};
use crate::history::record::next_id;
use crate::history::{History, HistoryError, micros, series_id, time};

/// What was taken out of a series at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pruning {
    /// When.
    pub time: DateTime<Utc>,
    /// Why.
    pub reason: String,
    /// How many runs. Their times and digests stay.
    pub runs: u64,
    /// The time of the first one.
    pub first: DateTime<Utc>,
    /// The time of the last one.
    pub last: DateTime<Utc>,
    /// How many intervals of findings.
    pub intervals: u64,
    /// How many findings of which nothing is left.
    pub findings: u64,
}

impl History {
    /// Takes out the runs of a series that are of a time before `before`; `at` is now. The last run always stays. What began
    /// before and still held in a run that stays is kept with its beginning. Of a run that was taken out its time, its digest
    /// and the pruning stay, so that nobody takes the absence of data for the absence of runs. Gives nothing when there is
    /// nothing to take out.
    ///
    /// # Errors
    /// [`HistoryError`] when the series is not there, the reason is empty, or the database refuses.
    pub fn prune(
        &mut self,
        series: &str,
        before: DateTime<Utc>,
        reason: &str,
        at: DateTime<Utc>,
    ) -> Result<Option<Pruning>, HistoryError> {
        if reason.trim().is_empty() {
            return Err(HistoryError::Prune("say why: the reason is kept with what was pruned".to_owned()));
        }
        let reason = reason.replace('\0', "\u{fffd}");
        let pruned = self.db.write(|db| prune(db, series, micros(before), &reason, at))?;
        if pruned.is_some()
            && let Database::Sqlite(_) = self.db
        {
            // Gives the room back. What is pruned is gone already.
            self.db.batch("VACUUM")?;
        }
        Ok(pruned)
    }

    /// Everything that was taken out of a series, in order.
    ///
    /// # Errors
    /// [`HistoryError`] when the series is not there or the database refuses.
    pub fn prunings(&mut self, series: &str) -> Result<Vec<Pruning>, HistoryError> {
        self.db.read(|db| {
            let id = series_id(db, series)?;
            let rows = db.query(
                "SELECT time, reason, runs, first_time, last_time, intervals, findings FROM prunings
                 WHERE series = $1 ORDER BY id",
                &[id.into()],
            )?;
            let pruning = |row: &crate::history::database::Row| {
                Ok(Pruning {
                    time: time(row.int(0)?)?,
                    reason: row.text(1)?.to_owned(),
                    runs: row.count(2)?,
                    first: time(row.int(3)?)?,
                    last: time(row.int(4)?)?,
                    intervals: row.count(5)?,
                    findings: row.count(6)?,
                })
            };
            rows.iter().map(pruning).collect()
        })
    }
}

fn prune(
    db: &mut Database,
    series: &str,
    before: i64,
    reason: &str,
    at: DateTime<Utc>,
) -> Result<Option<Pruning>, HistoryError> {
    let id = series_id(db, series)?;
    let old = db.query(
        "SELECT id, time FROM runs WHERE series = $1 AND time < $2 AND pruned IS NULL
         AND id < (SELECT MAX(id) FROM runs WHERE series = $1) ORDER BY id",
        &[id.into(), before.into()],
    )?;
    let (Some(first), Some(last)) = (old.first(), old.last()) else { return Ok(None) };
    let (first, last_id, last) = (time(first.int(1)?)?, last.int(0)?, time(last.int(1)?)?);
    let bound: [Value<'_>; 2] = [id.into(), last_id.into()];
    let of_series = "SELECT f.id FROM findings f JOIN policies p ON p.id = f.policy WHERE p.series = $1";
    let intervals =
        db.execute(&format!("DELETE FROM intervals WHERE last_run <= $2 AND finding IN ({of_series})"), &bound)?;
    for (table, column, owner) in [("statuses", "control", "controls"), ("mappings", "control", "controls")] {
        let owners = format!("SELECT id FROM {owner} WHERE series = $1");
        db.execute(&format!("DELETE FROM {table} WHERE last_run <= $2 AND {column} IN ({owners})"), &bound)?;
    }
    let runs = "SELECT id FROM runs WHERE series = $1 AND id <= $2";
    db.execute(&format!("DELETE FROM counts WHERE run IN ({runs})"), &bound)?;
    let findings = db.execute(
        &format!(
            "DELETE FROM findings WHERE id IN ({of_series})
             AND NOT EXISTS (SELECT 1 FROM intervals i WHERE i.finding = findings.id)"
        ),
        &[id.into()],
    )?;
    db.execute(
        "DELETE FROM resources WHERE series = $1
         AND NOT EXISTS (SELECT 1 FROM findings f WHERE f.resource = resources.id)",
        &[id.into()],
    )?;
    let pruning = next_id(db, "prunings")?;
    let count = |n: u64| Value::Int(i64::try_from(n).unwrap_or(i64::MAX));
    let columns = ["id", "series", "time", "reason", "runs", "first_time", "last_time", "intervals", "findings"];
    let row = vec![
        pruning.into(),
        id.into(),
        micros(at).into(),
        reason.into(),
        count(old.len() as u64),
        micros(first).into(),
        micros(last).into(),
        count(intervals),
        count(findings),
    ];
    db.insert("prunings", &columns, &[row])?;
    db.execute(
        "UPDATE runs SET pruned = $3, label = '', resources = 0, judged = 0, gaps = 0, appeared = 0, fixed = 0,
         newly_unknown = 0, gone = 0 WHERE series = $1 AND id <= $2 AND pruned IS NULL",
        &[id.into(), last_id.into(), pruning.into()],
    )?;
    Ok(Some(Pruning { time: at, reason: reason.to_owned(), runs: old.len() as u64, first, last, intervals, findings }))
}
