//! Several credentials in order. Takes kinds and a setup, gives one credential: the first that works, for the whole
//! run, so that one snapshot is read by one identity.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::OnceCell;

use crate::collect::credential::cache::Cached;
use crate::collect::credential::cli::AzureCli;
use crate::collect::credential::http::Http;
use crate::collect::credential::managed::ManagedIdentity;
use crate::collect::credential::oauth::Application;
use crate::collect::credential::token::GivenToken;
use crate::collect::credential::{Credential, CredentialError, Kind, Setup, Token, certificate, oidc};

/// Makes the credential of a run.
///
/// The kinds are tried in the given order, or in that of [`Kind::all`] when none is given. A kind whose environment is
/// not there is not tried; the error of a chain that found nothing tells about it all the same. Each kind keeps its
/// tokens, one per audience.
///
/// # Errors
/// [`CredentialError`] when no kind has what it needs.
pub fn chain(kinds: &[Kind], setup: &Setup) -> Result<Arc<dyn Credential>, CredentialError> {
    let mut order: Vec<Kind> = if kinds.is_empty() { Kind::all().collect() } else { Vec::new() };
    for kind in kinds {
        if !order.contains(kind) {
            order.push(*kind);
        }
    }
    let first = order.first().copied().unwrap_or(Kind::Token);
    let http = Http::new(&setup.patience).map_err(|why| {
        let hint = "install the system's root certificates (ca-certificates) or set SSL_CERT_FILE";
        CredentialError::unusable(first, format!("no HTTPS client can be made: {why}"), hint)
    })?;
    let http = Arc::new(http);
    let links: Vec<_> = order.into_iter().map(|kind| make(kind, setup, &http)).collect();
    if links.iter().all(Result::is_err) {
        return Err(nothing(links.into_iter().filter_map(Result::err).collect()));
    }
    let cached = |link| Cached::new(link, Arc::clone(&setup.now));
    Ok(Arc::new(Chain { links: links.into_iter().map(|link| link.map(cached)).collect(), chosen: OnceCell::new() }))
}

/// The credential of one kind, without a cache.
pub(super) fn make(kind: Kind, setup: &Setup, http: &Arc<Http>) -> Result<Box<dyn Credential>, CredentialError> {
    Ok(match kind {
        Kind::Token => {
            let [token] = setup.need(kind, ["ASSIZE_ACCESS_TOKEN"])?;
            Box::new(GivenToken::new(token, Arc::clone(&setup.now))?)
        }
        Kind::GithubOidc => Box::new(oidc::github(setup, http)?),
        Kind::AzurePipelines => Box::new(oidc::pipelines(setup, http)?),
        Kind::WorkloadIdentity => Box::new(oidc::workload(setup, http)?),
        Kind::ClientCertificate => Box::new(certificate::application(setup, http)?),
        Kind::ClientSecret => Box::new(Application::with_secret(setup, http)?),
        Kind::ManagedIdentity => Box::new(ManagedIdentity::new(setup, http)?),
        Kind::AzureCli => Box::new(AzureCli::new(setup)?),
    })
}

/// One error alone says more than a list of one.
fn nothing(mut tried: Vec<CredentialError>) -> CredentialError {
    match tried.pop() {
        Some(only) if tried.is_empty() => only,
        last => {
            tried.extend(last);
            CredentialError::Nothing { tried }
        }
    }
}

/// Credentials in order; those that could not be made keep their place as errors.
struct Chain {
    links: Vec<Result<Cached, CredentialError>>,
    chosen: OnceCell<usize>,
}

impl Chain {
    /// The first link that gives a token for the audience. Its cache keeps that token.
    async fn choose(&self, audience: &str) -> Result<usize, CredentialError> {
        let mut tried = Vec::new();
        for (at, link) in self.links.iter().enumerate() {
            match link {
                Ok(link) => match link.token(audience, None).await {
                    Ok(_) => return Ok(at),
                    Err(error) => tried.push(error),
                },
                Err(error) => tried.push(error.clone()),
            }
        }
        Err(nothing(tried))
    }

    fn made(&self) -> impl Iterator<Item = &Cached> {
        self.links.iter().filter_map(|link| link.as_ref().ok())
    }
}

#[async_trait]
impl Credential for Chain {
    async fn token(&self, audience: &str, claims: Option<&str>) -> Result<Token, CredentialError> {
        let chosen = *self.chosen.get_or_try_init(|| self.choose(audience)).await?;
        match &self.links[chosen] {
            Ok(link) => link.token(audience, claims).await,
            Err(error) => Err(error.clone()),
        }
    }

    fn describe(&self) -> String {
        let chosen = self.chosen.get().and_then(|at| self.links[*at].as_ref().ok());
        let all = || self.made().map(Credential::describe).collect::<Vec<_>>().join(", else ");
        chosen.map_or_else(all, Credential::describe)
    }
}

impl fmt::Debug for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Chain").field(&self.describe()).finish()
    }
}
