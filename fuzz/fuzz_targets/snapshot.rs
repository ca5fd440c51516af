//! Snapshots: the native form, and answers of Azure kept in files.
//!
//! Whatever the bytes are, reading ends in a snapshot or an error. A snapshot that was read and can be written reads
//! back as the same one and is written as the same bytes.

#![no_main]

use std::path::Path;

use assize::model::Snapshot;
use assize::snapshot::{read_answers, read_native, write_native};
use libfuzzer_sys::fuzz_target;
use sha2::{Digest, Sha256};

/// How a native snapshot begins.
const START: &[u8] = b"{\"manifest\":";

fuzz_target!(|data: &[u8]| {
    if data.starts_with(START) {
        check(read_native(Path::new("fuzz.jsonl"), data).ok());
        // No mutation hits on a digest, so the lines are tried with the footer that fits them too.
        check(read_native(Path::new("fuzz.jsonl"), with_footer(data).as_slice()).ok());
    }
    check(read_answers("fuzz.json", data).ok());
});

/// The lines without their footer, and the footer that they ask for.
fn with_footer(data: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut resources, mut gaps) = (0, 0);
    for line in data.split_inclusive(|b| *b == b'\n') {
        if !line.ends_with(b"\n") || line.starts_with(b"{\"footer\":") {
            continue;
        }
        resources += u64::from(line.starts_with(b"{\"resource\":"));
        gaps += u64::from(line.starts_with(b"{\"gap\":"));
        out.extend_from_slice(line);
    }
    let sha256: String = Sha256::digest(&out).iter().map(|byte| format!("{byte:02x}")).collect();
    let footer = format!("{{\"footer\":{{\"gaps\":{gaps},\"resources\":{resources},\"sha256\":\"{sha256}\"}}}}\n");
    out.extend_from_slice(footer.as_bytes());
    out
}

fn check(snapshot: Option<Snapshot>) {
    let Some(snapshot) = snapshot else { return };
    assert!(snapshot.resources().windows(2).all(|two| two[0].id() < two[1].id()), "resources are sorted, none twice");
    assert!(snapshot.gaps().windows(2).all(|two| two[0] < two[1]), "gaps are sorted, none twice");
    assert!(snapshot.resources().iter().all(|r| snapshot.find(r.id()).is_some()), "every resource is found by its id");
    let mut first = Vec::new();
    // A number that no tree can hold, such as 1e999, is refused on writing.
    let Ok(digest) = write_native(&mut first, &snapshot) else { return };
    let again = read_native(Path::new("again.jsonl"), first.as_slice())
        .unwrap_or_else(|error| panic!("what was written is not read: {error}"));
    assert_eq!(again.digest(), Some(digest.as_str()));
    assert_eq!(again.manifest(), snapshot.manifest());
    assert_eq!(again.gaps(), snapshot.gaps());
    assert_eq!(again.resources().len(), snapshot.resources().len());
    let mut second = Vec::new();
    write_native(&mut second, &again).expect("what was written once is written again");
    assert_eq!(String::from_utf8_lossy(&first), String::from_utf8_lossy(&second), "the bytes are the same");
}
