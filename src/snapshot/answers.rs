//! What people already have on disk: answers of Azure kept in JSON files.
//!
//! An ARM list (`{"value": […]}`), a Resource Graph answer (`{"data": […]}`), an ARM `GET` answer, a plain array of
//! these, an example of Microsoft's specifications (`{"parameters", "responses"}`), recorded exchanges
//! (`{"interactions": […]}`). All give partial snapshots: what was not in the file was not read.

use std::io::BufRead;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use crate::model::{Gap, GapReason, Manifest, Origin, Resource, SNAPSHOT_SCHEMA, Snapshot, Source, Tool, hex};
use crate::snapshot::{SnapshotError, read_all};

/// The largest file of answers that is read, in bytes.
pub const MAX_ANSWER_BYTES: u64 = 128 << 20;

/// Collects answers out of files.
#[derive(Default)]
pub struct Answers {
    files: Vec<String>,
    digest: Sha256,
    resources: Vec<Resource>,
    gaps: Vec<Gap>,
}

impl Answers {
    /// Reads one file.
    ///
    /// # Errors
    /// [`SnapshotError`] when it is no JSON, or JSON of a form that no answer of Azure has.
    pub fn read(&mut self, path: &Path, input: impl BufRead) -> Result<(), SnapshotError> {
        let file = |what: String| SnapshotError::File { path: path.to_owned(), what };
        let bytes = read_all(path, input, MAX_ANSWER_BYTES)?;
        let text = std::str::from_utf8(&bytes).map_err(|e| {
            let line = bytes[..e.valid_up_to()].iter().filter(|b| **b == b'\n').count() as u64 + 1;
            SnapshotError::Line { path: path.to_owned(), line, what: "the text is not UTF-8".to_owned() }
        })?;
        let text = text.trim_start_matches('\u{feff}');
        let value: Value = serde_json::from_str(text).map_err(|e| SnapshotError::Line {
            path: path.to_owned(),
            line: e.line() as u64,
            what: format!("not JSON: {e}"),
        })?;
        let name = path.to_string_lossy().replace('\\', "/");
        self.digest.update(Sha256::digest(&bytes));
        let origin = Arc::new(Origin::of_file(&name));
        let mut taker = Taker { answers: self, file: &name, origin, found: 0 };
        taker.document(&value);
        if taker.found == 0 {
            return Err(file(
                "holds no resource: expected an ARM answer, a list {\"value\": […]}, a Resource Graph answer \
                 {\"data\": […]}, an array of resources, or a snapshot written by assize"
                    .to_owned(),
            ));
        }
        self.files.push(name);
        Ok(())
    }

    /// Makes the partial snapshot.
    pub fn into_snapshot(self) -> Snapshot {
        let manifest = Manifest {
            schema: SNAPSHOT_SCHEMA.to_owned(),
            tool: Tool::this(),
            source: Source::Files,
            scope: self.files,
            started: None,
            ended: None,
            identity: None,
            partial: true,
            names: std::collections::BTreeMap::new(),
            population: Vec::new(),
        };
        let digest = hex(&self.digest.finalize());
        Snapshot::new(manifest, self.resources, self.gaps).with_digest(digest)
    }
}

struct Taker<'a> {
    answers: &'a mut Answers,
    file: &'a str,
    origin: Arc<Origin>,
    /// Items that were kept, as resources or as gaps.
    found: usize,
}

