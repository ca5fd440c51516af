//! A place that keeps bundles, assessments and snapshots: bytes and a name → what was written there, and back. A local folder,
//! or a container of Azure Blob Storage.
//!
//! A name is written once: the same bytes again are accepted, other bytes are an error. Nothing is seen under its name before
//! it is whole, and nothing is ever deleted. Knows nothing of what the bytes are. Asynchronous, because a container is asked
//! over the network; a folder never waits. The token comes from the caller.

mod blob;
mod folder;
mod name;
mod place;
mod wire;

use std::fmt;
use std::future::Future;
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use crate::model::hex;

pub use name::{MAX_NAME, Name};
pub use place::Place;

/// The most bytes under one name.
pub const MAX_BYTES: usize = 1 << 30;
/// The most names that a list gives.
pub const MAX_LISTED: usize = 1_000_000;

/// Why a store did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The text is no place.
    #[error("the place of the store cannot be used: {why}")]
    Place {
        /// What is wrong with it.
        why: &'static str,
    },
    /// The text is no name.
    #[error("{name:?} cannot be the name of something stored: {why}")]
    Name {
        /// The text, shortened.
        name: String,
        /// What is wrong with it.
        why: &'static str,
    },
    /// The means of access do not fit the place.
    #[error("{place} cannot be opened: {why}")]
    Access {
        /// The place.
        place: String,
        /// What is wrong.
        why: &'static str,
    },
    /// Other bytes are stored under the name already.
    #[error(
        "{place} holds {name} already, with other bytes: stored SHA-256 {stored}, given {given}; nothing was written, what is stored stays"
    )]
    Different {
        /// The place.
        place: String,
        /// The name.
        name: Name,
        /// The digest of what is stored.
        stored: String,
        /// The digest of what was to be written.
        given: String,
    },
    /// Nothing is stored under the name.
    #[error("{place} does not hold {name}")]
    Missing {
        /// The place.
        place: String,
        /// The name.
        name: Name,
    },
    /// What is stored is not what was expected.
    #[error("{name} in {place} is not what was written: its SHA-256 is {found}, expected {expected}")]
    Digest {
        /// The place.
        place: String,
        /// The name.
        name: Name,
        /// The digest that was expected.
        expected: String,
        /// The digest of what is there.
        found: String,
    },
    /// There is more than a store takes or gives at once.
    #[error("{what} in {place} is larger than the limit of {most}")]
    TooLarge {
        /// The place.
        place: String,
        /// What is too large.
        what: String,
        /// The limit.
        most: usize,
    },
    /// The service refused.
    #[error("{place} refuses to {action}: {what}; {hint}")]
    Refused {
        /// The place.
        place: String,
        /// What was to be done.
        action: &'static str,
        /// What it said.
        what: String,
        /// What to do.
        hint: &'static str,
    },
    /// The service failed or could not be reached.
    #[error("cannot {action} {place}: {what}")]
    Failed {
        /// The place.
        place: String,
        /// What was to be done.
        action: &'static str,
        /// What happened.
        what: String,
    },
    /// The file system failed.
    #[error("cannot {action} {path}: {source}", path = path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What was to be done.
        action: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// A folder holds what a store does not make.
    #[error("{path} is a link or no plain file or folder, and a store follows no links; remove it or take another place", path = path.display())]
    Link {
        /// What is there.
        path: PathBuf,
    },
}

/// A future that gives an access token, or says why there is none.
pub type TokenFuture = Pin<Box<dyn Future<Output = Result<Zeroizing<String>, String>> + Send>>;

/// Gives access tokens for [`Place::audience`]. Asked before each request; it keeps them itself.
#[derive(Clone)]
pub struct TokenSource(Arc<dyn Fn() -> TokenFuture + Send + Sync>);

impl TokenSource {
    /// Takes what gives the tokens.
    pub fn new(give: impl Fn() -> TokenFuture + Send + Sync + 'static) -> Self {
        Self(Arc::new(give))
    }

    pub(crate) fn token(&self) -> TokenFuture {
        (self.0)()
    }
}

impl fmt::Debug for TokenSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TokenSource([secret])")
    }
}

/// By what a container is opened.
#[derive(Clone)]
pub enum Access {
    /// Entra ID, with a role such as Storage Blob Data Contributor.
    Token(TokenSource),
    /// A shared access signature, with or without `?` in front.
    Sas(Zeroizing<String>),
    /// The account's key, in Base64: for an emulator on this machine alone, because it opens everything and names nobody.
    SharedKey(Zeroizing<String>),
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Token(_) => "Token([secret])",
            Self::Sas(_) => "Sas([secret])",
            Self::SharedKey(_) => "SharedKey([secret])",
        })
    }
}

/// Whether something was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Written {
    /// It was not there before.
    New,
    /// The same bytes were there already; nothing was written.
    Same,
}

/// What keeps what is stored from being changed, as far as the place says it. Nothing here is ever guessed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Immutability {
    /// A folder: who may write to it can change what it holds.
    Folder,
    /// What the container said of itself. `None` is what it did not say.
    Container {
        /// Whether the container has a policy that keeps blobs for a time. The container does not say whether it is locked: an
        /// unlocked one can be removed. Azure Resource Manager says it.
        policy: Option<bool>,
        /// Whether the container is under a legal hold.
        legal_hold: Option<bool>,
        /// Whether versions of blobs can be kept each by a policy of their own.
        versioning: Option<bool>,
    },
    /// The container did not answer, or the identity may not read its properties.
    Unreadable {
        /// Why.
        why: String,
    },
}

