//! `assize history …`.

use std::fmt::Write;

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use serde_json::json;

use crate::cli::{HistoryCommand, HistoryGroup, Listing, StoreArgs};
use crate::commands::{CommandError, Outcome, print, print_lines, read_assessment};
use crate::history::{Answer, Filter, Group, Held, History, HistoryError, RunInfo, Schedule};
use crate::model::{Assessment, Severity, Trend};

/// The store when none is named.
const DEFAULT_STORE: &str = "assize.history.db";
/// Findings that stand in the way which the table names; JSON names all.
const SHOWN: usize = 50;

pub(super) fn history(command: HistoryCommand) -> Outcome {
    match command {
        HistoryCommand::Record { assessment, series, label } => {
            let assessment = read_assessment(&assessment)?;
            let label = label.as_deref().unwrap_or_default();
            let info = RunInfo { series: &series.series, recorded: Utc::now(), label };
            let recorded = open(&series.store, true)?.record(&assessment, &info)?;
            let word = if recorded.already { "already recorded as" } else { "recorded as" };
            print_lines(&format!("{} {word} run {} of {}", recorded.digest, recorded.run.0, series.series))
        }
        HistoryCommand::Series { store, output } => {
            let entries = open(&store, false)?.series()?;
            if output == Listing::Json {
                return print((serde_json::to_string(&entries)? + "\n").as_bytes());
            }
            let mut text = String::new();
            for entry in &entries {
                let last = entry.last.map(day).unwrap_or_default();
                let _ = writeln!(text, "{}: {} runs, the last of {last}", entry.name, entry.runs);
            }
            print_lines(&text)
        }
        HistoryCommand::Show {
            series,
            policy,
            resource,
            control,
            domain,
            severity,
            open: only,
            times,
            since,
            output,
        } => {
            let severity = severity.as_deref().map(parse_severity).transpose()?;
            let filter = Filter { policy, resource, control, domain, severity, open: only };
            let mut history = open(&series.store, false)?;
            match times {
                Some(group) => {
                    let since = since.as_deref().map(|text| moment("--since", text, false)).transpose()?;
                    times_to_fix(&mut history, &series.series, group, &filter, since, output)
                }
                None => findings(&mut history, &series.series, &filter, output),
            }
        }
        HistoryCommand::Trend { series, from, to, schedule, grace, output } => {
            let (from, to) = period(from.as_deref(), to.as_deref())?;
            let schedule = schedule.map(|s| Schedule::parse(&s, grace.as_deref())).transpose()?;
            let trend = open(&series.store, false)?.trend(&series.series, from, to, schedule.as_ref())?;
            match output {
                Listing::Json => print((serde_json::to_string(&trend)? + "\n").as_bytes()),
                Listing::Table => print_lines(&trend_table(&trend)),
            }
        }
        HistoryCommand::Held { control, series, from, to, schedule, grace, output } => {
            let (from, to) = period(Some(&from), to.as_deref())?;
            let schedule = Schedule::parse(&schedule, grace.as_deref())?;
            let held = open(&series.store, false)?.held(&series.series, &control, from, to, &schedule)?;
            match output {
                Listing::Json => print((serde_json::to_string(&held)? + "\n").as_bytes())?,
                Listing::Table => print_lines(&held_table(&held))?,
            };
            Ok(match held.answer {
                Answer::Held => 0,
                Answer::Broken | Answer::Waived => 1,
                Answer::NotShown => 3,
            })
        }
        HistoryCommand::Runs { series, from, to, schedule, grace, output } => {
            let (from, to) = period(from.as_deref(), to.as_deref())?;
            let mut history = open(&series.store, false)?;
            let (mut text, mut code) = (String::new(), 0);
            let runs = history.runs(&series.series, from, to)?;
            let presence = match schedule {
                Some(text) => {
                    let schedule = Schedule::parse(&text, grace.as_deref())?;
                    Some(history.presence(&series.series, from, to, &schedule)?)
                }
                None => None,
            };
            let prunings = history.prunings(&series.series)?;
            if let Some(presence) = &presence {
                code = if presence.missing.is_empty() { 0 } else { 3 };
            }
            if output == Listing::Json {
                let expected = presence.as_ref().map(|p| p.expected);
                let missing = presence.as_ref().map(|p| &p.missing);
                let shown = json!({"expected": expected, "runs": runs, "missing": missing, "prunings": prunings});
                print((serde_json::to_string(&shown)? + "\n").as_bytes())?;
                return Ok(code);
            }
            for run in &runs {
                let notes = [(run.partial, " partial"), (run.pruned, " pruned")];
                let notes: String = notes.iter().filter(|(on, _)| *on).map(|(_, note)| *note).collect();
                let _ = writeln!(text, "{}  {}  {}{notes}", stamp(run.time), run.digest, flat(&run.label));
            }
            if let Some(presence) = &presence {
                for gap in &presence.missing {
                    let _ = writeln!(text, "missing: {} from {} to {}", gap.runs, gap.from, gap.to);
                }
                let _ = writeln!(text, "{} runs expected, {} there", presence.expected, runs.len());
            }
            for pruning in &prunings {
                let (at, first, last) = (stamp(pruning.time), day(pruning.first), day(pruning.last));
                let _ = writeln!(
                    text,
                    "pruned on {at}: {} runs from {first} to {last}: {}",
                    pruning.runs,
                    flat(&pruning.reason)
                );
            }
            print_lines(&text)?;
            Ok(code)
        }
        HistoryCommand::Prune { series, before, reason } => {
            let before = moment("--before", &before, false)?;
            match open(&series.store, false)?.prune(&series.series, before, &reason, Utc::now())? {
                None => print_lines("nothing is that old, or only the last run is"),
                Some(p) => print_lines(&format!(
                    "pruned {} runs from {} to {}: {} intervals, {} findings",
                    p.runs,
                    day(p.first),
                    day(p.last),
                    p.intervals,
                    p.findings
                )),
            }
        }
    }
}

