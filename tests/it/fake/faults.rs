//! What goes wrong: which fault a request meets, and what becomes of its answer.

use std::collections::BTreeSet;
use std::io::Write;
use std::time::Duration;

use serde_json::{Value, json};

use super::action;
use super::answer::Answer;
use super::ask::Ask;
use super::behaviour::{Fault, Fits, Kind, Times, Wrong};
use super::errors;

/// What is sent.
#[derive(Debug)]
pub(super) enum Outcome {
    /// The answer.
    Whole(Answer),
    /// A part of the body, and the end of the connection.
    Truncated(Answer),
    /// The answer, byte by byte.
    Drip(Answer, Duration),
    /// Nothing, ever.
    Silence,
    /// The end of the connection.
    Reset,
}

/// How often each fault has happened.
#[derive(Debug, Default)]
pub(super) struct Fired {
    counts: Vec<usize>,
    each: BTreeSet<(usize, String)>,
}

impl Fired {
    /// The fault that a request meets, if it meets one; counts it.
    pub(super) fn meet(&mut self, faults: &[Fault], ask: &Ask) -> Option<Kind> {
        self.counts.resize(faults.len(), 0);
        let (mut line, shape) = (ask.line(), ask.shape());
        if ask.method == "POST" {
            line = format!("{line} {}", String::from_utf8_lossy(&ask.body));
        }
        let action = action::of(&ask.method, &ask.segments).0;
        for (at, fault) in faults.iter().enumerate() {
            let fits = match &fault.fits {
                Fits::Line(regex) => regex.is_match(&line),
                Fits::Shape(wanted) => *wanted == shape,
                Fits::Action(granted) => action::covers(granted, &action),
            };
            let due = fits
                && match fault.times {
                    Times::Forever => true,
                    Times::Once => self.counts[at] == 0,
                    Times::First(most) => self.counts[at] < most,
                    Times::OnceEach => self.each.insert((at, line.clone())),
                };
            if due {
                self.counts[at] += 1;
                return Some(fault.kind.clone());
            }
        }
        None
    }
}

/// What becomes of the true answer.
pub(super) fn apply(kind: &Kind, ask: &Ask, token: &str, truth: impl FnOnce() -> Answer) -> Outcome {
    let (action, scope) = action::of(&ask.method, &ask.segments);
    let retry = |answer: Answer, after: &Option<String>| match after {
        Some(after) => answer.with("retry-after", after),
        None => answer,
    };
    Outcome::Whole(match kind {
        Kind::Timeout => return Outcome::Silence,
        Kind::Reset => return Outcome::Reset,
        Kind::Truncated => return Outcome::Truncated(truth()),
        Kind::Drip(pause) => return Outcome::Drip(truth(), *pause),
        Kind::Unauthorized => errors::expired_token(),
        Kind::Claims(challenge) => errors::claims(challenge),
        Kind::Forbidden => errors::forbidden(&ask.path, &action, &scope),
        Kind::NotFound => errors::no_resource(&action, None),
        Kind::Conflict => errors::error(
            409,
            "Conflict",
            &format!("The operation on '{scope}' cannot be performed: another operation is in progress."),
        ),
        Kind::Unregistered => errors::unregistered(action.split('/').next().unwrap_or_default()),
        Kind::ApiVersion(supported) => {
            let version = ask.parameter("api-version").unwrap_or_default();
            errors::no_api_version(action.rsplit_once('/').map_or(&action, |(kind, _)| kind), version, supported)
        }
        Kind::Throttled(after) => retry(errors::throttled(&format!("'{scope}'"), 5), after),
        Kind::ServerError => errors::error(500, "InternalServerError", "The server encountered an internal error."),
        Kind::Unavailable(after) => {
            retry(errors::error(503, "ServerBusy", "The server is busy. Please retry the request."), after)
        }
        Kind::CutJson => {
            let mut answer = truth();
            answer.body.truncate(answer.body.len() * 2 / 3);
            answer
        }
        Kind::Wrong(wrong) => wrong_type(*wrong, truth()),
        Kind::ForeignLink(origin) => half(truth(), &format!("{origin}{}?stolen=1", ask.path)),
        Kind::LinkLoop => {
            let answer = truth();
            let mut body = answer.value();
            if !is_list(&body) {
                return Outcome::Whole(answer);
            }
            body["nextLink"] = json!(format!("http://{}{}?{}", ask.host, ask.path, ask.raw_query));
            answer.with_value(&body)
        }
        Kind::Redirect(origin) => {
            Answer::text(302, "").with("location", &format!("{origin}{}?{}", ask.path, ask.raw_query))
        }
        Kind::GzipBomb(size) => bomb(*size),
        Kind::Huge(size) => Answer::text(200, &format!("{{\"value\":[\"{}\"]}}", "0".repeat(*size))),
        Kind::EchoToken => errors::error(
            403,
            "AuthorizationFailed",
            &format!("The caller with header 'Authorization: Bearer {token}' may not perform '{action}'."),
        )
        .with("x-ms-failure-cause", token),
        Kind::MissingValue => {
            let answer = truth();
            let mut body = answer.value();
            match body.as_object_mut() {
                Some(fields) if fields.contains_key("value") => drop(fields.remove("value")),
                Some(fields) if fields.contains_key("totalRecords") => drop(fields.remove("data")),
                _ => body = json!({}),
            }
            answer.with_value(&body)
        }
        Kind::WrongCount => {
            let answer = truth();
            let mut body = answer.value();
            if let Some(total) = body["totalRecords"].as_u64() {
                body["totalRecords"] = json!(total + 1);
            }
            answer.with_value(&body)
        }
        Kind::NoSkipToken => no_skip_token(truth()),
        Kind::Status(status) => {
            let mut answer = truth();
            answer.status = *status;
            answer
        }
        Kind::Body(status, body) => Answer::text(*status, body),
    })
}

