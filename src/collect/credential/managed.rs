//! The identity of the machine, app or container: the token services that Azure puts next to it.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use async_trait::async_trait;
use serde::Deserialize;
use url::Url;

use crate::collect::credential::error::printable;
use crate::collect::credential::http::{Ask, Http, Reply, secrets};
use crate::collect::credential::oauth::refused;
use crate::collect::credential::setup::{checked_audience, trimmed};
use crate::collect::credential::token::{Seconds, checked};
use crate::collect::credential::{Credential, CredentialError, Kind, Secret, Setup, Token};

const KIND: Kind = Kind::ManagedIdentity;
/// The Instance Metadata Service of a virtual machine: link-local, and plain HTTP by design.
const IMDS: &str = "http://169.254.169.254";
/// Overrides the origin of the metadata service, as it does for Microsoft's libraries.
const IMDS_HOST: &str = "AZURE_POD_IDENTITY_AUTHORITY_HOST";
/// Largest key file of Azure Arc, in bytes.
const MAX_ARC_KEY: usize = 4096;

/// Which token service there is.
#[derive(Clone)]
enum Service {
    /// A virtual machine or scale set.
    Imds(Url),
    /// App Service, Functions, Container Apps, Automation: a header proves that we are the app.
    App { url: Url, header: Secret },
    /// A machine of our own with the Azure Arc agent: a file that only privileged users can read proves it.
    Arc { url: Url, keys: PathBuf },
}

/// A managed identity.
pub(super) struct ManagedIdentity {
    service: Service,
    client_id: Option<String>,
    http: Arc<Http>,
    setup: Setup,
}

#[derive(Deserialize)]
struct Grant {
    access_token: Option<String>,
    token_type: Option<String>,
    expires_on: Option<Seconds>,
    expires_in: Option<Seconds>,
}

#[derive(Deserialize)]
struct Refusal {
    error_description: Option<String>,
    message: Option<String>,
    error: Option<serde_json::Value>,
}

impl ManagedIdentity {
    pub(super) fn new(setup: &Setup, http: &Arc<Http>) -> Result<Self, CredentialError> {
        let service = service(setup)?;
        let client_id = match service {
            // The agent has one identity, the machine's.
            Service::Arc { .. } => None,
            _ => setup.optional_client(KIND)?,
        };
        Ok(Self { service, client_id, http: Arc::clone(http), setup: setup.clone() })
    }

    fn url(&self, audience: &str) -> Url {
        let (url, version) = match &self.service {
            Service::Imds(url) => (url, "2018-02-01"),
            Service::App { url, .. } => (url, "2019-08-01"),
            Service::Arc { url, .. } => (url, "2019-11-01"),
        };
        let mut url = url.clone();
        url.query_pairs_mut().append_pair("api-version", version).append_pair("resource", audience);
        if let Some(client) = &self.client_id {
            url.query_pairs_mut().append_pair("client_id", client);
        }
        url
    }

    async fn send(&self, ask: &Ask<'_>) -> Result<Token, CredentialError> {
        let reply = self.http.send(ask).await?;
        if reply.status == 200 { self.grant(ask.service, &reply) } else { Err(self.refusal(ask, &reply)) }
    }

    fn grant(&self, service: &str, reply: &Reply) -> Result<Token, CredentialError> {
        let malformed = |why: &str| CredentialError::malformed(KIND, service, why);
        let grant: Grant =
            serde_json::from_slice(&reply.body).map_err(|_| malformed("it is not the JSON of a token"))?;
        let text = grant.access_token.ok_or_else(|| malformed("it holds no access token"))?;
        let now = (self.setup.now)();
        let relative = || grant.expires_in.as_ref().and_then(Seconds::value).map(|seconds| now.saturating_add(seconds));
        let expires_on = grant.expires_on.as_ref().and_then(Seconds::value).or_else(relative);
        checked(KIND, service, text, grant.token_type, expires_on, now)
    }

    fn refusal(&self, ask: &Ask<'_>, reply: &Reply) -> CredentialError {
        let said = serde_json::from_slice::<Refusal>(&reply.body).ok().and_then(|refusal| {
            let error = refusal.error.as_ref();
            let code = error.and_then(|e| e.as_str().or_else(|| e.get("message")?.as_str())).map(str::to_owned);
            refusal.error_description.or(refusal.message).or(code)
        });
        let advice = match (reply.status, &self.client_id) {
            (400, Some(_)) => {
                Some("assign the identity with that client id to this machine or app, or unset AZURE_CLIENT_ID")
            }
            (400, None) => {
                Some("turn on the managed identity of this machine or app, or set AZURE_CLIENT_ID to one of its own")
            }
            _ => None,
        };
        refused(KIND, ask.service, reply.status, said.map(|text| printable(&text, &secrets(ask))), advice)
    }

