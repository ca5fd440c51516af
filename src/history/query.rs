//! What the store answers: series, runs, findings over time, times to fix, the trend.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::history::database::{Database, Row};
use crate::history::episodes::{End, Span, Story, story};
use crate::history::schedule::Missing;
use crate::history::{
    History, HistoryError, RunId, Schedule, State, control_status, micros, policy, resource, series_id, time, written,
};
use crate::model::{
    GateOutcome, MissingRuns, PolicyId, ResourceId, RunChange, RunCoverage, Severity, Summary, Trend, TrendPoint,
    WaiverStatus,
};

type Result<T> = std::result::Result<T, HistoryError>;

/// A series.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SeriesEntry {
    /// Its name.
    pub name: String,
    /// How many runs it has, pruned ones included.
    pub runs: u64,
    /// The time of the first run.
    pub first: Option<DateTime<Utc>>,
    /// The time of the last run.
    pub last: Option<DateTime<Utc>>,
}

/// A run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Run {
    /// Its number.
    pub id: RunId,
    /// When the facts were read, else when they were judged.
    pub time: DateTime<Utc>,
    /// When it was recorded.
    pub recorded: DateTime<Utc>,
    /// SHA-256 of the assessment, hex.
    pub digest: String,
    /// SHA-256 of the snapshot, hex.
    pub snapshot: String,
    /// SHA-256 of the policies, hex.
    pub policies: String,
    /// SHA-256 over policies, parameters and profile, hex: equal when runs were judged by the same rules.
    pub rules: String,
    /// Who or what ran it.
    pub label: String,
    /// Whether less was read than the scope holds.
    pub partial: bool,
    /// Whether its findings were pruned.
    pub pruned: bool,
}

/// Expected runs against those that are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Presence {
    /// How many are expected.
    pub expected: u64,
    /// The runs of the period.
    pub runs: Vec<Run>,
    /// Where runs are missing.
    pub missing: Vec<MissingRuns>,
}

/// Which findings. A field that is not set asks for nothing.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// The policy's id.
    pub policy: Option<String>,
    /// A part of the resource's id, in any case.
    pub resource: Option<String>,
    /// A control that the policy served in any run.
    pub control: Option<String>,
    /// The business domain of the resource, as the last run that judged it knows it.
    pub domain: Option<String>,
    /// The severity of the policy.
    pub severity: Option<Severity>,
    /// Only those that fail in the last run.
    pub open: bool,
}

/// A finding over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FindingHistory {
    /// The policy.
    pub policy: PolicyId,
    /// The resource.
    pub resource: ResourceId,
    /// The severity of the policy, as the last run that evaluated it knows it.
    pub severity: Severity,
    /// The business domain of the resource, where one is declared.
    pub domain: Option<String>,
    /// What holds in the last run; nothing when the finding is not there any more.
    pub state: Option<State>,
    /// The waiver that lies over it in the last run.
    pub waiver: Option<String>,
    /// The first run that listed it.
    pub first_seen: DateTime<Utc>,
    /// The last run that listed it.
    pub last_seen: DateTime<Utc>,
    /// Since when it fails, where it does.
    pub failing_since: Option<DateTime<Utc>>,
    /// How long it fails, in seconds up to the last run of the series.
    pub age_seconds: Option<i64>,
    /// How often it began to fail.
    pub episodes: u64,
    /// How often it failed again after it had been mended.
    pub reopened: u64,
}

/// By what times to fix are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// By control; a finding counts for every control that its policy serves.
    Control,
    /// By business domain of the resource; empty where none is declared.
    Domain,
    /// By severity.
    Severity,
    /// By policy.
    Policy,
}

/// How long mending takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FixTimes {
    /// The control, domain, severity or policy.
    pub group: String,
    /// How many fails were mended.
    pub fixed: u64,
    /// The mean time from the first run that saw the fail to the first that saw it mended, in seconds.
    pub mean_seconds: Option<i64>,
    /// The median of the same.
    pub median_seconds: Option<i64>,
    /// The longest.
    pub longest_seconds: Option<i64>,
    /// How many fails are open in the last run, or were when it was last looked at them; waived ones included.
    pub open: u64,
    /// How old the oldest of those is, in seconds.
    pub oldest_open_seconds: Option<i64>,
    /// How many fails ended because the finding was not there any more. They count as neither fixed nor open.
    pub gone: u64,
    /// How many fails came back after they had been mended.
    pub reopened: u64,
}

/// All that is kept of one finding.
struct Kept {
    policy: String,
    resource: String,
    severity: Severity,
    domain: Option<String>,
    spans: Vec<Span>,
    waiver: Option<String>,
}

