//! Tokens that are already there: checks of what services gave, and the credentials that hold one token.

use std::fmt;

use async_trait::async_trait;
use serde::Deserialize;

use crate::collect::credential::identity::Claims;
use crate::collect::credential::setup::is_token;
use crate::collect::credential::{Credential, CredentialError, Kind, Now, Secret, Token};

/// Longest life that is believed, in seconds: Entra ID gives 24 to 28 hours at most.
const MAX_LIFE: i64 = 48 * 60 * 60;

/// A number that some services write as text.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Seconds {
    Number(i64),
    Text(String),
}

impl Seconds {
    pub(super) fn value(&self) -> Option<i64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(text) => text.trim().parse().ok(),
        }
    }
}

/// A token out of an answer, checked.
pub(super) fn checked(
    kind: Kind,
    service: &str,
    text: String,
    token_type: Option<String>,
    expires_on: Option<i64>,
    now: i64,
) -> Result<Token, CredentialError> {
    let secret = Secret::new(text);
    if !is_token(secret.expose()) {
        return Err(CredentialError::malformed(kind, service, "what should be the access token is none"));
    }
    if token_type.is_some_and(|t| !t.eq_ignore_ascii_case("bearer")) {
        return Err(CredentialError::malformed(kind, service, "its token is no bearer token"));
    }
    let Some(expires_on) = expires_on else {
        return Err(CredentialError::malformed(kind, service, "it does not say when the token expires"));
    };
    if expires_on <= now {
        let why = "the token has expired already; check the clock of this machine";
        return Err(CredentialError::malformed(kind, service, why));
    }
    Ok(Token { secret, expires_on: expires_on.min(now.saturating_add(MAX_LIFE)) })
}

/// One token for every audience, which never expires: for tests.
pub struct StaticToken(Secret);

impl StaticToken {
    /// Takes the token.
    pub fn new(token: impl Into<String>) -> Self {
        Self(Secret::new(token.into()))
    }
}

impl fmt::Debug for StaticToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StaticToken([secret])")
    }
}

#[async_trait]
impl Credential for StaticToken {
    async fn token(&self, _audience: &str, _claims: Option<&str>) -> Result<Token, CredentialError> {
        Ok(Token { secret: self.0.clone(), expires_on: i64::MAX })
    }

    fn describe(&self) -> String {
        "a given access token".to_owned()
    }
}

/// The token of `ASSIZE_ACCESS_TOKEN`: for its own audience, until it expires, where it says so.
pub(super) struct GivenToken {
    secret: Secret,
    now: Now,
}

impl GivenToken {
    pub(super) fn new(text: &str, now: Now) -> Result<Self, CredentialError> {
        let text = text.trim();
        if !is_token(text) {
            let what = "ASSIZE_ACCESS_TOKEN holds no access token";
            return Err(CredentialError::unusable(Kind::Token, what, "set it to the token alone, without `Bearer`"));
        }
        Ok(Self { secret: Secret::from(text), now })
    }
}

#[async_trait]
impl Credential for GivenToken {
    async fn token(&self, audience: &str, claims: Option<&str>) -> Result<Token, CredentialError> {
        let unusable = |what: String| {
            CredentialError::unusable(Kind::Token, what, "set ASSIZE_ACCESS_TOKEN to a new token for that audience")
        };
        if claims.is_some() {
            return Err(unusable("Azure asks for a new token, and a given one cannot be renewed".to_owned()));
        }
        let about = Claims::of(&self.secret);
        if let Some(own) = about.as_ref().and_then(|c| c.audience()).filter(|own| is_other_service(own, audience)) {
            return Err(unusable(format!("the token in ASSIZE_ACCESS_TOKEN is for {own} and not for {audience}")));
        }
        let expires_on = about.and_then(|c| c.expires_on()).unwrap_or(i64::MAX);
        if expires_on <= (self.now)() {
            return Err(unusable("the token in ASSIZE_ACCESS_TOKEN has expired".to_owned()));
        }
        Ok(Token { secret: self.secret.clone(), expires_on })
    }

    fn describe(&self) -> String {
        "the access token in ASSIZE_ACCESS_TOKEN".to_owned()
    }
}

/// Whether two audiences are addresses of different services. Resource Manager has two addresses in each cloud,
/// and an audience may be written as an id that only Entra ID can resolve: those are not told apart.
fn is_other_service(own: &str, wanted: &str) -> bool {
    let host = |text: &str| url::Url::parse(text).ok().and_then(|url| url.host_str().map(str::to_ascii_lowercase));
    match (host(own), host(wanted)) {
        (Some(own), Some(wanted)) => {
            own != wanted && !(own.starts_with("management.") && wanted.starts_with("management."))
        }
        _ => false,
    }
}