    /// The Arc agent names a key file in its first answer; who can read that file gets the token.
    async fn arc_key(&self, first: &Ask<'_>, keys: &Path) -> Result<Secret, CredentialError> {
        let reply = self.http.send(first).await?;
        if reply.status != 401 {
            return Err(self.refusal(first, &reply));
        }
        let named = reply
            .challenge
            .as_deref()
            .and_then(|c| c.split_once("realm="))
            .map(|(_, path)| path.trim().trim_matches('"'));
        let path = named.map(Path::new).filter(|path| {
            // A foreign service on the port must not make us send it any other file.
            path.parent() == Some(keys) && path.extension().is_some_and(|e| e == "key")
        });
        let Some(path) = path else {
            return Err(CredentialError::malformed(KIND, first.service, "it names no key file of the Azure Arc agent"));
        };
        let bytes = zeroize::Zeroizing::new(self.setup.read(KIND, path)?);
        let key = std::str::from_utf8(&bytes).ok().filter(|_| bytes.len() <= MAX_ARC_KEY).map(trimmed);
        key.ok_or_else(|| CredentialError::unusable(KIND, "the key file of the Azure Arc agent is none", KIND.hint()))
    }
}

/// The token service that the environment tells of; without a word, the metadata service of a virtual machine.
fn service(setup: &Setup) -> Result<Service, CredentialError> {
    let has = |name: &str| setup.environment.get(name).is_some();
    let unsupported = |what: &str, hint: &str| {
        CredentialError::unusable(KIND, format!("the managed identity of {what} is not supported"), hint)
    };
    if has("IDENTITY_ENDPOINT") {
        if has("IDENTITY_SERVER_THUMBPRINT") {
            return Err(unsupported("Service Fabric", "use another credential"));
        }
        let url = setup.machine_service(KIND, "IDENTITY_ENDPOINT")?;
        if let Some(header) = setup.environment.get("IDENTITY_HEADER") {
            return Ok(Service::App { url, header: trimmed(header) });
        }
        if has("IMDS_ENDPOINT") {
            let keys = match setup.environment.get("PROGRAMDATA") {
                Some(data) if cfg!(windows) => Path::new(data).join("AzureConnectedMachineAgent").join("Tokens"),
                _ => PathBuf::from("/var/opt/azcmagent/tokens"),
            };
            return Ok(Service::Arc { url, keys });
        }
        return Err(CredentialError::Missing { kind: KIND, what: "IDENTITY_HEADER is not set".to_owned() });
    }
    if has("MSI_ENDPOINT") {
        return Err(unsupported("Cloud Shell and Azure Machine Learning", "in Cloud Shell use azure-cli"));
    }
    let mut url = if has(IMDS_HOST) {
        setup.machine_service(KIND, IMDS_HOST)?
    } else {
        Url::parse(IMDS).expect("a constant that parses, by test")
    };
    url.set_path("/metadata/identity/oauth2/token");
    Ok(Service::Imds(url))
}

#[async_trait]
impl Credential for ManagedIdentity {
    async fn token(&self, audience: &str, _claims: Option<&str>) -> Result<Token, CredentialError> {
        let url = self.url(checked_audience(KIND, audience)?);
        let service = url.origin().ascii_serialization();
        let ask = |headers: Vec<(&'static str, Secret)>, retry| {
            let (service, url) = (service.as_str(), url.clone());
            Ask { kind: KIND, service, url, form: None, headers, retry }
        };
        let metadata = || ("metadata", Secret::from("true"));
        match &self.service {
            // While an identity is being assigned or the host is serviced, the service answers 404 and 410.
            Service::Imds(_) => self.send(&ask(vec![metadata()], &[404, 410])).await,
            Service::App { header, .. } => self.send(&ask(vec![("x-identity-header", header.clone())], &[])).await,
            Service::Arc { keys, .. } => {
                let key = self.arc_key(&ask(vec![metadata()], &[]), keys).await?;
                let basic = Secret::new(format!("Basic {}", key.expose()));
                self.send(&ask(vec![metadata(), ("authorization", basic)], &[])).await
            }
        }
    }

    fn describe(&self) -> String {
        let place = match self.service {
            Service::Imds(_) => "this machine",
            Service::App { .. } => "this app",
            Service::Arc { .. } => "this Azure Arc machine",
        };
        match &self.client_id {
            Some(client) => format!("managed identity {client} of {place}"),
            None => format!("managed identity of {place}"),
        }
    }
}

impl fmt::Debug for ManagedIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ManagedIdentity").field(&self.describe()).finish()
    }
}
