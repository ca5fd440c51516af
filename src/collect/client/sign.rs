//! Signatures by a key of a key vault or managed HSM that never leaves it. Takes the key's address and a message; gives
//! ES256 signatures (P-256, SHA-256) that were checked against the key. Knows no bundle.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

use crate::collect::cloud::Origin;
use crate::model::printable;

use super::transport::Outgoing;
use super::{Call, Client, Fault, Plane};

/// The api-version of the data plane.
const API_VERSION: &str = "7.4";
/// What budgets and messages call it.
const FAMILY: &str = "Microsoft.KeyVault/vaults/keys";

/// Why there is no key or no signature.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The text is no address of a key.
    #[error("{0:?} is no address of a key; write it as https://VAULT.vault.azure.net/keys/NAME/VERSION")]
    Address(String),
    /// The vault gave no answer. To get the key and to sign with it takes the role Key Vault Crypto User.
    #[error("{0}")]
    Fault(#[from] Fault),
    /// The key cannot make ES256 signatures.
    #[error("the key {key} cannot sign: {what}; make an EC key on the curve P-256 that may sign")]
    Unsuitable {
        /// The key.
        key: String,
        /// What is in the way.
        what: String,
    },
    /// The vault answered something else than was asked, and nothing of it is used.
    #[error("the vault gave no usable answer for the key {key}: {what}")]
    Answer {
        /// The key.
        key: String,
        /// What is wrong.
        what: String,
    },
}

/// One version of a key that makes ES256 signatures, with its public part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VaultKey {
    vault: Origin,
    name: String,
    version: String,
    point: [u8; 65],
}

impl VaultKey {
    /// The address with the version: `https://VAULT.vault.azure.net/keys/NAME/VERSION`.
    pub fn id(&self) -> String {
        format!("{}/keys/{}/{}", self.vault, self.name, self.version)
    }

    /// The version.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The public key as a point of P-256, uncompressed: `0x04`, x, y.
    pub fn public_key(&self) -> &[u8; 65] {
        &self.point
    }
}

/// An address of a key, with or without version.
struct Address {
    vault: Origin,
    name: String,
    version: Option<String>,
}

impl Address {
    fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        if url.query().is_some() || url.fragment().is_some() || text.contains(['\\', '%']) || text.contains("/.") {
            return None;
        }
        let vault = Origin::of(&url)?;
        let mut parts = url.path().trim_start_matches('/').trim_end_matches('/').split('/');
        let is_name =
            |t: &&str| (1..=127).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        let is_version = |t: &str| (1..=64).contains(&t.len()) && t.bytes().all(|b| b.is_ascii_alphanumeric());
        if parts.next() != Some("keys") {
            return None;
        }
        let name = parts.next().filter(is_name)?.to_owned();
        let version = match parts.next() {
            None => None,
            Some(version) if is_version(version) => Some(version.to_owned()),
            Some(_) => return None,
        };
        if parts.next().is_some() { None } else { Some(Self { vault, name, version }) }
    }

    /// Whether another address is of the same key; names of keys ignore case.
    fn is_same_key(&self, vault: &Origin, name: &str) -> bool {
        self.vault == *vault && self.name.eq_ignore_ascii_case(name)
    }
}

fn call(vault: &Origin, path: String) -> Call {
    Call { plane: Plane::Vault(vault.clone()), ..Call::arm(&path, API_VERSION, FAMILY) }
}

fn decoded<const N: usize>(value: &Value) -> Option<[u8; N]> {
    URL_SAFE_NO_PAD.decode(value.as_str()?.trim_end_matches('=')).ok()?.try_into().ok()
}

