//! Parses the command line, runs the command, prints the error and its hint, exits.

use std::io::Write;
use std::process::ExitCode;

use assize::cli::Cli;
use assize::commands;
use clap::Parser;

// A scan makes and drops millions of small values: a fifth of the time goes with the allocator of the C library.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // A panic would be a defect; it must not look like a verdict, so it exits as a fatal error.
    match std::panic::catch_unwind(|| commands::run(Cli::parse())) {
        Ok(Ok(code)) => ExitCode::from(code),
        Ok(Err(error)) => {
            let _ = writeln!(std::io::stderr(), "{error}");
            ExitCode::from(commands::FATAL)
        }
        Err(_) => ExitCode::from(commands::FATAL),
    }
}