/// The ids and times of all runs of a series, in order.
pub(super) struct Clock {
    pub(super) ids: Vec<i64>,
    times: Vec<DateTime<Utc>>,
}

impl Clock {
    pub(super) fn read(db: &mut Database, series: i64) -> Result<Self> {
        let mut clock = Self { ids: Vec::new(), times: Vec::new() };
        for row in db.query("SELECT id, time FROM runs WHERE series = $1 ORDER BY id", &[series.into()])? {
            clock.ids.push(row.int(0)?);
            clock.times.push(time(row.int(1)?)?);
        }
        Ok(clock)
    }

    pub(super) fn times(&self) -> &[DateTime<Utc>] {
        &self.times
    }

    pub(super) fn time(&self, run: i64) -> Result<DateTime<Utc>> {
        let at = self.ids.binary_search(&run);
        at.map(|at| self.times[at]).map_err(|_| HistoryError::Damaged(format!("there is no run {run}")))
    }

    fn last(&self) -> Option<DateTime<Utc>> {
        self.times.last().copied()
    }

    /// The time up to which an interval was seen.
    fn end(&self, last: Option<i64>) -> Result<DateTime<Utc>> {
        match last {
            Some(run) => self.time(run),
            None => self.last().ok_or_else(|| HistoryError::Damaged("an interval without any run".to_owned())),
        }
    }
}

impl History {
    /// The series there are, by name.
    ///
    /// # Errors
    /// [`HistoryError`] when the database refuses.
    pub fn series(&mut self) -> Result<Vec<SeriesEntry>> {
        let rows = self.db.query(
            "SELECT s.name, COUNT(r.id), MIN(r.time), MAX(r.time) FROM series s LEFT JOIN runs r ON r.series = s.id
             GROUP BY s.name ORDER BY s.name",
            &[],
        )?;
        let entry = |row: &Row| {
            Ok(SeriesEntry {
                name: row.text(0)?.to_owned(),
                runs: row.count(1)?,
                first: row.opt_int(2)?.map(time).transpose()?,
                last: row.opt_int(3)?.map(time).transpose()?,
            })
        };
        rows.iter().map(entry).collect()
    }

