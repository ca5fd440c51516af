//! Whoever is signed in to the Azure CLI. Takes what `az account get-access-token` prints, bounded in size and time.
//!
//! The command is found in the absolute folders of `PATH` only, runs without a shell where the platform can, and in a
//! folder of the system: neither a scanned repository's `az` nor its Python modules must ever run.

use std::fmt;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use async_trait::async_trait;
use serde::Deserialize;
use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::Command;
use zeroize::Zeroizing;

use crate::collect::credential::error::printable;
use crate::collect::credential::setup::checked_audience;
use crate::collect::credential::token::{Seconds, checked};
use crate::collect::credential::{Credential, CredentialError, Kind, Setup, Token};

const KIND: Kind = Kind::AzureCli;
const COMMAND: &str = "`az account get-access-token`";
/// Most that is read of each of its outputs, in bytes.
const MAX_OUTPUT: u64 = 256 * 1024;
/// Variables of other credentials, which the command has no need to see.
const WITHHELD: &[&str] =
    &["ACTIONS_ID_TOKEN_REQUEST_TOKEN", "ASSIZE_ACCESS_TOKEN", "AZURE_CLIENT_SECRET", "SYSTEM_ACCESSTOKEN"];

/// The Azure CLI's account.
pub(super) struct AzureCli {
    program: PathBuf,
    tenant: Option<String>,
    setup: Setup,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Printed {
    access_token: Option<String>,
    token_type: Option<String>,
    /// Seconds since 1970, since Azure CLI 2.54. The older `expiresOn` is local time without saying which.
    #[serde(rename = "expires_on")]
    expires_on: Option<Seconds>,
}

impl AzureCli {
    pub(super) fn new(setup: &Setup) -> Result<Self, CredentialError> {
        let path = setup.environment.get("PATH").unwrap_or_default();
        let program = std::env::split_paths(path)
            .filter(|folder| folder.is_absolute())
            .flat_map(|folder| names().iter().map(move |name| folder.join(name)))
            .find(|file| file.is_file());
        let program = program
            .ok_or_else(|| CredentialError::Missing { kind: KIND, what: "no `az` is on the PATH".to_owned() })?;
        Ok(Self { program, tenant: setup.configured_tenant(KIND)?, setup: setup.clone() })
    }

    fn command(&self, audience: &str) -> Command {
        let mut command = Command::new(&self.program);
        command.args(["account", "get-access-token", "--output", "json", "--scope", &format!("{audience}/.default")]);
        if let Some(tenant) = &self.tenant {
            command.args(["--tenant", tenant]);
        }
        let environment = &self.setup.environment;
        let folder = if cfg!(windows) { environment.get("SYSTEMROOT").unwrap_or("C:\\") } else { "/" };
        command
            .env_clear()
            .envs(environment.iter().filter(|(name, _)| !WITHHELD.contains(name)))
            .env("AZURE_CORE_ONLY_SHOW_ERRORS", "true")
            .current_dir(Path::new(folder))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .kill_on_drop(true);
        command
    }

    /// Whether it succeeded, and what it printed to its two outputs.
    async fn run(&self, audience: &str) -> Result<(bool, Zeroizing<Vec<u8>>, Zeroizing<Vec<u8>>), CredentialError> {
        let failed = |error: std::io::Error| match error.kind() {
            ErrorKind::FileTooLarge => CredentialError::malformed(KIND, COMMAND, "it prints without end"),
            kind => CredentialError::unusable(KIND, format!("{COMMAND} cannot be run: {kind}"), KIND.hint()),
        };
        let mut child = self.command(audience).spawn().map_err(failed)?;
        let (out, err) = (bounded(child.stdout.take()), bounded(child.stderr.take()));
        let (out, err) = tokio::try_join!(out, err).map_err(failed)?;
        let status = child.wait().await.map_err(failed)?;
        Ok((status.success(), out, err))
    }
}

/// All that comes out of a pipe; one that holds more than is allowed is not read to its end.
async fn bounded(pipe: Option<impl AsyncRead + Unpin>) -> std::io::Result<Zeroizing<Vec<u8>>> {
    let mut bytes = Zeroizing::new(Vec::new());
    if let Some(pipe) = pipe {
        pipe.take(MAX_OUTPUT + 1).read_to_end(&mut bytes).await?;
        if bytes.len() as u64 > MAX_OUTPUT {
            return Err(ErrorKind::FileTooLarge.into());
        }
    }
    Ok(bytes)
}

fn names() -> &'static [&'static str] {
    if cfg!(windows) { &["az.cmd", "az.exe"] } else { &["az"] }
}

#[async_trait]
impl Credential for AzureCli {
    async fn token(&self, audience: &str, claims: Option<&str>) -> Result<Token, CredentialError> {
        let audience = checked_audience(KIND, audience)?;
        if claims.is_some() {
            let what = "Azure asks for a new sign-in, and the Azure CLI cannot pass that on";
            return Err(CredentialError::unusable(KIND, what, "run `az logout`, then `az login`, and start again"));
        }
        let limit = self.setup.patience.command;
        let Ok(ran) = tokio::time::timeout(limit, self.run(audience)).await else {
            return Err(CredentialError::Unreachable {
                kind: KIND,
                service: COMMAND.to_owned(),
                why: format!("no answer in {} seconds", limit.as_secs()),
                hint: "run the command yourself and see what it waits for".to_owned(),
            });
        };
        let (success, out, err) = ran?;
        if !success {
            let said = printable(&String::from_utf8_lossy(&err), &[]);
            let what = if said.is_empty() { "it said nothing".to_owned() } else { said };
            return Err(CredentialError::unusable(KIND, format!("{COMMAND} failed: {what}"), "run `az login`"));
        }
        let malformed = |why: &str| CredentialError::malformed(KIND, COMMAND, why);
        let printed: Printed = serde_json::from_slice(&out).map_err(|_| malformed("it is not the JSON of a token"))?;
        let text = printed.access_token.ok_or_else(|| malformed("it holds no access token"))?;
        let Some(expires_on) = printed.expires_on.and_then(|s| s.value()) else {
            return Err(malformed("it does not say when the token expires: update the Azure CLI to 2.54 or newer"));
        };
        checked(KIND, COMMAND, text, printed.token_type, Some(expires_on), (self.setup.now)())
    }

    fn describe(&self) -> String {
        match &self.tenant {
            Some(tenant) => format!("the Azure CLI's account in tenant {tenant}"),
            None => "the Azure CLI's account".to_owned(),
        }
    }
}

impl fmt::Debug for AzureCli {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("AzureCli").field(&self.describe()).finish()
    }
}
