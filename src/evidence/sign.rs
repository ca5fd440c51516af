//! Signing a bundle. Takes a bundle and whoever holds the key; puts the signatures beside the manifest.

use sha2::{Digest, Sha256};
use ssh_key::{Algorithm, EcdsaCurve, HashAlg, LineEnding, Signature, SshSig};

use crate::evidence::{Bundle, EvidenceError, MANIFEST, NAMESPACE, PublicKey, statement};

/// What is to be signed: ECDSA on P-256 over SHA-256 of the message. Some holders of keys want the message, some the digest.
#[derive(Debug)]
pub struct ToSign<'a> {
    message: &'a [u8],
    digest: [u8; 32],
}

impl<'a> ToSign<'a> {
    pub(super) fn new(message: &'a [u8]) -> Self {
        Self { message, digest: Sha256::digest(message).into() }
    }

    /// The message.
    pub fn message(&self) -> &'a [u8] {
        self.message
    }

    /// SHA-256 of the message.
    pub fn digest(&self) -> &[u8; 32] {
        &self.digest
    }
}

/// Whoever holds a P-256 key: a file, an agent, a vault.
pub trait Signer {
    /// The public part.
    fn public_key(&self) -> &PublicKey;

    /// Signs; gives r and s, 32 bytes each, as Key Vault's ES256 does.
    ///
    /// # Errors
    /// [`EvidenceError::Sign`] when the holder refuses or cannot be reached.
    fn sign(&self, what: &ToSign<'_>) -> Result<[u8; 64], EvidenceError>;
}

/// The files that signing writes, all beside the manifest and outside of it.
pub(super) const SSH_SIGNATURE: &str = "MANIFEST.sha256.sig";
/// See [`SSH_SIGNATURE`].
pub(super) const SIGSTORE: &str = "MANIFEST.sha256.sigstore.json";
/// The public key, for information.
pub(super) const PUBLIC_KEY: &str = "MANIFEST.sha256.pub.pem";
/// The same in the form that `ssh-keygen -Y verify` reads.
pub(super) const ALLOWED_SIGNERS: &str = "MANIFEST.sha256.allowed_signers";

/// Signs the manifest twice with one key: as `ssh-keygen -Y sign` does, and as a statement in a Sigstore bundle. `identity` names the
/// signer for people, for example `platform@bank.example`. Earlier signatures are replaced, and an earlier time stamp stays.
///
/// # Errors
/// [`EvidenceError::Sign`] when the key's holder refuses, or gives a signature that its own public key does not verify.
pub fn sign(bundle: &mut Bundle, signer: &dyn Signer, identity: &str) -> Result<(), EvidenceError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '@' | '-' | '+');
    if identity.is_empty() || identity.len() > 200 || identity.starts_with('-') || !identity.chars().all(plain) {
        return Err(EvidenceError::Sign(format!(
            "the identity {identity:?} must have letters, digits and . _ @ + - only, and begin with no hyphen"
        )));
    }
    let manifest = bundle.get(MANIFEST).ok_or_else(|| EvidenceError::Sign("the bundle has no manifest".to_owned()))?;
    let key = signer.public_key();
    let ssh = ssh_signature(signer, &manifest)?;
    let sigstore = statement::sign(bundle, signer, &manifest)?;
    let allowed = format!("{identity} namespaces=\"{NAMESPACE}\" {}\n", key.to_openssh());
    bundle.set(SSH_SIGNATURE, ssh.as_bytes())?;
    bundle.set(SIGSTORE, sigstore.as_bytes())?;
    bundle.set(PUBLIC_KEY, key.to_pem().as_bytes())?;
    bundle.set(ALLOWED_SIGNERS, allowed.as_bytes())
}

/// Signs, and refuses a signature that does not fit the key.
pub(super) fn checked(signer: &dyn Signer, message: &[u8]) -> Result<[u8; 64], EvidenceError> {
    let signature = signer.sign(&ToSign::new(message))?;
    if !signer.public_key().verifies(message, &signature) {
        return Err(EvidenceError::Sign(format!(
            "the signature that came is none of the key {}",
            signer.public_key().fingerprint()
        )));
    }
    Ok(signature)
}

