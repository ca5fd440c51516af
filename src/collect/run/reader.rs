//! Calls that are made once: through the client, without secrets, into the journal. A call that the journal knows is not made
//! again.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use serde_json::value::RawValue;
use sha2::{Digest, Sha256};

use crate::collect::catalog::catalog;
use crate::collect::client::{Answer, Call, Client, Fault, Plane, Query};
use crate::collect::journal::{Item, Journal, JournalError, Page, Record, Trouble};
use crate::collect::redact::Redactor;
use crate::model::{GapReason, Origin, hex};

/// What reads.
pub(super) struct Reader<'a> {
    pub(super) client: &'a Client,
    redactor: &'a Redactor,
    journal: &'a Journal,
    stop: &'a AtomicBool,
    failed: AtomicUsize,
    broken: Mutex<Option<JournalError>>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(client: &'a Client, redactor: &'a Redactor, journal: &'a Journal, stop: &'a AtomicBool) -> Self {
        Self { client, redactor, journal, stop, failed: AtomicUsize::new(0), broken: Mutex::new(None) }
    }

    /// How many calls failed.
    pub(super) fn end(&self) -> Result<usize, JournalError> {
        match self.broken.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take() {
            Some(error) => Err(error),
            None => Ok(self.failed.load(Ordering::Relaxed)),
        }
    }

    /// What is known of a call without making it.
    fn known(&self, key: &str) -> Option<Record> {
        let known = self.journal.take(key).or_else(|| {
            let text = format!("{key}: the collection was stopped before this call");
            let trouble = Trouble { reason: GapReason::Timeout, status: None, code: None, text };
            self.stop.load(Ordering::Relaxed).then(|| Record { pages: Vec::new(), trouble: Some(trouble) })
        })?;
        self.count(&known);
        Some(known)
    }

    fn count(&self, record: &Record) {
        let failed = record.trouble.as_ref().is_some_and(is_failure);
        self.failed.fetch_add(usize::from(failed), Ordering::Relaxed);
    }

    /// Takes back that the call failed, if it was counted: it was an answer after all.
    pub(super) fn forgive(&self, trouble: &Trouble) {
        self.failed.fetch_sub(usize::from(is_failure(trouble)), Ordering::Relaxed);
    }

    /// Reads a list.
    pub(super) async fn list(&self, call: &Call) -> Record {
        let key = format!("LIST {}", name(call));
        if let Some(known) = self.known(&key) {
            return known;
        }
        let listing = self.client.list(call).await;
        let pages = listing.pages.into_iter().map(|p| (p.answer, p.items));
        self.keep(&key, "GET", &call.family, pages, listing.fault)
    }

    /// Reads one thing.
    pub(super) async fn get(&self, call: &Call) -> Record {
        let key = format!("GET {}", name(call));
        if let Some(known) = self.known(&key) {
            return known;
        }
        let (pages, fault) = match self.client.get(call).await {
            Ok(mut answer) => {
                let body = String::from_utf8(std::mem::take(&mut answer.body)).ok();
                match body.and_then(|text| RawValue::from_string(text).ok()) {
                    Some(body) => (vec![(answer, vec![body])], None),
                    None => (Vec::new(), Some((GapReason::Malformed, format!("{key}: the answer is no JSON text")))),
                }
            }
            Err(fault) => return self.keep(&key, "GET", &call.family, std::iter::empty(), Some(fault)),
        };
        let mut record = self.record("GET", &call.family, pages.into_iter());
        record.trouble =
            record.trouble.or(fault.map(|(reason, text)| Trouble { reason, status: None, code: None, text }));
        self.put(&key, record)
    }

    /// Asks Resource Graph.
    pub(super) async fn query(&self, query: &Query) -> Record {
        let scope = format!("{:?} {:?} {:?}", query.subscriptions, query.management_groups, query.scope_filter);
        let key = format!("QUERY {} {}", query.kql, &hex(&Sha256::digest(scope))[..16]);
        if let Some(known) = self.known(&key) {
            return known;
        }
        let listing = self.client.query(query).await;
        let pages = listing.pages.into_iter().map(|p| (p.answer, p.items));
        self.keep(&key, "POST", "", pages, listing.fault)
    }

    fn keep(
        &self,
        key: &str,
        method: &str,
        family: &str,
        pages: impl Iterator<Item = (Answer, Vec<Box<RawValue>>)>,
        fault: Option<Fault>,
    ) -> Record {
        let mut record = self.record(method, family, pages);
        // What Azure says of the list counts before what is wrong with an item of it.
        if let Some(fault) = fault {
            let text = fault.to_string();
            record.trouble = Some(Trouble { reason: fault.reason, status: fault.status, code: fault.code, text });
        }
        self.put(key, record)
    }

    fn put(&self, key: &str, record: Record) -> Record {
        self.count(&record);
        if let Err(error) = self.journal.put(key, &record) {
            self.broken.lock().unwrap_or_else(std::sync::PoisonError::into_inner).get_or_insert(error);
        }
        record
    }

    fn record(&self, method: &str, family: &str, pages: impl Iterator<Item = (Answer, Vec<Box<RawValue>>)>) -> Record {
        let mut record = Record::default();
        for (answer, bodies) in pages {
            let mut items = Vec::with_capacity(bodies.len());
            for body in bodies {
                match self.redactor.clean(family, &body) {
                    Ok(cleaned) => items.push(Item { body: cleaned.body, dropped: cleaned.dropped }),
                    // Without knowing which resource it was, the list is not complete.
                    Err(error) => {
                        let text = format!("{method} {}: an item was not kept: {error}", answer.path);
                        let trouble = Trouble { reason: GapReason::Malformed, status: None, code: None, text };
                        record.trouble.get_or_insert(trouble);
                    }
                }
            }
            let pinned = catalog().row(family).map(|row| row.api_version.as_str());
            let older_than = pinned.filter(|pin| answer.api_version.get(..10) < pin.get(..10)).map(str::to_owned);
            let origin = Origin::Request {
                method: method.to_owned(),
                path: answer.path,
                api_version: answer.api_version,
                time: answer.time,
                request_id: answer.request_id,
                digest: answer.digest,
                older_than,
            };
            record.pages.push(Page { origin, items });
        }
        record
    }
}

/// Whether another try may help: that Azure does not have something, or does not offer it here, will not change.
fn is_failure(trouble: &Trouble) -> bool {
    trouble.status != Some(404) && !trouble.code.as_ref().is_some_and(|code| code.contains("NotSupported"))
}

/// What the journal calls a call.
fn name(call: &Call) -> String {
    let host = match &call.plane {
        Plane::Arm => String::new(),
        Plane::Graph => "graph ".to_owned(),
        Plane::Vault(origin) => format!("{origin} "),
    };
    format!("{host}{} {}", call.path, call.api_version)
}
