//! The trend over earlier runs, as a history gives it. Runs that should have been there and are not are gaps in the lines.

use chrono::DateTime;
use maud::{Markup, html};

use crate::model::{MissingRuns, Severity, Trend, TrendPoint};
use crate::report::html::words::{counted, length, number, safe, scrolling, time};

/// One run, as it is drawn.
#[derive(Debug, Clone, Default)]
struct Run {
    /// When the facts were read, RFC 3339.
    at: String,
    /// Open fails by severity: critical, high, medium, low, info.
    open: [u64; 5],
    waived: u64,
    unknown: u64,
    pass: u64,
    resources: u64,
    judged: u64,
}

impl Run {
    fn of(point: &TrendPoint) -> Self {
        let open = |severity: Severity| {
            point.by_severity.get(&severity).map_or(0, |count| count.fail.saturating_sub(count.waived))
        };
        Self {
            at: point.time.clone(),
            open: [Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info].map(open),
            waived: point.summary.waived,
            unknown: point.summary.unknown,
            pass: point.summary.pass,
            resources: point.coverage.resources,
            judged: point.coverage.judged,
        }
    }
}

/// The most runs that are drawn and listed: the latest.
const MOST: usize = 120;

/// A line of a picture: its class, its name, its values.
struct Line<'a> {
    class: &'a str,
    name: &'a str,
    values: Vec<u64>,
}

/// The trend: small pictures and a table.
pub(super) fn body(trend: Option<&Trend>) -> Markup {
    let Some(trend) = trend.filter(|t| !t.points.is_empty()) else {
        return html! { p { "There is no history: this report was made of one assessment. Nothing is said about earlier runs." } };
    };
    let runs: Vec<Run> = trend.points.iter().map(Run::of).collect();
    drawn(&runs, &trend.missing, trend.schedule.as_deref())
}

fn drawn(all: &[Run], gaps: &[MissingRuns], schedule: Option<&str>) -> Markup {
    let hidden = all.len().saturating_sub(MOST);
    let runs = &all[hidden..];
    let of = |f: fn(&Run) -> u64| runs.iter().map(f).collect::<Vec<u64>>();
    let line = |class, name, values| Line { class, name, values };
    let pictures = [
        (
            "Open fails",
            vec![
                line("fail", "critical and high", of(|r| r.open[0] + r.open[1])),
                line("plain", "medium to info", of(|r| r.open[2] + r.open[3] + r.open[4])),
            ],
        ),
        (
            "Unknown and waived",
            vec![line("unknown", "unknown", of(|r| r.unknown)), line("waived", "waived", of(|r| r.waived))],
        ),
        (
            "Resources",
            vec![line("plain", "in the snapshot", of(|r| r.resources)), line("pass", "judged", of(|r| r.judged))],
        ),
    ];
    // A line stops where runs are missing: nothing is drawn for a time that nobody looked at.
    let broken = broken(runs, gaps);
    let places = places(runs);
    html! {
        p {
            (counted(all.len() as u64, "run", "runs"))
            @if let (Some(first), Some(last)) = (all.first(), all.last()) { ", from " (time(&first.at)) " to " (time(&last.at)) }
            ". "
            @if let Some(schedule) = schedule { "Expected: " code { (safe(schedule)) } ". " }
            @else { "No schedule was given, so whether runs are missing is not known. " }
            @if gaps.is_empty() { @if schedule.is_some() { "No expected run is missing." } } @else {
                (number(gaps.iter().map(|m| m.runs).sum())) " expected runs are missing; lines stop there, and nothing is known about that time."
            }
            @if hidden > 0 { " The latest " (MOST) " are drawn and listed." }
        }
        div class="multiples" { @for (at, (title, lines)) in pictures.iter().enumerate() { (picture(at, title, lines, &broken, &places)) } }
        (table(runs))
        (missing(gaps))
    }
}

/// Whether runs are missing before each run. A time that cannot be read counts as missing: nothing is drawn over it.
fn broken(runs: &[Run], missing: &[MissingRuns]) -> Vec<bool> {
    let read = |text: &str| DateTime::parse_from_rfc3339(text).ok();
    let between = |before: &Run, run: &Run| {
        missing.iter().any(|m| match (read(&before.at), read(&run.at), read(&m.from), read(&m.to)) {
            (Some(before), Some(at), Some(from), Some(to)) => from < at && to > before,
            _ => true,
        })
    };
    runs.iter().enumerate().map(|(at, run)| at > 0 && between(&runs[at - 1], run)).collect()
}

/// How wide a picture is.
const WIDTH: u64 = 300;

/// Where the runs stand from left to right: by time, or evenly when a time cannot be read.
fn places(runs: &[Run]) -> Vec<u64> {
    let times: Option<Vec<i64>> =
        runs.iter().map(|r| DateTime::parse_from_rfc3339(&r.at).ok().map(|t| t.timestamp())).collect();
    let times = times.filter(|t| t.is_sorted()).unwrap_or_else(|| (0i64..).take(runs.len()).collect());
    let first = times.first().copied().unwrap_or(0);
    let span = times.last().map_or(1, |last| last.abs_diff(first)).max(1);
    times.iter().map(|t| 10 + t.abs_diff(first) * (WIDTH - 20) / span).collect()
}