fn is_list(body: &Value) -> bool {
    body["value"].is_array()
}

fn wrong_type(wrong: Wrong, answer: Answer) -> Answer {
    let mut body = answer.value();
    let list = ["value", "data"].into_iter().find(|name| body[*name].is_array());
    match (wrong, list) {
        (Wrong::Object, Some(name)) => body[name] = json!({"0": "an object"}),
        (Wrong::Object, None) => body = json!([]),
        (Wrong::Items, Some(name)) => body[name] = json!([7, "text", null, {"id": 7}]),
        (Wrong::Items, None) => body["properties"] = json!("a text"),
        (Wrong::Text, _) => body = json!("a text"),
        (Wrong::Null, _) => body = Value::Null,
        (Wrong::Html, _) => {
            let mut page = Answer::text(200, "<!DOCTYPE html><html><body><h1>Sign in</h1></body></html>");
            page = page.with("content-type", "text/html; charset=utf-8");
            return page;
        }
        (Wrong::Empty, _) => return Answer::text(200, ""),
    }
    answer.with_value(&body)
}

/// Half of the items, and the rest behind a link to somewhere else.
fn half(answer: Answer, link: &str) -> Answer {
    let mut body = answer.value();
    let Some(items) = body["value"].as_array_mut() else { return answer };
    items.truncate(items.len() / 2);
    body["nextLink"] = json!(link);
    if body.get("@odata.context").is_some() {
        body["@odata.nextLink"] = json!(link);
    }
    answer.with_value(&body)
}

fn no_skip_token(answer: Answer) -> Answer {
    let mut body = answer.value();
    let Some(rows) = body["data"].as_array_mut() else { return answer };
    rows.truncate(rows.len() / 2);
    body["count"] = json!(rows.len());
    body["resultTruncated"] = json!("true");
    if let Some(fields) = body.as_object_mut() {
        fields.remove("$skipToken");
    }
    answer.with_value(&body)
}

/// A small body that is large when it is not compressed.
fn bomb(size: usize) -> Answer {
    let chunk = vec![b'0'; 1 << 16];
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(b"{\"value\":[\"").expect("a vector takes all");
    let mut left = size;
    while left > 0 {
        let now = left.min(chunk.len());
        gzip.write_all(&chunk[..now]).expect("a vector takes all");
        left -= now;
    }
    gzip.write_all(b"\"]}").expect("a vector takes all");
    let mut answer = Answer::text(200, "").with("content-encoding", "gzip");
    answer.body = gzip.finish().expect("a vector takes all");
    answer
}

/// The body compressed.
pub(super) fn gzip(mut answer: Answer) -> Answer {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(&answer.body).expect("a vector takes all");
    answer.body = gzip.finish().expect("a vector takes all");
    answer.with("content-encoding", "gzip")
}
