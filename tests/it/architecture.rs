//! The structure of the tree, held by test: who may import whom, and what stays out of where.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::support::path;

/// Module → modules of ours that it may import, besides itself.
const FLOORS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("collect", &["model"]),
    ("iac", &["model"]),
    ("snapshot", &["model"]),
    ("policy", &["model"]),
    ("evaluate", &["model"]),
    ("assess", &["model"]),
    ("report", &["model"]),
    ("evidence", &["model"]),
    ("history", &["model"]),
    ("store", &["model"]),
    ("webhook", &["model"]),
    ("stamp", &["model"]),
    ("config", &["model"]),
    ("cli", &["model", "report"]),
    (
        "commands",
        &[
            "model", "collect", "iac", "snapshot", "policy", "evaluate", "assess", "report", "evidence", "history",
            "store", "webhook", "stamp", "config", "cli",
        ],
    ),
];

fn sources(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path()) {
        if entry.is_dir() {
            sources(&entry, files);
        } else if entry.extension().is_some_and(|e| e == "rs") {
            files.push(entry);
        }
    }
}

/// Module of the crate → its files with their text.
fn modules() -> BTreeMap<String, Vec<(String, String)>> {
    let root = path("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut modules: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
    for file in files {
        let relative = file.strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
        let module = relative.split('/').next().expect("a name").trim_end_matches(".rs").to_owned();
        let text = std::fs::read_to_string(&file).expect("text");
        modules.entry(module).or_default().push((relative, text));
    }
    modules
}

/// The imports that break the table, as file and module.
fn broken(modules: &BTreeMap<String, Vec<(String, String)>>) -> Vec<String> {
    let mut broken = Vec::new();
    for (module, files) in modules {
        if module == "lib" || module == "main" {
            continue;
        }
        let Some((_, allowed)) = FLOORS.iter().find(|(name, _)| name == module) else {
            broken.push(format!("{module} stands on no floor"));
            continue;
        };
        for (file, text) in files {
            let code = text.lines().filter(|l| !l.trim_start().starts_with("//"));
            for (number, line) in code.enumerate() {
                for import in line.match_indices("crate::").map(|(at, _)| &line[at + "crate::".len()..]) {
                    let target: String = import.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    if target.is_empty() {
                        broken.push(format!("{file}: line {number} imports several modules at once"));
                    } else if target != *module && !allowed.contains(&target.as_str()) {
                        broken.push(format!("{file} imports {target}"));
                    }
                }
                if line.contains("super::super") {
                    broken.push(format!("{file} climbs with super::super"));
                }
            }
        }
    }
    broken
}

#[test]
fn every_module_keeps_to_its_floor() {
    assert_eq!(broken(&modules()), Vec::<String>::new());
}

#[test]
fn a_forbidden_import_is_noticed() {
    let with = |file: &str, text: &str| {
        let module = file.split('/').next().unwrap().to_owned();
        broken(&BTreeMap::from([(module, vec![(file.to_owned(), text.to_owned())])]))
    };
    assert_eq!(with("assess/mod.rs", "use crate::evaluate::X;").len(), 1);
    assert_eq!(with("model/id.rs", "let x = crate::snapshot::read();").len(), 1);
    assert_eq!(with("report/x.rs", "use crate::{model, policy};").len(), 1);
    assert_eq!(with("report/x.rs", "use super::super::y;").len(), 1);
    assert_eq!(with("attic/mod.rs", "").len(), 1);
    assert!(with("report/x.rs", "use crate::model::Finding;\nuse crate::report::y;").is_empty());
}

#[test]
fn only_evaluate_knows_regorus_and_only_commands_touch_the_world() {
    for (module, files) in modules() {
        for (file, text) in files {
            // Tests may do what stages may not.
            let code = text.split("#[cfg(test)]").next().expect("a part");
            let has = |word: &str| code.lines().any(|l| !l.trim_start().starts_with("//") && l.contains(word));
            assert!(module == "evaluate" || !has("regorus::"), "{file} knows regorus");
            assert!(module == "commands" || !has("Utc::now"), "{file} reads the clock");
            assert!(
                module == "commands" || module == "main" || !(has("println!") || has("std::io::stdout")),
                "{file} prints"
            );
            assert!(!has("process::exit"), "{file} exits");
            let opens = ["reqwest::", "TcpStream", "TcpListener", "UdpSocket"].iter().any(|word| has(word));
            assert!(
                ["collect", "store", "webhook", "stamp"].contains(&module.as_str()) || !opens,
                "{file} opens sockets"
            );
            assert!(
                ["collect", "store", "webhook", "stamp", "commands"].contains(&module.as_str()) || !has("async fn"),
                "{file} is asynchronous"
            );
            assert!(
                module == "commands" || file == "evaluate/sandbox.rs" || !has("std::env::var"),
                "{file} reads the environment"
            );
            assert!(
                ["commands", "snapshot", "policy"].contains(&module.as_str())
                    || ["iac/tree.rs", "evidence/folder.rs", "store/folder.rs"].contains(&file.as_str())
                    || !has("std::fs::"),
                "{file} opens files"
            );
        }
    }
}

#[test]
fn files_stay_small_enough_to_read() {
    for files in modules().values() {
        for (file, text) in files {
            let code = text.split("#[cfg(test)]").next().expect("a part").lines().count();
            assert!(code <= 650, "{file} has {code} lines; what two things does it do?");
            assert!(text.starts_with("//!"), "{file} does not open with what it takes and gives");
        }
    }
}

#[test]
fn main_is_short() {
    let main = std::fs::read_to_string(path("src/main.rs")).expect("main");
    assert!(main.lines().count() <= 40);
}

/// Nothing in the tree carries a path of the machine that it was written on, or an unfinished mark.
#[test]
fn the_tree_is_clean() {
    let mut files = Vec::new();
    sources(&path("src"), &mut files);
    sources(&path("tests"), &mut files);
    for file in files {
        let text = std::fs::read_to_string(&file).expect("text");
        for word in [concat!("to", "do!("), concat!("unimple", "mented!("), concat!("/wo", "rk/")] {
            assert!(!text.contains(word), "{} holds {word}", file.display());
        }
    }
}