pub(super) fn open(args: &StoreArgs, create: bool) -> Result<History, CommandError> {
    // A URL with a password on the command line can be read by every user of the machine.
    let place = args.store.clone().or_else(|| std::env::var("ASSIZE_HISTORY").ok());
    let password = std::env::var("PGPASSWORD").ok();
    let place = place.unwrap_or_else(|| DEFAULT_STORE.to_owned());
    let opened = History::open(&place, password.as_deref(), create);
    opened.map_err(|error| match error {
        HistoryError::Open { .. } => CommandError::new(error)
            .hint("--store or ASSIZE_HISTORY names a file or a postgres:// URL; the password may stand in PGPASSWORD"),
        error => CommandError::new(error),
    })
}

/// The runs of the year up to an assessment.
pub(super) fn year(place: &str, series: &str, assessment: &Assessment) -> Result<Trend, CommandError> {
    let to = assessment.snapshot.taken.as_deref().unwrap_or(&assessment.evaluated_at);
    let to = DateTime::parse_from_rfc3339(to)?.to_utc();
    let mut history = open(&StoreArgs { store: Some(place.to_owned()) }, false)?;
    Ok(history.trend(series, to - TimeDelta::days(365), to, None)?)
}

fn parse_severity(word: &str) -> Result<Severity, CommandError> {
    Severity::ALL.into_iter().find(|s| s.as_str() == word).ok_or_else(|| {
        CommandError::new(anyhow::anyhow!("--severity {word:?}: write critical, high, medium, low or info"))
    })
}

/// A time, or a day: its begin, or with `end` its last moment.
pub(super) fn moment(flag: &str, text: &str, end: bool) -> Result<DateTime<Utc>, CommandError> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Ok(time.to_utc());
    }
    let day: NaiveDate = text.parse().map_err(|_| {
        CommandError::new(anyhow::anyhow!("{flag} {text:?}: write a day, 2026-01-31, or a time, 2026-01-31T02:00:00Z"))
    })?;
    let begin = day.and_time(NaiveTime::MIN).and_utc();
    Ok(if end { begin + TimeDelta::days(1) - TimeDelta::microseconds(1) } else { begin })
}

fn period(from: Option<&str>, to: Option<&str>) -> Result<(DateTime<Utc>, DateTime<Utc>), CommandError> {
    let now = Utc::now();
    let to = to.map_or(Ok(now), |text| moment("--to", text, true))?;
    let from = from.map_or(Ok(to - TimeDelta::days(365)), |text| moment("--from", text, false))?;
    Ok((from, to))
}

