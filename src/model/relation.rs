//! Relations between resources: names, ends, and how to resolve them. Data only; `evaluate` resolves.

/// How a relation is resolved.
///
/// In paths, `*` stands for every item of a list. Where a forward relation finds several different references, it leads to
/// none of them: the fact is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Via {
    /// An ARM id at one of the paths.
    Id(&'static [&'static str]),
    /// The key that the type's place of that number among its [`KEY_USES`] names.
    Key(usize),
    /// The vault or pool that holds this key.
    KeyVault(usize),
    /// The parent resource.
    Parent,
    /// Everything encrypted with the same key.
    KeyUsers,
    /// Everything encrypted with any key of the vault or pool.
    VaultUsers,
    /// Everything that is assigned one of the same user-assigned identities.
    IdentityUsers,
    /// Everything placed in the same subnet.
    SubnetUsers,
    /// Everything placed in a subnet of the network.
    NetworkUsers,
    /// Every resource of the subscription.
    SubscriptionUsers,
    /// The resources of these types that name this one by its ARM id at the path.
    Referrers(&'static [(&'static str, &'static str)]),
    /// The resources of the same type that have the same text at the path, this one among them.
    Peers(&'static str),
    /// The extension resources of the type that lie on this one.
    Extensions(&'static str),
}

/// What a relation gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One resource: `related.<name>.<property>`.
    One,
    /// A summary by business domain and environment: `related.<name>`.
    Summary,
    /// Resources by id: `related.<name>.*` or `related.<name>.*.<property>`.
    Many,
}

/// One relation, usable in reads as `related.<name>`.
#[derive(Debug, Clone, Copy)]
pub struct Relation {
    /// The word in reads.
    pub name: &'static str,
    /// The types that have it; none stands for every type, of [`Via::Parent`] for every type of child.
    pub from: &'static [&'static str],
    /// How it is resolved.
    pub via: Via,
    /// The types at the other end of a relation that leads to one resource; none stands for any.
    pub to: &'static [&'static str],
}

impl Relation {
    /// What it gives.
    pub fn shape(&self) -> Shape {
        match self.via {
            Via::Id(_) | Via::Key(_) | Via::KeyVault(_) | Via::Parent => Shape::One,
            Via::KeyUsers
            | Via::VaultUsers
            | Via::IdentityUsers
            | Via::SubnetUsers
            | Via::NetworkUsers
            | Via::SubscriptionUsers => Shape::Summary,
            Via::Referrers(_) | Via::Peers(_) | Via::Extensions(_) => Shape::Many,
        }
    }

    /// The types at the other end, as far as the relation says; summaries say none.
    pub fn ends(&self) -> Vec<&'static str> {
        match self.via {
            Via::Referrers(places) => places.iter().map(|(kind, _)| *kind).collect(),
            Via::Extensions(kind) => vec![kind],
            Via::Peers(_) => self.from.to_vec(),
            _ => self.to.to_vec(),
        }
    }

    /// The relation of that name from that type.
    pub fn find(name: &str, from: &str) -> Option<&'static Self> {
        let has = |r: &&Self| match r.from {
            [] => r.via != Via::Parent || from.split('/').count() > 2,
            types => types.iter().any(|t| t.eq_ignore_ascii_case(from)),
        };
        RELATIONS.iter().filter(|r| r.name == name).find(has)
    }
}

const POSTGRESQL: &str = "Microsoft.DBforPostgreSQL/flexibleServers";
const MYSQL: &str = "Microsoft.DBforMySQL/flexibleServers";
const SERVERS: &[&str] = &[POSTGRESQL, MYSQL];
const KEYS: &[&str] = &["Microsoft.KeyVault/vaults/keys", "Microsoft.KeyVault/managedHSMs/keys"];
const VAULTS: &[&str] = &["Microsoft.KeyVault/vaults", "Microsoft.KeyVault/managedHSMs"];
const NETWORK: &str = "Microsoft.Network/virtualNetworks";
const SUBNET: &str = "Microsoft.Network/virtualNetworks/subnets";
const PRIVATE_ENDPOINT: &str = "Microsoft.Network/privateEndpoints";
const PRIVATE_ZONE: &str = "Microsoft.Network/privateDnsZones";
const ZONE_GROUP: &str = "Microsoft.Network/privateEndpoints/privateDnsZoneGroups";
const ZONE_LINK: &str = "Microsoft.Network/privateDnsZones/virtualNetworkLinks";
const RULESET_LINK: &str = "Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks";
const STORAGE: &str = "Microsoft.Storage/storageAccounts";
const WORKSPACE: &str = "Microsoft.OperationalInsights/workspaces";
const DIAGNOSTICS: &str = "Microsoft.Insights/diagnosticSettings";
const BACKUP_INSTANCE: &str = "Microsoft.DataProtection/backupVaults/backupInstances";
const PROTECTED_ITEM: &str = "Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems";
const PLAN: &str = "Microsoft.Web/serverfarms";

