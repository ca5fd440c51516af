//! What `environment()` gives in the public cloud.

use crate::iac::Node;

const PUBLIC_CLOUD: &str = r#"{
  "name": "AzureCloud",
  "gallery": "https://gallery.azure.com/",
  "graph": "https://graph.windows.net/",
  "portal": "https://portal.azure.com",
  "graphAudience": "https://graph.windows.net/",
  "activeDirectoryDataLake": "https://datalake.azure.net/",
  "batch": "https://batch.core.windows.net/",
  "media": "https://rest.media.azure.net",
  "sqlManagement": "https://management.core.windows.net:8443/",
  "resourceManager": "https://management.azure.com/",
  "authentication": {
    "loginEndpoint": "https://login.microsoftonline.com/",
    "audiences": ["https://management.core.windows.net/", "https://management.azure.com/"],
    "tenant": "common",
    "identityProvider": "AAD"
  },
  "suffixes": {
    "acrLoginServer": ".azurecr.io",
    "azureDatalakeAnalyticsCatalogAndJob": "azuredatalakeanalytics.net",
    "azureDatalakeStoreFileSystem": "azuredatalakestore.net",
    "azureFrontDoorEndpointSuffix": "azurefd.net",
    "keyvaultDns": ".vault.azure.net",
    "sqlServerHostname": ".database.windows.net",
    "storage": "core.windows.net"
  }
}"#;

/// The names and addresses of the public cloud.
pub(super) fn environment() -> Node {
    use std::sync::OnceLock;
    static CLOUD: OnceLock<Node> = OnceLock::new();
    let read =
        || serde_json::from_str(PUBLIC_CLOUD).map_or_else(|_| Node::unknown("environment()"), |v| Node::from_json(&v));
    CLOUD.get_or_init(read).clone()
}
