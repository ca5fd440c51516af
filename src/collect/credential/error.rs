//! Why there is no token, in words that hold no secret. Takes what services said, gives it bounded and printable.

use crate::collect::credential::{Kind, Secret};

/// Longest message of a service that is kept, in characters.
const MAX_MESSAGE: usize = 500;

/// Why a credential gave no token.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CredentialError {
    /// The environment does not hold what the kind needs.
    #[error("{kind}: {what}; {}", kind.hint())]
    Missing {
        /// The kind of credential.
        kind: Kind,
        /// What is missing.
        what: String,
    },
    /// A setting, file or request is there and cannot be used.
    #[error("{kind}: {what}; {hint}")]
    Unusable {
        /// The kind of credential.
        kind: Kind,
        /// What is wrong.
        what: String,
        /// What to do.
        hint: String,
    },
    /// A service answered, and not with a token.
    #[error("{kind}: {service} answered {status}: {message}; {hint}")]
    Refused {
        /// The kind of credential.
        kind: Kind,
        /// Who answered.
        service: String,
        /// The HTTP status.
        status: u16,
        /// What it said, bounded and printable.
        message: String,
        /// What to do.
        hint: String,
    },
    /// A service did not answer.
    #[error("{kind}: {service} could not be reached: {why}; {hint}")]
    Unreachable {
        /// The kind of credential.
        kind: Kind,
        /// Who did not answer.
        service: String,
        /// What happened.
        why: String,
        /// What to do.
        hint: String,
    },
    /// A service answered with something that is no usable token.
    #[error("{kind}: {service} gave an answer that cannot be used: {why}")]
    Malformed {
        /// The kind of credential.
        kind: Kind,
        /// Who answered.
        service: String,
        /// What is wrong with it, in our words.
        why: String,
    },
    /// Every credential of the chain failed.
    #[error("no credential worked:{}", list(tried))]
    Nothing {
        /// Each kind's own error, in the order in which they were tried.
        tried: Vec<Self>,
    },
}

fn list(tried: &[CredentialError]) -> String {
    tried.iter().map(|error| format!("\n  {error}")).collect()
}

impl CredentialError {
    /// Whether the same request may work later: nothing answered, or a service was busy.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Unreachable { .. } => true,
            Self::Refused { status, .. } => matches!(status, 408 | 429 | 500..=599),
            Self::Nothing { tried } => tried.iter().any(Self::is_transient),
            Self::Missing { .. } | Self::Unusable { .. } | Self::Malformed { .. } => false,
        }
    }

    pub(super) fn unusable(kind: Kind, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Unusable { kind, what: what.into(), hint: hint.into() }
    }

    pub(super) fn malformed(kind: Kind, service: &str, why: &str) -> Self {
        Self::Malformed { kind, service: service.to_owned(), why: why.to_owned() }
    }
}

/// What a service said, without our secrets, without anything that looks like a token, on one line and bounded.
pub(super) fn printable(text: &str, secrets: &[&Secret]) -> String {
    let mut text = text.to_owned();
    // A service may echo a header with its scheme or without.
    let bare = |secret: &str| secret.split_once(' ').map_or(secret, |(_, value)| value).to_owned();
    let all = secrets.iter().flat_map(|s| [s.expose().trim().to_owned(), bare(s.expose().trim())]);
    for secret in all.filter(|s| s.len() >= 4) {
        text = text.replace(&secret, "[secret]");
        let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        if encoded != secret {
            text = text.replace(&encoded, "[secret]");
        }
    }
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let words = visible.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let line = words.map(without_tokens).collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MAX_MESSAGE) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// Marks that change how text is shown without being seen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A word whose parts that look like a JSON web token are replaced.
fn without_tokens(word: &str) -> String {
    let mut clean = String::new();
    let mut rest = word;
    while let Some(at) = rest.find("eyJ") {
        let after = &rest[at..];
        let end = after
            .find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '=' | '+' | '/')))
            .unwrap_or(after.len());
        clean.push_str(&rest[..at]);
        clean.push_str(if end >= 16 { "[secret]" } else { &after[..end] });
        rest = &after[end..];
    }
    clean.push_str(rest);
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_lose_secrets_tokens_and_control_characters() {
        let secret = Secret::from("s3cr+t/value");
        let text =
            "bad \u{1b}[31msecret 's3cr+t/value'\r\n or s3cr%2Bt%2Fvalue,\u{202e} token=eyJhbGciOiJub25lIn0.e30.x! eyJ";
        assert_eq!(printable(text, &[&secret]), "bad [31msecret '[secret]' or [secret], token=[secret]! eyJ");
        let long = printable(&"é ".repeat(10_000), &[]);
        assert_eq!(long.chars().count(), MAX_MESSAGE + 1);
    }

    #[test]
    fn only_silence_and_business_are_transient() {
        let refused = |status| CredentialError::Refused {
            kind: Kind::ClientSecret,
            service: "x".to_owned(),
            status,
            message: String::new(),
            hint: String::new(),
        };
        assert!(refused(503).is_transient() && refused(429).is_transient());
        assert!(!refused(401).is_transient());
        assert!(CredentialError::Nothing { tried: vec![refused(401), refused(500)] }.is_transient());
    }
}
