//! Secrets stop here. Takes an ARM body as it came from Azure; gives the body without secrets, with the read paths whose
//! value was dropped, for which the caller makes gaps. Knows nothing of requests, policies and files.
//!
//! A value is dropped, and `{"$redacted": "<why>"}` put in its place, when
//! 1. the specification of its type calls it a secret, whether it says that it may be read or not (`secret-properties.tsv`);
//! 2. its name says so (`names`), anywhere in the body; in tags and metadata only the names that hold nothing but secrets;
//! 3. the text itself says so (`patterns`), in any text and in the names of members; an address that is a secret by its
//!    query alone keeps all but the query and the fragment, and is a dropped value as well.
//!
//! Booleans, numbers, null and what is empty are never dropped, and stay to the letter. Ids and types are never replaced:
//! a body whose id looks like a secret is an error.
//!
//! With a key, people become pseudonyms: who made and changed a resource, callers of the activity log with their claims and
//! addresses, principals of assignments and approvals, administrators, and every mail address or user principal name
//! within a text. Equal people stay equal under one key. What stays: object ids, since joins need them; ids, names and
//! types of resources; ARM ids. A policy sees that somebody is named, not who: so `administrators.login`, the text of which
//! policies compare with words, counts as dropped.

mod names;
mod patterns;
mod pseudonym;
mod table;
mod tree;
mod walk;

#[cfg(test)]
mod tests;

use std::fmt;

use serde_json::value::RawValue;

use crate::collect::redact::pseudonym::Pseudonyms;
use crate::collect::redact::table::Step;
use crate::collect::redact::walk::Walk;
use crate::model::MAX_DEPTH;

/// The member that stands in place of a dropped value.
pub(crate) const MARK: &str = "$redacted";

/// Why a body cannot be cleaned; nothing of it may be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RedactError {
    /// Brackets are nested deeper than [`MAX_DEPTH`].
    #[error("the body is nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
    /// The name of a member holds half of a character, so nobody can say what it names.
    #[error("the name of a member is not valid text")]
    Name,
    /// The body is no JSON.
    #[error("the body is not valid JSON")]
    Malformed,
    /// The id or type looks like a secret. It cannot be shown, and without it nothing can be said of the resource.
    #[error("the id or type looks like a secret and cannot be kept")]
    Identity,
}

/// A body without secrets.
#[derive(Debug, Clone)]
pub struct Cleaned {
    /// The body: members in their order, numbers as they were written, no blanks between.
    pub body: Box<RawValue>,
    /// The reads whose value was dropped, sorted, each once: `resource.properties.x.y`; within an array the path up to it.
    pub dropped: Vec<String>,
    /// Whether a pseudonym stands in place of a person.
    pub pseudonymised: bool,
}

/// Why a value was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Why {
    Property,
    Name,
    Setting,
    Pair,
    Token,
    PrivateKey,
    Assigned,
    Signed,
    Login,
    Key,
    ClientSecret,
    Hook,
    Unreadable,
}

impl Why {
    const ALL: [Self; 13] = [
        Self::Property,
        Self::Name,
        Self::Setting,
        Self::Pair,
        Self::Token,
        Self::PrivateKey,
        Self::Assigned,
        Self::Signed,
        Self::Login,
        Self::Key,
        Self::ClientSecret,
        Self::Hook,
        Self::Unreadable,
    ];

    /// The words in the mark. They need no escapes in JSON.
    fn as_str(self) -> &'static str {
        match self {
            Self::Property => "a secret property of this type",
            Self::Name => "its name says that it is secret",
            Self::Setting => "the value of a setting",
            Self::Pair => "the value that belongs to the name of a secret",
            Self::Token => "looks like a token",
            Self::PrivateKey => "holds a private key",
            Self::Assigned => "holds a password or key",
            Self::Signed => "holds a signed address",
            Self::Login => "holds a login in an address",
            Self::Key => "looks like a key",
            Self::ClientSecret => "looks like the secret of an application",
            Self::Hook => "holds the address of a webhook",
            Self::Unreadable => "is not valid text",
        }
    }

    /// Whether a text is one of the words, so that a mark that is met again stays one.
    fn is_known(text: &str) -> bool {
        Self::ALL.iter().any(|why| why.as_str() == text)
    }
}

/// Drops secrets, and makes pseudonyms of people when it has a key.
pub struct Redactor {
    pseudonyms: Option<Pseudonyms>,
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redactor").field("pseudonymises", &self.pseudonyms.is_some()).finish()
    }
}

impl Redactor {
    /// Makes a redactor; with a key of 32 random bytes it pseudonymises. Equality holds as far as the key is the same.
    pub fn new(pseudonym_key: Option<[u8; 32]>) -> Self {
        Self { pseudonyms: pseudonym_key.map(|key| Pseudonyms::new(&key)) }
    }

    /// Drops the secrets of an ARM body of a type, and gives the reads that are gaps for it.
    ///
    /// What was cleaned once stays as it is when it is cleaned again.
    ///
    /// # Errors
    /// [`RedactError`] when nothing can be said of the body; then no byte of it may be kept, and all of it is a gap.
    pub fn clean(&self, resource_type: &str, body: &RawValue) -> Result<Cleaned, RedactError> {
        let tree = tree::parse(body.get())?;
        let mut steps: Vec<&Step> = Step::of(resource_type).into_iter().collect();
        let declared = walk::declared_type(&tree).filter(|t| !t.eq_ignore_ascii_case(resource_type));
        steps.extend(declared.and_then(|t| Step::of(&t)));
        let mut walk = Walk::new(self.pseudonyms.as_ref(), resource_type, &tree, body.get().len());
        walk.root(&tree, &steps)?;
        let (body, dropped, pseudonymised) = walk.finish();
        let body = RawValue::from_string(body).map_err(|_| RedactError::Malformed)?;
        Ok(Cleaned { body, dropped, pseudonymised })
    }
}