impl Client {
    /// Reads the public part of a key and pins its version: without one in the address, the newest is asked for once, and
    /// [`VaultKey::id`] names it from then on.
    ///
    /// # Errors
    /// [`SignError`] when the address is none, its host no vault of this cloud (nothing is sent then), the vault refuses, or
    /// the key is no enabled EC key on P-256 that may sign.
    pub async fn signing_key(&self, address: &str) -> Result<VaultKey, SignError> {
        let asked = Address::parse(address).ok_or_else(|| SignError::Address(printable(address, 200)))?;
        let version = asked.version.as_ref().map(|v| format!("/{v}")).unwrap_or_default();
        let path = format!("/keys/{}{version}", asked.name);
        let shown = format!("{}{path}", asked.vault);
        let unsuitable = |what: &str| SignError::Unsuitable { key: shown.clone(), what: printable(what, 200) };
        let unusable = |what: &str| SignError::Answer { key: shown.clone(), what: what.to_owned() };

        let answer = self.get(&call(&asked.vault, path)).await?;
        let body: Value = serde_json::from_slice(&answer.body).map_err(|_| unusable("it is no JSON"))?;
        let key = &body["key"];
        let kid = key["kid"].as_str().and_then(Address::parse).ok_or_else(|| unusable("it names no key"))?;
        let version = kid.version.clone().ok_or_else(|| unusable("it names no version"))?;
        if !asked.is_same_key(&kid.vault, &kid.name) || asked.version.as_ref().is_some_and(|v| *v != version) {
            return Err(unusable("it is another key than was asked for"));
        }
        let text = |name: &str| key[name].as_str().unwrap_or("nothing").to_owned();
        if !matches!(text("kty").as_str(), "EC" | "EC-HSM") {
            return Err(unsuitable(&format!("its type is {}", text("kty"))));
        }
        if text("crv") != "P-256" {
            return Err(unsuitable(&format!("its curve is {}", text("crv"))));
        }
        if body["attributes"]["enabled"].as_bool() == Some(false) {
            return Err(unsuitable("it is disabled"));
        }
        let operations = key["key_ops"].as_array();
        if operations.is_some_and(|all| !all.iter().any(|op| op.as_str() == Some("sign"))) {
            return Err(unsuitable("it may not be used to sign"));
        }
        let (Some(x), Some(y)) = (decoded::<32>(&key["x"]), decoded::<32>(&key["y"])) else {
            return Err(unusable("its public part is not two numbers of 32 bytes"));
        };
        let mut point = [4; 65];
        point[1..33].copy_from_slice(&x);
        point[33..].copy_from_slice(&y);
        Ok(VaultKey { vault: asked.vault, name: kid.name, version, point })
    }

    /// Signs a message: r and s, 32 bytes each, of ES256 over its SHA-256. The vault gets the digest alone. The signature is
    /// checked against the key before it is given.
    ///
    /// # Errors
    /// [`SignError`] when the vault refuses or does not answer, names another key or version, or gives what is no signature of
    /// the message by this key.
    pub async fn sign(&self, key: &VaultKey, message: &[u8]) -> Result<[u8; 64], SignError> {
        let unusable = |what: &str| SignError::Answer { key: key.id(), what: what.to_owned() };
        let body = json!({"alg": "ES256", "value": URL_SAFE_NO_PAD.encode(Sha256::digest(message))});
        let call = call(&key.vault, format!("/keys/{}/{}", key.name, key.version));
        let ask = self.ask(&call)?;
        let request = Outgoing::sign(&ask.origin, &call.path, API_VERSION, body.to_string().into_bytes());
        let reply = self.exchange(&ask, &request).await.map_err(|refusal| refusal.fault)?;
        let answer: Value = serde_json::from_slice(&reply.body).map_err(|_| unusable("it is no JSON"))?;
        let kid = answer["kid"].as_str().and_then(Address::parse).ok_or_else(|| unusable("it names no key"))?;
        if !kid.is_same_key(&key.vault, &key.name) || kid.version.as_ref() != Some(&key.version) {
            return Err(unusable("another key or version signed"));
        }
        let signature: [u8; 64] =
            decoded(&answer["value"]).ok_or_else(|| unusable("the signature has not 64 bytes"))?;
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key.point)
            .verify(message, &signature)
            .map_err(|_| unusable("the signature is not one of the message by this key"))?;
        Ok(signature)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_keys_are_read_and_others_are_not() {
        for (text, name, version) in [
            ("https://v.vault.azure.net/keys/evidence", "evidence", None),
            ("https://v.vault.azure.net/keys/evidence/", "evidence", None),
            ("https://v.managedhsm.azure.net/keys/Evid-1/0123abc", "Evid-1", Some("0123abc")),
        ] {
            let address = Address::parse(text).unwrap();
            assert_eq!((address.name.as_str(), address.version.as_deref()), (name, version));
        }
        for text in [
            "",
            "evidence",
            "https://v.vault.azure.net",
            "https://v.vault.azure.net/keys",
            "https://v.vault.azure.net/secrets/a",
            "https://v.vault.azure.net/keys/a/b/c",
            "https://v.vault.azure.net/keys/a_b",
            "https://v.vault.azure.net/keys/a?x=1",
            "https://v.vault.azure.net/keys/a#x",
            "https://u@v.vault.azure.net/keys/a",
            "http://v.vault.azure.net/keys/a",
            "https://v.vault.azure.net/keys/../keys/a",
            "https://v.vault.azure.net/keys/%61",
            "https://v.vault.azure.net\\keys/a",
        ] {
            assert!(Address::parse(text).is_none(), "{text}");
        }
    }
}
