//! A store in a container of Azurite, Microsoft's emulator: run by `tests/gates/store_azurite.sh`, which starts it.

use assize::store::{Access, Immutability, Store, StoreError, Written};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{name, names, place, wait};

/// The account and the key that every Azurite has; they are public.
const ACCOUNT: &str = "devstoreaccount1";
const KEY: &str = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
const VERSION: &str = "2023-11-03";

fn address() -> String {
    std::env::var("ASSIZE_AZURITE")
        .expect("ASSIZE_AZURITE: the gate store_azurite.sh sets it, as http://127.0.0.1:PORT")
}

fn key() -> Option<Access> {
    Some(Access::SharedKey(KEY.to_owned().into()))
}

fn signed(text: &str) -> String {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, &STANDARD.decode(KEY).expect("Base64"));
    STANDARD.encode(ring::hmac::sign(&key, text.as_bytes()).as_ref())
}

/// Makes a container, as nothing of ours does.
fn make(container: &str) {
    let date = chrono::Utc::now().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let headers = format!("x-ms-date:{date}\nx-ms-version:{VERSION}\n");
    let resource = format!("/{ACCOUNT}/{ACCOUNT}/{container}\nrestype:container");
    let signature = signed(&format!("PUT{}{headers}{resource}", "\n".repeat(12)));
    let authorization = format!("SharedKey {ACCOUNT}:{signature}");
    let headers = [("x-ms-date", date.as_str()), ("x-ms-version", VERSION), ("authorization", &authorization)];
    let reply =
        crate::fake::send("PUT", &address(), &format!("/{ACCOUNT}/{container}?restype=container"), &headers, "");
    let reply = reply.expect("Azurite answers");
    assert_eq!(reply.status, 201, "{}", String::from_utf8_lossy(&reply.body));
}

fn open(container: &str) -> Store {
    Store::open(place(&format!("{}/{ACCOUNT}/{container}", address())), key()).expect("a store")
}

/// A SAS of the service for one container.
fn sas(container: &str, rights: &str) -> String {
    let expiry = "2099-01-01T00:00:00Z";
    let text = format!("{rights}\n\n{expiry}\n/blob/{ACCOUNT}/{container}\n\n\nhttps,http\n{VERSION}\nc\n\n\n\n\n\n\n");
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in
        [("sv", VERSION), ("spr", "https,http"), ("se", expiry), ("sr", "c"), ("sp", rights), ("sig", &signed(&text))]
    {
        query.append_pair(name, value);
    }
    query.finish()
}

#[test]
#[ignore = "needs Azurite"]
fn azurite_keeps_the_first_bytes_of_a_name() {
    make("first");
    let store = Store::open(place(&format!("{}/{ACCOUNT}/first/pre/fix", address())), key()).unwrap();
    let at = name("2026/11/01/assessment=1.json");
    let bytes: Vec<u8> = (0..3_000_000u32).map(|n| (n * 7 % 251) as u8).collect();
    let stored = wait(store.put(&at, bytes.clone())).unwrap();
    assert_eq!((stored.written, stored.bytes), (Written::New, 3_000_000));
    assert_eq!(wait(store.get(&at, Some(&stored.sha256))).unwrap(), bytes);
    assert_eq!(wait(store.put(&at, bytes.clone())).unwrap().written, Written::Same);
    let error = wait(store.put(&at, b"other".to_vec())).unwrap_err();
    assert!(matches!(&error, StoreError::Different { stored: s, .. } if *s == stored.sha256), "{error}");
    assert_eq!(wait(store.get(&at, None)).unwrap(), bytes);
    let whole = open("first");
    assert_eq!(names(&whole, None), ["pre/fix/2026/11/01/assessment=1.json 3000000"]);
}

#[test]
#[ignore = "needs Azurite"]
fn of_many_writers_to_azurite_one_wins() {
    make("many");
    let outcomes: Vec<_> = std::thread::scope(|scope| {
        let writers: Vec<_> =
            (0..8u8).map(|n| scope.spawn(move || wait(open("many").put(&name("one"), vec![n; 100_000])))).collect();
        writers.into_iter().map(|w| w.join().unwrap()).collect()
    });
    let won: Vec<_> = outcomes.iter().flatten().collect();
    assert_eq!(won.len(), 1);
    assert_eq!(outcomes.iter().filter(|o| matches!(o, Err(StoreError::Different { .. }))).count(), 7);
    wait(open("many").get(&name("one"), Some(&won[0].sha256))).unwrap();
}

#[test]
#[ignore = "needs Azurite"]
fn azurite_says_that_nothing_is_held() {
    make("held");
    let Immutability::Container { policy, legal_hold, versioning } = wait(open("held").immutability()) else {
        panic!("the properties are readable")
    };
    // Azurite has no immutability: it says so, or nothing.
    assert_eq!((policy, legal_hold), (Some(false), Some(false)));
    assert_ne!(versioning, Some(true));
    let Immutability::Unreadable { why } = wait(open("nothere").immutability()) else {
        panic!("a container that is not there has no properties")
    };
    assert!(why.starts_with("404"), "{why}");
}

#[test]
#[ignore = "needs Azurite"]
fn azurite_lists_by_prefix_and_misses_what_is_not_there() {
    make("lists");
    let store = open("lists");
    for (at, size) in [("b", 1), ("a/2", 2), ("a/1/x", 3), ("ab/1", 4)] {
        wait(store.put(&name(at), vec![0; size])).unwrap();
    }
    assert_eq!(names(&store, None), ["a/1/x 3", "a/2 2", "ab/1 4", "b 1"]);
    assert_eq!(names(&store, Some("a")), ["a/1/x 3", "a/2 2"]);
    assert!(matches!(wait(store.get(&name("c"), None)), Err(StoreError::Missing { .. })));
    let error = wait(open("nothere").put(&name("a"), vec![1])).unwrap_err();
    assert!(error.to_string().contains("ContainerNotFound"), "{error}");
}

#[test]
#[ignore = "needs Azurite"]
fn azurite_takes_a_sas_and_refuses_a_wrong_one() {
    make("signed");
    let at = || place(&format!("{}/{ACCOUNT}/signed", address()));
    let with = |sas: String| Store::open(at(), Some(Access::Sas(sas.into()))).unwrap();
    let store = with(sas("signed", "rcl"));
    let stored = wait(store.put(&name("a"), b"abc".to_vec())).unwrap();
    assert_eq!(stored.written, Written::New);
    assert_eq!(wait(store.put(&name("a"), b"abc".to_vec())).unwrap().written, Written::Same);
    assert_eq!(names(&store, None), ["a 3"]);
    // A SAS of the service does not open the properties of the container: that is said, and no yes.
    assert!(matches!(stored.immutability, Immutability::Unreadable { .. }), "{:?}", stored.immutability);
    let readonly = with(sas("signed", "rl"));
    let error = wait(readonly.put(&name("b"), b"abc".to_vec())).unwrap_err();
    assert!(matches!(error, StoreError::Refused { .. }), "{error}");
    let forged = with(sas("signed", "rl").replace("sp=rl", "sp=rcwdl"));
    let error = wait(forged.put(&name("b"), b"abc".to_vec())).unwrap_err();
    assert!(matches!(error, StoreError::Refused { .. }), "{error}");
    assert_eq!(names(&store, None), ["a 3"]);
    let wrong = Store::open(at(), Some(Access::SharedKey(STANDARD.encode("another key").into()))).unwrap();
    assert!(matches!(wait(wrong.get(&name("a"), None)), Err(StoreError::Refused { .. })));
}
