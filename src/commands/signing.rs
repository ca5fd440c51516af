//! Who signs a bundle, and how it leaves: keys from a file, an ssh-agent or a vault; a time stamp; encryption.

use std::path::Path;

use anyhow::anyhow;

use crate::cli::{KeyArgs, SignArgs};
use crate::collect::client::{Client, VaultKey};
use crate::commands::azure::client;
use crate::commands::output::write_file;
use crate::commands::{CommandError, read_text, say};
use crate::config::AzureSettings;
use crate::evidence::{
    Bundle, EvidenceError, FileSigner, PublicKey, Recipient, Signer, ToSign, encrypt, sign, timestamp,
};
use crate::stamp::ask_authority;

/// The passphrase of a key in a file.
const PASSPHRASE: &str = "ASSIZE_KEY_PASSPHRASE";
/// The largest key file, in bytes.
const MAX_KEY: u64 = 64 << 10;

/// A public key in a file.
pub(super) fn public_key(path: &Path) -> Result<PublicKey, CommandError> {
    PublicKey::parse(&read_text(path, MAX_KEY)?).map_err(|e| CommandError::new(anyhow!("{}: {e}", path.display())))
}

/// The key that signs, if one is asked for.
pub(super) fn signer(args: &KeyArgs, settings: &AzureSettings) -> Result<Option<Box<dyn Signer>>, CommandError> {
    if let Some(path) = &args.key {
        let text = zeroize::Zeroizing::new(read_text(path, MAX_KEY)?);
        let passphrase = std::env::var(PASSPHRASE).ok().map(zeroize::Zeroizing::new);
        let key = FileSigner::parse(&text, passphrase.as_ref().map(|p| p.as_str())).map_err(|error| {
            let hint =
                matches!(error, EvidenceError::Passphrase).then(|| format!("put its passphrase into {PASSPHRASE}"));
            let shown = CommandError::new(anyhow!("{}: {error}", path.display()));
            hint.into_iter().fold(shown, CommandError::hint)
        })?;
        return Ok(Some(Box::new(key)));
    }
    if let Some(wanted) = &args.key_agent {
        let wanted = if wanted == "-" { None } else { Some(public_key(Path::new(wanted))?) };
        return agent(wanted.as_ref()).map(Some);
    }
    if let Some(url) = &args.key_vault {
        return Ok(Some(Box::new(VaultSigner::new(url, settings)?)));
    }
    Ok(None)
}

/// A key in Azure Key Vault or a managed HSM.
struct VaultSigner {
    runtime: tokio::runtime::Runtime,
    client: Client,
    key: VaultKey,
    public: PublicKey,
}

impl VaultSigner {
    fn new(url: &str, settings: &AzureSettings) -> Result<Self, CommandError> {
        let (client, runtime) = client(settings)?;
        let key = runtime.block_on(client.signing_key(url))?;
        say(&format!("signing with {}", key.id()));
        let (x, y) = key.public_key()[1..].split_at(32);
        let public = PublicKey::from_coordinates(x, y)?;
        Ok(Self { runtime, client, key, public })
    }
}

impl Signer for VaultSigner {
    fn public_key(&self) -> &PublicKey {
        &self.public
    }

    fn sign(&self, what: &ToSign<'_>) -> Result<[u8; 64], EvidenceError> {
        let signed = self.runtime.block_on(self.client.sign(&self.key, what.message()));
        signed.map_err(|e| EvidenceError::Sign(e.to_string()))
    }
}

#[cfg(unix)]
fn agent(wanted: Option<&PublicKey>) -> Result<Box<dyn Signer>, CommandError> {
    let socket = std::env::var_os("SSH_AUTH_SOCK").filter(|s| !s.is_empty()).ok_or_else(|| {
        CommandError::new(anyhow!("--key-agent: SSH_AUTH_SOCK names no ssh-agent")).hint("start one: eval $(ssh-agent)")
    })?;
    let wrong = |e: std::io::Error| CommandError::new(anyhow!("the ssh-agent cannot be reached: {e}"));
    let connection = std::os::unix::net::UnixStream::connect(socket).map_err(wrong)?;
    connection.set_read_timeout(Some(std::time::Duration::from_secs(60))).map_err(wrong)?;
    Ok(Box::new(crate::evidence::AgentSigner::connect(connection, wanted)?))
}

#[cfg(windows)]
fn agent(wanted: Option<&PublicKey>) -> Result<Box<dyn Signer>, CommandError> {
    let pipe = std::fs::OpenOptions::new().read(true).write(true).open(r"\\.\pipe\openssh-ssh-agent");
    let pipe = pipe.map_err(|e| CommandError::new(anyhow!("the ssh-agent cannot be reached: {e}")))?;
    Ok(Box::new(crate::evidence::AgentSigner::connect(pipe, wanted)?))
}

/// Whether what is asked for can be done, before hours are spent on collecting.
pub(super) fn check(args: &SignArgs) -> Result<(), CommandError> {
    let signed = args.key.key.is_some() || args.key.key_agent.is_some() || args.key.key_vault.is_some();
    match (&args.identity, signed) {
        (Some(_), false) => Err(CommandError::new(anyhow!("--identity: there is no key to sign with"))
            .hint("give --key, --key-agent or --key-vault")),
        (None, true) => Err(CommandError::new(anyhow!("a signature needs a name"))
            .hint("give --identity, such as platform@bank.example")),
        _ => recipients(args).map(drop),
    }
}

fn recipients(args: &SignArgs) -> Result<Vec<Recipient>, CommandError> {
    let parse =
        |text: &String| text.parse::<Recipient>().map_err(|e| CommandError::new(anyhow!("--encrypt-to {text}: {e}")));
    args.encrypt_to.iter().map(parse).collect()
}

/// Signs and stamps a bundle as it is asked for.
pub(super) fn seal(bundle: &mut Bundle, args: &SignArgs, settings: &AzureSettings) -> Result<(), CommandError> {
    check(args)?;
    match (signer(&args.key, settings)?, &args.identity) {
        (Some(signer), Some(identity)) => {
            sign(bundle, signer.as_ref(), identity)?;
            say(&format!("signed by {}", signer.public_key().fingerprint()));
        }
        _ => say("the bundle is not signed: nothing in it says who made it"),
    }
    if let Some(url) = &args.timestamp {
        let (nonce, _) = uuid::Uuid::new_v4().as_u64_pair();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let stamp = timestamp(bundle, nonce, |request| runtime.block_on(ask_authority(url, request)))?;
        say(&format!("stamped at {}", stamp.time.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)));
    }
    Ok(())
}

/// The bytes of the archive, encrypted when that is asked for.
pub(super) fn archive(bundle: &Bundle, args: &SignArgs) -> Result<Vec<u8>, CommandError> {
    let mut plain = Vec::new();
    bundle.write_archive(&mut plain)?;
    let recipients = recipients(args)?;
    if recipients.is_empty() {
        return Ok(plain);
    }
    let mut sealed = Vec::new();
    encrypt(plain.as_slice(), &mut sealed, &recipients)?;
    Ok(sealed)
}

/// Writes the archive to a file.
pub(super) fn write_archive(bundle: &Bundle, args: &SignArgs, path: &Path) -> Result<(), CommandError> {
    let bytes = archive(bundle, args)?;
    write_file(path, |out| out.write_all(&bytes).map_err(CommandError::new))
}
