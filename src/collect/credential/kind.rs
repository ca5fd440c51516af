//! The kinds of credential: their names, and what each needs. Takes and gives words only.

use std::fmt;
use std::str::FromStr;

/// A way to prove who we are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An access token that somebody else fetched, in `ASSIZE_ACCESS_TOKEN`.
    Token,
    /// The identity of a GitHub Actions job, exchanged at Entra ID.
    GithubOidc,
    /// The identity of an Azure Pipelines service connection, exchanged at Entra ID.
    AzurePipelines,
    /// A federated token in a file, as in Kubernetes.
    WorkloadIdentity,
    /// A certificate whose key signs an assertion.
    ClientCertificate,
    /// The secret of an application.
    ClientSecret,
    /// The identity of the machine, app or container that this runs on.
    ManagedIdentity,
    /// Whoever is signed in to the Azure CLI.
    AzureCli,
}

/// Name, and what to do so that the kind works. In the order in which they are tried: a token that was given on
/// purpose, then identities that hold no lasting secret, then stored secrets, then what the machine happens to have.
const KINDS: &[(Kind, &str, &str)] = &[
    (Kind::Token, "token", "set ASSIZE_ACCESS_TOKEN to an access token for the audience"),
    (
        Kind::GithubOidc,
        "github-oidc",
        "give the job `permissions: id-token: write`, set AZURE_CLIENT_ID and AZURE_TENANT_ID, and add a federated \
         credential for the repository to the application",
    ),
    (
        Kind::AzurePipelines,
        "azure-pipelines",
        "run in a task with an Azure service connection that uses workload identity federation, and map \
         SYSTEM_ACCESSTOKEN: $(System.AccessToken) into its env",
    ),
    (
        Kind::WorkloadIdentity,
        "workload-identity",
        "set AZURE_FEDERATED_TOKEN_FILE, AZURE_CLIENT_ID and AZURE_TENANT_ID; in AKS, label the pod \
         azure.workload.identity/use: \"true\" and use the annotated service account",
    ),
    (
        Kind::ClientCertificate,
        "client-certificate",
        "set AZURE_CLIENT_CERTIFICATE_PATH to a PEM file with the certificate and its unencrypted RSA key, \
         AZURE_CLIENT_ID and AZURE_TENANT_ID",
    ),
    (Kind::ClientSecret, "client-secret", "set AZURE_CLIENT_SECRET, AZURE_CLIENT_ID and AZURE_TENANT_ID"),
    (
        Kind::ManagedIdentity,
        "managed-identity",
        "run on an Azure machine, app or container with a managed identity; for a user-assigned one set \
         AZURE_CLIENT_ID to its client id",
    ),
    (Kind::AzureCli, "azure-cli", "install the Azure CLI 2.54 or newer and run `az login`"),
];

impl Kind {
    /// All kinds, in the order in which they are tried.
    pub fn all() -> impl Iterator<Item = Self> {
        KINDS.iter().map(|(kind, ..)| *kind)
    }

    /// The stable name, for flags and files.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What to do so that it works.
    pub(super) fn hint(self) -> &'static str {
        self.row().2
    }

    fn row(self) -> &'static (Self, &'static str, &'static str) {
        KINDS.iter().find(|(kind, ..)| *kind == self).expect("the table holds every kind, by test")
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        KINDS.iter().find(|(_, name, _)| *name == text).map(|(kind, ..)| *kind).ok_or_else(|| {
            let names: Vec<_> = KINDS.iter().map(|(_, name, _)| *name).collect();
            format!("no credential is named {text:?}; use one of {}", names.join(", "))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_one_row_and_a_name_that_parses() {
        let kinds = [
            Kind::Token,
            Kind::GithubOidc,
            Kind::AzurePipelines,
            Kind::WorkloadIdentity,
            Kind::ClientCertificate,
            Kind::ClientSecret,
            Kind::ManagedIdentity,
            Kind::AzureCli,
        ];
        assert_eq!(Kind::all().collect::<Vec<_>>(), kinds);
        for kind in kinds {
            assert_eq!(kind.name().parse(), Ok(kind));
            assert!(!kind.hint().is_empty() && !kind.hint().ends_with('.'));
            assert!(kind.name().chars().all(|c| c.is_ascii_lowercase() || c == '-'));
        }
        let error = "az".parse::<Kind>().unwrap_err();
        assert!(error.contains("azure-cli, ") || error.ends_with("azure-cli"), "{error}");
    }
}
