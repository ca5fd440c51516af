//! Identity tokens that others sign for us: GitHub Actions, Azure Pipelines and a file, fetched anew at every call.

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use serde::Deserialize;
use url::Url;
use zeroize::Zeroizing;

use crate::collect::credential::error::printable;
use crate::collect::credential::http::{Ask, Http, Reply, secrets};
use crate::collect::credential::oauth::{Application, Assertion, Proof, checked_assertion, refused};
use crate::collect::credential::setup::trimmed;
use crate::collect::credential::{CredentialError, Kind, Secret, Setup};

/// A service that gives an identity token for a bearer token of the running job.
///
/// The bearer goes to the origin of `url` and nowhere else.
struct Issuer {
    kind: Kind,
    url: Url,
    bearer: Secret,
    http: Arc<Http>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Issued {
    /// GitHub's name for it.
    value: Option<String>,
    /// Azure DevOps's name for it.
    oidc_token: Option<String>,
    /// What either says when it refuses.
    message: Option<String>,
}

/// The application of a GitHub Actions job.
pub(super) fn github(setup: &Setup, http: &Arc<Http>) -> Result<Application, CredentialError> {
    let kind = Kind::GithubOidc;
    let [_, bearer] = setup.need(kind, ["ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"])?;
    let mut url = setup.provider(kind, "ACTIONS_ID_TOKEN_REQUEST_URL")?;
    url.query_pairs_mut().append_pair("audience", &setup.exchange_audience());
    let (tenant, client) = setup.application(kind, &["AZURE_TENANT_ID"], &["AZURE_CLIENT_ID"])?;
    let issuer = Issuer { kind, url, bearer: trimmed(bearer), http: Arc::clone(http) };
    Ok(Application::new(kind, &tenant, client, Proof::Assertion(Box::new(issuer)), http, setup))
}

/// The application of an Azure Pipelines service connection.
pub(super) fn pipelines(setup: &Setup, http: &Arc<Http>) -> Result<Application, CredentialError> {
    let kind = Kind::AzurePipelines;
    let names = ["SYSTEM_OIDCREQUESTURI", "SYSTEM_ACCESSTOKEN", "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"];
    let [_, bearer, connection] = setup.need(kind, names)?;
    let mut url = setup.provider(kind, "SYSTEM_OIDCREQUESTURI")?;
    url.query_pairs_mut().append_pair("api-version", "7.1").append_pair("serviceConnectionId", connection.trim());
    let (tenant, client) = setup.application(
        kind,
        &["AZURESUBSCRIPTION_TENANT_ID", "AZURE_TENANT_ID"],
        &["AZURESUBSCRIPTION_CLIENT_ID", "AZURE_CLIENT_ID"],
    )?;
    let issuer = Issuer { kind, url, bearer: trimmed(bearer), http: Arc::clone(http) };
    Ok(Application::new(kind, &tenant, client, Proof::Assertion(Box::new(issuer)), http, setup))
}

impl Issuer {
    fn refusal(&self, service: &str, reply: &Reply, secrets: &[&Secret]) -> CredentialError {
        let said = serde_json::from_slice::<Issued>(&reply.body).ok().and_then(|issued| issued.message);
        refused(self.kind, service, reply.status, said.map(|text| printable(&text, secrets)), None)
    }
}

#[async_trait]
impl Assertion for Issuer {
    async fn assertion(&self) -> Result<Secret, CredentialError> {
        let service = self.url.origin().ascii_serialization();
        let mut headers = vec![("authorization", Secret::new(format!("Bearer {}", self.bearer.expose())))];
        let mut form = None;
        if self.kind == Kind::AzurePipelines {
            form = Some(Vec::new());
            // Without it Azure DevOps answers a refused token with its sign-in page.
            headers.push(("x-tfs-fedauthredirect", Secret::from("Suppress")));
            headers.push(("content-type", Secret::from("application/json")));
        }
        let ask = Ask { kind: self.kind, service: &service, url: self.url.clone(), form, headers, retry: &[] };
        let reply = self.http.send(&ask).await?;
        if reply.status != 200 {
            return Err(self.refusal(&service, &reply, &secrets(&ask)));
        }
        let issued: Option<Issued> = serde_json::from_slice(&reply.body).ok();
        let token = issued.and_then(|i| if self.kind == Kind::GithubOidc { i.value } else { i.oidc_token });
        match token.map(Zeroizing::new) {
            Some(token) => checked_assertion(self.kind, &service, &token),
            None => Err(CredentialError::malformed(self.kind, &service, "it holds no identity token")),
        }
    }
}

/// A token file that somebody else keeps fresh.
struct TokenFile {
    path: PathBuf,
    setup: Setup,
}

/// The application of a pod with workload identity.
pub(super) fn workload(setup: &Setup, http: &Arc<Http>) -> Result<Application, CredentialError> {
    let kind = Kind::WorkloadIdentity;
    let [path] = setup.need(kind, ["AZURE_FEDERATED_TOKEN_FILE"])?;
    let (tenant, client) = setup.application(kind, &["AZURE_TENANT_ID"], &["AZURE_CLIENT_ID"])?;
    let file = TokenFile { path: PathBuf::from(path), setup: setup.clone() };
    Ok(Application::new(kind, &tenant, client, Proof::Assertion(Box::new(file)), http, setup))
}

#[async_trait]
impl Assertion for TokenFile {
    async fn assertion(&self) -> Result<Secret, CredentialError> {
        let kind = Kind::WorkloadIdentity;
        let bytes = Zeroizing::new(self.setup.read(kind, &self.path)?);
        checked_assertion(kind, "AZURE_FEDERATED_TOKEN_FILE", &String::from_utf8_lossy(&bytes))
    }
}
