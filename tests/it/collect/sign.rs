//! Signatures by a key of a fake vault, checked by a library that the program does not sign or verify with.

use std::sync::Arc;
use std::time::Duration;

use assize::collect::client::{Client, Limits, SignError, Silent, VaultKey};
use assize::collect::cloud::{Cloud, Origin};
use assize::collect::credential::StaticToken;
use assize::model::GapReason;
use p256::ecdsa::signature::Verifier as _;
use p256::ecdsa::{Signature, VerifyingKey};
use serde_json::json;

use crate::fake::{Asked, Behaviour, Estate, FakeArm, Fault, ForeignHost, Kind, Script, TOKEN, Times, Told, sign_with};

const NEW: &str = "22222222222222222222222222222222";
const VAULT: &str = "https://kv-evidence.vault.azure.net";

/// A vault and a managed HSM with a key of each kind.
fn estate() -> Estate {
    let subscription = "5c1f0000-0000-4000-8000-00000000000a";
    let mut estate = Estate::empty();
    estate.management_group("mg", "Keys", None);
    estate.subscription(subscription, "Enabled", "mg");
    for (kind, host, name) in [
        ("vaults", "kv-evidence.vault.azure.net", "kv-evidence"),
        ("managedHSMs", "hsm-evidence.managedhsm.azure.net", "hsm-evidence"),
    ] {
        let group = format!("/subscriptions/{subscription}/resourceGroups/rg/providers");
        let vault = format!("{group}/Microsoft.KeyVault/{kind}/{name}");
        estate.add(&json!({"id": vault, "name": name, "type": format!("Microsoft.KeyVault/{kind}"), "properties": {}}));
        for (key, kty, curve, operations, enabled) in [
            ("evidence", "EC", "P-256", ["sign", "verify"], true),
            ("larger", "EC-HSM", "P-384", ["sign", "verify"], true),
            ("rsa", "RSA", "", ["sign", "verify"], true),
            ("verifies", "EC", "P-256", ["verify", "import"], true),
            ("disabled", "EC", "P-256", ["sign", "verify"], false),
        ] {
            estate.add(&json!({"id": format!("{vault}/keys/{key}"), "name": key, "type": format!("Microsoft.KeyVault/{kind}/keys"),
                "properties": {"kty": kty, "curveName": curve, "keyOps": operations, "attributes": {"enabled": enabled},
                    "keyUriWithVersion": format!("https://{host}/keys/{key}/{NEW}")}}));
        }
    }
    estate.seal();
    estate
}