fn picture(at: usize, title: &str, lines: &[Line<'_>], broken: &[bool], places: &[u64]) -> Markup {
    const HEIGHT: u64 = 120;
    let most = lines.iter().flat_map(|l| l.values.iter().copied()).max().unwrap_or(0).max(1);
    let dots = places.len() <= 20;
    // Wide numbers, so that no count of an estate can overflow.
    let y = |value: u64| {
        let drawn = u128::from(value) * u128::from(HEIGHT - 30) / u128::from(most);
        HEIGHT - 10 - u64::try_from(drawn).unwrap_or(0)
    };
    let path = |line: &Line<'_>| {
        let mut path = String::new();
        for (run, value) in line.values.iter().enumerate() {
            let step = if run == 0 || broken[run] { 'M' } else { 'L' };
            path.push_str(&format!("{step}{} {} ", places[run], y(*value)));
        }
        path.trim_end().to_owned()
    };
    html! {
        figure {
            svg class="trend" viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-labelledby={ "trend-" (at) "-t trend-" (at) "-d" } {
                title id={ "trend-" (at) "-t" } { (title) }
                desc id={ "trend-" (at) "-d" } {
                    @for line in lines { (line.name) ": " (line.values.first().copied().unwrap_or(0)) " at first, " (line.values.last().copied().unwrap_or(0)) " at last. " }
                }
                line class="grid" x1="10" x2=(WIDTH - 10) y1=(y(0)) y2=(y(0)) {}
                line class="grid" x1="10" x2=(WIDTH - 10) y1=(y(most)) y2=(y(most)) {}
                text x="10" y=(y(most) - 5) class="quiet" { (number(most)) }
                @for line in lines {
                    path class={ "line " (line.class) } fill="none" d=(path(line)) {}
                    @for (run, value) in line.values.iter().enumerate() { @if dots || alone(broken, run) { circle class={ "dot " (line.class) } cx=(places[run]) cy=(y(*value)) r="2" {} } }
                }
            }
            figcaption {
                strong { (title) } " "
                @for (at, line) in lines.iter().enumerate() {
                    @if at > 0 { ", " }
                    span class={ "key " (line.class) } { (line.name) " " (number(line.values.last().copied().unwrap_or(0))) }
                }
            }
        }
    }
}

/// Whether no line leads to or from a run, so that only a dot can show it.
fn alone(broken: &[bool], run: usize) -> bool {
    (run == 0 || broken[run]) && broken.get(run + 1).copied().unwrap_or(true)
}

fn table(runs: &[Run]) -> Markup {
    let table = html! { table class="numbers" {
        caption { "The runs, latest first" }
        thead { tr {
            th scope="col" { "Run" }
            @for name in ["Critical", "High", "Medium", "Low", "Info", "Waived", "Unknown", "Pass", "Judged / resources"] { th scope="col" { (name) } }
        } }
        tbody { @for run in runs.iter().rev() { tr {
            th scope="row" { (time(&run.at)) }
            @for count in run.open { td { (number(count)) } }
            @for count in [run.waived, run.unknown, run.pass] { td { (number(count)) } }
            td { (number(run.judged)) " / " (number(run.resources)) }
        } } }
    } };
    html! { details { summary { "The figures of " (length(runs.len())) " runs" } (scrolling("The runs", "", &table)) } }
}

fn missing(missing: &[MissingRuns]) -> Markup {
    html! { @if !missing.is_empty() {
        h3 { "Missing runs" }
        ul { @for gap in missing.iter().take(MOST) { li {
            (counted(gap.runs, "run", "runs")) " between " (time(&gap.from)) " and " (time(&gap.to))
        } } }
        @if missing.len() > MOST { p { (safe(&length(missing.len() - MOST))) " more stretches are in the history." } }
    } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stop_where_runs_are_missing() {
        let run = |at: &str, unknown| Run { at: at.to_owned(), unknown, resources: u64::MAX, ..Run::default() };
        let runs = [run("2026-01-01T00:00:00Z", 4), run("2026-01-02T00:00:00Z", 2)];
        let mut missing = Vec::new();
        let page = |missing: &[MissingRuns], schedule| drawn(&runs, missing, schedule).into_string();
        let lines = |missing: &[MissingRuns]| {
            let page = page(missing, Some("24h"));
            page.split(" d=\"").skip(1).map(|p| p.split('"').next().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let whole = lines(&missing);
        assert!(page(&missing, Some("24h")).contains("No expected run is missing"));
        assert!(!page(&missing, None).contains("No expected run is missing"));
        assert_eq!(whole.len(), 6);
        assert!(whole.iter().all(|p| p.contains('L')), "{whole:?}");
        missing.push(MissingRuns {
            from: "2026-01-01T06:00:00Z".to_owned(),
            to: "2026-01-01T18:00:00+01:00".to_owned(),
            runs: 3,
        });
        assert!(lines(&missing).iter().all(|p| !p.contains('L')));
        assert!(page(&missing, Some("24h")).contains("3 expected runs are missing"));
        // A stretch before the first run breaks nothing; one that cannot be read breaks all.
        missing[0].to = "2026-01-01T00:00:00Z".to_owned();
        missing[0].from = "2025-12-01T00:00:00Z".to_owned();
        assert_eq!(lines(&missing), whole);
        missing[0].from = "soon".to_owned();
        assert!(lines(&missing).iter().all(|p| !p.contains('L')));
    }

    #[test]
    fn runs_stand_by_their_time() {
        let run = |at: &str| Run { at: at.to_owned(), ..Run::default() };
        let at = |times: &[&str]| places(&times.iter().map(|t| run(t)).collect::<Vec<_>>());
        assert_eq!(at(&["2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-05T00:00:00Z"]), [10, 80, 290]);
        assert_eq!(at(&["x", "y", "z"]), [10, 150, 290]);
        assert_eq!(at(&["2026-01-01T00:00:00Z"]), [10]);
    }

    #[test]
    fn without_runs_there_is_no_history() {
        for trend in [None, Some(&Trend::default())] {
            assert!(body(trend).into_string().contains("There is no history"));
        }
    }
}
