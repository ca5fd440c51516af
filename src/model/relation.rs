//! Relations between resources: names, ends, and how to resolve them. Data only; `evaluate` resolves.

/// How a relation is resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// An ARM id at a path.
    Id(&'static str),
    /// A Key Vault or Managed HSM key URI at a path: the key.
    KeyUri(&'static str),
    /// A Key Vault or Managed HSM key URI at a path: the vault or pool that holds the key.
    KeyUriVault(&'static str),
    /// The parent resource.
    Parent,
    /// Everything encrypted with the same key.
    KeyUsers,
    /// Everything that is assigned one of the same user-assigned identities.
    IdentityUsers,
    /// Everything placed in the same subnet.
    SubnetUsers,
}

/// One relation, usable in reads as `related.<name>`.
#[derive(Debug, Clone, Copy)]
pub struct Relation {
    /// The word in reads.
    pub name: &'static str,
    /// The types that have it.
    pub from: &'static [&'static str],
    /// How it is resolved.
    pub via: Via,
    /// The types at the other end.
    pub to: &'static [&'static str],
}

impl Relation {
    /// Whether it is a reverse relation: many resources, given as a summary.
    pub fn is_reverse(&self) -> bool {
        matches!(self.via, Via::KeyUsers | Via::IdentityUsers | Via::SubnetUsers)
    }

    /// The relation of that name from that type.
    pub fn find(name: &str, from: &str) -> Option<&'static Self> {
        RELATIONS.iter().find(|r| r.name == name && r.from.iter().any(|t| t.eq_ignore_ascii_case(from)))
    }
}

const SERVERS: &[&str] = &["Microsoft.DBforPostgreSQL/flexibleServers", "Microsoft.DBforMySQL/flexibleServers"];
const KEYS: &[&str] = &["Microsoft.KeyVault/vaults/keys", "Microsoft.KeyVault/managedHSMs/keys"];
const VAULTS: &[&str] = &["Microsoft.KeyVault/vaults", "Microsoft.KeyVault/managedHSMs"];

/// All relations.
pub const RELATIONS: &[Relation] = &[
    Relation { name: "key", from: SERVERS, via: Via::KeyUri("properties.dataEncryption.primaryKeyURI"), to: KEYS },
    Relation {
        name: "key_vault",
        from: SERVERS,
        via: Via::KeyUriVault("properties.dataEncryption.primaryKeyURI"),
        to: VAULTS,
    },
    Relation {
        name: "geo_backup_key",
        from: SERVERS,
        via: Via::KeyUri("properties.dataEncryption.geoBackupKeyURI"),
        to: KEYS,
    },
    Relation {
        name: "geo_backup_key_vault",
        from: SERVERS,
        via: Via::KeyUriVault("properties.dataEncryption.geoBackupKeyURI"),
        to: VAULTS,
    },
    Relation { name: "source_server", from: SERVERS, via: Via::Id("properties.sourceServerResourceId"), to: SERVERS },
    Relation { name: "vault", from: KEYS, via: Via::Parent, to: VAULTS },
    Relation { name: "key_users", from: &[SERVERS[0], SERVERS[1], KEYS[0], KEYS[1]], via: Via::KeyUsers, to: &[] },
    Relation {
        name: "identity_users",
        from: &[SERVERS[0], SERVERS[1], "Microsoft.ManagedIdentity/userAssignedIdentities"],
        via: Via::IdentityUsers,
        to: &[],
    },
    Relation {
        name: "subnet_users",
        from: &[SERVERS[0], SERVERS[1], "Microsoft.Network/privateEndpoints"],
        via: Via::SubnetUsers,
        to: &[],
    },
];

/// How a resource spells the key that it is encrypted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySpelling {
    /// One URI at the path.
    Uri,
    /// An object at the path, with the names of the vault URI and key name members.
    Split(&'static str, &'static str),
}

/// A place where a resource of a type names a key. `*` in the path stands for every item of a list.
#[derive(Debug, Clone, Copy)]
pub struct KeyUse {
    /// The type.
    pub resource: &'static str,
    /// Where.
    pub path: &'static str,
    /// How.
    pub spelling: KeySpelling,
}

