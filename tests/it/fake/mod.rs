//! A fake Azure Resource Manager on loopback, for tests of the collector.
//!
//! Takes an [`Estate`] (what there is) and a [`Behaviour`] (how it answers: paging, throttling, rights, faults), and
//! serves them over HTTP/1.1 in a thread of its own, so that synchronous tests and spawned programs can use it. Gives
//! what it was asked: [`Recorded`] and [`Stats`]. It knows nothing of the collector: what it says comes from the
//! documentation of Azure and from recorded answers, and `spec.rs` has it judged by Microsoft's specs.

#![allow(dead_code, reason = "tests use a part of it each")]

mod action;
mod answer;
mod ask;
mod behaviour;
mod directory;
mod errors;
mod estate;
mod extensions;
mod faults;
mod foreign;
mod generate;
mod graph;
mod http;
mod inventory;
mod kql;
mod lists;
mod management;
mod record;
mod regions;
mod route;
mod rows;
mod script;
mod serve;
mod server;
mod spec;
mod tests;
mod throttle;
mod vault;

pub(crate) use behaviour::{Behaviour, Fault, Kind, Limits, Times, Wrong};
pub(crate) use estate::Estate;
pub(crate) use foreign::ForeignHost;
pub(crate) use generate::Shape;
pub(crate) use http::{Reply, send};
#[allow(unused_imports, reason = "tests name a part of them")]
pub(crate) use record::{Bearer, Rate, Recorded, Stats};
pub(crate) use script::{Asked, Script, Told};
pub(crate) use server::FakeArm;
pub(crate) use vault::sign_with;

/// The token that the fake takes, unless [`Behaviour::token`] says another.
pub(crate) const TOKEN: &str = "eyJ0eXAiOiJKV1QifQ.fake-arm-bearer-7c1d.signature";