fn stamp(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn day(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%d").to_string()
}

/// Text from outside on one line: no line of it may look like one of ours.
fn flat(text: &str) -> String {
    text.split(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')).collect::<Vec<_>>().join(" ")
}

/// Seconds as days and hours.
fn long(seconds: i64) -> String {
    let (days, hours) = (seconds / 86_400, seconds % 86_400 / 3600);
    if days > 0 { format!("{days} d {hours} h") } else { format!("{hours} h {} min", seconds % 3600 / 60) }
}

fn findings(history: &mut History, series: &str, filter: &Filter, output: Listing) -> Outcome {
    let rows = history.findings(series, filter)?;
    if output == Listing::Json {
        return print((serde_json::to_string(&rows)? + "\n").as_bytes());
    }
    let mut text = String::new();
    for row in &rows {
        let state = row.state.map_or("gone", |s| s.as_str());
        let _ = writeln!(text, "{state}: {} {}", row.policy, row.resource);
        let _ = write!(text, "  first seen {}, last seen {}", day(row.first_seen), day(row.last_seen));
        if let (Some(since), Some(age)) = (row.failing_since, row.age_seconds) {
            let _ = write!(text, ", fails since {} ({})", day(since), long(age));
        }
        if row.reopened > 0 {
            let _ = write!(text, ", reopened {} times", row.reopened);
        }
        if let Some(waiver) = &row.waiver {
            let _ = write!(text, ", waiver {}", flat(waiver));
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{} findings", rows.len());
    print_lines(&text)
}

fn times_to_fix(
    history: &mut History,
    series: &str,
    group: HistoryGroup,
    filter: &Filter,
    since: Option<DateTime<Utc>>,
    output: Listing,
) -> Outcome {
    let group = match group {
        HistoryGroup::Control => Group::Control,
        HistoryGroup::Domain => Group::Domain,
        HistoryGroup::Severity => Group::Severity,
        HistoryGroup::Policy => Group::Policy,
    };
    let rows = history.fix_times(series, group, filter, since)?;
    if output == Listing::Json {
        return print((serde_json::to_string(&rows)? + "\n").as_bytes());
    }
    let mut text = String::new();
    for row in &rows {
        let name = if row.group.is_empty() { "(none declared)".to_owned() } else { flat(&row.group) };
        let shown = |seconds: Option<i64>| seconds.map_or("-".to_owned(), long);
        let _ = writeln!(
            text,
            "{name}: {} fixed, mean {}, median {}; {} open, the oldest {}; {} gone, {} reopened",
            row.fixed,
            shown(row.mean_seconds),
            shown(row.median_seconds),
            row.open,
            shown(row.oldest_open_seconds),
            row.gone,
            row.reopened
        );
    }
    print_lines(&text)
}

fn trend_table(trend: &Trend) -> String {
    let mut text = String::new();
    for point in &trend.points {
        let (s, c) = (point.summary, point.change);
        let _ = write!(
            text,
            "{}  {} pass, {} fail ({} waived), {} unknown, {} not applicable; {} new, {} fixed, {} newly unknown, {} gone",
            point.time, s.pass, s.fail, s.waived, s.unknown, s.not_applicable, c.new, c.fixed, c.newly_unknown, c.gone
        );
        text.push_str(if point.coverage.partial { "; partial" } else { "" });
        text.push_str(if point.rules_changed { "; other rules than before" } else { "" });
        text.push('\n');
    }
    for gap in &trend.missing {
        let _ = writeln!(text, "missing: {} runs from {} to {}", gap.runs, gap.from, gap.to);
    }
    text
}

fn held_table(held: &Held) -> String {
    let answer = match held.answer {
        Answer::Held => "held: every expected run found the good state everywhere it looked",
        Answer::Waived => "waived: every fail lies under a waiver; the good state did not hold there",
        Answer::NotShown => "not shown: no fail was found, and not everything was looked at",
        Answer::Broken => "broken: at least one run found a fail",
    };
    let mut text = format!("{} from {} to {}\n{answer}\n", held.control, stamp(held.from), stamp(held.to));
    let _ = writeln!(text, "{} runs expected, {} there", held.expected, held.present);
    for gap in &held.missing {
        let _ = writeln!(text, "missing: {} runs from {} to {}", gap.runs, gap.from, gap.to);
    }
    for stretch in &held.stretches {
        let (from, to) = (stamp(stretch.from), stamp(stretch.to));
        let _ = writeln!(text, "{from} to {to}: {} ({} runs)", stretch.state.as_str(), stretch.runs);
    }
    for obstacle in held.obstacles.iter().take(SHOWN) {
        let to = obstacle.to.map_or("now".to_owned(), day);
        let waived = if obstacle.waiver.is_some() { ", waived" } else { "" };
        let (state, from) = (obstacle.state.as_str(), day(obstacle.from));
        let _ = writeln!(text, "{state}{waived}: {} {} from {from} to {to}", obstacle.policy, obstacle.resource);
    }
    if held.obstacles.len() > SHOWN {
        let _ = writeln!(text, "and {} more; --output json names all", held.obstacles.len() - SHOWN);
    }
    for policy in &held.policies {
        let to = policy.to.map_or("now".to_owned(), day);
        let _ = writeln!(text, "judged by {} from {} to {to}", policy.policy, day(policy.from));
    }
    for time in &held.rules_changed {
        let _ = writeln!(text, "the rules changed with the run of {}", stamp(*time));
    }
    text
}
