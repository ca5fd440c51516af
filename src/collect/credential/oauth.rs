//! The client credentials grant at Entra ID: an application proves itself with a secret or an assertion.

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;

use crate::collect::cloud::Origin;
use crate::collect::credential::error::printable;
use crate::collect::credential::http::{Ask, Http, Reply, secrets};
use crate::collect::credential::setup::{checked_audience, is_token, trimmed};
use crate::collect::credential::token::{Seconds, checked};
use crate::collect::credential::{Credential, CredentialError, Kind, Now, Secret, Setup, Token};

const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Gives a new signed statement of who we are, at every call.
#[async_trait]
pub(super) trait Assertion: Send + Sync {
    async fn assertion(&self) -> Result<Secret, CredentialError>;
}

/// With what an application proves itself.
pub(super) enum Proof {
    /// A shared secret.
    Secret(Secret),
    /// A statement that somebody whom Entra ID trusts has signed.
    Assertion(Box<dyn Assertion>),
}

/// An application that gets tokens for itself.
pub(super) struct Application {
    kind: Kind,
    client_id: String,
    login: Origin,
    path: String,
    proof: Proof,
    http: Arc<Http>,
    now: Now,
}

#[derive(Deserialize)]
struct Grant {
    access_token: Option<String>,
    expires_in: Option<Seconds>,
    token_type: Option<String>,
}

#[derive(Deserialize)]
struct Refusal {
    error: Option<String>,
    error_description: Option<String>,
    #[serde(default)]
    error_codes: Vec<i64>,
}

/// AADSTS code, and what to do about it.
const ADVICE: &[(i64, &str)] = &[
    (7_000_215, "check that AZURE_CLIENT_SECRET holds the secret's value and not its id"),
    (7_000_222, "the secret has expired: make a new one"),
    (700_016, "check that AZURE_CLIENT_ID is an application of the tenant in AZURE_TENANT_ID"),
    (90_002, "check AZURE_TENANT_ID and that the tenant belongs to this cloud"),
    (700_027, "upload the certificate to the application, or check that it is the same one and has not expired"),
    (70_021, "add a federated credential with the issuer, subject and audience of this identity to the application"),
    (700_211, "check the issuer of the application's federated credential"),
    (700_212, "check the audience of the application's federated credential"),
    (700_213, "check the subject of the application's federated credential against the one above"),
    (700_024, "the assertion is out of date: check the clock of this machine"),
    (500_011, "the service has no principal in this tenant, or the audience belongs to another cloud"),
    (53_003, "a Conditional Access policy blocks this sign-in: ask the tenant's administrators"),
];

impl Application {
    pub(super) fn new(
        kind: Kind,
        tenant: &str,
        client_id: String,
        proof: Proof,
        http: &Arc<Http>,
        setup: &Setup,
    ) -> Self {
        let path = token_path(tenant);
        let (login, http, now) = (setup.login.clone(), Arc::clone(http), Arc::clone(&setup.now));
        Self { kind, client_id, login, path, proof, http, now }
    }

    /// An application with a secret out of the environment.
    pub(super) fn with_secret(setup: &Setup, http: &Arc<Http>) -> Result<Self, CredentialError> {
        let kind = Kind::ClientSecret;
        let [secret] = setup.need(kind, ["AZURE_CLIENT_SECRET"])?;
        let (tenant, client) = setup.application(kind, &["AZURE_TENANT_ID"], &["AZURE_CLIENT_ID"])?;
        Ok(Self::new(kind, &tenant, client, Proof::Secret(trimmed(secret)), http, setup))
    }

    fn grant(&self, service: &str, reply: &Reply) -> Result<Token, CredentialError> {
        let malformed = |why: &str| CredentialError::malformed(self.kind, service, why);
        let grant: Grant =
            serde_json::from_slice(&reply.body).map_err(|_| malformed("it is not the JSON of a token"))?;
        let text = grant.access_token.ok_or_else(|| malformed("it holds no access token"))?;
        let now = (self.now)();
        let expires_on = grant.expires_in.and_then(|s| s.value()).map(|seconds| now.saturating_add(seconds));
        checked(self.kind, service, text, grant.token_type, expires_on, now)
    }

