//! Time stamps (RFC 3161). Makes the request for the manifest, and reads the answer of an authority that the caller asks.
//!
//! It reads what the token says and whether it is about this manifest. It does not check the authority's signature and
//! certificate: `openssl ts -verify` does, with the authority's certificate from another source than the bundle.

use chrono::{DateTime, NaiveDateTime, Utc};
use sha2::{Digest, Sha256};

use crate::evidence::{Bundle, EvidenceError, MANIFEST};

/// The file of the authority's whole answer, beside the manifest.
pub(super) const STAMP: &str = "MANIFEST.sha256.tsr";

/// The largest answer that is read, in bytes.
const MAX_ANSWER: usize = 1 << 20;

/// How deep an answer may be nested.
const MAX_DEPTH: usize = 16;

/// What a time stamp says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The time of the authority.
    pub time: DateTime<Utc>,
    /// SHA-256 of what it is about.
    pub sha256: [u8; 32],
    /// The number of the request, where it had one.
    nonce: Option<Vec<u8>>,
}

// Tags of DER that are looked for.
const BOOLEAN: u8 = 0x01;
const INTEGER: u8 = 0x02;
const OCTETS: u8 = 0x04;
const OID: u8 = 0x06;
const TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
const CONTEXT_0: u8 = 0xa0;

/// SHA-256, 2.16.840.1.101.3.4.2.1.
const SHA256_OID: [u8; 9] = [0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
/// Signed data, 1.2.840.113549.1.7.2.
const SIGNED_DATA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// The content of a time stamp, 1.2.840.113549.1.9.16.1.4.
const TST_INFO: [u8; 11] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04];

/// Asks an authority for a time stamp of the manifest and puts its answer into the bundle. `send` posts the request
/// (`application/timestamp-query`) and gives the body of the answer. `nonce` is a number that was never used before.
///
/// # Errors
/// [`EvidenceError::Timestamp`] when `send` fails, or the answer is a refusal, or speaks of something else.
pub fn timestamp(
    bundle: &mut Bundle,
    nonce: u64,
    send: impl FnOnce(&[u8]) -> Result<Vec<u8>, String>,
) -> Result<Stamp, EvidenceError> {
    let manifest =
        bundle.get(MANIFEST).ok_or_else(|| EvidenceError::Timestamp("the bundle has no manifest".to_owned()))?;
    let digest: [u8; 32] = Sha256::digest(&manifest).into();
    let answer = send(&request(&digest, nonce)).map_err(EvidenceError::Timestamp)?;
    let stamp = read(&answer).map_err(EvidenceError::Timestamp)?;
    if stamp.sha256 != digest {
        return Err(EvidenceError::Timestamp("it is about something else than the manifest".to_owned()));
    }
    if stamp.nonce.as_deref() != Some(integer(nonce).as_slice()) {
        return Err(EvidenceError::Timestamp("it answers another request: the nonce differs".to_owned()));
    }
    bundle.set(STAMP, &answer)?;
    Ok(stamp)
}

/// The request in DER: version 1, the digest, the nonce, and the wish for the certificate.
fn request(digest: &[u8; 32], nonce: u64) -> Vec<u8> {
    let algorithm = der(SEQUENCE, &[der(OID, &SHA256_OID), vec![5, 0]].concat());
    let imprint = der(SEQUENCE, &[algorithm, der(OCTETS, digest)].concat());
    der(SEQUENCE, &[der(INTEGER, &[1]), imprint, der(INTEGER, &integer(nonce)), der(BOOLEAN, &[0xff])].concat())
}

/// The bytes of a positive number.
fn integer(number: u64) -> Vec<u8> {
    let bytes = number.to_be_bytes();
    let digits = &bytes[(number.leading_zeros() as usize / 8).min(7)..];
    let pad = (digits[0] >= 0x80).then_some(0);
    pad.into_iter().chain(digits.iter().copied()).collect()
}

/// A value of fewer than 128 bytes.
fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    debug_assert!(content.len() < 128);
    [&[tag, content.len() as u8], content].concat()
}

/// One value: its tag and content, and what follows.
fn next(input: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = input.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7f => (*first as usize, rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked((first & 0x7f) as usize)?;
            (digits.iter().fold(0usize, |n, b| n << 8 | *b as usize), rest)
        }
        _ => return None,
    };
    let (content, rest) = rest.split_at_checked(length)?;
    Some((*tag, content, rest))
}

/// The content of the next value, which must have that tag.
fn expect<'a>(input: &mut &'a [u8], tag: u8) -> Option<&'a [u8]> {
    let (found, content, rest) = next(input)?;
    *input = rest;
    (found == tag).then_some(content)
}

/// Reads an authority's answer.
pub(super) fn read(answer: &[u8]) -> Result<Stamp, String> {
    if answer.len() > MAX_ANSWER {
        return Err("the answer is too large".to_owned());
    }
    let unreadable = || "the answer is no time stamp".to_owned();
    let (mut outer, mut response);
    outer = answer;
    response = expect(&mut outer, SEQUENCE).filter(|_| outer.is_empty()).ok_or_else(unreadable)?;
    let mut status = expect(&mut response, SEQUENCE).ok_or_else(unreadable)?;
    match expect(&mut status, INTEGER).ok_or_else(unreadable)? {
        // Granted, with or without changes.
        [0 | 1] => {}
        other => return Err(format!("the authority refused with status {other:?}")),
    }
    token(response).ok_or_else(unreadable)
}