    /// The runs of a series from `from` to `to`, both included, in order of time.
    ///
    /// # Errors
    /// [`HistoryError`] when the series is not there or the database refuses.
    pub fn runs(&mut self, series: &str, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Run>> {
        self.db.read(|db| {
            let id = series_id(db, series)?;
            runs(db, id, from, to)
        })
    }

    /// The runs that a schedule expects in a period against those that are there. A pruned run is there.
    ///
    /// # Errors
    /// [`HistoryError`] when the period ends before it begins, the series is not there, or the database refuses.
    pub fn presence(
        &mut self,
        series: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        schedule: &Schedule,
    ) -> Result<Presence> {
        forward(from, to)?;
        self.db.read(|db| {
            let id = series_id(db, series)?;
            let (expected, missing) = schedule.missing(from, to, &Clock::read(db, id)?.times)?;
            Ok(Presence { expected, runs: runs(db, id, from, to)?, missing: missing.into_iter().map(shown).collect() })
        })
    }

    /// Findings over time, by policy and resource.
    ///
    /// # Errors
    /// [`HistoryError`] when the series is not there or the database refuses.
    pub fn findings(&mut self, series: &str, filter: &Filter) -> Result<Vec<FindingHistory>> {
        self.db.read(|db| {
            let id = series_id(db, series)?;
            let clock = Clock::read(db, id)?;
            let mut found = Vec::new();
            for kept in kept(db, id, filter)? {
                let Story { episodes, reopened } = story(&kept.spans, &clock.ids);
                let (Some(first), Some(last)) = (kept.spans.first(), kept.spans.last()) else { continue };
                let state = if last.last.is_none() { Some(last.state) } else { None };
                if filter.open && state != Some(State::Fail) {
                    continue;
                }
                let open = episodes.last().filter(|e| e.end == End::Open);
                let failing_since = open.map(|e| clock.time(e.from)).transpose()?;
                // A run that did not look has not seen it.
                let seen = kept.spans.iter().rev().find(|s| s.state != State::NotJudged).unwrap_or(last);
                found.push(FindingHistory {
                    policy: policy(&kept.policy)?,
                    resource: resource(&kept.resource)?,
                    severity: kept.severity,
                    domain: kept.domain,
                    state,
                    waiver: if state == Some(State::Fail) { kept.waiver } else { None },
                    first_seen: clock.time(first.first)?,
                    last_seen: clock.end(seen.last)?,
                    failing_since,
                    age_seconds: failing_since.and_then(|since| Some((clock.last()? - since).num_seconds())),
                    episodes: episodes.len() as u64,
                    reopened,
                });
            }
            found.sort_by(|a, b| (&a.policy, &a.resource).cmp(&(&b.policy, &b.resource)));
            Ok(found)
        })
    }

    /// How long mending takes, by group. With `since`, only what was mended or went from then on counts as mended or gone.
    ///
    /// # Errors
    /// [`HistoryError`] when the series is not there or the database refuses.
    pub fn fix_times(
        &mut self,
        series: &str,
        group: Group,
        filter: &Filter,
        since: Option<DateTime<Utc>>,
    ) -> Result<Vec<FixTimes>> {
        self.db.read(|db| {
            let id = series_id(db, series)?;
            let clock = Clock::read(db, id)?;
            let controls = if group == Group::Control { controls_of(db, id)? } else { HashMap::new() };
            let mut groups: BTreeMap<String, Tally> = BTreeMap::new();
            for kept in kept(db, id, filter)? {
                let told = story(&kept.spans, &clock.ids);
                let names: Vec<&str> = match group {
                    Group::Control => controls.get(&kept.policy).into_iter().flatten().map(String::as_str).collect(),
                    Group::Domain => vec![kept.domain.as_deref().unwrap_or_default()],
                    Group::Severity => vec![kept.severity.as_str()],
                    Group::Policy => vec![&kept.policy],
                };
                for name in names {
                    groups.entry(name.to_owned()).or_default().add(&told, &clock, since)?;
                }
            }
            Ok(groups.into_iter().filter_map(|(group, tally)| tally.times(group)).collect())
        })
    }

    /// How a series developed from `from` to `to`, both included; with a schedule, also where runs are missing. Pruned
    /// runs are left out.
    ///
    /// # Errors
    /// [`HistoryError`] when the period ends before it begins, the series is not there, or the database refuses.
    pub fn trend(
        &mut self,
        series: &str,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        schedule: Option<&Schedule>,
    ) -> Result<Trend> {
        forward(from, to)?;
        self.db.read(|db| {
            let id = series_id(db, series)?;
            let mut trend = Trend {
                series: series.to_owned(),
                schedule: schedule.map(|s| s.as_str().to_owned()),
                ..Trend::default()
            };
            if let Some(schedule) = schedule {
                let (_, missing) = schedule.missing(from, to, &Clock::read(db, id)?.times)?;
                trend.missing = missing.into_iter().map(shown).collect();
            }
            trend.points = points(db, id, from, to)?;
            Ok(trend)
        })
    }
}

pub(super) fn forward(from: DateTime<Utc>, to: DateTime<Utc>) -> Result<()> {
    if to < from {
        return Err(HistoryError::Backwards { from: written(from), to: written(to) });
    }
    Ok(())
}

pub(super) fn shown(missing: Missing) -> MissingRuns {
    MissingRuns { from: written(missing.from), to: written(missing.to), runs: missing.runs }
}

pub(super) fn runs(db: &mut Database, series: i64, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<Run>> {
    let rows = db.query(
        "SELECT id, time, recorded, digest, snapshot, policies, rules, label, partial, pruned FROM runs
         WHERE series = $1 AND time >= $2 AND time <= $3 ORDER BY id",
        &[series.into(), micros(from).into(), micros(to).into()],
    )?;
    rows.iter().map(run).collect()
}

/// The last run before a time.
pub(super) fn run_before(db: &mut Database, series: i64, at: DateTime<Utc>) -> Result<Option<Run>> {
    let rows = db.query(
        "SELECT id, time, recorded, digest, snapshot, policies, rules, label, partial, pruned FROM runs
         WHERE series = $1 AND time < $2 ORDER BY id DESC LIMIT 1",
        &[series.into(), micros(at).into()],
    )?;
    rows.first().map(run).transpose()
}

fn run(row: &Row) -> Result<Run> {
    Ok(Run {
        id: RunId(row.int(0)?),
        time: time(row.int(1)?)?,
        recorded: time(row.int(2)?)?,
        digest: row.text(3)?.to_owned(),
        snapshot: row.text(4)?.to_owned(),
        policies: row.text(5)?.to_owned(),
        rules: row.text(6)?.to_owned(),
        label: row.text(7)?.to_owned(),
        partial: row.int(8)? != 0,
        pruned: row.opt_int(9)?.is_some(),
    })
}

/// The controls that each policy served in any run.
fn controls_of(db: &mut Database, series: i64) -> Result<HashMap<String, BTreeSet<String>>> {
    let mut controls: HashMap<String, BTreeSet<String>> = HashMap::new();
    let rows = db.query(
        "SELECT p.name, c.name FROM mappings m JOIN policies p ON p.id = m.policy JOIN controls c ON c.id = m.control
         WHERE c.series = $1",
        &[series.into()],
    )?;
    for row in &rows {
        controls.entry(row.text(0)?.to_owned()).or_default().insert(row.text(1)?.to_owned());
    }
    Ok(controls)
}

fn severity(word: &str) -> Result<Severity> {
    Severity::ALL
        .into_iter()
        .find(|s| s.as_str() == word)
        .ok_or_else(|| HistoryError::Damaged(format!("there is no severity {word:?}")))
}

/// The findings that the filter lets through, with their intervals in order.
fn kept(db: &mut Database, series: i64, filter: &Filter) -> Result<Vec<Kept>> {
    let mut policies: HashMap<i64, (String, Severity)> = HashMap::new();
    let controls = if filter.control.is_some() { controls_of(db, series)? } else { HashMap::new() };
    let rows = db.query("SELECT id, name, severity FROM policies WHERE series = $1", &[series.into()])?;
    for row in &rows {
        let (name, severity) = (row.text(1)?.to_owned(), severity(row.text(2)?)?);
        let serves = |control: &String| controls.get(&name).is_some_and(|all| all.contains(control));
        if filter.policy.as_ref().is_none_or(|p| *p == name)
            && filter.severity.is_none_or(|s| s == severity)
            && filter.control.as_ref().is_none_or(serves)
        {
            policies.insert(row.int(0)?, (name, severity));
        }
    }
    let mut resources: HashMap<i64, (String, Option<String>)> = HashMap::new();
    let part = filter.resource.as_ref().map(|r| r.to_lowercase());
    let rows = db.query("SELECT id, name, folded, domain FROM resources WHERE series = $1", &[series.into()])?;
    for row in &rows {
        let domain = row.opt_text(3)?;
        let folded = row.text(2)?;
        if part.as_ref().is_none_or(|p| folded.contains(p.as_str()))
            && filter.domain.as_deref().is_none_or(|d| domain.unwrap_or_default() == d)
        {
            resources.insert(row.int(0)?, (row.text(1)?.to_owned(), domain.map(str::to_owned)));
        }
    }
    let rows = db.query(
        "SELECT i.finding, f.policy, f.resource, i.first_run, i.last_run, i.state, i.waiver FROM intervals i
         JOIN findings f ON f.id = i.finding JOIN policies p ON p.id = f.policy
         WHERE p.series = $1 ORDER BY i.finding, i.first_run",
        &[series.into()],
    )?;
    let mut found: Vec<Kept> = Vec::new();
    let mut current = None;
    for row in &rows {
        let (Some((policy, severity)), Some((resource, domain))) =
            (policies.get(&row.int(1)?), resources.get(&row.int(2)?))
        else {
            continue;
        };
        let finding = row.int(0)?;
        if current != Some(finding) {
            current = Some(finding);
            found.push(Kept {
                policy: policy.clone(),
                resource: resource.clone(),
                severity: *severity,
                domain: domain.clone(),
                spans: Vec::new(),
                waiver: None,
            });
        }
        if let Some(kept) = found.last_mut() {
            kept.spans.push(Span { first: row.int(3)?, last: row.opt_int(4)?, state: State::parse(row.int(5)?)? });
            kept.waiver = row.opt_text(6)?.map(str::to_owned);
        }
    }
    Ok(found)
}

#[derive(Default)]
struct Tally {
    fixed: Vec<i64>,
    open: Vec<i64>,
    gone: u64,
    reopened: u64,
}

impl Tally {
    fn add(&mut self, story: &Story, clock: &Clock, since: Option<DateTime<Utc>>) -> Result<()> {
        let counts = |at: DateTime<Utc>| since.is_none_or(|since| at >= since);
        for episode in &story.episodes {
            let from = clock.time(episode.from)?;
            match episode.end {
                End::Open => self.open.extend(clock.last().map(|last| (last - from).num_seconds())),
                End::Fixed(run) => {
                    let at = clock.time(run)?;
                    if counts(at) {
                        self.fixed.push((at - from).num_seconds());
                    }
                }
                End::Gone(run) => self.gone += u64::from(counts(clock.time(run)?)),
            }
        }
        self.reopened += story.reopened;
        Ok(())
    }

    fn times(mut self, group: String) -> Option<FixTimes> {
        self.fixed.sort_unstable();
        let number = i64::try_from(self.fixed.len()).unwrap_or(i64::MAX);
        if self.fixed.is_empty() && self.open.is_empty() && self.gone == 0 {
            return None;
        }
        let middle = self.fixed.len() / 2;
        let median = match self.fixed.len() {
            0 => None,
            n if n % 2 == 1 => Some(self.fixed[middle]),
            _ => Some(i64::midpoint(self.fixed[middle - 1], self.fixed[middle])),
        };
        Some(FixTimes {
            group,
            fixed: self.fixed.len() as u64,
            mean_seconds: (number > 0).then(|| self.fixed.iter().sum::<i64>() / number),
            median_seconds: median,
            longest_seconds: self.fixed.last().copied(),
            open: self.open.len() as u64,
            oldest_open_seconds: self.open.iter().max().copied(),
            gone: self.gone,
            reopened: self.reopened,
        })
    }
}

/// The points of the trend.
fn points(db: &mut Database, series: i64, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<TrendPoint>> {
    let mut before = run_before(db, series, from)?.map(|run| run.rules);
    let bounds = [series.into(), micros(from).into(), micros(to).into()];
    let rows = db.query(
        "SELECT id, time, digest, rules, partial, gate, resources, judged, gaps, appeared, fixed, newly_unknown, gone
         FROM runs WHERE series = $1 AND time >= $2 AND time <= $3 AND pruned IS NULL ORDER BY id",
        &bounds,
    )?;
    let counts = db.query(
        "SELECT c.run, c.subject, c.word, c.state, c.number FROM counts c JOIN runs r ON r.id = c.run
         WHERE r.series = $1 AND r.time >= $2 AND r.time <= $3 ORDER BY c.run, c.subject, c.word, c.state",
        &bounds,
    )?;
    let mut counts = counts.iter().peekable();
    let mut points = Vec::with_capacity(rows.len());
    for row in &rows {
        let run = row.int(0)?;
        let rules = row.text(3)?.to_owned();
        let outcomes = [GateOutcome::Passed, GateOutcome::Failed, GateOutcome::Incomplete];
        let gate = outcomes.into_iter().find(|o| row.text(5).is_ok_and(|word| word == o.as_str()));
        let mut point = TrendPoint {
            time: written(time(row.int(1)?)?),
            digest: row.text(2)?.to_owned(),
            summary: Summary::default(),
            by_severity: BTreeMap::new(),
            coverage: RunCoverage {
                resources: row.count(6)?,
                judged: row.count(7)?,
                gaps: row.count(8)?,
                partial: row.int(4)? != 0,
            },
            controls: BTreeMap::new(),
            waivers: BTreeMap::new(),
            change: RunChange {
                new: row.count(9)?,
                fixed: row.count(10)?,
                newly_unknown: row.count(11)?,
                gone: row.count(12)?,
            },
            rules_changed: before.as_ref().is_some_and(|before| *before != rules),
            gate: gate.ok_or_else(|| HistoryError::Damaged(format!("the gate of run {run} says nothing")))?,
        };
        before = Some(rules);
        while let Some(count) = counts.next_if(|count| count.int(0).is_ok_and(|r| r <= run)) {
            if count.int(0)? == run {
                add(&mut point, count)?;
            }
        }
        points.push(point);
    }
    Ok(points)
}

fn add(point: &mut TrendPoint, count: &Row) -> Result<()> {
    let (word, number) = (count.text(2)?, count.count(4)?);
    match count.text(1)? {
        "finding" => {
            let severity = severity(word)?;
            for summary in [&mut point.summary, point.by_severity.entry(severity).or_default()] {
                summary.listed += number;
                match count.text(3)? {
                    "pass" => summary.pass += number,
                    "fail" => summary.fail += number,
                    "waived" => {
                        summary.fail += number;
                        summary.waived += number;
                    }
                    "unknown" => summary.unknown += number,
                    "not_applicable" => summary.not_applicable += number,
                    other => return Err(HistoryError::Damaged(format!("there is no verdict {other:?}"))),
                }
            }
        }
        "control" => {
            point.controls.insert(control_status(word)?, number);
        }
        "waiver" => {
            use WaiverStatus::{Applied, Expired, NotYetValid, Refused, Unused};
            let status = [Applied, Unused, Expired, NotYetValid, Refused].into_iter().find(|s| s.as_str() == word);
            let status = status.ok_or_else(|| HistoryError::Damaged(format!("there is no status {word:?}")))?;
            point.waivers.insert(status, number);
        }
        other => return Err(HistoryError::Damaged(format!("there is no count of {other:?}"))),
    }
    Ok(())
}
