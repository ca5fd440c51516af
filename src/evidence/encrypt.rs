//! Encryption of an archive to the auditor's key, in the format of age.

use std::io::{Read, Write};
use std::str::FromStr;

use crate::evidence::EvidenceError;

/// An auditor's public key, `age1…`.
#[derive(Clone)]
pub struct Recipient(age::x25519::Recipient);

impl std::fmt::Debug for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Recipient({})", self.0)
    }
}

impl FromStr for Recipient {
    type Err = EvidenceError;

    fn from_str(text: &str) -> Result<Self, EvidenceError> {
        age::x25519::Recipient::from_str(text.trim())
            .map(Self)
            .map_err(|e| EvidenceError::Encrypt(format!("the recipient is no public key of age (age1…): {e}")))
    }
}

/// Encrypts what is read, so that each of the recipients can read it. The bytes differ each time.
///
/// # Errors
/// [`EvidenceError::Encrypt`] when there is no recipient, [`EvidenceError::Io`] when reading or writing fails.
pub fn encrypt(mut input: impl Read, out: impl Write, recipients: &[Recipient]) -> Result<(), EvidenceError> {
    let failed = |source| EvidenceError::Io { what: "the archive cannot be encrypted".to_owned(), source };
    let encryptor = age::Encryptor::with_recipients(recipients.iter().map(|r| &r.0 as &dyn age::Recipient))
        .map_err(|e| EvidenceError::Encrypt(e.to_string()))?;
    let mut writer = encryptor.wrap_output(out).map_err(failed)?;
    std::io::copy(&mut input, &mut writer).map_err(failed)?;
    writer.finish().and_then(|mut out| out.flush()).map_err(failed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_recipient_reads_it() {
        let (auditor, other) = (age::x25519::Identity::generate(), age::x25519::Identity::generate());
        let recipient: Recipient = auditor.to_public().to_string().parse().unwrap();
        let mut sealed = Vec::new();
        encrypt(&b"evidence"[..], &mut sealed, &[recipient]).unwrap();
        assert!(!sealed.windows(8).any(|w| w == b"evidence"));
        assert_eq!(age::decrypt(&auditor, &sealed).unwrap(), b"evidence");
        assert!(age::decrypt(&other, &sealed).is_err());
        assert!(encrypt(&b""[..], Vec::new(), &[]).is_err());
        assert!("age1x".parse::<Recipient>().is_err() && "ssh-rsa A".parse::<Recipient>().is_err());
    }
}
