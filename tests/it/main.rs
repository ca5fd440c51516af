//! The integration tests, in one binary.

mod architecture;
mod bank;
mod docs;
mod estate;
#[path = "../../fixtures/bank/generator.rs"]
mod generator;
mod honesty;
mod hostile;
mod policies;
mod real;
mod same_bytes;
mod schemas;
mod support;
