//! What was asked and what came, kept while a collection runs, so that one that was stopped goes on where it was. Takes and
//! gives records of calls; the file is the caller's. Everything in it is free of secrets already.

use std::collections::BTreeMap;
use std::io::{BufRead, Write};
use std::sync::Mutex;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::model::{GapReason, Origin};

/// The version of the journal's format that this build writes and reads.
pub const JOURNAL_SCHEMA: &str = "assize.journal/1";

/// The longest line that is read back, in bytes: one call with all its pages.
const MAX_LINE: usize = 1 << 30;

/// The first line: what the collection was asked for. Only the same question may be taken up again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// [`JOURNAL_SCHEMA`].
    pub schema: String,
    /// The version of the program.
    pub version: String,
    /// SHA-256 of the plan.
    pub plan: String,
    /// Endpoints, scope and options, as text.
    pub question: String,
    /// When the collection began, RFC 3339.
    pub started: String,
}

/// An item of an answer, without secrets.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Item {
    /// The body.
    pub(crate) body: Box<RawValue>,
    /// The reads whose values were dropped.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) dropped: Vec<String>,
}

/// One answer.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Page {
    /// Which request it answers.
    pub(crate) origin: Origin,
    /// The items; of a single read, the one.
    pub(crate) items: Vec<Item>,
}

/// Why a call has no answer, or not all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Trouble {
    /// The reason of the gaps that follow from it.
    pub(crate) reason: GapReason,
    /// The HTTP status, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<u16>,
    /// The code of the error.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<String>,
    /// Call, status, code and message, for people.
    pub(crate) text: String,
}

/// What a call gave.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Record {
    /// The answers.
    pub(crate) pages: Vec<Page>,
    /// Why there are not more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) trouble: Option<Trouble>,
}

impl Record {
    /// Every item with the request that it came by.
    pub(crate) fn items(self) -> impl Iterator<Item = (std::sync::Arc<Origin>, Item)> {
        self.pages.into_iter().flat_map(|page| {
            let origin = std::sync::Arc::new(page.origin);
            page.items.into_iter().map(move |item| (std::sync::Arc::clone(&origin), item))
        })
    }
}

#[derive(Serialize)]
struct LineOut<'a> {
    call: &'a str,
    record: &'a Record,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LineIn {
    call: String,
    record: Record,
}

/// Why a journal cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// It cannot be read or written.
    #[error("the journal cannot be used: {0}")]
    Io(#[from] std::io::Error),
    /// It is no journal.
    #[error("line {line} of the journal cannot be read: {what}; start again without --resume")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// It belongs to another collection.
    #[error("the journal belongs to a collection with another {0}; start again without --resume")]
    Other(&'static str),
}

/// What was read back of a journal.
#[derive(Debug)]
pub struct Past {
    header: Header,
    known: BTreeMap<String, Record>,
    /// How many bytes hold whole lines; what follows was cut off when the program was stopped.
    pub good: u64,
    /// How many calls are answered in it.
    pub calls: usize,
}

impl Past {
    /// Reads a journal back. A last line that is not whole is left out.
    ///
    /// # Errors
    /// [`JournalError`] when the file cannot be read or is none of ours.
    pub fn read(mut input: impl BufRead) -> Result<Self, JournalError> {
        let mut text = Vec::new();
        let mut past: Option<Self> = None;
        let (mut good, mut number) = (0u64, 0);
        loop {
            text.clear();
            let read = std::io::Read::take(&mut input, MAX_LINE as u64).read_until(b'\n', &mut text)?;
            number += 1;
            if text.last() != Some(&b'\n') {
                if read == MAX_LINE {
                    return Err(JournalError::Malformed { line: number, what: "it is too long".to_owned() });
                }
                break;
            }
            let malformed = |e: serde_json::Error| JournalError::Malformed { line: number, what: e.to_string() };
            match &mut past {
                None => {
                    let header: Header = serde_json::from_slice(&text).map_err(malformed)?;
                    if header.schema != JOURNAL_SCHEMA {
                        return Err(JournalError::Other("format"));
                    }
                    past = Some(Self { header, known: BTreeMap::new(), good: 0, calls: 0 });
                }
                Some(past) => {
                    let line: LineIn = serde_json::from_slice(&text).map_err(malformed)?;
                    past.known.insert(line.call, line.record);
                }
            }
            good += read as u64;
        }
        let missing = || JournalError::Malformed { line: 1, what: "there is no whole first line".to_owned() };
        let mut past = past.ok_or_else(missing)?;
        past.good = good;
        past.calls = past.known.len();
        Ok(past)
    }

    /// Forgets the calls that failed, so that they are made again.
    pub fn forget_failures(&mut self) {
        self.known.retain(|_, record| record.trouble.is_none());
        self.calls = self.known.len();
    }
}

/// A journal that is being written.
pub struct Journal {
    header: Header,
    known: Mutex<BTreeMap<String, Record>>,
    out: Mutex<Box<dyn Write + Send>>,
}

impl std::fmt::Debug for Journal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Journal").field("header", &self.header).finish_non_exhaustive()
    }
}

