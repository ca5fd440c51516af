//! The arguments of `assize evidence …` and `assize sweep`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::cli::{Listing, LogLevel};

/// `assize evidence …`.
#[derive(Debug, Subcommand)]
pub enum EvidenceCommand {
    /// Pack the runs of a scope within a period into one archive that an auditor verifies without assize
    Pack(Box<PackArgs>),
    /// Sign documents of OSCAL so that `trestle verify` accepts them: FILE gets FILE.dsse.json beside it
    Sign {
        /// What `--output oscal-…` has written
        #[arg(required = true)]
        files: Vec<PathBuf>,
        /// By which key
        #[command(flatten)]
        key: KeyArgs,
    },
    /// Check every layer of a bundle, and say what each proves. Exit codes: 0 nothing is broken, 1 something is
    Verify {
        /// An archive, or the folder that it was unpacked to
        bundle: PathBuf,
        /// The public key that the firm publishes, in PEM or OpenSSH form; without it, only the bundle's own word says who
        /// signed
        #[arg(long, value_name = "FILE")]
        key: Option<PathBuf>,
        /// How to print it
        #[arg(long, value_enum, default_value_t = Listing::Table)]
        output: Listing,
    },
    /// Judge the stored snapshots again by the stored policies, and compare byte for byte. Exit codes: 0 all runs give the
    /// same bytes, 1 one differs, 3 one cannot be judged again
    Replay {
        /// An archive, or the folder that it was unpacked to
        bundle: PathBuf,
        /// Only this run; may be given several times
        #[arg(long = "run", value_name = "ID")]
        runs: Vec<String>,
    },
    /// Draw a sample of the population that anyone can draw again, with the evidence for it
    Sample {
        /// An archive, or the folder that it was unpacked to
        bundle: PathBuf,
        /// Any text; the same text draws the same sample
        #[arg(long, value_name = "TEXT")]
        seed: String,
        /// How many resources
        #[arg(long, value_name = "N")]
        number: usize,
        /// The folder for the sample; it must not be there yet
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
}

/// Which runs are packed, and how.
#[derive(Debug, Clone, Args)]
pub struct PackArgs {
    /// Where the runs are kept: a folder, or the URL of a container of Azure Blob Storage
    #[arg(long, value_name = "PLACE")]
    pub store: String,
    /// The scope
    #[arg(long, value_name = "NAME")]
    pub scope: String,
    /// The first day or time
    #[arg(long, value_name = "TIME")]
    pub from: String,
    /// The last day or time; now, if it is not given
    #[arg(long, value_name = "TIME")]
    pub to: Option<String>,
    /// How often a run has to be there: a cron expression in UTC, or 30m, 24h, 7d
    #[arg(long, value_name = "SCHEDULE")]
    pub schedule: Option<String>,
    /// What is said of who collected, such as `build=https://…`; may be given several times
    #[arg(long = "claim", value_name = "NAME=VALUE")]
    pub claims: Vec<String>,
    /// How it is signed
    #[command(flatten)]
    pub sign: SignArgs,
    /// The archive
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
}

/// How a bundle is signed and sealed.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Signature")]
pub struct SignArgs {
    /// By which key
    #[command(flatten)]
    pub key: KeyArgs,
    /// Who signs, such as platform@bank.example
    #[arg(long, value_name = "NAME")]
    pub identity: Option<String>,
    /// The address of an authority that stamps the time (RFC 3161)
    #[arg(long, value_name = "URL")]
    pub timestamp: Option<String>,
    /// Encrypt the archive to this key of age (`age1…`); may be given several times
    #[arg(long, value_name = "RECIPIENT")]
    pub encrypt_to: Vec<String>,
}

/// The key that signs.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Signature")]
pub struct KeyArgs {
    /// A P-256 private key in a file; its passphrase is read from ASSIZE_KEY_PASSPHRASE
    #[arg(long, value_name = "FILE", conflicts_with_all = ["key_agent", "key_vault"])]
    pub key: Option<PathBuf>,
    /// A P-256 key in the ssh-agent of SSH_AUTH_SOCK: its public key in a file, or `-` for the only one
    #[arg(long, value_name = "FILE", conflicts_with = "key_vault")]
    pub key_agent: Option<String>,
    /// A P-256 key in Azure Key Vault or a managed HSM, by its URL
    #[arg(long, value_name = "URL")]
    pub key_vault: Option<String>,
}

/// What a scheduled run does; the rest stands in the settings under `sweep`.
#[derive(Debug, Clone, Args)]
pub struct SweepArgs {
    /// Settings; without it, assize.yaml in the current folder
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Only this scope; may be given several times
    #[arg(long = "scope", value_name = "NAME")]
    pub scopes: Vec<String>,
    /// The time of the run, RFC 3339; now, if it is not given
    #[arg(long, value_name = "TIME")]
    pub at: Option<String>,
    /// Who or what runs it, such as the address of the build
    #[arg(long, value_name = "TEXT", default_value = "")]
    pub label: String,
    /// How many threads; all processors, if it is not given
    #[arg(long, value_name = "N")]
    pub threads: Option<usize>,
    /// What to say of each request on standard error
    #[arg(long, value_enum, default_value_t = LogLevel::Off, value_name = "LEVEL")]
    pub log_level: LogLevel,
    /// How to print the summary
    #[arg(long, value_enum, default_value_t = Listing::Table)]
    pub output: Listing,
}
