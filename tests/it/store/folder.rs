//! A store in a folder.

use std::path::Path;

use assize::store::{Access, Immutability, Store, StoreError, Written};

use super::{name, names, place, wait};

fn open(folder: &Path) -> Store {
    Store::open(place(folder.to_str().expect("UTF-8")), None).expect("a store")
}

const ABC: &str = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

#[test]
fn what_is_written_is_read_back_and_named_by_its_digest() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(&folder.path().join("made/when/needed"));
    assert_eq!(names(&store, None), [""; 0]);
    let stored = wait(store.put(&name("2026/11/run.json"), b"abc".to_vec())).unwrap();
    assert_eq!((stored.sha256.as_str(), stored.bytes, stored.written), (ABC, 3, Written::New));
    assert_eq!(stored.immutability, Immutability::Folder);
    assert_eq!(stored.name, name("2026/11/run.json"));
    assert_eq!(wait(store.get(&stored.name, Some(ABC))).unwrap(), b"abc");
    let json = serde_json::to_value(&stored).unwrap();
    assert_eq!(json["written"], "new");
    assert_eq!(json["immutability"]["state"], "folder");
}

#[test]
fn a_name_is_written_once() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    let at = name("a");
    wait(store.put(&at, b"abc".to_vec())).unwrap();
    assert_eq!(wait(store.put(&at, b"abc".to_vec())).unwrap().written, Written::Same);
    let error = wait(store.put(&at, b"abd".to_vec())).unwrap_err();
    assert!(matches!(&error, StoreError::Different { stored, given, .. } if stored == ABC && given != ABC), "{error}");
    assert!(error.to_string().contains("nothing was written"), "{error}");
    assert_eq!(wait(store.get(&at, None)).unwrap(), b"abc");
}

#[test]
fn of_many_writers_one_wins_and_the_others_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..16u8)
            .map(|n| {
                let path = folder.path();
                scope.spawn(move || wait(open(path).put(&name("deep/one"), vec![n; 200_000])))
            })
            .collect();
        writers.into_iter().map(|w| w.join().unwrap()).collect()
    });
    let won: Vec<_> = outcomes.iter().flatten().collect();
    assert_eq!(won.len(), 1);
    assert_eq!(outcomes.iter().filter(|o| matches!(o, Err(StoreError::Different { .. }))).count(), 15);
    let there = wait(open(folder.path()).get(&name("deep/one"), Some(&won[0].sha256))).unwrap();
    assert_eq!(there.len(), 200_000);
    // Nothing else is left behind.
    assert_eq!(std::fs::read_dir(folder.path().join("deep")).unwrap().count(), 1);
}

#[test]
fn what_was_changed_or_is_not_there_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    wait(store.put(&name("a"), b"abc".to_vec())).unwrap();
    std::fs::write(folder.path().join("a"), "abd").unwrap();
    let error = wait(store.get(&name("a"), Some(ABC))).unwrap_err();
    assert!(matches!(&error, StoreError::Digest { expected, .. } if expected == ABC), "{error}");
    assert!(matches!(wait(store.get(&name("b/c"), None)), Err(StoreError::Missing { .. })));
    assert!(matches!(wait(store.put(&name("a/b"), vec![1])), Err(StoreError::Link { .. })));
}

#[test]
fn lists_are_sorted_and_go_by_whole_parts() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path());
    for (at, size) in [("b", 1), ("a/2", 2), ("a/1/x", 3), ("ab/1", 4)] {
        wait(store.put(&name(at), vec![0; size])).unwrap();
    }
    assert_eq!(names(&store, None), ["a/1/x 3", "a/2 2", "ab/1 4", "b 1"]);
    assert_eq!(names(&store, Some("a")), ["a/1/x 3", "a/2 2"]);
    assert_eq!(names(&store, Some("b")), [""; 0]);
    assert_eq!(names(&store, Some("c/d")), [""; 0]);
    std::fs::write(folder.path().join("a b"), "").unwrap();
    let error = wait(store.list(None)).unwrap_err();
    assert!(matches!(error, StoreError::Name { .. }), "a name that no store makes is no part of a list: {error}");
}

#[test]
fn access_must_fit_the_place() {
    let sas = || Some(Access::Sas("sig=AAAA".to_owned().into()));
    let wrong = |at: &str, access| Store::open(place(at), access).unwrap_err().to_string();
    assert!(wrong("folder", sas()).contains("a folder takes no token"));
    let account = "https://bank1.blob.core.windows.net/evidence";
    assert!(wrong(account, None).contains("needs a token or a SAS"));
    let key = Some(Access::SharedKey("c2VjcmV0".to_owned().into()));
    assert!(wrong(account, key).contains("emulators on this machine alone"));
    assert!(wrong(account, Some(Access::Sas("sv=1".to_owned().into()))).contains("sig="));
    assert!(Store::open(place(account), sas()).is_ok());
    assert_eq!(format!("{:?}", sas().unwrap()), "Sas([secret])");
}
