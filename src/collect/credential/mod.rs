//! Who the collector is to Azure: access tokens for an audience, by one of eight kinds of credential.
//!
//! Takes a [`Setup`] (environment, login origin, clock and file reader, all handed in) and gives a [`Credential`].
//! May not read the process's environment, clock or files itself, and may not put a secret into any text.
//!
//! The requests are made here and not by the crate `azure_identity` (1.0 was read for each kind). It cannot carry
//! a claims challenge and its token cache cannot be passed by; it reads the process's environment; it keeps a
//! federated token file for ten minutes; it starts the Azure CLI through a shell; its certificates need OpenSSL
//! and a SHA-1 thumbprint; it knows neither GitHub nor Azure Arc; it refuses a login service on loopback; and a
//! failed managed identity quotes the whole answer. What would be left of it is one form POST.

mod cache;
mod certificate;
mod chain;
mod cli;
mod error;
mod http;
mod identity;
mod kind;
mod managed;
mod oauth;
mod oidc;
mod setup;
mod token;

#[cfg(test)]
mod tests;

pub use chain::chain;
pub use error::CredentialError;
pub use http::Patience;
pub use identity::identity;
pub use kind::Kind;
pub use setup::{Environment, Now, ReadFile, Setup, Signature};
pub use token::StaticToken;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use zeroize::Zeroizing;

/// A text that is never printed; the memory is cleared when its last holder is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<Zeroizing<String>>);

impl Secret {
    /// Takes the text.
    pub fn new(text: String) -> Self {
        Self(Arc::new(Zeroizing::new(text)))
    }

    /// The text itself, for the one place that sends it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// An access token and how long it is good.
#[derive(Debug, Clone)]
pub struct Token {
    /// What goes behind `Bearer`: visible ASCII without blanks.
    pub secret: Secret,
    /// When it expires, seconds since 1970; `i64::MAX` when that is not known.
    pub expires_on: i64,
}

/// Gives access tokens.
#[async_trait]
pub trait Credential: Send + Sync {
    /// A token for the audience (without `/.default`).
    ///
    /// `claims` is the claims challenge of a 401 (continuous access evaluation), as JSON or as the base64 of the
    /// header; it forbids a token that was fetched before this call.
    ///
    /// # Errors
    /// [`CredentialError`] with what was tried and what to do; it holds no secret.
    async fn token(&self, audience: &str, claims: Option<&str>) -> Result<Token, CredentialError>;

    /// Who this is, for people, without secrets: for example `workload identity of client 1111…`.
    fn describe(&self) -> String;
}