impl Taker<'_> {
    /// A whole file.
    fn document(&mut self, value: &Value) {
        match value {
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(at, item)| self.answer(item, &format!("item {}", at + 1)));
            }
            Value::Object(map) => {
                if let (Some(Value::Object(responses)), Some(_)) = (map.get("responses"), map.get("parameters")) {
                    for (status, response) in responses {
                        self.response(status, response.get("body"), &format!("response {status}"));
                    }
                    // An example whose answers have no body is read, and says nothing.
                    self.found += 1;
                } else if let Some(Value::Array(interactions)) = map.get("interactions") {
                    for (at, exchange) in interactions.iter().enumerate() {
                        self.exchange(exchange, at + 1);
                    }
                    self.found += 1;
                } else if ["id", "value", "data", "error"].iter().any(|key| map.contains_key(*key)) {
                    self.answer(value, "the answer");
                }
            }
            _ => {}
        }
    }

    /// A recorded exchange: `{"request": …, "response": {"status": {"code"}, "body": {"data"} or {"string"}}}`.
    fn exchange(&mut self, exchange: &Value, number: usize) {
        let place = format!("exchange {number}");
        let status = exchange.pointer("/response/status/code").map(ToString::to_string).unwrap_or_default();
        let body = exchange.pointer("/response/body");
        let parsed = match body.and_then(|b| b.get("string")).and_then(Value::as_str) {
            Some("") => return,
            Some(text) => match serde_json::from_str::<Value>(text) {
                Ok(value) => Some(value),
                Err(error) => {
                    self.gap(&place, GapReason::Malformed, &format!("the recorded body is no JSON: {error}"));
                    return;
                }
            },
            None => body.and_then(|b| b.get("data")).cloned(),
        };
        self.response(&status, parsed.as_ref(), &place);
    }

    fn response(&mut self, status: &str, body: Option<&Value>, place: &str) {
        let Some(body) = body.filter(|b| !b.is_null()) else { return };
        if status.starts_with('2') || body.get("error").is_some() {
            self.answer(body, place);
        } else {
            self.gap(place, reason_of_status(status), &format!("the answer has status {status}"));
        }
    }

    /// One answer: a list, a Resource Graph answer, an error or a resource.
    fn answer(&mut self, value: &Value, place: &str) {
        let Value::Object(map) = value else {
            self.gap(place, GapReason::Malformed, "it is neither a resource nor a list");
            return;
        };
        let items = match (map.get("value"), map.get("data")) {
            (Some(Value::Array(items)), _) if !map.contains_key("id") => Some(items),
            (_, Some(Value::Array(items))) if !map.contains_key("id") => Some(items),
            _ => None,
        };
        if let Some(items) = items {
            self.found += 1;
            for (at, item) in items.iter().enumerate() {
                self.resource(item, &format!("{place}, item {}", at + 1));
            }
            self.incomplete_list(map, place);
        } else if let Some(Value::Object(rows)) =
            map.get("data").filter(|d| d.get("columns").is_some() && d.get("rows").is_some())
        {
            self.found += 1;
            self.table(rows, place);
            self.incomplete_list(map, place);
        } else if let Some(error) = map.get("error").filter(|_| !map.contains_key("id")) {
            let code = error.get("code").and_then(Value::as_str).unwrap_or("no code");
            self.gap(place, reason_of_code(code), &format!("the answer is an error: {code}"));
        } else {
            self.resource(value, place);
        }
    }

    /// A list that says of itself that there is more.
    fn incomplete_list(&mut self, map: &Map<String, Value>, place: &str) {
        let next = ["nextLink", "@odata.nextLink", "$skipToken", "skip_token"]
            .iter()
            .any(|k| map.get(*k).and_then(Value::as_str).is_some_and(|s| !s.is_empty()));
        let truncated = match map.get("resultTruncated").or_else(|| map.get("result_truncated")) {
            Some(Value::Bool(truncated)) => *truncated,
            Some(Value::String(text)) => text.eq_ignore_ascii_case("true"),
            _ => false,
        };
        let counted = |key: &str| map.get(key).and_then(Value::as_u64);
        let total = counted("totalRecords").or_else(|| counted("total_records"));
        let short = matches!((counted("count"), total), (Some(count), Some(total)) if count < total);
        if next || truncated || short {
            self.gap(place, GapReason::OutOfScope, "the list says that there is more than the file holds");
        }
    }

    /// Resource Graph's table form: `{"columns": [{"name"}], "rows": [[…]]}`.
    fn table(&mut self, data: &Map<String, Value>, place: &str) {
        let names: Vec<&str> = data
            .get("columns")
            .and_then(Value::as_array)
            .map(|columns| columns.iter().map(|c| c.get("name").and_then(Value::as_str).unwrap_or("")).collect())
            .unwrap_or_default();
        for (at, row) in data.get("rows").and_then(Value::as_array).into_iter().flatten().enumerate() {
            let cells = row.as_array().map(Vec::as_slice).unwrap_or_default();
            let item: Map<String, Value> =
                names.iter().zip(cells).map(|(name, cell)| ((*name).to_owned(), cell.clone())).collect();
            self.resource(&Value::Object(item), &format!("{place}, row {}", at + 1));
        }
    }

    fn resource(&mut self, value: &Value, place: &str) {
        match Resource::from_value(value) {
            Ok(resource) => {
                self.found += 1;
                self.answers.resources.push(resource.with_origin(Some(Arc::clone(&self.origin))));
            }
            Err(error) => self.gap(place, GapReason::Malformed, &format!("the item cannot be used: {error}")),
        }
    }

    fn gap(&mut self, place: &str, reason: GapReason, detail: &str) {
        self.found += 1;
        self.answers.gaps.push(Gap {
            about: format!("{}: {place}", self.file),
            read: None,
            reason,
            detail: detail.to_owned(),
        });
    }
}

fn reason_of_status(status: &str) -> GapReason {
    match status {
        "401" | "403" => GapReason::Denied,
        "429" => GapReason::Throttled,
        "408" | "504" => GapReason::Timeout,
        "404" | "400" | "409" => GapReason::Unsupported,
        _ => GapReason::Malformed,
    }
}

