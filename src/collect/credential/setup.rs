//! What credentials are made from: variables, origins, a clock and a way to read files, all handed in.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::Path;
use std::sync::Arc;

use url::{Host, Url};

use crate::collect::cloud::Origin;
use crate::collect::credential::{CredentialError, Kind, Patience, Secret};

/// Reads a whole file.
pub type ReadFile = Arc<dyn Fn(&Path) -> io::Result<Vec<u8>> + Send + Sync>;
/// The time in seconds since 1970.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// Largest federated token or certificate file that is read, in bytes.
const MAX_FILE: usize = 256 * 1024;

/// The variables that the process was started with.
#[derive(Clone, Default)]
pub struct Environment(BTreeMap<String, String>);

impl Environment {
    /// Takes the variables. On Windows their names compare without case.
    pub fn of(variables: impl Iterator<Item = (String, String)>) -> Self {
        let name = |name: String| if cfg!(windows) { name.to_ascii_uppercase() } else { name };
        Self(variables.map(|(key, value)| (name(key), value)).collect())
    }

    /// A variable that is set to something else than blanks.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str).filter(|value| !value.trim().is_empty())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// How a client certificate's key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Signature {
    /// RSASSA-PSS with SHA-256, what Entra ID asks for.
    #[default]
    Ps256,
    /// RSASSA-PKCS1-v1_5 with SHA-256, for login services that do not know PSS.
    Rs256,
}

/// Everything that a credential may know of the world.
#[derive(Clone)]
pub struct Setup {
    /// The process's variables.
    pub environment: Environment,
    /// The login service of the cloud.
    pub login: Origin,
    /// Whether identity providers may be plain HTTP on loopback: for tests.
    pub allow_http: bool,
    /// The tenant, where it was configured; else `AZURE_TENANT_ID`.
    pub tenant: Option<String>,
    /// The client id, where it was configured; else `AZURE_CLIENT_ID`.
    pub client_id: Option<String>,
    /// The audience of GitHub's identity token; else the one that Entra ID uses in the cloud of the login service.
    pub assertion_audience: Option<String>,
    /// How a client certificate's key signs.
    pub signature: Signature,
    /// Reads federated tokens and certificates.
    pub read_file: ReadFile,
    /// The clock.
    pub now: Now,
    /// How long and how often services are asked.
    pub patience: Patience,
}

impl Setup {
    /// A setup with nothing configured but the given.
    pub fn new(environment: Environment, login: Origin, allow_http: bool, read_file: ReadFile, now: Now) -> Self {
        Self {
            environment,
            login,
            allow_http,
            tenant: None,
            client_id: None,
            assertion_audience: None,
            signature: Signature::default(),
            read_file,
            now,
            patience: Patience::default(),
        }
    }

    /// The values of the variables, in order.
    pub(super) fn need<const N: usize>(&self, kind: Kind, names: [&str; N]) -> Result<[&str; N], CredentialError> {
        let absent: Vec<_> = names.iter().filter(|name| self.environment.get(name).is_none()).copied().collect();
        let values = names.map(|name| self.environment.get(name).unwrap_or_default());
        if absent.is_empty() { Ok(values) } else { Err(missing(kind, &absent)) }
    }

    /// Tenant and client id: as configured, else the first of the variables that is set.
    pub(super) fn application(
        &self,
        kind: Kind,
        tenant_names: &[&str],
        client_names: &[&str],
    ) -> Result<(String, String), CredentialError> {
        let tenant = self.pick(self.tenant.as_deref(), tenant_names);
        let client = self.pick(self.client_id.as_deref(), client_names);
        match (tenant, client) {
            (Some(tenant), Some(client)) => Ok((name(kind, "tenant", tenant)?, name(kind, "client id", client)?)),
            (tenant, client) => {
                let absent =
                    [tenant.is_none().then(|| tenant_names.last()), client.is_none().then(|| client_names.last())];
                Err(missing(kind, &absent.into_iter().flatten().flatten().copied().collect::<Vec<_>>()))
            }
        }
    }

    fn pick<'a>(&'a self, configured: Option<&'a str>, names: &[&str]) -> Option<&'a str> {
        configured.or_else(|| names.iter().find_map(|name| self.environment.get(name)))
    }

    /// The tenant that was configured, checked; variables do not count.
    pub(super) fn configured_tenant(&self, kind: Kind) -> Result<Option<String>, CredentialError> {
        self.tenant.as_deref().map(|tenant| name(kind, "tenant", tenant)).transpose()
    }

    /// The client id, checked, where one is configured or `AZURE_CLIENT_ID` is set.
    pub(super) fn optional_client(&self, kind: Kind) -> Result<Option<String>, CredentialError> {
        let client = self.pick(self.client_id.as_deref(), &["AZURE_CLIENT_ID"]);
        client.map(|client| name(kind, "client id", client)).transpose()
    }