fn token(mut input: &[u8]) -> Option<Stamp> {
    let mut content = expect(&mut input, SEQUENCE)?;
    (expect(&mut content, OID)? == SIGNED_DATA).then_some(())?;
    let mut wrapped = expect(&mut content, CONTEXT_0)?;
    let mut signed = expect(&mut wrapped, SEQUENCE)?;
    expect(&mut signed, INTEGER)?;
    // The set of digest algorithms.
    signed = next(signed)?.2;
    let mut encapsulated = expect(&mut signed, SEQUENCE)?;
    (expect(&mut encapsulated, OID)? == TST_INFO).then_some(())?;
    let mut octets = expect(&mut encapsulated, CONTEXT_0)?;
    let mut info = expect(&mut octets, OCTETS)?;
    let mut info = expect(&mut info, SEQUENCE)?;
    expect(&mut info, INTEGER)?;
    expect(&mut info, OID)?;
    let mut imprint = expect(&mut info, SEQUENCE)?;
    let mut algorithm = expect(&mut imprint, SEQUENCE)?;
    (expect(&mut algorithm, OID)? == SHA256_OID).then_some(())?;
    let sha256 = expect(&mut imprint, OCTETS)?.try_into().ok()?;
    expect(&mut info, INTEGER)?;
    let time = generalized(expect(&mut info, TIME)?)?;
    let mut nonce = None;
    for _ in 0..MAX_DEPTH {
        let Some((tag, content, rest)) = next(info) else { break };
        if tag == INTEGER {
            nonce = Some(content.to_vec());
        }
        info = rest;
    }
    Some(Stamp { time, sha256, nonce })
}

/// `20261101T…Z` as ASN.1 writes it, with or without fractions of a second.
fn generalized(text: &[u8]) -> Option<DateTime<Utc>> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    NaiveDateTime::parse_from_str(text, "%Y%m%d%H%M%S%.f").ok().map(|t| t.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_request_is_the_one_that_openssl_makes() {
        // openssl ts -query -digest 00…00 -sha256 -cert, with the nonce 0x80
        let request = request(&[0; 32], 0x80);
        let expected = "303d0201013031300d0609608648016503040201050004200000000000000000000000000000000000000000\
                        000000000000000000000000020200800101ff";
        assert_eq!(crate::model::hex(&request), expected);
        assert_eq!(integer(0), [0]);
        assert_eq!(integer(u64::MAX).len(), 9);
    }

    #[test]
    fn what_is_no_answer_is_refused() {
        for bytes in [&b""[..], b"x", b"\x30\x00", b"\x30\x84\xff\xff\xff\xff", b"\x30\x80\x00\x00", b"<html>"] {
            assert!(read(bytes).is_err());
        }
        let refused = der(SEQUENCE, &der(SEQUENCE, &der(INTEGER, &[2])));
        assert!(read(&refused).unwrap_err().contains("refused"));
    }

    #[test]
    fn times_may_have_fractions() {
        assert!(generalized(b"20261101060000Z").is_some());
        assert!(generalized(b"20261101060000.123Z").is_some());
        assert!(generalized(b"20261101060000+0100").is_none());
    }

    /// An authority made by openssl: the answer is taken, and a wrong one is not.
    #[cfg(target_os = "linux")]
    #[test]
    fn an_authority_of_openssl_is_understood() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("c"),
            "[req]\ndistinguished_name=n\nprompt=no\nx509_extensions=x\n[n]\nCN=tsa\n[x]\nextendedKeyUsage=critical,timeStamping\n\
             keyUsage=digitalSignature\n[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_cert=cert\ncerts=cert\nsigner_key=key\n\
             signer_digest=sha256\ndefault_policy=1.2.3.4\ndigests=sha256\naccuracy=secs:1\nordering=yes\ntsa_name=yes\n\
             clock_precision_digits=3\n",
        )
        .unwrap();
        let shell = |text: &str| {
            let out = std::process::Command::new("/bin/sh").arg("-c").arg(text).current_dir(&folder).output().unwrap();
            if out.status.success() { Ok(()) } else { Err(String::from_utf8_lossy(&out.stderr).into_owned()) }
        };
        shell("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key -out cert -days 2 -config c && echo 01 > serial").unwrap();
        let authority = |request: &[u8]| {
            std::fs::write(folder.path().join("q"), request).unwrap();
            shell("openssl ts -reply -config c -queryfile q -out r")?;
            std::fs::read(folder.path().join("r")).map_err(|e| e.to_string())
        };
        let mut bundle = crate::evidence::fixture::signed();
        let stamp = timestamp(&mut bundle, 0xdead_beef_0000_0001, authority).unwrap();
        assert!(stamp.time.timestamp() > 1_700_000_000);
        for name in [MANIFEST, STAMP] {
            std::fs::write(folder.path().join(name), bundle.get(name).unwrap()).unwrap();
        }
        shell("openssl ts -verify -data MANIFEST.sha256 -in MANIFEST.sha256.tsr -CAfile cert").unwrap();
        let report = crate::evidence::verify(&bundle, &crate::evidence::VerifyOptions::default());
        assert!(report.holds(), "{report:#?}");
        assert!(!report.layers[3].details.is_empty());
        // An answer to another request, and one about something else.
        let old = bundle.get(STAMP).unwrap();
        assert!(timestamp(&mut bundle, 5, |_| Ok(old.clone())).unwrap_err().to_string().contains("nonce"));
        let other = |_: &[u8]| authority(&request(&[1; 32], 5));
        assert!(timestamp(&mut bundle, 5, other).unwrap_err().to_string().contains("something else"));
        assert!(timestamp(&mut bundle, 5, |_| Err("no route".to_owned())).is_err());
    }
}