    fn refusal(&self, service: &str, reply: &Reply, secrets: &[&Secret]) -> CredentialError {
        let refusal: Option<Refusal> = serde_json::from_slice(&reply.body).ok();
        let advice = refusal
            .as_ref()
            .and_then(|r| ADVICE.iter().find(|(code, _)| r.error_codes.contains(code)).map(|(_, advice)| *advice));
        let said = refusal.and_then(|r| r.error_description.or(r.error)).map(|text| printable(&text, secrets));
        refused(self.kind, service, reply.status, said, advice)
    }
}

/// The path of a tenant's token endpoint.
pub(super) fn token_path(tenant: &str) -> String {
    format!("/{tenant}/oauth2/v2.0/token")
}

/// The error for an answer that is no success, with what the service said where it could be read.
pub(super) fn refused(
    kind: Kind,
    service: &str,
    status: u16,
    said: Option<String>,
    advice: Option<&str>,
) -> CredentialError {
    let silent = if (300..400).contains(&status) { "a redirect, which is not followed" } else { "no reason was given" };
    CredentialError::Refused {
        kind,
        service: service.to_owned(),
        status,
        message: said.filter(|text| !text.is_empty()).unwrap_or_else(|| silent.to_owned()),
        hint: advice.unwrap_or_else(|| kind.hint()).to_owned(),
    }
}

/// A claims challenge as JSON; the header carries it in base64.
fn claims_json(kind: Kind, claims: &str) -> Result<String, CredentialError> {
    let bytes = if claims.trim_start().starts_with('{') {
        Some(claims.as_bytes().to_vec())
    } else {
        STANDARD.decode(claims.trim().replace('-', "+").replace('_', "/")).ok()
    };
    let object = bytes.and_then(|b| serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(&b).ok());
    match object.filter(|_| claims.len() <= 16 * 1024) {
        Some(object) => Ok(serde_json::Value::Object(object).to_string()),
        None => Err(CredentialError::malformed(kind, "Azure", "its claims challenge is no JSON object")),
    }
}

#[async_trait]
impl Credential for Application {
    async fn token(&self, audience: &str, claims: Option<&str>) -> Result<Token, CredentialError> {
        let scope = format!("{}/.default", checked_audience(self.kind, audience)?);
        let mut form = vec![
            ("client_id", Secret::from(self.client_id.as_str())),
            ("grant_type", Secret::from("client_credentials")),
            ("scope", Secret::new(scope)),
        ];
        match &self.proof {
            Proof::Secret(secret) => form.push(("client_secret", secret.clone())),
            Proof::Assertion(source) => {
                form.push(("client_assertion_type", Secret::from(ASSERTION_TYPE)));
                form.push(("client_assertion", source.assertion().await?));
            }
        }
        if let Some(claims) = claims {
            form.push(("claims", Secret::new(claims_json(self.kind, claims)?)));
        }
        let service = self.login.to_string();
        let ask = Ask {
            kind: self.kind,
            service: &service,
            url: self.login.join(&self.path),
            form: Some(form),
            headers: Vec::new(),
            retry: &[],
        };
        let reply = self.http.send(&ask).await?;
        if reply.status == 200 {
            self.grant(&service, &reply)
        } else {
            Err(self.refusal(&service, &reply, &secrets(&ask)))
        }
    }

    fn describe(&self) -> String {
        let what = match self.kind {
            Kind::GithubOidc => "GitHub Actions identity",
            Kind::AzurePipelines => "Azure Pipelines identity",
            Kind::WorkloadIdentity => "workload identity",
            Kind::ClientCertificate => "client certificate",
            _ => "client secret",
        };
        format!("{what} of client {}", self.client_id)
    }
}

impl fmt::Debug for Application {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Application").field(&self.describe()).finish()
    }
}

/// An assertion out of an answer or a file, checked.
pub(super) fn checked_assertion(kind: Kind, service: &str, text: &str) -> Result<Secret, CredentialError> {
    let assertion = trimmed(text);
    if is_token(assertion.expose()) {
        Ok(assertion)
    } else {
        Err(CredentialError::malformed(kind, service, "what should be the identity token is none"))
    }
}
