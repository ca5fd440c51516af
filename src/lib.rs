//! assize proves, or disproves, that an Azure estate keeps the controls a regulated firm has promised.
//!
//! Data goes one way: [`collect`] and [`iac`] make snapshots, a [`snapshot`] is read, [`policy`] sets are loaded, [`evaluate`] gives findings, [`assess`] lays
//! waivers, baseline and gate over them, [`report`] renders. Each stage takes and gives nouns of [`model`] and knows
//! nothing of the others; [`commands`] is where they meet. Refused, unresolved or unread is *unknown*, never *pass*.

pub mod assess;
pub mod cli;
pub mod collect;
pub mod commands;
pub mod config;
pub mod evaluate;
pub mod evidence;
pub mod history;
pub mod iac;
pub mod model;
pub mod policy;
pub mod report;
pub mod snapshot;
pub mod stamp;
pub mod store;
pub mod webhook;
