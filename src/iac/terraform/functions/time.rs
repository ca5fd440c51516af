//! Points in time that the code writes. What time it is, nobody here knows.

use chrono::{DateTime, Datelike, FixedOffset, SecondsFormat, TimeDelta, Timelike};

use crate::iac::Node;
use crate::iac::terraform::functions::args::{int_node, text};
use crate::iac::terraform::functions::{Answer, Context};

fn parse(node: &Node) -> Result<DateTime<FixedOffset>, String> {
    let text = text(node)?;
    // Only the form that RFC 3339 shows; the crate would take a space for the T.
    if text.as_bytes().get(10) != Some(&b'T') {
        return Err("not a valid RFC3339 timestamp: missing required time introducer 'T'".to_owned());
    }
    DateTime::parse_from_rfc3339(&text).map_err(|_| format!("not a valid RFC3339 timestamp: {text:?}"))
}

pub(super) fn timecmp(args: &[Node], _: &Context<'_>) -> Answer {
    Ok(int_node(parse(&args[0])?.cmp(&parse(&args[1])?) as i64))
}

pub(super) fn timeadd(args: &[Node], _: &Context<'_>) -> Answer {
    let time = parse(&args[0])?;
    let added = duration(&text(&args[1])?)?;
    let time = time.checked_add_signed(added).ok_or("the result is out of range")?;
    let time = time.with_nanosecond(0).unwrap_or(time);
    Ok(Node::string(time.to_rfc3339_opts(SecondsFormat::Secs, true)))
}

/// A duration as Go writes it: `-1h30m`, `1.5s`.
fn duration(text: &str) -> Result<TimeDelta, String> {
    let wrong = || format!("time: invalid duration {text:?}");
    let (negative, mut rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if rest == "0" {
        return Ok(TimeDelta::zero());
    }
    let mut total = 0i128;
    if rest.is_empty() {
        return Err(wrong());
    }
    while !rest.is_empty() {
        let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let end = after.find(|c: char| c.is_ascii_digit() || c == '.').unwrap_or(after.len());
        let (unit, after) = after.split_at(end);
        rest = after;
        let nanos: i128 = match unit {
            "ns" => 1,
            "us" | "µs" | "μs" => 1_000,
            "ms" => 1_000_000,
            "s" => 1_000_000_000,
            "m" => 60_000_000_000,
            "h" => 3_600_000_000_000,
            "" => return Err(format!("time: missing unit in duration {text:?}")),
            unit => return Err(format!("time: unknown unit {unit:?} in duration {text:?}")),
        };
        let (whole, part) = number.split_once('.').unwrap_or((number, ""));
        if (whole.is_empty() && part.is_empty()) || whole.len() > 18 || part.contains('.') {
            return Err(wrong());
        }
        let digits = |t: &str| if t.is_empty() { Ok(0) } else { t.parse::<i128>().map_err(|_| wrong()) };
        let part: String = part.chars().take(15).collect();
        let scale = 10i128.pow(u32::try_from(part.len()).unwrap_or(0));
        total += digits(whole)? * nanos + digits(&part)? * nanos / scale;
    }
    let total = i64::try_from(total).map_err(|_| wrong())?;
    Ok(TimeDelta::nanoseconds(if negative { -total } else { total }))
}

pub(super) fn formatdate(args: &[Node], _: &Context<'_>) -> Answer {
    let (format, time) = (text(&args[0])?, parse(&args[1])?);
    let (mut out, mut rest) = (String::new(), &*format);
    while let Some(first) = rest.chars().next() {
        if first == '\'' {
            rest = quoted(&rest[1..], &mut out)?;
            continue;
        }
        let end = rest.find(|c| c != first).unwrap_or(rest.len());
        let (verb, after) = rest.split_at(end);
        rest = after;
        if first.is_ascii_alphabetic() {
            out.push_str(&part(verb, &time)?);
        } else {
            out.push_str(verb);
        }
    }
    Ok(Node::string(out))
}

/// A text in quotes, where two quotes are one. Gives what follows.
fn quoted<'a>(mut rest: &'a str, out: &mut String) -> Result<&'a str, String> {
    loop {
        let end = rest.find('\'').ok_or("unterminated literal '")?;
        out.push_str(&rest[..end]);
        rest = &rest[end + 1..];
        match rest.strip_prefix('\'') {
            Some(after) => {
                out.push('\'');
                rest = after;
            }
            None => return Ok(rest),
        }
    }
}

fn part(verb: &str, time: &DateTime<FixedOffset>) -> Result<String, String> {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const DAYS: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
    let month = MONTHS[time.month0() as usize % 12];
    let day = DAYS[time.weekday().num_days_from_sunday() as usize % 7];
    let twelve = time.hour12().1;
    let morning = time.hour() < 12;
    let seconds = time.offset().local_minus_utc();
    let zone = |colon: &str| {
        let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.abs() / 60);
        format!("{sign}{:02}{colon}{:02}", minutes / 60, minutes % 60)
    };
    Ok(match verb {
        "YYYY" => format!("{:04}", time.year()),
        "YY" => format!("{:02}", time.year().rem_euclid(100)),
        "MMMM" => month.to_owned(),
        "MMM" => month[..3].to_owned(),
        "MM" => format!("{:02}", time.month()),
        "M" => time.month().to_string(),
        "DD" => format!("{:02}", time.day()),
        "D" => time.day().to_string(),
        "EEEE" => day.to_owned(),
        "EEE" => day[..3].to_owned(),
        "hh" => format!("{:02}", time.hour()),
        "h" => time.hour().to_string(),
        "HH" => format!("{twelve:02}"),
        "H" => twelve.to_string(),
        "AA" => if morning { "AM" } else { "PM" }.to_owned(),
        "aa" => if morning { "am" } else { "pm" }.to_owned(),
        "mm" => format!("{:02}", time.minute()),
        "m" => time.minute().to_string(),
        "ss" => format!("{:02}", time.second()),
        "s" => time.second().to_string(),
        "ZZZZZ" => zone(":"),
        "ZZZZ" => zone(""),
        "ZZZ" if seconds == 0 => "UTC".to_owned(),
        "ZZZ" => zone(""),
        "Z" if seconds == 0 => "Z".to_owned(),
        "Z" => zone(":"),
        verb => return Err(format!("invalid date format verb {verb:?}")),
    })
}