/// The types that name one customer-managed key.
const KEYED: &[&str] = &[
    POSTGRESQL,
    MYSQL,
    STORAGE,
    "Microsoft.DocumentDB/databaseAccounts",
    "Microsoft.Sql/servers/encryptionProtector",
    "Microsoft.Sql/managedInstances/encryptionProtector",
    "Microsoft.Compute/diskEncryptionSets",
    "Microsoft.Kusto/clusters",
    "Microsoft.DataProtection/backupVaults",
    "Microsoft.RecoveryServices/vaults",
    "Microsoft.ContainerRegistry/registries",
    "Microsoft.ContainerService/managedClusters",
    "Microsoft.OperationalInsights/clusters",
    "Microsoft.CognitiveServices/accounts",
    "Microsoft.DataFactory/factories",
];

/// All relations.
pub const RELATIONS: &[Relation] = &[
    Relation { name: "key", from: KEYED, via: Via::Key(0), to: KEYS },
    Relation { name: "key_vault", from: KEYED, via: Via::KeyVault(0), to: VAULTS },
    Relation { name: "geo_backup_key", from: SERVERS, via: Via::Key(1), to: KEYS },
    Relation { name: "geo_backup_key_vault", from: SERVERS, via: Via::KeyVault(1), to: VAULTS },
    Relation {
        name: "source_server",
        from: SERVERS,
        via: Via::Id(&["properties.sourceServerResourceId"]),
        to: SERVERS,
    },
    Relation { name: "replicas", from: SERVERS, via: Via::Referrers(REPLICAS), to: &[] },
    Relation { name: "vault", from: KEYS, via: Via::Parent, to: VAULTS },
    Relation { name: "parent", from: &[], via: Via::Parent, to: &[] },
    Relation { name: "key_users", from: &[POSTGRESQL, MYSQL, KEYS[0], KEYS[1]], via: Via::KeyUsers, to: &[] },
    Relation { name: "vault_users", from: VAULTS, via: Via::VaultUsers, to: &[] },
    Relation {
        name: "identity_users",
        from: &[POSTGRESQL, MYSQL, "Microsoft.ManagedIdentity/userAssignedIdentities"],
        via: Via::IdentityUsers,
        to: &[],
    },
    Relation {
        name: "subscription_users",
        from: &["Microsoft.Resources/subscriptions"],
        via: Via::SubscriptionUsers,
        to: &[],
    },
    Relation {
        name: "subnet_users",
        from: &[POSTGRESQL, MYSQL, PRIVATE_ENDPOINT, SUBNET],
        via: Via::SubnetUsers,
        to: &[],
    },
    Relation { name: "network_users", from: &[NETWORK], via: Via::NetworkUsers, to: &[] },
    Relation {
        name: "subnet",
        from: SERVERS,
        via: Via::Id(&["properties.network.delegatedSubnetResourceId"]),
        to: &[SUBNET],
    },
    Relation { name: "subnet", from: &[PRIVATE_ENDPOINT], via: Via::Id(&["properties.subnet.id"]), to: &[SUBNET] },
    Relation {
        name: "subnet",
        from: &["Microsoft.Sql/managedInstances", "Microsoft.Cache/redis"],
        via: Via::Id(&["properties.subnetId"]),
        to: &[SUBNET],
    },
    Relation {
        name: "subnet",
        from: &["Microsoft.Web/sites"],
        via: Via::Id(&["properties.virtualNetworkSubnetId"]),
        to: &[SUBNET],
    },
    Relation {
        name: "subnet",
        from: &["Microsoft.Kusto/clusters"],
        via: Via::Id(&["properties.virtualNetworkConfiguration.subnetId"]),
        to: &[SUBNET],
    },
    Relation {
        name: "target",
        from: &[PRIVATE_ENDPOINT],
        via: Via::Id(&[
            "properties.privateLinkServiceConnections.*.properties.privateLinkServiceId",
            "properties.manualPrivateLinkServiceConnections.*.properties.privateLinkServiceId",
        ]),
        to: &[],
    },
    Relation {
        name: "private_dns_zone",
        from: &[POSTGRESQL],
        via: Via::Id(&["properties.network.privateDnsZoneArmResourceId"]),
        to: &[PRIVATE_ZONE],
    },
    Relation {
        name: "private_dns_zone",
        from: &[MYSQL],
        via: Via::Id(&["properties.network.privateDnsZoneResourceId"]),
        to: &[PRIVATE_ZONE],
    },
    Relation {
        name: "private_dns_zone",
        from: &[ZONE_GROUP],
        via: Via::Id(&["properties.privateDnsZoneConfigs.*.properties.privateDnsZoneId"]),
        to: &[PRIVATE_ZONE],
    },
    Relation {
        name: "linked_network",
        from: &[ZONE_LINK, RULESET_LINK],
        via: Via::Id(&["properties.virtualNetwork.id"]),
        to: &[NETWORK],
    },
    Relation { name: "plan", from: &["Microsoft.Web/sites"], via: Via::Id(&["properties.serverFarmId"]), to: &[PLAN] },
    Relation {
        name: "apps",
        from: &[PLAN],
        via: Via::Referrers(&[("Microsoft.Web/sites", "properties.serverFarmId")]),
        to: &[],
    },
    Relation { name: "workspace", from: &[DIAGNOSTICS], via: Via::Id(&["properties.workspaceId"]), to: &[WORKSPACE] },
    Relation {
        name: "workspace",
        from: &["Microsoft.Insights/components"],
        via: Via::Id(&["properties.WorkspaceResourceId"]),
        to: &[WORKSPACE],
    },
    Relation {
        name: "archive_account",
        from: &[DIAGNOSTICS],
        via: Via::Id(&["properties.storageAccountId"]),
        to: &[STORAGE],
    },
    Relation { name: "diagnostic_settings", from: &[], via: Via::Extensions(DIAGNOSTICS), to: &[] },
    Relation {
        name: "role_assignments",
        from: &["Microsoft.Resources/subscriptions"],
        via: Via::Extensions("Microsoft.Authorization/roleAssignments"),
        to: &[],
    },
    Relation {
        name: "backup_policy",
        from: &[BACKUP_INSTANCE],
        via: Via::Id(&["properties.policyInfo.policyId"]),
        to: &["Microsoft.DataProtection/backupVaults/backupPolicies"],
    },
    Relation {
        name: "backup_policy",
        from: &[PROTECTED_ITEM],
        via: Via::Id(&["properties.policyId"]),
        to: &["Microsoft.RecoveryServices/vaults/backupPolicies"],
    },
    Relation {
        name: "backup_source",
        from: &[BACKUP_INSTANCE],
        via: Via::Id(&["properties.dataSourceInfo.resourceID"]),
        to: &[],
    },
    Relation {
        name: "backup_source",
        from: &[PROTECTED_ITEM],
        via: Via::Id(&["properties.sourceResourceId"]),
        to: &[],
    },
    Relation {
        name: "partner",
        from: &["Microsoft.Sql/servers/failoverGroups"],
        via: Via::Id(&["properties.partnerServers.*.id"]),
        to: &["Microsoft.Sql/servers"],
    },
    Relation {
        name: "failover_groups",
        from: &["Microsoft.Sql/servers/databases"],
        via: Via::Referrers(&[("Microsoft.Sql/servers/failoverGroups", "properties.databases.*")]),
        to: &[],
    },
    Relation {
        name: "private_endpoints",
        from: &[],
        via: Via::Referrers(&[
            (PRIVATE_ENDPOINT, "properties.privateLinkServiceConnections.*.properties.privateLinkServiceId"),
            (PRIVATE_ENDPOINT, "properties.manualPrivateLinkServiceConnections.*.properties.privateLinkServiceId"),
        ]),
        to: &[],
    },
    Relation {
        name: "backup_instances",
        from: &[],
        via: Via::Referrers(&[(BACKUP_INSTANCE, "properties.dataSourceInfo.resourceID")]),
        to: &[],
    },
    Relation {
        name: "instance_failover_groups",
        from: &["Microsoft.Sql/managedInstances"],
        via: Via::Referrers(&[
            (
                "Microsoft.Sql/locations/instanceFailoverGroups",
                "properties.managedInstancePairs.*.primaryManagedInstanceId",
            ),
            (
                "Microsoft.Sql/locations/instanceFailoverGroups",
                "properties.managedInstancePairs.*.partnerManagedInstanceId",
            ),
        ]),
        to: &[],
    },
    Relation {
        name: "autoscale_settings",
        from: &[PLAN, "Microsoft.Compute/virtualMachineScaleSets"],
        via: Via::Referrers(&[("Microsoft.Insights/autoscalesettings", "properties.targetResourceUri")]),
        to: &[],
    },
    Relation {
        name: "query_alerts",
        from: &[WORKSPACE],
        via: Via::Referrers(&[("Microsoft.Insights/scheduledQueryRules", "properties.scopes.*")]),
        to: &[],
    },
    Relation {
        name: "log_sources",
        from: &[STORAGE, WORKSPACE, "Microsoft.EventHub/namespaces/authorizationRules"],
        via: Via::Referrers(&[
            (DIAGNOSTICS, "properties.storageAccountId"),
            (DIAGNOSTICS, "properties.workspaceId"),
            (DIAGNOSTICS, "properties.eventHubAuthorizationRuleId"),
        ]),
        to: &[],
    },
    Relation {
        name: "zone_groups",
        from: &[PRIVATE_ZONE],
        via: Via::Referrers(&[(ZONE_GROUP, "properties.privateDnsZoneConfigs.*.properties.privateDnsZoneId")]),
        to: &[],
    },
    Relation {
        name: "network_links",
        from: &[NETWORK],
        via: Via::Referrers(&[
            (ZONE_LINK, "properties.virtualNetwork.id"),
            (RULESET_LINK, "properties.virtualNetwork.id"),
        ]),
        to: &[],
    },
    Relation { name: "same_name_zones", from: &[PRIVATE_ZONE], via: Via::Peers("name"), to: &[] },
    Relation {
        name: "principal_assignments",
        from: &["Microsoft.Authorization/roleAssignments"],
        via: Via::Peers("properties.principalId"),
        to: &[],
    },
];