fn ssh_signature(signer: &dyn Signer, manifest: &[u8]) -> Result<String, EvidenceError> {
    let failed = |e: ssh_key::Error| EvidenceError::Sign(e.to_string());
    let data = SshSig::signed_data(NAMESPACE, HashAlg::Sha512, manifest).map_err(failed)?;
    let raw = checked(signer, &data)?;
    let blob = [mpint(&raw[..32]), mpint(&raw[32..])].concat();
    let algorithm = Algorithm::Ecdsa { curve: EcdsaCurve::NistP256 };
    let signature = Signature::new(algorithm, blob).map_err(failed)?;
    let signature = SshSig::new(signer.public_key().to_ssh(), NAMESPACE, HashAlg::Sha512, signature).map_err(failed)?;
    let mut pem = signature.to_pem(LineEnding::LF).map_err(failed)?;
    if !pem.ends_with('\n') {
        pem.push('\n');
    }
    Ok(pem)
}

/// A positive number as SSH writes it (RFC 4251, section 5): length, no leading zeros but one before a high bit.
fn mpint(number: &[u8]) -> Vec<u8> {
    let digits = &number[number.iter().position(|b| *b != 0).unwrap_or(number.len())..];
    let pad = digits.first().is_some_and(|b| *b >= 0x80);
    let length = (digits.len() + usize::from(pad)) as u32;
    let mut out = length.to_be_bytes().to_vec();
    out.extend(pad.then_some(0));
    out.extend_from_slice(digits);
    out
}

/// Reads a number of SSH back into 32 bytes.
pub(super) fn from_mpint(blob: &mut &[u8]) -> Option<[u8; 32]> {
    let (length, rest) = blob.split_first_chunk::<4>()?;
    let length = u32::from_be_bytes(*length) as usize;
    let digits = rest.get(..length)?;
    *blob = &rest[length..];
    let digits = digits.strip_prefix(&[0]).unwrap_or(digits);
    let mut out = [0; 32];
    out.get_mut(32usize.checked_sub(digits.len())?..)?.copy_from_slice(digits);
    Some(out)
}

/// Checks the SSH signature over the manifest; gives the key that made it.
pub(super) fn verify_ssh(pem: &[u8], manifest: &[u8]) -> Result<PublicKey, String> {
    let signature = SshSig::from_pem(pem).map_err(|e| format!("it is no SSH signature: {e}"))?;
    if signature.namespace() != NAMESPACE {
        return Err(format!("its namespace is {:?}, not {NAMESPACE}", signature.namespace()));
    }
    let key = PublicKey::from_ssh(signature.public_key()).map_err(|e| e.to_string())?;
    let data = SshSig::signed_data(NAMESPACE, signature.hash_alg(), manifest).map_err(|e| e.to_string())?;
    let mut blob = signature.signature_bytes();
    let numbers = from_mpint(&mut blob).zip(from_mpint(&mut blob)).filter(|_| blob.is_empty());
    let Some((r, s)) = numbers else { return Err("its numbers cannot be read".to_owned()) };
    if key.verifies(&data, &[r, s].concat()) { Ok(key) } else { Err("it does not fit the manifest".to_owned()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_ssh_go_there_and_back() {
        let mut high = [0x80; 32];
        let mut low = [0; 32];
        low[31] = 5;
        for number in [high, low, [0; 32]] {
            let blob = mpint(&number);
            let mut rest = blob.as_slice();
            assert_eq!(from_mpint(&mut rest), Some(number));
            assert!(rest.is_empty());
        }
        assert_eq!(mpint(&low), [0, 0, 0, 1, 5]);
        high[0] = 0xff;
        assert_eq!(mpint(&high)[..5], [0, 0, 0, 33, 0]);
        assert_eq!(from_mpint(&mut &[0, 0, 0, 40][..]), None);
        assert_eq!(from_mpint(&mut &mpint(&[1; 40])[..]), None);
    }
}
