//! P-256 keys: public ones in PEM, OpenSSH and coordinates, private ones from files. Takes texts; no key is printed.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use p256::SecretKey;
use p256::ecdsa::signature::{Signer as _, Verifier as _};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use p256::pkcs8::{DecodePrivateKey, DecodePublicKey, EncodePublicKey, LineEnding};
use sha2::{Digest, Sha256};
use ssh_key::private::{EcdsaKeypair, KeypairData};
use ssh_key::public::{EcdsaPublicKey, KeyData};

use crate::evidence::EvidenceError;
use crate::evidence::sign::{Signer, ToSign};

/// A P-256 public key.
#[derive(Clone, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PublicKey({})", self.fingerprint())
    }
}

fn bad(what: impl fmt::Display) -> EvidenceError {
    EvidenceError::Key(what.to_string())
}

impl PublicKey {
    /// Reads a public key: PEM (`BEGIN PUBLIC KEY`) or a line of OpenSSH (`ecdsa-sha2-nistp256 …`).
    ///
    /// # Errors
    /// [`EvidenceError::Key`] when it is neither, or no P-256 key.
    pub fn parse(text: &str) -> Result<Self, EvidenceError> {
        let text = text.trim();
        if text.contains("-----BEGIN PUBLIC KEY-----") {
            return VerifyingKey::from_public_key_pem(text)
                .map(Self)
                .map_err(|_| bad("it is no P-256 public key in PEM; make one with: openssl ec -in key.pem -pubout"));
        }
        let key =
            ssh_key::PublicKey::from_openssh(text).map_err(|_| bad("it is neither a PEM nor an OpenSSH public key"))?;
        Self::from_ssh(key.key_data())
    }

    /// Takes the coordinates of the point, 32 bytes each, as Key Vault gives them (`x` and `y` of the JWK).
    ///
    /// # Errors
    /// [`EvidenceError::Key`] when they are no point of the curve.
    pub fn from_coordinates(x: &[u8], y: &[u8]) -> Result<Self, EvidenceError> {
        if x.len() != 32 || y.len() != 32 {
            return Err(bad("the coordinates of a P-256 key have 32 bytes each"));
        }
        let point = [&[4], x, y].concat();
        VerifyingKey::from_sec1_bytes(&point).map(Self).map_err(|_| bad("the coordinates are no point of P-256"))
    }

    pub(super) fn from_ssh(data: &KeyData) -> Result<Self, EvidenceError> {
        match data {
            KeyData::Ecdsa(EcdsaPublicKey::NistP256(point)) => {
                VerifyingKey::from_sec1_bytes(point.as_bytes()).map(Self).map_err(|_| bad("it is no point of P-256"))
            }
            other => {
                Err(bad(format!("it is a key for {}; bundles are signed with ecdsa-sha2-nistp256", other.algorithm())))
            }
        }
    }

    pub(super) fn to_ssh(&self) -> KeyData {
        KeyData::Ecdsa(EcdsaPublicKey::NistP256(self.0.to_encoded_point(false)))
    }

    /// The key in PEM.
    pub fn to_pem(&self) -> String {
        self.0.to_public_key_pem(LineEnding::LF).expect("a point of the curve has a PEM form")
    }

    /// The key as OpenSSH writes it, without a comment.
    pub fn to_openssh(&self) -> String {
        ssh_key::PublicKey::new(self.to_ssh(), "").to_openssh().expect("a point of the curve has an OpenSSH form")
    }

    /// The fingerprint that `ssh-keygen -l` shows, `SHA256:…`.
    pub fn fingerprint(&self) -> String {
        self.to_ssh().fingerprint(ssh_key::HashAlg::Sha256).to_string()
    }

    /// What a Sigstore bundle names the key by: base64 of SHA-256 over its DER form.
    pub(super) fn hint(&self) -> String {
        let der = self.0.to_public_key_der().expect("a point of the curve has a DER form");
        STANDARD.encode(Sha256::digest(der.as_bytes()))
    }

    /// Whether the signature, r and s of 32 bytes each, is one of this key over the message.
    pub(super) fn verifies(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_slice(signature).is_ok_and(|s| self.0.verify(message, &s).is_ok())
    }

    /// The same of a signature in DER.
    pub(super) fn verifies_der(&self, message: &[u8], signature: &[u8]) -> bool {
        Signature::from_der(signature).is_ok_and(|s| self.0.verify(message, &s).is_ok())
    }
}

/// A key from a file.
pub struct FileSigner {
    key: SigningKey,
    public: PublicKey,
}

impl fmt::Debug for FileSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FileSigner").field("public", &self.public).finish_non_exhaustive()
    }
}