    /// A file's bytes, bounded.
    pub(super) fn read(&self, kind: Kind, path: &Path) -> Result<Vec<u8>, CredentialError> {
        let shown = path.display().to_string();
        let bytes = (self.read_file)(path).map_err(|error| {
            CredentialError::unusable(kind, format!("cannot read {shown:?}: {}", error.kind()), kind.hint())
        })?;
        if bytes.len() > MAX_FILE {
            let what = format!("{shown:?} is larger than {} KiB", MAX_FILE / 1024);
            return Err(CredentialError::unusable(kind, what, kind.hint()));
        }
        Ok(bytes)
    }

    /// The URL of an identity provider in a variable: https, or plain HTTP on loopback where that is allowed.
    pub(super) fn provider(&self, kind: Kind, variable: &str) -> Result<Url, CredentialError> {
        let [text] = self.need(kind, [variable])?;
        let url =
            plain_url(text).filter(|url| Origin::parse(&url.origin().ascii_serialization(), self.allow_http).is_ok());
        url.ok_or_else(|| {
            CredentialError::unusable(kind, format!("{variable} is no https address"), "leave it as the runner sets it")
        })
    }

    /// The URL of a machine's token service in a variable: https, or plain HTTP that stays on the machine or link.
    pub(super) fn machine_service(&self, kind: Kind, variable: &str) -> Result<Url, CredentialError> {
        let [text] = self.need(kind, [variable])?;
        let url = plain_url(text).filter(|url| url.scheme() == "https" || (url.scheme() == "http" && is_local(url)));
        url.ok_or_else(|| {
            let what = format!("{variable} is neither an https address nor a local one");
            CredentialError::unusable(kind, what, "leave it as Azure sets it")
        })
    }

    /// The audience that an identity token must have so that Entra ID exchanges it.
    pub(super) fn exchange_audience(&self) -> String {
        let host = self.login.join("/").host_str().unwrap_or_default().to_owned();
        let default = match host.rsplit('.').next() {
            Some("us") => "api://AzureADTokenExchangeUSGov",
            Some("cn") => "api://AzureADTokenExchangeChina",
            _ => "api://AzureADTokenExchange",
        };
        self.assertion_audience.clone().unwrap_or_else(|| default.to_owned())
    }
}

impl fmt::Debug for Setup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Setup")
            .field("environment", &self.environment)
            .field("login", &self.login.to_string())
            .field("tenant", &self.tenant)
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

fn missing(kind: Kind, names: &[&str]) -> CredentialError {
    let verb = if names.len() == 1 { "is" } else { "are" };
    CredentialError::Missing { kind, what: format!("{} {verb} not set", names.join(" and ")) }
}

/// A tenant or client id: letters, digits, dots and dashes, so that it cannot change a URL or a command.
fn name(kind: Kind, what: &str, text: &str) -> Result<String, CredentialError> {
    let text = text.trim();
    let plain = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    if !plain || text.is_empty() || text.len() > 253 || text.starts_with(['-', '.']) {
        let hint = "use the id, such as 11111111-2222-3333-4444-555555555555";
        return Err(CredentialError::unusable(kind, format!("the {what} is no id or domain"), hint));
    }
    Ok(text.to_owned())
}

fn plain_url(text: &str) -> Option<Url> {
    let url = Url::parse(text.trim()).ok()?;
    let plain = url.has_host() && url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    plain.then_some(url)
}

/// Whether the host is this machine, its link or its private network.
pub(super) fn is_local(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback() || ip.is_link_local() || ip.is_private(),
        Some(Host::Ipv6(ip)) => ip.is_loopback() || ip.is_unicast_link_local() || ip.is_unique_local(),
        None => false,
    }
}

/// Refuses an audience that could change a scope list or a command line.
pub(super) fn checked_audience(kind: Kind, audience: &str) -> Result<&str, CredentialError> {
    let plain = audience.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | ':' | '/'));
    if plain && audience.len() <= 512 && audience.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return Ok(audience);
    }
    let hint = "use the audience of the service, such as https://management.azure.com";
    Err(CredentialError::unusable(kind, "the audience is no address or id", hint))
}

/// Whether a text can stand in a header or form as a token: visible ASCII, bounded.
pub(super) fn is_token(text: &str) -> bool {
    !text.is_empty() && text.len() <= 64 * 1024 && text.bytes().all(|b| b.is_ascii_graphic())
}

/// A secret of the environment, without blanks around it.
pub(super) fn trimmed(text: &str) -> Secret {
    Secret::from(text.trim())
}