fn client(origin: &str) -> Client {
    let mut cloud = Cloud::named("AzurePublic").expect("a cloud");
    cloud.allow_http = true;
    cloud.instead = Some(Origin::parse(origin, true).expect("an origin"));
    let limits = Limits {
        tries: 3,
        backoff: Duration::from_millis(1),
        throttle_wait: Duration::from_millis(1),
        request_timeout: Duration::from_secs(5),
        ..Limits::default()
    };
    Client::new(cloud, Arc::new(StaticToken::new(TOKEN)), limits, Arc::new(Silent)).expect("a client")
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

fn key(client: &Client, address: &str) -> Result<VaultKey, SignError> {
    wait(client.signing_key(address))
}

fn verifies(key: &VaultKey, message: &[u8], signature: &[u8; 64]) -> bool {
    let public = VerifyingKey::from_sec1_bytes(key.public_key()).expect("a point of P-256");
    public.verify(message, &Signature::from_slice(signature).expect("r and s")).is_ok()
}

#[test]
fn a_vault_and_an_hsm_sign_what_another_library_verifies() {
    let fake = FakeArm::start(estate(), Behaviour::default());
    let client = client(&fake.origin());
    for host in [VAULT, "https://hsm-evidence.managedhsm.azure.net"] {
        let pinned = key(&client, &format!("{host}/keys/evidence")).unwrap();
        assert_eq!(pinned.id(), format!("{host}/keys/evidence/{NEW}"));
        assert_eq!(pinned.version(), NEW);
        assert_eq!(key(&client, &pinned.id()).unwrap(), pinned);
        let signature = wait(client.sign(&pinned, b"what was found")).unwrap();
        assert!(verifies(&pinned, b"what was found", &signature));
        assert!(!verifies(&pinned, b"what was not found", &signature));
    }
    let asked = fake.requests();
    let lines: Vec<_> = asked.iter().map(|r| format!("{} {}?{}", r.method, r.path, r.query)).collect();
    assert_eq!(lines[2], format!("POST /keys/evidence/{NEW}/sign?api-version=7.4"));
    assert_eq!(lines.len(), 6);
    // The vault learns the digest alone.
    assert!(asked.iter().all(|r| !r.body.contains("found")));
}

#[test]
fn keys_that_cannot_make_es256_are_refused_before_anything_is_signed() {
    let fake = FakeArm::start(estate(), Behaviour::default());
    let client = client(&fake.origin());
    for (name, what) in [
        ("larger", "its curve is P-384"),
        ("rsa", "its type is RSA"),
        ("verifies", "it may not be used to sign"),
        ("disabled", "it is disabled"),
    ] {
        let error = key(&client, &format!("{VAULT}/keys/{name}")).unwrap_err();
        assert!(matches!(&error, SignError::Unsuitable { what: w, .. } if w == what), "{error}");
    }
    assert!(
        matches!(key(&client, &format!("{VAULT}/keys/nothere")), Err(SignError::Fault(f)) if f.status == Some(404))
    );
    assert!(matches!(key(&client, &format!("{VAULT}/secrets/evidence")), Err(SignError::Address(_))));
    assert!(fake.requests().iter().all(|r| r.method == "GET"));
}

#[test]
fn a_host_that_is_no_vault_is_asked_nothing() {
    let foreign = ForeignHost::start();
    let client = client(foreign.origin());
    for host in [
        "https://evil.test",
        "https://vault.azure.net",
        "https://kv.vault.azure.net.evil.test",
        "https://kv.vault.azure.net:444",
    ] {
        let error = key(&client, &format!("{host}/keys/evidence/{NEW}")).unwrap_err();
        assert!(matches!(&error, SignError::Fault(f) if f.reason == GapReason::OutOfScope), "{error}");
    }
    assert!(!foreign.was_asked());
}

#[test]
fn refusals_and_redirects_are_errors_and_throttling_is_waited_for() {
    let foreign = ForeignHost::start();
    let sign = "^POST /keys/evidence";
    let cases = [
        (Kind::Forbidden, GapReason::Denied, 1),
        (Kind::Redirect(foreign.origin().to_owned()), GapReason::Malformed, 1),
        (Kind::Throttled(None), GapReason::Throttled, 3),
        (Kind::EchoToken, GapReason::Denied, 1),
        (Kind::CutJson, GapReason::Malformed, 3),
    ];
    for (kind, reason, tries) in cases {
        let fake = FakeArm::start(estate(), Behaviour::default().with(Fault::on(sign, kind.clone())));
        let client = client(&fake.origin());
        let pinned = key(&client, &format!("{VAULT}/keys/evidence")).unwrap();
        let error = wait(client.sign(&pinned, b"x")).unwrap_err();
        assert!(matches!(&error, SignError::Fault(f) if f.reason == reason), "{kind:?}: {error}");
        assert!(!error.to_string().contains("fake-arm-bearer"), "{error}");
        let sent = fake.requests().iter().filter(|r| r.method == "POST").count();
        assert_eq!(sent, tries, "{kind:?}");
    }
    assert!(!foreign.was_asked(), "the token must stay here");

    let once = Fault::on(sign, Kind::Throttled(Some("0".to_owned()))).times(Times::Once);
    let fake = FakeArm::start(estate(), Behaviour::default().with(once));
    let client = client(&fake.origin());
    let pinned = key(&client, &format!("{VAULT}/keys/evidence")).unwrap();
    let signature = wait(client.sign(&pinned, b"x")).unwrap();
    assert!(verifies(&pinned, b"x", &signature));
}

#[test]
fn what_is_no_signature_by_this_key_is_not_given() {
    let fake = FakeArm::start(estate(), Behaviour::default());
    let pinned = key(&client(&fake.origin()), &format!("{VAULT}/keys/evidence")).unwrap();
    let good = sign_with(&pinned.id(), b"x");
    let other = sign_with(&format!("{VAULT}/keys/evidence/other"), b"x");
    let (id, elsewhere) = (pinned.id(), format!("{VAULT}/keys/evidence/33333333333333333333333333333333"));
    let texts = |kid: &str, value: &str| json!({"kid": kid, "value": value}).to_string();
    let swapped = sign_with(&pinned.id(), b"y");
    for (body, word) in [
        (texts(&id, &good[..80]), "64 bytes"),
        (texts(&id, &format!("{good}AAAA")), "64 bytes"),
        (texts(&id, "!!"), "64 bytes"),
        (texts(&id, ""), "64 bytes"),
        (json!({"kid": id}).to_string(), "64 bytes"),
        (texts(&id, &other), "by this key"),
        (texts(&id, &swapped), "by this key"),
        (texts(&id, &"A".repeat(86)), "by this key"),
        (texts(&elsewhere, &good), "another key or version"),
        (texts("https://evil.test/keys/evidence/1", &good), "another key or version"),
        (json!({"value": good}).to_string(), "names no key"),
        ("[]".to_owned(), "names no key"),
    ] {
        let fault = Fault::on("^POST /keys/evidence", Kind::Body(200, body.clone()));
        let fake = FakeArm::start(estate(), Behaviour::default().with(fault));
        let error = wait(client(&fake.origin()).sign(&pinned, b"x")).unwrap_err();
        assert!(matches!(&error, SignError::Answer { what, .. } if what.contains(word)), "{body}: {error}");
    }
    let fault = Fault::on("^POST /keys/evidence", Kind::Body(200, texts(&id, &good)));
    let fake = FakeArm::start(estate(), Behaviour::default().with(fault));
    assert!(wait(client(&fake.origin()).sign(&pinned, b"x")).is_ok(), "the cases above differ from this one alone");
}

#[test]
fn an_answer_about_another_key_is_not_taken() {
    let fake = FakeArm::start(estate(), Behaviour::default());
    let address = format!("{VAULT}/keys/evidence/{NEW}");
    let good = fake_key(&fake, "evidence");
    let with = |change: &dyn Fn(&mut serde_json::Value)| {
        let mut body = good.clone();
        change(&mut body);
        let script = Script::start(move |_: &Asked, _| Told::new(200, body.to_string()));
        key(&client(&script.origin()), &address)
    };
    assert!(with(&|_| {}).is_ok());
    for (pointer, value) in [
        ("/key/kid", json!(format!("https://kv-other.vault.azure.net/keys/evidence/{NEW}"))),
        ("/key/kid", json!(format!("{VAULT}/keys/other/{NEW}"))),
        ("/key/kid", json!(format!("{VAULT}/keys/evidence/other"))),
        ("/key/kid", json!(format!("{VAULT}/keys/evidence"))),
        ("/key/kid", json!(null)),
        ("/key/x", json!("AAAA")),
        ("/key/y", json!(null)),
    ] {
        let found = with(&|body| *body.pointer_mut(pointer).unwrap() = value.clone());
        assert!(matches!(&found, Err(SignError::Answer { .. })), "{pointer} {value}: {found:?}");
    }
    for (pointer, value) in [("/key/crv", json!("P-256K")), ("/key/kty", json!("oct")), ("/key/key_ops", json!([]))] {
        let found = with(&|body| *body.pointer_mut(pointer).unwrap() = value.clone());
        assert!(matches!(&found, Err(SignError::Unsuitable { .. })), "{pointer} {value}: {found:?}");
    }
}

/// What the fake says of a key.
fn fake_key(fake: &FakeArm, name: &str) -> serde_json::Value {
    let bearer = format!("Bearer {TOKEN}");
    let headers = [("authorization", bearer.as_str()), ("host", "kv-evidence.vault.azure.net")];
    crate::fake::send("GET", &fake.origin(), &format!("/keys/{name}?api-version=7.4"), &headers, "")
        .expect("an answer")
        .json()
}