impl FileSigner {
    /// Reads a P-256 private key: OpenSSH, PKCS#8 or SEC 1, the first two also encrypted.
    ///
    /// # Errors
    /// [`EvidenceError::Passphrase`] when it is encrypted and no passphrase was given, [`EvidenceError::Key`] when it
    /// cannot be read. No error holds anything of the key.
    pub fn parse(text: &str, passphrase: Option<&str>) -> Result<Self, EvidenceError> {
        // `openssl ecparam -genkey` writes the name of the curve before the key.
        let block = |label: &str| {
            let (begin, end) = (format!("-----BEGIN {label}-----"), format!("-----END {label}-----"));
            let from = text.find(&begin)?;
            let to = from + text[from..].find(&end)? + end.len();
            Some(&text[from..to])
        };
        let not_p256 = |_| bad("it is no P-256 private key; make one with: openssl ecparam -name prime256v1 -genkey");
        let secret = if let Some(pem) = block("OPENSSH PRIVATE KEY") {
            from_openssh(pem, passphrase)?
        } else if let Some(pem) = block("ENCRYPTED PRIVATE KEY") {
            let passphrase = passphrase.ok_or(EvidenceError::Passphrase)?;
            SecretKey::from_pkcs8_encrypted_pem(pem, passphrase)
                .map_err(|_| bad("the passphrase is wrong, or it is no P-256 key"))?
        } else if let Some(pem) = block("PRIVATE KEY") {
            SecretKey::from_pkcs8_pem(pem).map_err(|_| not_p256(()))?
        } else if let Some(pem) = block("EC PRIVATE KEY") {
            if pem.contains("Proc-Type") {
                return Err(bad(
                    "its encryption is the old one of OpenSSL; change it with: openssl pkcs8 -topk8 -in key.pem -out new.pem",
                ));
            }
            SecretKey::from_sec1_pem(pem).map_err(|_| not_p256(()))?
        } else {
            return Err(bad("it is no private key in PEM or in the form of OpenSSH"));
        };
        Ok(Self::from_secret(&secret))
    }

    fn from_secret(secret: &SecretKey) -> Self {
        let key = SigningKey::from(secret);
        let public = PublicKey(*key.verifying_key());
        Self { key, public }
    }

    /// A key for tests.
    #[cfg(test)]
    pub(super) fn of(byte: u8) -> Self {
        Self::from_secret(&SecretKey::from_slice(&[byte; 32]).unwrap())
    }
}

fn from_openssh(pem: &str, passphrase: Option<&str>) -> Result<SecretKey, EvidenceError> {
    let unreadable = |_| bad("it cannot be read as a private key of OpenSSH");
    let mut key = ssh_key::PrivateKey::from_openssh(pem).map_err(unreadable)?;
    if key.is_encrypted() {
        let passphrase = passphrase.ok_or(EvidenceError::Passphrase)?;
        key = key.decrypt(passphrase).map_err(|_| bad("the passphrase is wrong"))?;
    }
    match key.key_data() {
        KeypairData::Ecdsa(EcdsaKeypair::NistP256 { private, .. }) => {
            SecretKey::from_slice(private.as_slice()).map_err(|_| bad("it is no P-256 private key"))
        }
        _ => Err(bad(format!("it is a key for {}; make one with: ssh-keygen -t ecdsa -b 256", key.algorithm()))),
    }
}

impl Signer for FileSigner {
    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, what: &ToSign<'_>) -> Result<[u8; 64], EvidenceError> {
        let signature: Signature = self.key.try_sign(what.message()).map_err(|e| EvidenceError::Sign(e.to_string()))?;
        Ok(signature.to_bytes().into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::sign::checked;

    #[test]
    fn public_keys_go_through_every_form() {
        let key = FileSigner::of(7).public;
        assert_eq!(PublicKey::parse(&key.to_pem()).unwrap(), key);
        assert_eq!(PublicKey::parse(&format!("{} comment\n", key.to_openssh())).unwrap(), key);
        let point = key.0.to_encoded_point(false);
        assert_eq!(PublicKey::from_coordinates(point.x().unwrap(), point.y().unwrap()).unwrap(), key);
        assert!(PublicKey::from_coordinates(&[1; 32], &[1; 32]).is_err());
        assert!(PublicKey::from_coordinates(&[1; 31], &[1; 32]).is_err());
        for text in
            ["", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"]
        {
            assert!(PublicKey::parse(text).is_err(), "{text}");
        }
        assert!(!format!("{:?}", FileSigner::of(7)).contains("7, 7"));
    }

    /// Keys that openssl and ssh-keygen make, plain and encrypted.
    #[cfg(target_os = "linux")]
    #[test]
    fn every_form_of_private_key_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let script = "
            openssl ecparam -name prime256v1 -genkey -out sec1 && openssl pkcs8 -topk8 -nocrypt -in sec1 -out pkcs8 &&
            openssl pkcs8 -topk8 -in sec1 -out pkcs8.enc -passout pass:right &&
            openssl ec -in sec1 -aes256 -passout pass:right -out old.enc &&
            ssh-keygen -q -t ecdsa -b 256 -N '' -f ssh && ssh-keygen -q -t ecdsa -b 256 -N right -f ssh.enc &&
            ssh-keygen -q -t ed25519 -N '' -f ed && openssl ecparam -name secp384r1 -genkey -noout -out p384";
        let out = std::process::Command::new("/bin/sh").arg("-c").arg(script).current_dir(&folder).output().unwrap();
        assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
        let read = |name: &str, passphrase| {
            FileSigner::parse(&std::fs::read_to_string(folder.path().join(name)).unwrap(), passphrase)
        };
        for name in ["sec1", "pkcs8", "ssh"] {
            assert!(checked(&read(name, None).unwrap(), b"x").is_ok(), "{name}");
        }
        for name in ["pkcs8.enc", "ssh.enc"] {
            assert!(matches!(read(name, None), Err(EvidenceError::Passphrase)), "{name}");
            assert!(read(name, Some("wrong")).is_err(), "{name}");
            assert!(checked(&read(name, Some("right")).unwrap(), b"x").is_ok(), "{name}");
        }
        assert!(read("old.enc", Some("right")).unwrap_err().to_string().contains("topk8"));
        assert!(read("ed", None).is_err() && read("p384", None).is_err());
        let public = std::fs::read_to_string(folder.path().join("ssh.pub")).unwrap();
        assert_eq!(PublicKey::parse(&public).unwrap(), read("ssh", None).unwrap().public);
    }
}
