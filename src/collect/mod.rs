//! Live Azure → [`crate::model::Snapshot`]. The only module that opens a socket. What Azure refuses, or what cannot be
//! understood, becomes a gap; no resource and no list is left out in silence. Knows no policy text, prints nothing and reads
//! no clock: time, environment and files are handed in.

pub mod catalog;
pub mod client;
pub mod cloud;
pub mod credential;
mod journal;
pub mod plan;
mod preflight;
pub mod redact;
pub mod role;
mod run;

pub use journal::{Header, JOURNAL_SCHEMA, Journal, JournalError, Past};
pub use preflight::{Probe, listed_subscriptions, preflight};
pub use run::{Collected, Progress, Scope, Task, Window, collect};
