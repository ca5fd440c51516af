//! When runs are expected, and where they are missing.

use chrono::{DateTime, Duration, Utc};
use croner::Cron;
use croner::parser::{CronParser, Seconds, Year};

use crate::history::HistoryError;

/// The most runs that a schedule may expect in the period that is asked for.
const MOST: usize = 200_000;
/// How late a run may be when nothing else is said.
const GRACE: Duration = Duration::hours(6);

/// How often a run is expected: every so often, or at the times of a cron expression, which are in UTC.
#[derive(Debug, Clone)]
pub struct Schedule {
    text: String,
    kind: Kind,
    grace: Duration,
}

#[derive(Debug, Clone)]
enum Kind {
    Every(Duration),
    Cron(Box<Cron>),
}

/// A stretch in which runs are missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Missing {
    pub(super) from: DateTime<Utc>,
    pub(super) to: DateTime<Utc>,
    pub(super) runs: u64,
}

impl Schedule {
    /// Parses `30m`, `24h`, `7d`, or a cron expression of five fields. `grace` is how late a run may be: a length like `2h`;
    /// without it six hours, and for runs more than four times a day a quarter of the distance.
    ///
    /// # Errors
    /// [`HistoryError::Schedule`] when the text is neither.
    pub fn parse(text: &str, grace: Option<&str>) -> Result<Self, HistoryError> {
        let wrong =
            |text: &str, message: &str| HistoryError::Schedule { text: text.to_owned(), message: message.to_owned() };
        let grace = match grace {
            Some(grace) => Some(length(grace).ok_or_else(|| wrong(grace, "it is no length of time"))?),
            None => None,
        };
        let (kind, usual) = match length(text) {
            Some(every) if every < Duration::minutes(1) => return Err(wrong(text, "it is below a minute")),
            Some(every) => (Kind::Every(every), GRACE.min(every / 4)),
            None => {
                let parser = CronParser::builder().seconds(Seconds::Disallowed).year(Year::Disallowed).build();
                let cron = parser.parse(text).map_err(|e| wrong(text, &e.to_string()))?;
                (Kind::Cron(Box::new(cron)), GRACE)
            }
        };
        Ok(Self { text: text.to_owned(), kind, grace: grace.unwrap_or(usual) })
    }

