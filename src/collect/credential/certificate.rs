//! A client certificate: takes a PEM file with certificate and RSA key, gives assertions signed by the key.
//!
//! The file is read at every assertion, so that a renewed certificate needs no restart.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use ring::rand::{SecureRandom, SystemRandom};
use ring::rsa::KeyPair;
use ring::signature::{RSA_PKCS1_SHA256, RSA_PSS_SHA256};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::json;
use zeroize::Zeroizing;

use crate::collect::credential::http::Http;
use crate::collect::credential::oauth::{Application, Assertion, Proof, token_path};
use crate::collect::credential::{CredentialError, Kind, Secret, Setup, Signature};

const KIND: Kind = Kind::ClientCertificate;
const PATH: &str = "AZURE_CLIENT_CERTIFICATE_PATH";
/// How long an assertion is good, in seconds: Microsoft advises five to ten minutes.
const LIFE: i64 = 600;
/// Certificates of the chain that are sent at most.
const MAX_CHAIN: usize = 10;

/// Signs assertions for one application.
struct Signer {
    path: PathBuf,
    audience: String,
    client_id: String,
    send_chain: bool,
    setup: Setup,
}

/// An application that proves itself with a certificate.
pub(super) fn application(setup: &Setup, http: &Arc<Http>) -> Result<Application, CredentialError> {
    let [path] = setup.need(KIND, [PATH])?;
    let (tenant, client_id) = setup.application(KIND, &["AZURE_TENANT_ID"], &["AZURE_CLIENT_ID"])?;
    let send_chain = setup
        .environment
        .get("AZURE_CLIENT_SEND_CERTIFICATE_CHAIN")
        .is_some_and(|value| value == "1" || value.eq_ignore_ascii_case("true"));
    let audience = setup.login.join(&token_path(&tenant)).to_string();
    let signer =
        Signer { path: PathBuf::from(path), audience, client_id: client_id.clone(), send_chain, setup: setup.clone() };
    Ok(Application::new(KIND, &tenant, client_id, Proof::Assertion(Box::new(signer)), http, setup))
}

/// A key with its certificates, the key's own first.
struct Identity {
    key: KeyPair,
    chain: Vec<CertificateDer<'static>>,
}

fn unusable(what: impl Into<String>, hint: &str) -> CredentialError {
    CredentialError::unusable(KIND, what, hint)
}

impl Identity {
    fn of(bytes: &[u8]) -> Result<Self, CredentialError> {
        const CONVERT: &str = "convert it with `openssl pkcs12 -in FILE -nodes -out FILE.pem`";
        let has = |marker: &str| bytes.windows(marker.len()).any(|window| window == marker.as_bytes());
        if !has("-----BEGIN ") {
            return Err(unusable(format!("the file in {PATH} is no PEM file"), CONVERT));
        }
        if has("BEGIN ENCRYPTED PRIVATE KEY") || has("Proc-Type: 4,ENCRYPTED") {
            let hint = "decrypt it with `openssl pkey -in FILE` into a file that only this user can read";
            return Err(unusable(format!("the key in {PATH} is encrypted"), hint));
        }
        let no_key = || unusable(format!("the file in {PATH} holds no private key"), KIND.hint());
        let key = match PrivateKeyDer::from_pem_slice(bytes).map_err(|_| no_key())? {
            PrivateKeyDer::Pkcs8(key) => KeyPair::from_pkcs8(key.secret_pkcs8_der()),
            PrivateKeyDer::Pkcs1(key) => KeyPair::from_der(key.secret_pkcs1_der()),
            _ => return Err(unusable(format!("the key in {PATH} is no RSA key"), "Entra ID takes RSA keys only")),
        };
        let key = key.map_err(|refused| {
            let what = format!("the key in {PATH} cannot be used: {refused}");
            unusable(what, "use an RSA key of 2048, 3072 or 4096 bits")
        })?;
        let mut chain = Vec::new();
        for certificate in CertificateDer::pem_slice_iter(bytes).take(MAX_CHAIN) {
            let broken = |_| unusable(format!("a certificate in {PATH} cannot be read"), KIND.hint());
            chain.push(certificate.map_err(broken)?.into_owned());
        }
        // The public key stands in its certificate as it stands here: DER has one spelling.
        let public = key.public().as_ref();
        let own = chain.iter().position(|c| c.as_ref().windows(public.len()).any(|window| window == public));
        let Some(own) = own else {
            let what = format!("no certificate in {PATH} belongs to its key");
            return Err(unusable(what, "put the certificate and the key that it was made for into the file"));
        };
        chain.swap(0, own);
        Ok(Self { key, chain })
    }

    /// The JSON web token, in the form of
    /// <https://learn.microsoft.com/entra/identity-platform/certificate-credentials>.
    fn sign(&self, signer: &Signer) -> Result<Secret, CredentialError> {
        let random = SystemRandom::new();
        let failed = |what: &str| unusable(what, "try again");
        let mut id = [0u8; 16];
        random.fill(&mut id).map_err(|_| failed("the system gives no random numbers"))?;
        let (name, padding): (_, &dyn ring::signature::RsaEncoding) = match signer.setup.signature {
            Signature::Ps256 => ("PS256", &RSA_PSS_SHA256),
            Signature::Rs256 => ("RS256", &RSA_PKCS1_SHA256),
        };
        let digest = ring::digest::digest(&ring::digest::SHA256, self.chain[0].as_ref());
        let mut header = json!({"alg": name, "typ": "JWT", "x5t#S256": URL_SAFE_NO_PAD.encode(digest)});
        if signer.send_chain {
            header["x5c"] = self.chain.iter().map(|c| STANDARD.encode(c.as_ref())).collect();
        }
        let now = (signer.setup.now)();
        let payload = json!({
            "aud": signer.audience, "iss": signer.client_id, "sub": signer.client_id, "jti": guid(id),
            "nbf": now, "iat": now, "exp": now.saturating_add(LIFE),
        });
        let part = |value: serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let statement = format!("{}.{}", part(header), part(payload));
        let mut signature = vec![0; self.key.public().modulus_len()];
        let signed = self.key.sign(padding, &random, statement.as_bytes(), &mut signature);
        signed.map_err(|_| failed("the key cannot sign"))?;
        Ok(Secret::new(format!("{statement}.{}", URL_SAFE_NO_PAD.encode(&signature))))
    }
}

/// Random bytes in the form of a version 4 UUID.
fn guid(mut bytes: [u8; 16]) -> String {
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex = crate::model::hex(&bytes);
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

#[async_trait]
impl Assertion for Signer {
    async fn assertion(&self) -> Result<Secret, CredentialError> {
        let bytes = Zeroizing::new(self.setup.read(KIND, &self.path)?);
        Identity::of(&bytes)?.sign(self)
    }
}
