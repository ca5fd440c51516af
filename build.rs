//! Turns the `# METADATA` blocks of the embedded policies, and the frameworks, from YAML into JSON, which is read ten times as
//! fast.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=policies");
    println!("cargo:rerun-if-changed=build.rs");
    let root = Path::new("policies");
    let mut files = Vec::new();
    walk(root, &mut files)?;
    let mut blocks: BTreeMap<String, serde_json::Value> = BTreeMap::new();
    for file in files {
        // What is wrong with a policy or a framework is said when it is loaded.
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let yaml = if is_framework(&file) { text } else { metadata(&text) };
        if let (Ok(value), Ok(path)) = (yaml_serde::from_str(&yaml), file.strip_prefix(root)) {
            blocks.insert(path.to_string_lossy().replace('\\', "/"), value);
        }
    }
    let out = PathBuf::from(std::env::var("OUT_DIR")?).join("metadata.json");
    std::fs::write(out, serde_json::to_string(&blocks)?)?;
    Ok(())
}

/// The block of metadata of a policy.
fn metadata(text: &str) -> String {
    let block = text.lines().skip_while(|l| l.trim_end() != "# METADATA").skip(1).take_while(|l| l.starts_with('#'));
    block.map(|l| l[1..].strip_prefix(' ').unwrap_or(&l[1..]).to_owned() + "\n").collect()
}

fn is_framework(file: &Path) -> bool {
    file.starts_with("policies/frameworks") && file.extension().is_some_and(|e| e == "yaml")
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else if is_framework(&path) || path.file_name().is_some_and(|name| name == "policy.rego") {
            files.push(path);
        }
    }
    Ok(())
}
