//! The signed statement: an in-toto statement about the manifest, in a DSSE envelope, in a Sigstore bundle. Takes a bundle;
//! gives JSON that `cosign`, `@sigstore/verify`, or `openssl` and `jq` verify.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use p256::ecdsa::Signature;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::evidence::sign::{Signer, checked};
use crate::evidence::{Bundle, EvidenceError, MANIFEST, PublicKey, canonical, sha256};

/// The type of the statement's predicate, which is what `bundle.json` holds.
pub const PREDICATE_TYPE: &str = "https://github.com/assize/assize/attestation/compliance-evidence/v1";

const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";
const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
const BUNDLE_TYPE: &str = "application/vnd.dev.sigstore.bundle.v0.3+json";

/// The statement: the manifest as its only subject, and `bundle.json` as what is said of it.
fn statement(bundle: &Bundle, manifest: &[u8]) -> Result<String, EvidenceError> {
    let file = bundle.get("bundle.json").unwrap_or_default();
    let predicate: Value =
        serde_json::from_slice(&file).map_err(|e| EvidenceError::Sign(format!("bundle.json cannot be read: {e}")))?;
    Ok(canonical::to_string(&json!({
        "_type": STATEMENT_TYPE,
        "subject": [{ "name": MANIFEST, "digest": { "sha256": sha256(manifest) } }],
        "predicateType": PREDICATE_TYPE,
        "predicate": predicate,
    })))
}

/// What DSSE signs: type and payload with their lengths.
fn pae(payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {PAYLOAD_TYPE} {} ", PAYLOAD_TYPE.len(), payload.len());
    [head.as_bytes(), payload].concat()
}

/// Makes and signs the statement.
pub(super) fn sign(bundle: &Bundle, signer: &dyn Signer, manifest: &[u8]) -> Result<String, EvidenceError> {
    let payload = statement(bundle, manifest)?;
    let raw = checked(signer, &pae(payload.as_bytes()))?;
    let signature = Signature::from_slice(&raw).map_err(|e| EvidenceError::Sign(e.to_string()))?;
    let value = json!({
        "mediaType": BUNDLE_TYPE,
        "verificationMaterial": {
            "publicKey": { "hint": signer.public_key().hint() },
            "tlogEntries": [],
        },
        "dsseEnvelope": {
            "payload": STANDARD.encode(&payload),
            "payloadType": PAYLOAD_TYPE,
            "signatures": [{ "keyid": "", "sig": STANDARD.encode(signature.to_der().as_bytes()) }],
        },
    });
    Ok(canonical::to_string(&value) + "\n")
}

/// The type of the predicate under which Trestle signs and verifies documents of OSCAL.
const OSCAL_PREDICATE: &str = "https://oscal-compass.github.io/compliance-trestle/predicates/oscal-signing/v1";

/// Signs a document of OSCAL as `trestle sign` does: a DSSE envelope with an in-toto statement about its canonical form (RFC 8785).
/// `name` is the file name, which is the subject; `document` must be in canonical form, as assize writes it.
///
/// # Errors
/// [`EvidenceError::Sign`] when the document is not canonical JSON, or the key's holder refuses.
pub fn sign_oscal(name: &str, document: &[u8], signer: &dyn Signer) -> Result<String, EvidenceError> {
    let not_ours = |what: &str| EvidenceError::Sign(format!("{name} {what}; sign what --output oscal-… has written"));
    let value: Value = serde_json::from_slice(document).map_err(|_| not_ours("is no JSON"))?;
    if canonical::to_string(&value).as_bytes() != document {
        return Err(not_ours("is not in canonical form (RFC 8785)"));
    }
    let payload = canonical::to_string(&json!({
        "_type": STATEMENT_TYPE,
        "subject": [{ "name": name, "digest": { "sha256": sha256(document) } }],
        "predicateType": OSCAL_PREDICATE,
        "predicate": {
            "canonicalization": "RFC8785",
            "digestAlgorithm": "sha256",
            "digestSource": "canonical-json",
            "tool": "assize",
        },
    }));
    let raw = checked(signer, &pae(payload.as_bytes()))?;
    let signature = Signature::from_slice(&raw).map_err(|e| EvidenceError::Sign(e.to_string()))?;
    let envelope = json!({
        "payload": STANDARD.encode(&payload),
        "payloadType": PAYLOAD_TYPE,
        "signatures": [{ "keyid": "", "sig": STANDARD.encode(signature.to_der().as_bytes()) }],
    });
    Ok(canonical::to_string(&envelope) + "\n")
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Sigstore {
    media_type: String,
    verification_material: Material,
    dsse_envelope: Envelope,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Material {
    public_key: Hint,
}

#[derive(Deserialize)]
struct Hint {
    hint: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    payload: String,
    payload_type: String,
    signatures: Vec<EnvelopeSignature>,
}

#[derive(Deserialize)]
struct EnvelopeSignature {
    sig: String,
}

/// Checks the Sigstore bundle: the key, the signature, and that it speaks of this manifest and this `bundle.json`.
pub(super) fn verify(text: &[u8], bundle: &Bundle, manifest: &[u8], key: &PublicKey) -> Result<(), String> {
    let file: Sigstore = serde_json::from_slice(text).map_err(|e| format!("it is no Sigstore bundle: {e}"))?;
    if file.media_type != BUNDLE_TYPE || file.dsse_envelope.payload_type != PAYLOAD_TYPE {
        return Err("it is of another type".to_owned());
    }
    if file.verification_material.public_key.hint != key.hint() {
        return Err("it was made with another key".to_owned());
    }
    let decode = |text: &str| STANDARD.decode(text).map_err(|e| format!("its base64 cannot be read: {e}"));
    let payload = decode(&file.dsse_envelope.payload)?;
    let [signature] = file.dsse_envelope.signatures.as_slice() else {
        return Err("it does not have one signature".to_owned());
    };
    if !key.verifies_der(&pae(&payload), &decode(&signature.sig)?) {
        return Err("the signature does not fit what is signed".to_owned());
    }
    // The statement follows from the bundle, so it must be this text and no other.
    if statement(bundle, manifest).map_err(|e| e.to_string())?.as_bytes() != payload {
        return Err("it speaks of another manifest or another bundle.json".to_owned());
    }
    Ok(())
}
