//! Bicep: whatever the text is, reading ends in a snapshot that keeps its promises, and the same text gives the same one.

#![no_main]

use assize::iac::{CodeOptions, Tree, Wanted, read_tree};
use assize::model::{Origin, ResourceId};
use libfuzzer_sys::fuzz_target;

fn read(text: &str) -> Option<(Vec<String>, Vec<String>)> {
    let tree = Tree::memory([
        ("main.bicep".to_owned(), text.as_bytes().to_vec()),
        ("m/main.tf".to_owned(), text.as_bytes().to_vec()),
        ("m.bicep".to_owned(), text.as_bytes().to_vec()),
    ]);
    let (snapshot, _) = read_tree(tree, &["main.bicep".to_owned()], &CodeOptions::default(), &Wanted::default())?;
    let lines = text.lines().count() as u32 + 1;
    for resource in snapshot.resources() {
        assert!(ResourceId::parse(resource.id().as_str()).is_ok());
        let Some(Origin::File { file, range, properties, .. }) = resource.origin().map(AsRef::as_ref) else {
            panic!("{} has no place", resource.id().as_str())
        };
        assert!(!file.is_empty());
        for range in range.iter().chain(properties.values().map(|p| &p.range)) {
            assert!(
                range.start_line >= 1 && range.start_line <= range.end_line && range.end_line <= lines,
                "{range:?}"
            );
        }
    }
    let bodies = snapshot.resources().iter().map(|r| r.body().get().to_owned()).collect();
    Some((bodies, snapshot.gaps().iter().map(|g| format!("{g:?}")).collect()))
}

fuzz_target!(|data: &[u8]| {
    let Ok(text) = std::str::from_utf8(data) else { return };
    assert!(read(text) == read(text), "the same text, the same snapshot");
});