fn reason_of_code(code: &str) -> GapReason {
    let code = code.to_lowercase();
    if code.contains("authoriz") || code.contains("forbidden") || code.contains("authentication") {
        GapReason::Denied
    } else if code.contains("toomany") || code.contains("throttl") {
        GapReason::Throttled
    } else if code.contains("timeout") {
        GapReason::Timeout
    } else {
        GapReason::Unsupported
    }
}

/// Reads one file of answers that is already in memory, for tests and fuzzing.
///
/// # Errors
/// As [`Answers::read`].
pub fn read_answers(name: &str, bytes: &[u8]) -> Result<Snapshot, SnapshotError> {
    let mut answers = Answers::default();
    answers.read(&PathBuf::from(name), bytes)?;
    Ok(answers.into_snapshot())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Snapshot {
        read_answers("a.json", text.as_bytes()).unwrap()
    }

    const ONE: &str = r#"{"id":"/subscriptions/s/providers/A.B/c/d","name":"d"}"#;

    #[test]
    fn every_form_gives_its_resources() {
        for text in [
            ONE.to_owned(),
            format!("\u{feff}[{ONE}]"),
            format!("{{\"value\":[{ONE}]}}"),
            format!("{{\"data\":[{ONE}],\"count\":1,\"total_records\":1,\"skip_token\":null}}"),
            format!("[{{\"value\":[{ONE}]}}]"),
            r#"{"data":{"columns":[{"name":"id"},{"name":"name"}],"rows":[["/subscriptions/s/providers/A.B/c/d","d"]]}}"#.to_owned(),
            format!("{{\"parameters\":{{}},\"responses\":{{\"200\":{{\"body\":{ONE}}},\"202\":{{}}}}}}"),
            format!("{{\"interactions\":[{{\"response\":{{\"status\":{{\"code\":200}},\"body\":{{\"data\":{{\"value\":[{ONE}]}}}}}}}}]}}"),
        ] {
            let snapshot = read(&text);
            assert_eq!(snapshot.resources().len(), 1, "{text}");
            assert!(snapshot.gaps().is_empty(), "{text}");
            assert!(snapshot.manifest().partial);
        }
    }

    #[test]
    fn what_cannot_be_used_stays_as_a_gap() {
        for (text, reason, word) in [
            (r#"{"value":[{"name":"x"}]}"#, GapReason::Malformed, "no id"),
            (r#"{"value":[7]}"#, GapReason::Malformed, "not a JSON object"),
            (
                r#"{"error":{"code":"AuthorizationFailed","message":"secret"}}"#,
                GapReason::Denied,
                "AuthorizationFailed",
            ),
            (r#"{"error":{"code":"TooManyRequests"}}"#, GapReason::Throttled, "TooManyRequests"),
            (r#"{"value":[],"nextLink":"https://x"}"#, GapReason::OutOfScope, "more than"),
            (r#"{"data":[],"resultTruncated":"true"}"#, GapReason::OutOfScope, "more than"),
            (r#"{"data":[],"count":1,"totalRecords":2}"#, GapReason::OutOfScope, "more than"),
            (
                r#"{"interactions":[{"response":{"status":{"code":403},"body":{"string":"{}"}}}]}"#,
                GapReason::Denied,
                "status 403",
            ),
            (
                r#"{"interactions":[{"response":{"status":{"code":200},"body":{"string":"{"}}}]}"#,
                GapReason::Malformed,
                "no JSON",
            ),
        ] {
            let snapshot = read(text);
            assert_eq!(snapshot.gaps().len(), 1, "{text}");
            assert_eq!(snapshot.gaps()[0].reason, reason, "{text}");
            assert!(snapshot.gaps()[0].detail.contains(word), "{:?}", snapshot.gaps()[0]);
            assert!(snapshot.gaps()[0].about.starts_with("a.json: "));
        }
    }

    #[test]
    fn what_is_no_answer_is_an_error_that_says_where() {
        for (text, word) in [
            ("", "a.json:1"),
            ("{", "a.json:1"),
            ("[]", "holds no resource"),
            ("7", "holds no resource"),
            ("{\"a\":\n,}", "a.json:2"),
        ] {
            let error = read_answers("a.json", text.as_bytes()).map(|_| ()).unwrap_err().to_string();
            assert!(error.contains(word), "{text}: {error}");
        }
        let error = read_answers("a.json", b"\n\n\xff").map(|_| ()).unwrap_err().to_string();
        assert!(error.contains("a.json:3: the text is not UTF-8"), "{error}");
    }

    #[test]
    fn an_empty_list_is_an_empty_estate_that_is_partial() {
        let snapshot = read(r#"{"value":[]}"#);
        assert!(snapshot.resources().is_empty() && snapshot.manifest().partial);
    }
}
