//! Takes an assessment into the store: closes the intervals that ended, opens those that begin.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::Write;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::history::database::{Database, Value};
use crate::history::{History, HistoryError, RunId, State, micros, time, written};
use crate::model::{Assessment, ControlStatus, Finding, Severity, Summary, hex};

type Result<T> = std::result::Result<T, HistoryError>;

/// What is kept of a run besides its assessment.
#[derive(Debug, Clone, Copy)]
pub struct RunInfo<'a> {
    /// The series: runs over the same scope.
    pub series: &'a str,
    /// When it is recorded.
    pub recorded: DateTime<Utc>,
    /// Who or what ran it, for people; may be empty.
    pub label: &'a str,
}

/// What became of a recording.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// The run.
    pub run: RunId,
    /// SHA-256 of the assessment, hex.
    pub digest: String,
    /// Whether the series held this assessment before; then nothing was changed.
    pub already: bool,
}

/// Feeds what is written to a digest.
struct Hashing(Sha256);

impl Write for Hashing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// SHA-256 over a value as JSON on one line.
fn digest(value: &impl Serialize) -> Result<String> {
    let mut hashing = Hashing(Sha256::new());
    serde_json::to_writer(&mut hashing, value).map_err(|e| HistoryError::Inconsistent(e.to_string()))?;
    Ok(hex(&hashing.0.finalize()))
}

fn parse_time(field: &str, text: &str) -> Result<DateTime<Utc>> {
    let parsed = DateTime::parse_from_rfc3339(text);
    parsed.map(|t| t.to_utc()).map_err(|e| HistoryError::Inconsistent(format!("{field} is {text:?}: {e}")))
}

/// PostgreSQL keeps no NUL in texts.
fn clean(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

impl History {
    /// Records an assessment as the next run of a series: all of it or nothing. Once this returns, the run survives the end
    /// of the process. An assessment that the series holds already changes nothing.
    ///
    /// The time of the run is when the facts were read, else when they were judged.
    ///
    /// # Errors
    /// [`HistoryError::Earlier`] when the series has a later run; others when the assessment contradicts itself or the
    /// database refuses.
    pub fn record(&mut self, assessment: &Assessment, info: &RunInfo<'_>) -> Result<Recorded> {
        let name = info.series;
        if name.is_empty() || name.chars().count() > 200 || name.chars().any(char::is_control) {
            return Err(HistoryError::SeriesName(name.to_owned()));
        }
        let at = match &assessment.snapshot.taken {
            Some(taken) => parse_time("snapshot.taken", taken)?,
            None => parse_time("evaluated_at", &assessment.evaluated_at)?,
        };
        let digest = digest(assessment)?;
        self.db.write(|db| {
            let series = start_series(db, name)?;
            let known = db.query(
                "SELECT id FROM runs WHERE series = $1 AND digest = $2",
                &[series.into(), digest.as_str().into()],
            )?;
            if let Some(row) = known.first() {
                return Ok(Recorded { run: RunId(row.int(0)?), digest: digest.clone(), already: true });
            }
            let last =
                db.query("SELECT id, time FROM runs WHERE series = $1 ORDER BY id DESC LIMIT 1", &[series.into()])?;
            let previous = last.first().map(|row| Ok::<_, HistoryError>((row.int(0)?, row.int(1)?))).transpose()?;
            if let Some((_, last)) = previous
                && micros(at) < last
            {
                return Err(HistoryError::Earlier {
                    series: name.to_owned(),
                    time: written(at),
                    last: written(time(last)?),
                });
            }
            let run = next_id(db, "runs")?;
            let mut recording = Recording { db, series, run, previous: previous.map_or(run, |(id, _)| id) };
            recording.start(assessment, info, at, &digest)?;
            recording.all(assessment)?;
            Ok(Recorded { run: RunId(run), digest: digest.clone(), already: false })
        })
    }
}

fn start_series(db: &mut Database, name: &str) -> Result<i64> {
    if let Some(row) = db.query("SELECT id FROM series WHERE name = $1", &[name.into()])?.first() {
        return row.int(0);
    }
    let id = next_id(db, "series")?;
    db.insert("series", &["id", "name"], &[vec![id.into(), name.into()]])?;
    Ok(id)
}

/// The next free id. Writers are one after another, so nobody else takes it.
pub(super) fn next_id(db: &mut Database, table: &str) -> Result<i64> {
    let rows = db.query(&format!("SELECT COALESCE(MAX(id), 0) FROM {table}"), &[])?;
    Ok(rows.first().map_or(Ok(0), |row| row.int(0))? + 1)
}

/// An interval that still holds.
struct Open {
    first: i64,
    state: State,
    waiver: Option<String>,
}

struct Recording<'a> {
    db: &'a mut Database,
    series: i64,
    run: i64,
    /// The run before; the run itself when it is the first one.
    previous: i64,
}