impl Journal {
    /// Begins a journal.
    ///
    /// # Errors
    /// When the first line cannot be written.
    pub fn start(header: Header, mut out: Box<dyn Write + Send>) -> Result<Self, JournalError> {
        let line = serde_json::to_string(&header).map_err(std::io::Error::from)?;
        out.write_all(format!("{line}\n").as_bytes())?;
        out.flush()?;
        Ok(Self { header, known: Mutex::new(BTreeMap::new()), out: Mutex::new(out) })
    }

    /// Takes up a journal; `out` writes after its last whole line.
    ///
    /// # Errors
    /// [`JournalError::Other`] when it answers another question.
    pub fn resume(header: &Header, past: Past, out: Box<dyn Write + Send>) -> Result<Self, JournalError> {
        let before = &past.header;
        let same = [
            ("version of assize", before.version == header.version),
            ("plan: other policies or another catalogue", before.plan == header.plan),
            ("scope, endpoint or option", before.question == header.question),
        ];
        if let Some((what, _)) = same.iter().find(|(_, same)| !same) {
            return Err(JournalError::Other(what));
        }
        Ok(Self { header: past.header, known: Mutex::new(past.known), out: Mutex::new(out) })
    }

    /// When the collection began, RFC 3339.
    pub fn started(&self) -> &str {
        &self.header.started
    }

    /// What is known of a call; it is given out once.
    pub(crate) fn take(&self, call: &str) -> Option<Record> {
        self.known.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(call)
    }

    /// Keeps what a call gave.
    pub(crate) fn put(&self, call: &str, record: &Record) -> Result<(), JournalError> {
        let mut line = serde_json::to_vec(&LineOut { call, record }).map_err(std::io::Error::from)?;
        line.push(b'\n');
        let mut out = self.out.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        // One write for one line: a program that is killed leaves whole lines and at most one that is cut off.
        out.write_all(&line)?;
        Ok(out.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn header() -> Header {
        Header {
            schema: JOURNAL_SCHEMA.to_owned(),
            version: "1".to_owned(),
            plan: "p".to_owned(),
            question: "q".to_owned(),
            started: "2026-11-01T00:00:00Z".to_owned(),
        }
    }

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn record(trouble: bool) -> Record {
        let origin = Origin::Request {
            method: "GET".to_owned(),
            path: "/x".to_owned(),
            api_version: "1".to_owned(),
            time: "2026-11-01T00:00:00Z".to_owned(),
            request_id: None,
            digest: "d".to_owned(),
            older_than: None,
        };
        let body = RawValue::from_string("{\"id\":\"/subscriptions/s\",\"n\":1e999}".to_owned()).unwrap();
        let item = Item { body, dropped: vec!["resource.properties.secret".to_owned()] };
        let why =
            Trouble { reason: GapReason::Denied, status: Some(403), code: Some("X".to_owned()), text: "t".to_owned() };
        Record { pages: vec![Page { origin, items: vec![item] }], trouble: trouble.then_some(why) }
    }

    fn written() -> Vec<u8> {
        let out = Shared::default();
        let journal = Journal::start(header(), Box::new(out.clone())).unwrap();
        journal.put("GET /a", &record(false)).unwrap();
        journal.put("GET /b", &record(true)).unwrap();
        let held = out.0.lock().unwrap();
        held.clone()
    }

    #[test]
    fn what_was_written_is_read_whatever_was_cut_off() {
        let bytes = written();
        for end in 0..=bytes.len() {
            let lines = bytes[..end].iter().filter(|b| **b == b'\n').count();
            match Past::read(&bytes[..end]) {
                Ok(past) => {
                    assert_eq!(past.calls, lines - 1);
                    assert_eq!(past.good as usize, bytes[..end].iter().rposition(|b| *b == b'\n').unwrap() + 1);
                    let journal = Journal::resume(&header(), past, Box::new(Shared::default())).unwrap();
                    let again = journal.take("GET /a").map(|r| serde_json::to_string(&r).unwrap());
                    assert_eq!(again, (lines > 1).then(|| serde_json::to_string(&record(false)).unwrap()));
                    assert!(journal.take("GET /a").is_none(), "it is given out once");
                }
                Err(error) => assert!(lines == 0, "{error}"),
            }
        }
    }

    #[test]
    fn failures_can_be_forgotten() {
        let mut past = Past::read(written().as_slice()).unwrap();
        past.forget_failures();
        assert_eq!(past.calls, 1);
        assert!(past.known.contains_key("GET /a"));
    }

    #[test]
    fn another_question_is_refused() {
        for (header, word) in [
            (Header { plan: "other".to_owned(), ..header() }, "plan"),
            (Header { question: "other".to_owned(), ..header() }, "scope"),
            (Header { version: "2".to_owned(), ..header() }, "version"),
        ] {
            let past = Past::read(written().as_slice()).unwrap();
            let error = Journal::resume(&header, past, Box::new(Shared::default())).unwrap_err().to_string();
            assert!(error.contains(word) && error.contains("--resume"), "{error}");
        }
        for text in ["", "{}\n", "x\n", "{\"schema\":\"assize.journal/2\"}\n"] {
            assert!(Past::read(text.as_bytes()).is_err());
        }
        let damaged = String::from_utf8(written()).unwrap().replacen("\"call\"", "\"cull\"", 1);
        assert!(Past::read(damaged.as_bytes()).unwrap_err().to_string().contains("line 2"));
    }
}