/// Who copies a server.
const REPLICAS: &[(&str, &str)] =
    &[(POSTGRESQL, "properties.sourceServerResourceId"), (MYSQL, "properties.sourceServerResourceId")];

/// How a resource spells the key that it is encrypted with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySpelling {
    /// One URI at the path.
    Uri,
    /// An object at the path, with the names of the vault URI and key name members.
    Split(&'static str, &'static str),
}

impl KeyUse {
    /// The places of a type, in the order of the table.
    pub fn of(kind: &str) -> impl Iterator<Item = &'static Self> {
        KEY_USES.iter().filter(move |place| place.resource.eq_ignore_ascii_case(kind))
    }
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
        resource: "Microsoft.CognitiveServices/accounts",
        path: "properties.encryption.keyVaultProperties",
        spelling: KeySpelling::Split("keyVaultUri", "keyName"),
    },
    KeyUse {
        resource: "Microsoft.DataFactory/factories",
        path: "properties.encryption",
        spelling: KeySpelling::Split("vaultBaseUrl", "keyName"),
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
            if let Via::Key(at) | Via::KeyVault(at) = relation.via {
                for from in relation.from {
                    let place = KeyUse::of(from).nth(at).unwrap_or_else(|| panic!("{} from {from}", relation.name));
                    assert!(!place.path.contains('*'), "{from} may name several keys");
                }
            }
            assert!(relation.shape() == Shape::One || relation.to.is_empty(), "{}", relation.name);
        }
    }
}