impl Recording<'_> {
    fn start(&mut self, a: &Assessment, info: &RunInfo<'_>, at: DateTime<Utc>, digest: &str) -> Result<()> {
        let rules = self::digest(&(&a.policy_set.sha256, &a.parameters, &a.profile))?;
        let (label, snapshot, policies) = (clean(info.label), clean(&a.snapshot.sha256), clean(&a.policy_set.sha256));
        let judged = a.resources.iter().filter(|r| r.policies > 0).count();
        let number = |n: usize| Value::Int(i64::try_from(n).unwrap_or(i64::MAX));
        let row = vec![
            self.run.into(),
            self.series.into(),
            digest.into(),
            micros(at).into(),
            micros(info.recorded).into(),
            label.as_str().into(),
            snapshot.as_str().into(),
            policies.as_str().into(),
            rules.as_str().into(),
            i64::from(a.snapshot.partial).into(),
            a.gate.outcome.as_str().into(),
            number(a.resources.len()),
            number(judged),
            number(a.gaps.len()),
            0.into(),
            0.into(),
            0.into(),
            0.into(),
        ];
        self.db.insert(
            "runs",
            &[
                "id",
                "series",
                "digest",
                "time",
                "recorded",
                "label",
                "snapshot",
                "policies",
                "rules",
                "partial",
                "gate",
                "resources",
                "judged",
                "gaps",
                "appeared",
                "fixed",
                "newly_unknown",
                "gone",
            ],
            &[row],
        )
    }

    fn all(&mut self, a: &Assessment) -> Result<()> {
        let policies = self.policies(a)?;
        let resources = self.resources(a)?;
        self.findings(a, &policies, &resources)?;
        self.controls(a, &policies)?;
        self.counts(a)
    }

    /// Brings the policies up to date and gives their ids by name.
    fn policies(&mut self, a: &Assessment) -> Result<HashMap<String, i64>> {
        let rows =
            self.db.query("SELECT name, id, severity, title FROM policies WHERE series = $1", &[self.series.into()])?;
        let mut known = HashMap::new();
        let mut ids = HashMap::new();
        for row in &rows {
            ids.insert(row.text(0)?.to_owned(), row.int(1)?);
            known.insert(row.int(1)?, (row.text(2)?.to_owned(), row.text(3)?.to_owned()));
        }
        let mut next = next_id(self.db, "policies")?;
        for meta in &a.policies {
            let (name, severity, title) = (meta.id.as_str(), meta.severity.as_str(), clean(&meta.title));
            if !ids.contains_key(name) {
                // A policy that was renamed goes on under its new name. The old name is free only if it is not in use.
                let old = meta.aliases.iter().find(|old| ids.contains_key(old.as_str()) && a.policy(old).is_none());
                if let Some((old, id)) = old.and_then(|old| ids.remove_entry(old.as_str())) {
                    self.db.execute("UPDATE policies SET name = $1 WHERE id = $2", &[name.into(), id.into()])?;
                    let rename = vec![id.into(), old.as_str().into(), self.run.into()];
                    self.db.insert("renames", &["policy", "was", "run"], &[rename])?;
                    ids.insert(name.to_owned(), id);
                }
            }
            if let Some(id) = ids.get(name) {
                if known.get(id).is_none_or(|(s, t)| s != severity || *t != title) {
                    self.db.execute(
                        "UPDATE policies SET severity = $1, title = $2 WHERE id = $3",
                        &[severity.into(), title.as_str().into(), (*id).into()],
                    )?;
                }
            } else {
                let row = vec![next.into(), self.series.into(), name.into(), severity.into(), title.as_str().into()];
                self.db.insert("policies", &["id", "series", "name", "severity", "title"], &[row])?;
                ids.insert(name.to_owned(), next);
                next += 1;
            }
        }
        Ok(ids)
    }

    /// Brings the resources up to date and gives their ids by key.
    fn resources(&mut self, a: &Assessment) -> Result<HashMap<String, i64>> {
        let rows =
            self.db.query("SELECT folded, id, domain FROM resources WHERE series = $1", &[self.series.into()])?;
        let mut ids = HashMap::new();
        let mut domains = HashMap::new();
        for row in &rows {
            ids.insert(row.text(0)?.to_owned(), row.int(1)?);
            domains.insert(row.int(1)?, row.opt_text(2)?.map(str::to_owned));
        }
        let mut next = next_id(self.db, "resources")?;
        let mut new = Vec::new();
        let judged: HashSet<&str> = a.findings.iter().map(|f| f.resource.key()).collect();
        for entry in a.resources.iter().filter(|r| judged.contains(r.id.key())) {
            let domain = entry.context.get("domain").map(|d| clean(d));
            match ids.get(entry.id.key()) {
                Some(id) if domains.get(id) == Some(&domain) => {}
                Some(id) => {
                    self.db.execute(
                        "UPDATE resources SET domain = $1 WHERE id = $2",
                        &[domain.as_deref().into(), (*id).into()],
                    )?;
                }
                None => {
                    new.push((next, entry.id.key(), entry.id.as_str(), domain));
                    ids.insert(entry.id.key().to_owned(), next);
                    domains.insert(next, None);
                    next += 1;
                }
            }
        }
        let rows: Vec<Vec<Value<'_>>> = new
            .iter()
            .map(|(id, key, name, domain)| {
                vec![(*id).into(), self.series.into(), (*key).into(), (*name).into(), domain.as_deref().into()]
            })
            .collect();
        self.db.insert("resources", &["id", "series", "folded", "name", "domain"], &rows)?;
        Ok(ids)
    }

    fn findings(
        &mut self,
        a: &Assessment,
        policies: &HashMap<String, i64>,
        resources: &HashMap<String, i64>,
    ) -> Result<()> {
        let mut ids: HashMap<(i64, i64), i64> = HashMap::new();
        let mut open: BTreeMap<i64, (Open, i64)> = BTreeMap::new();
        let rows = self.db.query(
            "SELECT f.policy, f.resource, f.id, i.first_run, i.state, i.waiver FROM findings f
             JOIN policies p ON p.id = f.policy LEFT JOIN intervals i ON i.finding = f.id AND i.last_run IS NULL
             WHERE p.series = $1",
            &[self.series.into()],
        )?;
        for row in &rows {
            ids.insert((row.int(0)?, row.int(1)?), row.int(2)?);
            if let Some(first) = row.opt_int(3)? {
                let waiver = row.opt_text(5)?.map(str::to_owned);
                let interval = Open { first, state: State::parse(row.int(4)?)?, waiver };
                open.insert(row.int(2)?, (interval, row.int(0)?));
            }
        }
        let mut next = next_id(self.db, "findings")?;
        let (mut new, mut begins, mut ends) = (Vec::new(), Vec::new(), Vec::new());
        let (mut appeared, mut fixed, mut newly_unknown, mut gone) = (0i64, 0i64, 0i64, 0i64);
        let mut seen = HashSet::new();
        for finding in &a.findings {
            let missing = |what: &str| {
                let (policy, resource) = (&finding.policy, finding.resource.as_str());
                HistoryError::Inconsistent(format!(
                    "the finding of {policy} on {resource:?} names a {what} that it does not list"
                ))
            };
            if a.policy(&finding.policy).is_none() {
                return Err(missing("policy"));
            }
            let policy = *policies.get(finding.policy.as_str()).ok_or_else(|| missing("policy"))?;
            if a.resource(&finding.resource).is_none() {
                return Err(missing("resource"));
            }
            let resource = *resources.get(finding.resource.key()).ok_or_else(|| missing("resource"))?;
            let id = *ids.entry((policy, resource)).or_insert_with(|| {
                new.push(vec![Value::Int(next), policy.into(), resource.into()]);
                next += 1;
                next - 1
            });
            if !seen.insert(id) {
                let (policy, resource) = (&finding.policy, finding.resource.as_str());
                return Err(HistoryError::Inconsistent(format!("it holds two findings of {policy} on {resource:?}")));
            }
            let state = State::from(finding.verdict);
            let waiver = if state == State::Fail { finding.waiver.as_deref().map(clean) } else { None };
            let before = open.remove(&id).map(|(interval, _)| interval);
            let was = before.as_ref().map(|b| b.state);
            match (state, was) {
                (State::Fail, was) => appeared += i64::from(was != Some(State::Fail)),
                (State::Unknown, was) => newly_unknown += i64::from(was != Some(State::Unknown)),
                (_, Some(State::Fail)) => fixed += 1,
                _ => {}
            }
            if let Some(before) = before {
                if before.state == state && before.waiver == waiver {
                    continue;
                }
                self.end(&mut ends, id, before.first)?;
            }
            begins.push((id, state, waiver));
        }
        // What is not there: the run did not look, or the resource is gone.
        let evaluated: HashSet<i64> =
            a.policies.iter().filter_map(|meta| policies.get(meta.id.as_str()).copied()).collect();
        for (id, (before, policy)) in open {
            let looked = !a.snapshot.partial && evaluated.contains(&policy);
            if !looked && before.state == State::NotJudged {
                continue;
            }
            self.end(&mut ends, id, before.first)?;
            if !looked {
                begins.push((id, State::NotJudged, None));
            } else if matches!(before.state, State::Fail | State::Unknown) {
                gone += 1;
            }
        }
        self.db.insert("findings", &["id", "policy", "resource"], &new)?;
        self.db.close("intervals", "finding", self.previous, &ends)?;
        let rows: Vec<Vec<Value<'_>>> = begins
            .iter()
            .map(|(id, state, waiver)| {
                vec![(*id).into(), self.run.into(), state.code().into(), waiver.as_deref().into()]
            })
            .collect();
        self.db.insert("intervals", &["finding", "first_run", "state", "waiver"], &rows)?;
        self.db.execute(
            "UPDATE runs SET appeared = $1, fixed = $2, newly_unknown = $3, gone = $4 WHERE id = $5",
            &[appeared.into(), fixed.into(), newly_unknown.into(), gone.into(), self.run.into()],
        )?;
        Ok(())
    }

    /// Notes that an interval ended with the run before.
    fn end(&self, ends: &mut Vec<i64>, id: i64, first: i64) -> Result<()> {
        if first > self.previous {
            return Err(HistoryError::Damaged(format!("an interval begins with run {first}, which is not recorded")));
        }
        ends.push(id);
        Ok(())
    }

    /// Keeps where controls stand, and which policies serve them.
    fn controls(&mut self, a: &Assessment, policies: &HashMap<String, i64>) -> Result<()> {
        let rows = self.db.query("SELECT name, id FROM controls WHERE series = $1", &[self.series.into()])?;
        let mut ids: HashMap<String, i64> = HashMap::new();
        for row in &rows {
            ids.insert(row.text(0)?.to_owned(), row.int(1)?);
        }
        let rows = self.db.query(
            "SELECT s.control, s.state FROM statuses s JOIN controls c ON c.id = s.control
             WHERE c.series = $1 AND s.last_run IS NULL",
            &[self.series.into()],
        )?;
        let mut open: BTreeMap<i64, i64> = BTreeMap::new();
        for row in &rows {
            open.insert(row.int(0)?, row.int(1)?);
        }
        let rows = self.db.query(
            "SELECT m.policy, m.control, m.id FROM mappings m JOIN controls c ON c.id = m.control
             WHERE c.series = $1 AND m.last_run IS NULL",
            &[self.series.into()],
        )?;
        let mut served: BTreeMap<(i64, i64), i64> = BTreeMap::new();
        for row in &rows {
            served.insert((row.int(0)?, row.int(1)?), row.int(2)?);
        }
        let mut next = next_id(self.db, "controls")?;
        let mut next_mapping = next_id(self.db, "mappings")?;
        let (mut new, mut begins, mut ends, mut serves) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut seen = BTreeSet::new();
        for control in &a.controls {
            let id = *ids.entry(control.control.clone()).or_insert_with(|| {
                new.push((next, clean(&control.control), clean(&control.framework)));
                next += 1;
                next - 1
            });
            if !seen.insert(id) {
                return Err(HistoryError::Inconsistent(format!("it lists the control {:?} twice", control.control)));
            }
            let state = status_code(control.status, &control.summary);
            match open.remove(&id) {
                Some(before) if before == state => {}
                before => {
                    ends.extend(before.map(|_| id));
                    begins.push(vec![Value::Int(id), self.run.into(), state.into()]);
                }
            }
            for policy in &control.policies {
                // A policy that was left out of this run serves nothing in it.
                let Some(policy) = a.policy(policy).and_then(|meta| policies.get(meta.id.as_str())) else { continue };
                if served.remove(&(*policy, id)).is_none() {
                    serves.push(vec![Value::Int(next_mapping), (*policy).into(), id.into(), self.run.into()]);
                    next_mapping += 1;
                }
            }
        }
        ends.extend(open.into_keys());
        let new: Vec<Vec<Value<'_>>> = new
            .iter()
            .map(|(id, name, framework)| {
                vec![(*id).into(), self.series.into(), name.as_str().into(), framework.as_str().into()]
            })
            .collect();
        self.db.insert("controls", &["id", "series", "name", "framework"], &new)?;
        self.db.close("statuses", "control", self.previous, &ends)?;
        self.db.insert("statuses", &["control", "first_run", "state"], &begins)?;
        let ends: Vec<i64> = served.into_values().collect();
        self.db.close("mappings", "id", self.previous, &ends)?;
        self.db.insert("mappings", &["id", "policy", "control", "first_run"], &serves)
    }

    fn counts(&mut self, a: &Assessment) -> Result<()> {
        let severities: HashMap<&str, Severity> = a.policies.iter().map(|p| (p.id.as_str(), p.severity)).collect();
        let mut counts: BTreeMap<(&str, &str, &str), i64> = BTreeMap::new();
        for finding in &a.findings {
            let severity = severities.get(finding.policy.as_str()).map_or("", |s| s.as_str());
            *counts.entry(("finding", severity, word(finding))).or_default() += 1;
        }
        for control in &a.controls {
            *counts.entry(("control", control.status.as_str(), "")).or_default() += 1;
        }
        for waiver in &a.waivers {
            *counts.entry(("waiver", waiver.status.as_str(), "")).or_default() += 1;
        }
        let rows: Vec<Vec<Value<'_>>> = counts
            .into_iter()
            .map(|((subject, word, state), number)| {
                vec![self.run.into(), subject.into(), word.into(), state.into(), number.into()]
            })
            .collect();
        self.db.insert("counts", &["run", "subject", "word", "state", "number"], &rows)
    }
}

/// The verdict, with waived fails apart.
fn word(finding: &Finding) -> &'static str {
    if finding.verdict == crate::model::Verdict::Fail && finding.waiver.is_some() {
        "waived"
    } else {
        finding.verdict.as_str()
    }
}

/// Where a control stands, as a number: a control whose only fails are waived stands apart.
pub(super) fn status_code(status: ControlStatus, summary: &Summary) -> i64 {
    match status {
        ControlStatus::Findings => 0,
        ControlStatus::Incomplete => 1,
        ControlStatus::NoFindings if summary.waived > 0 => 2,
        ControlStatus::NoFindings if summary.pass > 0 => 3,
        ControlStatus::NoFindings | ControlStatus::NotAssessed => 4,
    }
}
