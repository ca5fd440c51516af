//! What several tests need: the tree, the bank, the program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The root of the project.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A path below the root.
pub(crate) fn path(relative: &str) -> PathBuf {
    root().join(relative)
}

/// Runs the program in the root of the project.
pub(crate) fn assize(arguments: &[&str]) -> Output {
    command().args(arguments).output().expect("the program starts")
}

/// The program, to be run in the root of the project, without the environment's colours.
pub(crate) fn command() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_assize"));
    command.current_dir(root()).env_remove("NO_COLOR").env_remove("GITHUB_ACTIONS").env("CI", "true");
    command
}

/// Standard output as text.
pub(crate) fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("UTF-8")
}

/// Standard error as text.
pub(crate) fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

/// Whether files that tests keep are to be written again.
pub(crate) fn bless() -> bool {
    std::env::var_os("ASSIZE_BLESS").is_some_and(|v| v == "1")
}

/// Compares a file with what it should be, or writes it when asked to.
pub(crate) fn same_file(relative: &str, expected: &[u8]) {
    let file = path(relative);
    if bless() {
        std::fs::write(&file, expected).expect("the file can be written");
        return;
    }
    let found = std::fs::read(&file).unwrap_or_default();
    assert!(
        found == expected,
        "{relative} is not what it should be; run ASSIZE_BLESS=1 cargo test --test it and read the difference"
    );
}
