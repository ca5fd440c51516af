//! The integration tests, in one binary.

mod architecture;
mod bank;
#[path = "../../fixtures/bank/generator.rs"]
mod generator;
mod support;
