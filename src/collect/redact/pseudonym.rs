//! Pseudonyms: the same text and key give the same pseudonym, and without the key nobody finds the text again. Takes texts;
//! knows nothing of where they stand.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};
use ring::hmac;

/// How many digits of the code a pseudonym shows: 128 bits.
const DIGITS: usize = 32;

/// A mail address or user principal name, guests' names with `#EXT#` among them. Further `@` belong to it, so that what is
/// left when it is replaced never makes another.
static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"[^\s<>"'(),;:/\\=&?\[\]{}|]+@(?:[\p{L}0-9-]+\.)+[\p{L}0-9-]+"#)
        .expect("the pattern is a constant, and a test makes it")
});

/// Makes pseudonyms with one key.
pub(super) struct Pseudonyms(hmac::Key);

impl Pseudonyms {
    /// Takes the key.
    pub(super) fn new(key: &[u8; 32]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, key))
    }

    /// The pseudonym of a text: `p-` and the first 32 hex digits of HMAC-SHA256. Case and blanks around it do not count.
    pub(super) fn of(&self, text: &str) -> String {
        let tag = hmac::sign(&self.0, text.trim().to_lowercase().as_bytes());
        let mut out = crate::model::hex(tag.as_ref());
        out.truncate(DIGITS);
        format!("p-{out}")
    }

    /// The pseudonym of a person or place; ids that joins need, and pseudonyms, stay.
    pub(super) fn of_person(&self, text: &str) -> Option<String> {
        (!text.trim().is_empty() && !is_id(text) && !is_pseudonym(text)).then(|| self.of(text))
    }

    /// The text with a pseudonym in place of each mail address, where it holds one.
    pub(super) fn in_text(&self, text: &str) -> Option<String> {
        if !text.contains('@') || is_arm_id(text) {
            return None;
        }
        match ADDRESS.replace_all(text, |found: &Captures<'_>| self.of(&found[0])) {
            Cow::Borrowed(_) => None,
            Cow::Owned(changed) => Some(changed),
        }
    }
}

/// Whether a text is an object id or an ARM id.
fn is_id(text: &str) -> bool {
    let guid = text.len() == 36
        && text.bytes().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        });
    guid || is_arm_id(text)
}

fn is_arm_id(text: &str) -> bool {
    ["/subscriptions/", "/providers/", "/tenants/"]
        .iter()
        .any(|start| text.get(..start.len()).is_some_and(|t| t.eq_ignore_ascii_case(start)))
}

fn is_pseudonym(text: &str) -> bool {
    text.strip_prefix("p-")
        .is_some_and(|t| t.len() == DIGITS && t.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_people_have_equal_pseudonyms_and_other_keys_give_others() {
        let (a, b) = (Pseudonyms::new(&[1; 32]), Pseudonyms::new(&[2; 32]));
        assert_eq!(a.of("Anna@Bank.example "), a.of("anna@bank.example"));
        assert_ne!(a.of("anna@bank.example"), a.of("otto@bank.example"));
        assert_ne!(a.of("anna@bank.example"), b.of("anna@bank.example"));
        assert_eq!(a.of("x").len(), 34);
    }

    /// RFC 4231, test case 2, with its key filled with zeros to the length of ours, which HMAC does as well.
    #[test]
    fn the_code_is_hmac_sha256() {
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let pseudonym = Pseudonyms::new(&key).of("what do ya want for nothing?");
        assert_eq!(pseudonym, "p-5bdcc146bf60754e6a042426089575c7");
    }

    #[test]
    fn addresses_are_replaced_in_place_and_only_once() {
        let p = Pseudonyms::new(&[7; 32]);
        let anna = p.of("anna@bank.example");
        assert_eq!(p.in_text("ask anna@bank.example, soon"), Some(format!("ask {anna}, soon")));
        assert_eq!(p.in_text("mailto:Anna@bank.example"), Some(format!("mailto:{anna}")));
        for text in ["anna_bank.example#EXT#@tenant.onmicrosoft.com", "jürgen@bänk.example", "o'neil@bank.example"] {
            assert!(p.in_text(text).is_some(), "{text}");
        }
        for text in ["a@b.cc@d.ee", "a@b.cc_x@d.ee", "a@b.cc b@c.dd,x@y.zz", "@@a.b@c.d"] {
            let once = p.in_text(text).unwrap();
            assert_eq!(p.in_text(&once), None, "{once}");
        }
        for text in ["", "@", "a@b", "repo@sha256:0123", "x @ y.z", "/subscriptions/s/x/anna@bank.example"] {
            assert_eq!(p.in_text(text), None, "{text}");
        }
    }

    #[test]
    fn ids_and_pseudonyms_stay() {
        let p = Pseudonyms::new(&[7; 32]);
        for text in [
            "00000000-0000-4000-8000-00000000000a",
            "/subscriptions/s/x",
            "p-0123456789abcdef0123456789abcdef",
            "",
            " ",
        ] {
            assert_eq!(p.of_person(text), None, "{text}");
        }
        assert!(p.of_person("Anna Muster").is_some());
        assert!(p.of_person("00000000-0000-4000-8000-00000000000é").is_some());
    }
}