/// Every place known to name a customer-managed key (property names of the newest stable api-versions).
pub const KEY_USES: &[KeyUse] = &[
    KeyUse { resource: SERVERS[0], path: "properties.dataEncryption.primaryKeyURI", spelling: KeySpelling::Uri },
    KeyUse { resource: SERVERS[0], path: "properties.dataEncryption.geoBackupKeyURI", spelling: KeySpelling::Uri },
    KeyUse { resource: SERVERS[1], path: "properties.dataEncryption.primaryKeyURI", spelling: KeySpelling::Uri },
    KeyUse { resource: SERVERS[1], path: "properties.dataEncryption.geoBackupKeyURI", spelling: KeySpelling::Uri },
    KeyUse {
        resource: "Microsoft.Storage/storageAccounts",
        path: "properties.encryption.keyvaultproperties",
        spelling: KeySpelling::Split("keyvaulturi", "keyname"),
    },
    KeyUse {
        resource: "Microsoft.DocumentDB/databaseAccounts",
        path: "properties.keyVaultKeyUri",
        spelling: KeySpelling::Uri,
    },
    KeyUse {
        resource: "Microsoft.Sql/servers/encryptionProtector",
        path: "properties.uri",
        spelling: KeySpelling::Uri,
    },
    KeyUse { resource: "Microsoft.Sql/servers", path: "properties.keyId", spelling: KeySpelling::Uri },
    KeyUse {
        resource: "Microsoft.Sql/managedInstances/encryptionProtector",
        path: "properties.uri",
        spelling: KeySpelling::Uri,
    },
    KeyUse { resource: "Microsoft.Sql/managedInstances", path: "properties.keyId", spelling: KeySpelling::Uri },
    KeyUse {
        resource: "Microsoft.Compute/diskEncryptionSets",
        path: "properties.activeKey.keyUrl",
        spelling: KeySpelling::Uri,
    },
    KeyUse {
        resource: "Microsoft.Kusto/clusters",
        path: "properties.keyVaultProperties",
        spelling: KeySpelling::Split("keyVaultUri", "keyName"),
    },
    KeyUse {
        resource: "Microsoft.EventHub/namespaces",
        path: "properties.encryption.keyVaultProperties.*",
        spelling: KeySpelling::Split("keyVaultUri", "keyName"),
    },
    KeyUse {
        resource: "Microsoft.ServiceBus/namespaces",
        path: "properties.encryption.keyVaultProperties.*",
        spelling: KeySpelling::Split("keyVaultUri", "keyName"),
    },
    KeyUse {
        resource: "Microsoft.DataProtection/backupVaults",
        path: "properties.securitySettings.encryptionSettings.keyVaultProperties.keyUri",
        spelling: KeySpelling::Uri,
    },
    KeyUse {
        resource: "Microsoft.RecoveryServices/vaults",
        path: "properties.encryption.keyVaultProperties.keyUri",
        spelling: KeySpelling::Uri,
    },
    KeyUse {
        resource: "Microsoft.ContainerRegistry/registries",
        path: "properties.encryption.keyVaultProperties.keyIdentifier",
        spelling: KeySpelling::Uri,
    },
    KeyUse {
        resource: "Microsoft.ContainerService/managedClusters",
        path: "properties.securityProfile.azureKeyVaultKms.keyId",
        spelling: KeySpelling::Uri,
    },
    KeyUse {
        resource: "Microsoft.OperationalInsights/clusters",
        path: "properties.keyVaultProperties",
        spelling: KeySpelling::Split("keyVaultUri", "keyName"),
    },
];

/// Type and path of every place known to name the subnet that a resource stands in.
pub const SUBNET_USES: &[(&str, &str)] = &[
    (SERVERS[0], "properties.network.delegatedSubnetResourceId"),
    (SERVERS[1], "properties.network.delegatedSubnetResourceId"),
    ("Microsoft.Network/privateEndpoints", "properties.subnet.id"),
    ("Microsoft.Sql/managedInstances", "properties.subnetId"),
    ("Microsoft.Cache/redis", "properties.subnetId"),
    ("Microsoft.Web/sites", "properties.virtualNetworkSubnetId"),
    ("Microsoft.ContainerService/managedClusters", "properties.agentPoolProfiles.*.vnetSubnetID"),
    ("Microsoft.Kusto/clusters", "properties.virtualNetworkConfiguration.subnetId"),
];

/// Where a resource of any type names its user-assigned identities: the member names of the object.
pub const IDENTITY_USES_PATH: &str = "identity.userAssignedIdentities";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_are_unique_by_name_and_type() {
        let mut seen = std::collections::BTreeSet::new();
        for relation in RELATIONS {
            for from in relation.from {
                assert!(seen.insert((relation.name, from.to_lowercase())), "{} from {from}", relation.name);
            }
            assert_eq!(relation.is_reverse(), relation.to.is_empty());
        }
    }
}