    /// The text that was parsed.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// When runs are due from `from` to `to`. What runs every so often is due from the beginning of the period on.
    ///
    /// # Errors
    /// [`HistoryError::Schedule`] when the expression never comes true, or too often.
    pub fn times(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> Result<Vec<DateTime<Utc>>, HistoryError> {
        let failed = |message: String| HistoryError::Schedule { text: self.text.clone(), message };
        let mut times = Vec::new();
        let mut next = match &self.kind {
            Kind::Every(_) => from,
            Kind::Cron(cron) => cron.find_next_occurrence(&from, true).map_err(|e| failed(e.to_string()))?,
        };
        while next <= to {
            times.push(next);
            if times.len() > MOST {
                return Err(failed(format!("it expects more than {MOST} runs in the period")));
            }
            next = match &self.kind {
                Kind::Every(every) => next + *every,
                Kind::Cron(cron) => cron.find_next_occurrence(&next, false).map_err(|e| failed(e.to_string()))?,
            };
        }
        Ok(times)
    }

    /// How many runs are expected from `from` to `to`, and where they are missing. `runs` are the times of all runs up to
    /// `to`, in order; the last one before `from` counts for what an interval asks at the beginning.
    pub(super) fn missing(
        &self,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        runs: &[DateTime<Utc>],
    ) -> Result<(u64, Vec<Missing>), HistoryError> {
        match &self.kind {
            Kind::Every(every) => Ok(self.every(*every, from, to, runs)),
            Kind::Cron(cron) => self.cron(cron, from, to, runs),
        }
    }

    fn every(
        &self,
        every: Duration,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        runs: &[DateTime<Utc>],
    ) -> (u64, Vec<Missing>) {
        let first = runs.partition_point(|run| *run < from);
        let within: Vec<DateTime<Utc>> = runs[first..].iter().copied().take_while(|run| *run <= to).collect();
        let mut missing = Vec::new();
        // Before the first run that there is, one is due within the first stretch of the period.
        let mut here = runs[..first].last().copied().unwrap_or(from);
        for next in within.iter().copied().chain([to]) {
            let stretch = next - here;
            if stretch > every + self.grace {
                let late = (stretch - self.grace).num_seconds();
                let step = every.num_seconds().max(1);
                let runs = u64::try_from((late - 1) / step).unwrap_or(0).max(1);
                missing.push(Missing { from: here.max(from), to: next, runs });
            }
            here = next;
        }
        let absent: u64 = missing.iter().map(|m| m.runs).sum();
        (within.len() as u64 + absent, missing)
    }

    fn cron(
        &self,
        cron: &Cron,
        from: DateTime<Utc>,
        to: DateTime<Utc>,
        runs: &[DateTime<Utc>],
    ) -> Result<(u64, Vec<Missing>), HistoryError> {
        let mut expected = 0u64;
        let mut missing: Vec<Missing> = Vec::new();
        let failed = |message: String| HistoryError::Schedule { text: self.text.clone(), message };
        let mut due = match cron.find_next_occurrence(&from, true) {
            Ok(due) => due,
            // An expression that never comes true, such as the 30th of February, is a mistake and no absence of runs.
            Err(error) => return Err(failed(error.to_string())),
        };
        while due + self.grace <= to {
            expected += 1;
            if expected > MOST as u64 {
                return Err(failed(format!("it expects more than {MOST} runs in the period")));
            }
            let next = cron.find_next_occurrence(&due, false).map_err(|e| failed(e.to_string()))?;
            let at = runs.partition_point(|run| *run < due);
            if runs.get(at).is_none_or(|run| *run >= next) {
                match missing.last_mut() {
                    Some(last) if last.to == due => (last.to, last.runs) = (next.min(to), last.runs + 1),
                    _ => missing.push(Missing { from: due, to: next.min(to), runs: 1 }),
                }
            }
            due = next;
        }
        Ok((expected, missing))
    }
}

/// `90s`, `30m`, `24h`, `7d`.
fn length(text: &str) -> Option<Duration> {
    let text = text.trim();
    let unit = text.chars().next_back()?;
    let number = text[..text.len() - unit.len_utf8()].parse::<u32>().ok()?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3600,
        'd' => 86_400,
        _ => return None,
    };
    Some(Duration::seconds(i64::from(number) * seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_times_of_a_period_are_told() {
        let at = |text: &str| DateTime::parse_from_rfc3339(text).unwrap().to_utc();
        let (from, to) = (at("2026-11-01T00:00:00Z"), at("2026-11-03T02:00:00Z"));
        let times = |text: &str| Schedule::parse(text, None).unwrap().times(from, to).unwrap();
        let two = [at("2026-11-01T02:00:00Z"), at("2026-11-02T02:00:00Z"), to];
        assert_eq!(times("0 2 * * *"), two);
        assert_eq!(times("24h"), [from, at("2026-11-02T00:00:00Z"), at("2026-11-03T00:00:00Z")]);
        assert!(Schedule::parse("0 0 30 2 *", None).unwrap().times(from, to).is_err());
    }

    fn at(text: &str) -> DateTime<Utc> {
        DateTime::parse_from_rfc3339(&format!("2026-{text}:00Z")).unwrap().to_utc()
    }

    fn missing(
        schedule: &str,
        grace: Option<&str>,
        from: &str,
        to: &str,
        runs: &[&str],
    ) -> (u64, Vec<(String, String, u64)>) {
        let runs: Vec<_> = runs.iter().map(|t| at(t)).collect();
        let (expected, missing) = Schedule::parse(schedule, grace).unwrap().missing(at(from), at(to), &runs).unwrap();
        let shown = |t: DateTime<Utc>| t.format("%m-%dT%H:%M").to_string();
        (expected, missing.iter().map(|m| (shown(m.from), shown(m.to), m.runs)).collect())
    }

    fn row(from: &str, to: &str, runs: u64) -> (String, String, u64) {
        (from.to_owned(), to.to_owned(), runs)
    }

    #[test]
    fn nightly_runs_that_are_a_little_late_are_there() {
        let runs = ["01-01T02:00", "01-02T04:10", "01-03T01:40", "01-04T02:00"];
        assert_eq!(missing("24h", None, "01-01T00:00", "01-04T23:00", &runs), (4, vec![]));
        assert_eq!(missing("0 1 * * *", None, "01-01T00:00", "01-04T23:00", &runs), (4, vec![]));
    }

    #[test]
    fn runs_that_did_not_happen_are_missing() {
        let runs = ["01-01T02:00", "01-02T02:00", "01-05T02:00"];
        let (expected, gaps) = missing("24h", None, "01-01T00:00", "01-06T00:00", &runs);
        assert_eq!((expected, gaps), (5, vec![row("01-02T02:00", "01-05T02:00", 2)]));
        let (expected, gaps) = missing("0 2 * * *", None, "01-01T00:00", "01-06T00:00", &runs);
        assert_eq!((expected, gaps), (5, vec![row("01-03T02:00", "01-05T02:00", 2)]));
    }

    #[test]
    fn both_ends_of_the_period_count() {
        let (_, gaps) = missing("24h", Some("1h"), "01-01T00:00", "01-10T00:00", &["01-04T00:00"]);
        assert_eq!(gaps, vec![row("01-01T00:00", "01-04T00:00", 2), row("01-04T00:00", "01-10T00:00", 5)]);
        let (_, gaps) = missing("0 0 * * *", Some("1h"), "01-01T00:00", "01-05T12:00", &["01-04T00:00"]);
        assert_eq!(gaps, vec![row("01-01T00:00", "01-04T00:00", 3), row("01-05T00:00", "01-05T12:00", 1)]);
        // A run shortly before the period covers its beginning.
        assert_eq!(missing("24h", None, "01-01T12:00", "01-02T03:00", &["01-01T02:00", "01-02T02:00"]).1, vec![]);
        assert_eq!(
            missing("24h", None, "01-01T00:00", "01-05T00:00", &[]).1,
            vec![row("01-01T00:00", "01-05T00:00", 3)]
        );
    }

    #[test]
    fn a_run_that_is_not_due_yet_is_not_missing() {
        assert_eq!(missing("0 2 * * *", None, "01-01T00:00", "01-02T03:00", &["01-01T02:00"]), (1, vec![]));
        assert_eq!(missing("0 2 * * *", Some("30m"), "01-01T00:00", "01-02T03:00", &["01-01T02:00"]).1.len(), 1);
    }

    #[test]
    fn weekdays_are_those_of_cron() {
        // 5 January 2026 is a Monday.
        let runs = ["01-05T03:00", "01-12T03:00"];
        assert_eq!(missing("0 3 * * 1", None, "01-01T00:00", "01-18T00:00", &runs), (2, vec![]));
        assert_eq!(missing("0 3 * * 2", None, "01-01T00:00", "01-14T00:00", &runs).0, 2);
    }

    #[test]
    fn what_is_no_schedule_is_refused() {
        for text in
            ["", "h", "-1h", "1w", "5", "0s", "59s", "99999999999h", "* * * *", "0 0 0 1 1 *", "61 * * * *", "é", "@@"]
        {
            assert!(Schedule::parse(text, None).is_err(), "{text}");
        }
        assert!(Schedule::parse("24h", Some("soon")).is_err());
        let never =
            Schedule::parse("0 0 30 2 *", None).and_then(|s| s.missing(at("01-01T00:00"), at("02-01T00:00"), &[]));
        assert!(never.is_err());
        let far = DateTime::from_timestamp(9_999_999_999, 0).unwrap();
        assert!(Schedule::parse("* * * * *", None).unwrap().missing(at("01-01T00:00"), far, &[]).is_err());
    }
}