/// What a write came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stored {
    /// Where, without secrets.
    pub place: String,
    /// The name.
    pub name: Name,
    /// SHA-256 of the bytes, hex.
    pub sha256: String,
    /// How many bytes.
    pub bytes: u64,
    /// Whether it was written now or was there already.
    pub written: Written,
    /// The version that the container gave to a new blob, where it keeps versions.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// What keeps it, read after it was written.
    pub immutability: Immutability,
}

/// Something stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its name.
    pub name: Name,
    /// How many bytes.
    pub bytes: u64,
}

/// A place that is open.
#[derive(Debug)]
pub struct Store {
    place: Place,
    inside: Inside,
}

#[derive(Debug)]
enum Inside {
    Folder(folder::Folder),
    Blob(Box<blob::Blob>),
}

impl Store {
    /// Opens a place. A container needs access; a folder takes none, and is made when something is written. Nothing is asked
    /// yet.
    ///
    /// # Errors
    /// [`StoreError::Access`] when the access does not fit the place or TLS cannot be set up.
    pub fn open(place: Place, access: Option<Access>) -> Result<Self, StoreError> {
        let inside = match (place.kind(), access) {
            (place::Kind::Folder(path), None) => Inside::Folder(folder::Folder::new(path)),
            (place::Kind::Folder(_), Some(_)) => {
                return Err(StoreError::Access {
                    place: place.to_string(),
                    why: "a folder takes no token, SAS or key",
                });
            }
            (place::Kind::Container(_), None) => {
                return Err(StoreError::Access { place: place.to_string(), why: "a container needs a token or a SAS" });
            }
            (place::Kind::Container(container), Some(access)) => {
                Inside::Blob(Box::new(blob::Blob::new(&place, container, access)?))
            }
        };
        Ok(Self { place, inside })
    }

    /// The place.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Writes bytes under a name that is not there yet. The same bytes again are accepted, and [`Stored::written`] says so.
    ///
    /// # Errors
    /// [`StoreError::Different`] when other bytes are there, else what kept it from being written. After
    /// [`StoreError::Failed`] it may be written or not; writing again is safe.
    pub async fn put(&self, name: &Name, bytes: Vec<u8>) -> Result<Stored, StoreError> {
        if bytes.len() > MAX_BYTES {
            return Err(StoreError::TooLarge {
                place: self.place.to_string(),
                what: name.to_string(),
                most: MAX_BYTES,
            });
        }
        let (sha256, length) = (digest(&bytes), bytes.len() as u64);
        let written = match &self.inside {
            Inside::Folder(folder) => folder.put(name, &bytes).map(|new| (new, None)),
            Inside::Blob(blob) => blob.put(name, bytes).await,
        };
        let (written, version) = match written? {
            (true, version) => (Written::New, version),
            (false, _) => {
                let there = self.read(name).await?;
                let stored = digest(&there);
                if stored != sha256 {
                    let place = self.place.to_string();
                    return Err(StoreError::Different { place, name: name.clone(), stored, given: sha256 });
                }
                (Written::Same, None)
            }
        };
        let immutability = self.immutability().await;
        let place = self.place.to_string();
        Ok(Stored { place, name: name.clone(), sha256, bytes: length, written, version, immutability })
    }

    /// Reads what is stored under a name, and holds it against its SHA-256 (hex) where that is given.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::Digest`], or what kept it from being read.
    pub async fn get(&self, name: &Name, sha256: Option<&str>) -> Result<Vec<u8>, StoreError> {
        let bytes = self.read(name).await?;
        if let Some(expected) = sha256 {
            let found = digest(&bytes);
            if !found.eq_ignore_ascii_case(expected) {
                let (place, name) = (self.place.to_string(), name.clone());
                return Err(StoreError::Digest { place, name, expected: expected.to_owned(), found });
            }
        }
        Ok(bytes)
    }

    async fn read(&self, name: &Name) -> Result<Vec<u8>, StoreError> {
        match &self.inside {
            Inside::Folder(folder) => folder.get(name),
            Inside::Blob(blob) => blob.get(name).await,
        }
    }

    /// Lists what is stored below a prefix (`2026/11` stands for `2026/11/…`), sorted by name; without one, everything.
    ///
    /// # Errors
    /// What kept the list from being whole; a list is never cut in silence.
    pub async fn list(&self, prefix: Option<&Name>) -> Result<Vec<Entry>, StoreError> {
        let mut entries = match &self.inside {
            Inside::Folder(folder) => folder.list(prefix)?,
            Inside::Blob(blob) => blob.list(prefix).await?,
        };
        entries.sort();
        Ok(entries)
    }

    /// Reads what keeps the stored from being changed. What cannot be read is [`Immutability::Unreadable`].
    pub async fn immutability(&self) -> Immutability {
        match &self.inside {
            Inside::Folder(_) => Immutability::Folder,
            Inside::Blob(blob) => blob.immutability().await,
        }
    }
}

fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
