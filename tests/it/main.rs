//! The integration tests, in one binary.

mod architecture;
mod bank;
mod code;
#[path = "../../fixtures/bank/code/mod.rs"]
mod code_bank;
mod code_hostile;
mod code_lines;
mod code_scan;
mod collect;
mod docs;
mod estate;
mod explain;
mod fake;
mod fix;
mod frameworks;
#[path = "../../fixtures/bank/generator.rs"]
mod generator;
mod history;
mod honesty;
mod hostile;
mod peers;
mod policies;
mod profiles;
mod real;
mod same_bytes;
mod schemas;
mod shapes;
mod store;
mod support;
mod sweep;
#[cfg(unix)]
mod watch;
mod webhook;
