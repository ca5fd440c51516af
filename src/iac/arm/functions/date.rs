//! Functions on dates. The current time is never known.

use chrono::{DateTime, Days, Months, NaiveDateTime, TimeDelta, Utc};

use crate::iac::arm::functions::{Args, Done, Stop, int, text};

pub(super) fn call(name: &str, args: &Args<'_>) -> Option<Done> {
    Some(match name {
        "datetimeadd" => add(args),
        "datetimefromepoch" => args.int(0).and_then(|seconds| match DateTime::from_timestamp(seconds, 0) {
            Some(time) => text(time.format("%Y-%m-%dT%H:%M:%SZ").to_string()),
            None => args.wrong("the number is out of range"),
        }),
        "datetimetoepoch" => args.text(0).and_then(|t| match parse(t) {
            Some(time) => int(time.timestamp()),
            None => args.wrong(format!("'{t}' is no date")),
        }),
        _ => return None,
    })
}

fn parse(value: &str) -> Option<DateTime<Utc>> {
    if let Ok(time) = DateTime::parse_from_rfc3339(value) {
        return Some(time.to_utc());
    }
    ["%Y-%m-%d %H:%M:%SZ", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y%m%dT%H%M%SZ"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(value, form).ok())
        .or_else(|| chrono::NaiveDate::parse_from_str(value, "%Y-%m-%d").ok()?.and_hms_opt(0, 0, 0))
        .map(|time| time.and_utc())
}

fn add(args: &Args<'_>) -> Done {
    args.count(2..=3)?;
    let (base, duration) = (args.text(0)?, args.text(1)?);
    let Some(time) = parse(base) else { return args.wrong(format!("'{base}' is no date")) };
    let Some(sum) = shifted(time, duration) else { return args.wrong(format!("'{duration}' cannot be added")) };
    let spelled = match args.list.len() {
        3 => net_format(args.text(2)?),
        _ => Some("%Y-%m-%dT%H:%M:%SZ".to_owned()),
    };
    match spelled {
        Some(form) => text(sum.format(&form).to_string()),
        None => Err(Stop::unknown("the date format is not read")),
    }
}

/// Adds an ISO 8601 duration: `P1Y2M3DT4H5M6S`, `-P9D`, `P2W`.
fn shifted(time: DateTime<Utc>, duration: &str) -> Option<DateTime<Utc>> {
    let (minus, rest) = match duration.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, duration),
    };
    let (date, clock) = match rest.strip_prefix('P')?.split_once('T') {
        Some((date, clock)) => (date, clock),
        None => (rest.strip_prefix('P')?, ""),
    };
    let mut sum = time;
    for (text, in_clock) in [(date, false), (clock, true)] {
        let mut digits = String::new();
        for letter in text.chars() {
            if letter.is_ascii_digit() {
                digits.push(letter);
                continue;
            }
            let count: u32 = digits.parse().ok()?;
            digits.clear();
            let seconds = |each: i64| TimeDelta::try_seconds(each * i64::from(count));
            let months = |each: u32| count.checked_mul(each).map(Months::new);
            let days = |each: u64| Days::new(u64::from(count) * each);
            sum = match (letter, in_clock, minus) {
                ('Y', false, false) => sum.checked_add_months(months(12)?)?,
                ('Y', false, true) => sum.checked_sub_months(months(12)?)?,
                ('M', false, false) => sum.checked_add_months(months(1)?)?,
                ('M', false, true) => sum.checked_sub_months(months(1)?)?,
                ('W', false, false) => sum.checked_add_days(days(7))?,
                ('W', false, true) => sum.checked_sub_days(days(7))?,
                ('D', false, false) => sum.checked_add_days(days(1))?,
                ('D', false, true) => sum.checked_sub_days(days(1))?,
                ('H' | 'M' | 'S', true, minus) => {
                    let each = match letter {
                        'H' => 3600,
                        'M' => 60,
                        _ => 1,
                    };
                    let delta = seconds(each)?;
                    if minus { sum.checked_sub_signed(delta)? } else { sum.checked_add_signed(delta)? }
                }
                _ => return None,
            };
        }
        if !digits.is_empty() {
            return None;
        }
    }
    Some(sum)
}

/// A .NET date format as chrono's; `None` for what is not known here.
fn net_format(form: &str) -> Option<String> {
    match form {
        "u" => return Some("%Y-%m-%d %H:%M:%SZ".to_owned()),
        "s" => return Some("%Y-%m-%dT%H:%M:%S".to_owned()),
        "d" => return Some("%-m/%-d/%Y".to_owned()),
        _ => {}
    }
    let mut out = String::new();
    let mut rest = form;
    while let Some(first) = rest.chars().next() {
        let run = rest.len() - rest.trim_start_matches(first).len();
        let (same, after) = rest.split_at(run);
        out.push_str(match same {
            "yyyy" => "%Y",
            "yy" => "%y",
            "MM" => "%m",
            "M" => "%-m",
            "dd" => "%d",
            "d" => "%-d",
            "HH" => "%H",
            "H" => "%-H",
            "hh" => "%I",
            "mm" => "%M",
            "ss" => "%S",
            "tt" => "%p",
            "T" | "Z" | "-" | ":" | " " | "/" | "." | "_" => same,
            _ => return None,
        });
        rest = after;
    }
    // A single letter is a standard format of its own.
    (form.len() > 1).then_some(out)
}
