//! The integration tests, in one binary.

mod architecture;
mod bank;
#[path = "../../fixtures/bank/generator.rs"]
mod generator;
mod docs;
mod honesty;
mod hostile;
mod policies;
mod real;
mod same_bytes;
mod support;
