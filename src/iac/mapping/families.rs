//! Tests of the files of the first families: PostgreSQL, MySQL, MariaDB, Key Vault, Managed HSM, identities and groups.

use serde_json::{Value as Json, json};

use crate::iac::mapping::language::{body, instance, show};
use crate::iac::mapping::{Instance, attribute, concerns_azure, knows, map, settle, unknown_name};
use crate::iac::{Ids, Reading};

fn read(instances: &[Instance]) -> Reading {
    let (mut ids, mut reading) = (Ids::default(), Reading::default());
    for instance in instances {
        map(instance, &mut ids, &mut reading);
    }
    reading
}

fn shape(tf_type: &str, arguments: &Json) -> Json {
    let reading = read(&[instance(tf_type, arguments)]);
    assert!(reading.remarks.iter().all(|r| !r.text.contains("not mapped")), "{:?}", reading.remarks);
    body(&reading.resources[0])
}

fn at<'a>(body: &'a Json, path: &str) -> &'a Json {
    path.split('.').fold(body, |json, word| &json[word])
}

#[test]
fn postgresql_in_the_shape_that_policies_read() {
    let bare = shape(
        "azurerm_postgresql_flexible_server",
        &json!({"name": "pg", "version": 16, "sku_name": "GP_Standard_D2ds_v5"}),
    );
    for (path, wanted) in [
        ("properties.version", json!("16")),
        ("sku.name", json!("Standard_D2ds_v5")),
        ("sku.tier", json!("GeneralPurpose")),
        ("properties.replicationRole", json!("None")),
        ("properties.highAvailability.mode", json!("Disabled")),
        ("properties.dataEncryption.type", json!("SystemManaged")),
        ("properties.backup.geoRedundantBackup", json!("Disabled")),
        ("properties.backup.backupRetentionDays", Json::Null),
        ("properties.network.publicNetworkAccess", json!("Enabled")),
        ("properties.authConfig", Json::Null),
    ] {
        assert_eq!(at(&bare, path), &wanted, "{path}");
    }
    let full = shape(
        "azurerm_postgresql_flexible_server",
        &json!({
            "name": "pg", "create_mode": "Replica", "zone": 1, "delegated_subnet_id": "/subscriptions/S/subnet",
            "backup_retention_days": "14", "storage_mb": 32768, "administrator_password": "hunter2",
            "authentication": [{"active_directory_auth_enabled": true, "password_auth_enabled": false}],
            "high_availability": [{"mode": "ZoneRedundant", "standby_availability_zone": "2"}],
            "customer_managed_key": [{"key_vault_key_id": "https://kv.vault.azure.net/keys/k",
                "geo_backup_key_vault_key_id": "?var.geo"}],
            "identity": [{"type": "UserAssigned", "identity_ids": ["/subscriptions/S/id"]}]
        }),
    );
    for (path, wanted) in [
        ("properties.replicationRole", json!("AsyncReplica")),
        ("properties.availabilityZone", json!("1")),
        ("properties.network.publicNetworkAccess", json!("Disabled")),
        ("properties.backup.backupRetentionDays", json!(14)),
        ("properties.storage.storageSizeGB", json!(32)),
        ("properties.authConfig.activeDirectoryAuth", json!("Enabled")),
        ("properties.authConfig.passwordAuth", json!("Disabled")),
        ("properties.highAvailability.standbyAvailabilityZone", json!("2")),
        ("properties.dataEncryption.type", json!("AzureKeyVault")),
        ("properties.dataEncryption.geoBackupKeyURI", json!("?var.geo")),
        ("identity.userAssignedIdentities", json!({"/subscriptions/S/id": {}})),
    ] {
        assert_eq!(at(&full, path), &wanted, "{path}");
    }
    assert!(!full.to_string().contains("hunter2"));
    let promoted = json!({"name": "pg", "create_mode": "Replica", "replication_role": "None"});
    assert_eq!(shape("azurerm_postgresql_flexible_server", &promoted)["properties"]["replicationRole"], "None");
    let unknown =
        shape("azurerm_postgresql_flexible_server", &json!({"name": "pg", "delegated_subnet_id": "?var.subnet"}));
    assert!(unknown["properties"]["network"]["publicNetworkAccess"].as_str().unwrap().starts_with('?'));
}

#[test]
fn servers_and_their_children_meet() {
    let group = "rg";
    let server = json!({"name": "pg", "resource_group_name": group});
    let (mut ids, mut reading) = (Ids::default(), Reading::default());
    let parent = instance("azurerm_postgresql_flexible_server", &server);
    let id = attribute(&parent, "id", &mut ids).unwrap();
    assert_eq!(attribute(&parent, "fqdn", &mut ids).unwrap().as_str(), Some("pg.postgres.database.azure.com"));
    map(&parent, &mut ids, &mut reading);
    for (tf_type, arguments, collection) in [
        ("azurerm_postgresql_flexible_server_configuration", json!({"name": "c", "value": "on"}), "configurations/c"),
        ("azurerm_postgresql_flexible_server_firewall_rule", json!({"name": "f"}), "firewallRules/f"),
        ("azurerm_postgresql_flexible_server_database", json!({"name": "d"}), "databases/d"),
    ] {
        let mut arguments = arguments;
        arguments["server_id"] = show(&id);
        map(&instance(tf_type, &arguments), &mut ids, &mut reading);
        let child = reading.resources.last().unwrap();
        assert_eq!(child.id, format!("{}/{collection}", id.as_str().unwrap()));
    }
    let admin = json!({"server_name": "pg", "resource_group_name": group, "object_id": "o", "principal_name": "team",
        "principal_type": "Group", "tenant_id": "t"});
    map(&instance("azurerm_postgresql_flexible_server_active_directory_administrator", &admin), &mut ids, &mut reading);
    let child = reading.resources.last().unwrap();
    assert_eq!(child.id, format!("{}/administrators/o", id.as_str().unwrap()));
    assert_eq!(body(child)["name"], "team");
    assert_eq!(body(child)["properties"]["principalType"], "Group");
    assert!(reading.fragments.is_empty());
    let lost = json!({"name": "c", "value": "off", "server_id": "?data.azurerm_x is read when the code is applied"});
    map(&instance("azurerm_postgresql_flexible_server_configuration", &lost), &mut ids, &mut reading);
    let child = reading.resources.last().unwrap();
    assert!(
        child.id.contains("/flexibleServers/(azurerm_postgresql_flexible_server_configuration.main)/configurations/c")
    );
    assert_eq!(body(reading.resources.last().unwrap())["properties"]["value"], "off");
}

#[test]
fn mysql_and_the_retired_servers() {
    let mysql = shape(
        "azurerm_mysql_flexible_server",
        &json!({"name": "m", "create_mode": "Replica", "storage": [{"size_gb": 20}]}),
    );
    assert_eq!(at(&mysql, "properties.replicationRole"), "Replica");
    assert_eq!(at(&mysql, "properties.backup.backupRetentionDays"), 7);
    assert_eq!(
        at(&mysql, "properties.storage"),
        &json!({"storageSizeGB": 20, "autoGrow": "Enabled", "autoIoScaling": "Disabled", "logOnDisk": "Disabled"})
    );
    for (tf_type, tls) in [("postgresql", json!("TLS1_2")), ("mysql", json!("TLS1_2")), ("mariadb", Json::Null)] {
        let given = json!({"name": "s", "sku_name": "GP_Gen5_4", "ssl_enforcement_enabled": false});
        let reading = read(&[instance(&format!("azurerm_{tf_type}_server"), &given)]);
        let shown = body(&reading.resources[0]);
        assert_eq!(at(&shown, "properties.sslEnforcement"), "Disabled");
        assert_eq!(at(&shown, "properties.minimalTlsVersion"), &tls);
        assert_eq!(at(&shown, "sku.capacity"), 4);
        assert!(reading.remarks[0].text.contains("retired"));
    }
    let threats =
        json!({"name": "s", "threat_detection_policy": [{"enabled": true, "storage_account_access_key": "hunter2"}]});
    let reading = read(&[instance("azurerm_postgresql_server", &threats)]);
    assert_eq!(body(&reading.resources[1])["properties"]["state"], "Enabled");
    assert!(!format!("{reading:?}").contains("hunter2"));
}

#[test]
fn vaults_keys_and_their_addresses() {
    let (mut ids, mut reading) = (Ids::default(), Reading::default());
    let vault = instance(
        "azurerm_key_vault",
        &json!({"name": "?var.name", "sku_name": "premium", "access_policy": [
        {"object_id": "o", "key_permissions": ["Get"]}]}),
    );
    let id = attribute(&vault, "id", &mut ids).unwrap();
    map(&vault, &mut ids, &mut reading);
    let shown = body(&reading.resources[0]);
    for (path, wanted) in [
        ("properties.sku", json!({"family": "A", "name": "premium"})),
        ("properties.enableSoftDelete", json!(true)),
        ("properties.softDeleteRetentionInDays", json!(90)),
        ("properties.enablePurgeProtection", json!(false)),
        ("properties.enableRbacAuthorization", json!(false)),
        ("properties.publicNetworkAccess", json!("Enabled")),
        ("properties.accessPolicies", json!([{"objectId": "o", "permissions": {"keys": ["Get"]}}])),
        ("properties.vaultUri", json!("https://(azurerm_key_vault.main).vault.azure.net/")),
        ("name", json!("?var.name")),
    ] {
        assert_eq!(at(&shown, path), &wanted, "{path}");
    }
    let key = instance(
        "azurerm_key_vault_key",
        &json!({"name": "k", "key_vault_id": show(&id), "key_type": "RSA-HSM", "key_size": "3072",
            "expiration_date": "2027-06-30T00:00:00Z",
            "rotation_policy": [{"expire_after": "P1Y", "notify_before_expiry": "P30D", "automatic": [{"time_after_creation": "P180D"}]}]}),
    );
    let uri = attribute(&key, "versionless_id", &mut ids).unwrap();
    assert_eq!(uri.as_str(), Some("https://(azurerm_key_vault.main).vault.azure.net/keys/k"));
    assert!(
        attribute(&key, "id", &mut ids)
            .unwrap()
            .as_str()
            .unwrap()
            .ends_with("/keys/k/00000000000000000000000000000000")
    );
    map(&key, &mut ids, &mut reading);
    assert_eq!(reading.resources[1].id, format!("{}/keys/k", id.as_str().unwrap()));
    assert_eq!(
        body(&reading.resources[1])["properties"],
        json!({
            "attributes": {"enabled": true, "exp": 1_814_313_600}, "kty": "RSA-HSM", "keySize": 3072,
            "keyUri": "https://(azurerm_key_vault.main).vault.azure.net/keys/k",
            "rotationPolicy": {"attributes": {"expiryTime": "P1Y"}, "lifetimeActions": [
                {"action": {"type": "rotate"}, "trigger": {"timeAfterCreate": "P180D"}},
                {"action": {"type": "notify"}, "trigger": {"timeBeforeExpiry": "P30D"}}]}
        })
    );
    let policy = json!({"key_vault_id": show(&id), "object_id": "p", "secret_permissions": ["List"]});
    map(&instance("azurerm_key_vault_access_policy", &policy), &mut ids, &mut reading);
    assert!(reading.fragments[0].extends && reading.fragments[0].target.as_str() == id.as_str());
    let certificate = json!({"name": "c", "key_vault_id": show(&id), "certificate_policy": [{
        "issuer_parameters": [{"name": "Self"}],
        "lifetime_action": [{"action": [{"action_type": "AutoRenew"}], "trigger": [{"days_before_expiry": 30}]}]}]});
    let shown = shape("azurerm_key_vault_certificate", &certificate);
    assert_eq!(
        shown["properties"]["policy"],
        json!({"issuer": {"name": "Self"},
            "lifetime_actions": [{"action": {"action_type": "AutoRenew"}, "trigger": {"days_before_expiry": 30}}]})
    );
    let secret =
        json!({"name": "s", "key_vault_id": show(&id), "value": "hunter2", "expiration_date": "2027-06-30T00:00:00Z"});
    assert!(!shape("azurerm_key_vault_secret", &secret).to_string().contains("hunter2"));
}

#[test]
fn versions_of_the_provider_differ() {
    for (provider, wanted) in [(3, json!(false)), (4, json!(false)), (5, Json::Null)] {
        let given = Instance { provider, ..instance("azurerm_key_vault", &json!({"name": "v"})) };
        assert_eq!(
            at(&body(&read(&[given]).resources[0]), "properties.enableRbacAuthorization"),
            &wanted,
            "{provider}"
        );
    }
    for name in ["enable_rbac_authorization", "rbac_authorization_enabled"] {
        let shown = shape("azurerm_key_vault", &json!({"name": "v", name: "true"}));
        assert_eq!(at(&shown, "properties.enableRbacAuthorization"), true, "{name}");
    }
}

#[test]
fn old_code_gets_the_defaults_of_its_time() {
    let cases = [
        ("azurerm_storage_account", 4, json!({}), "properties.minimumTlsVersion", json!("TLS1_2")),
        ("azurerm_storage_account", 2, json!({}), "properties.minimumTlsVersion", json!("TLS1_0")),
        ("azurerm_storage_account", 2, json!({}), "properties.allowBlobPublicAccess", json!(false)),
        ("azurerm_storage_account", 3, json!({}), "properties.allowBlobPublicAccess", json!(true)),
        ("azurerm_storage_account", 5, json!({}), "properties.allowBlobPublicAccess", json!(false)),
        ("azurerm_storage_account", 1, json!({}), "properties.supportsHttpsTrafficOnly", json!(false)),
        ("azurerm_storage_account", 2, json!({}), "properties.supportsHttpsTrafficOnly", json!(true)),
        (
            "azurerm_storage_account",
            4,
            json!({"allow_blob_public_access": true}),
            "properties.minimumTlsVersion",
            json!("TLS1_0"),
        ),
        (
            "azurerm_storage_account",
            4,
            json!({"enable_https_traffic_only": true}),
            "properties.allowCrossTenantReplication",
            json!(true),
        ),
        (
            "azurerm_storage_account",
            4,
            json!({"network_rules": [{"bypass": []}]}),
            "properties.networkAcls.bypass",
            json!("None"),
        ),
        ("azurerm_redis_cache", 2, json!({}), "properties.minimumTlsVersion", json!("1.0")),
        ("azurerm_redis_cache", 4, json!({}), "properties.minimumTlsVersion", json!("1.2")),
        ("azurerm_mssql_server", 2, json!({}), "properties.minimalTlsVersion", Json::Null),
        ("azurerm_mssql_server", 4, json!({}), "properties.minimalTlsVersion", json!("1.2")),
        ("azurerm_postgresql_server", 2, json!({}), "properties.minimalTlsVersion", json!("TLSEnforcementDisabled")),
        ("azurerm_kubernetes_cluster", 2, json!({}), "properties.enableRBAC", json!(false)),
        ("azurerm_kubernetes_cluster", 4, json!({}), "properties.enableRBAC", json!(true)),
        ("azurerm_kubernetes_cluster", 4, json!({"agent_pool_profile": [{}]}), "properties.enableRBAC", json!(false)),
        (
            "azurerm_kubernetes_cluster",
            4,
            json!({"default_node_pool": [{"enable_auto_scaling": true}]}),
            "properties.autoUpgradeProfile.nodeOSUpgradeChannel",
            Json::Null,
        ),
        (
            "azurerm_private_link_endpoint",
            1,
            json!({"subnet_id": "/subscriptions/S/subnet"}),
            "properties.subnet.id",
            json!("/subscriptions/S/subnet"),
        ),
    ];
    for (tf_type, provider, arguments, path, wanted) in cases {
        let given = Instance { provider, ..instance(tf_type, &arguments) };
        assert_eq!(at(&body(&read(&[given]).resources[0]), path), &wanted, "{tf_type} {provider} {arguments}");
    }
}

#[test]
fn managed_hsm_keys_find_their_rotation() {
    let group = "rg";
    let pool = instance(
        "azurerm_key_vault_managed_hardware_security_module",
        &json!({"name": "hsm", "resource_group_name": group, "sku_name": "Standard_B1"}),
    );
    let (mut ids, mut reading) = (Ids::default(), Reading::default());
    let id = attribute(&pool, "id", &mut ids).unwrap();
    map(&pool, &mut ids, &mut reading);
    assert_eq!(body(&reading.resources[0])["sku"], json!({"name": "Standard_B1", "family": "B"}));
    let key = instance(
        "azurerm_key_vault_managed_hardware_security_module_key",
        &json!({"name": "k", "managed_hsm_id": show(&id), "key_type": "EC-HSM", "curve": "P-256"}),
    );
    let uri = attribute(&key, "id", &mut ids).unwrap();
    map(&key, &mut ids, &mut reading);
    for (key, found) in [(uri.as_str().unwrap(), true), ("https://hsm.managedhsm.azure.net/keys/other", false)] {
        let rotation = json!({"managed_hsm_key_id": key, "time_after_creation": "P90D"});
        map(
            &instance("azurerm_key_vault_managed_hardware_security_module_key_rotation_policy", &rotation),
            &mut ids,
            &mut reading,
        );
        settle(&mut reading);
        let fragment = reading.fragments.pop().unwrap();
        assert_eq!(fragment.target.as_str() == Some(&reading.resources[1].id), found, "{key}");
        assert_eq!(fragment.target.reason().is_none(), found);
    }
}

#[test]
fn children_named_without_group_find_their_only_parent() {
    let parent =
        |group: &str| instance("azurerm_mysql_flexible_server", &json!({"name": "my", "resource_group_name": group}));
    let child = instance("azurerm_mysql_flexible_database", &json!({"name": "d", "server_name": "MY"}));
    let mut one = read(&[child.clone(), parent("rg")]);
    settle(&mut one);
    assert_eq!(one.resources[0].id, format!("{}/databases/d", one.resources[1].id));
    let mut two = read(&[child, parent("rg"), Instance { address: "b".to_owned(), ..parent("other") }]);
    settle(&mut two);
    assert!(two.resources[0].id.contains("(resource group)"));
}

#[test]
fn names_that_are_not_known_still_say_whose_they_are() {
    let unknown = |address: &str| Instance {
        address: address.to_owned(),
        ..instance("azurerm_mysql_flexible_server", &json!({"name": "?var.n"}))
    };
    let parent = unknown("module.a.azurerm_mysql_flexible_server.main");
    let name = show(&unknown_name(&parent.address, "var.n has no value"));
    let group = show(&unknown_name("azurerm_resource_group.rg", "var.g has no value"));
    let mut given = json!({"name": "d", "server_name": name});
    let child = |given: &Json| read(&[instance("azurerm_mysql_flexible_database", given)]).resources[0].id.clone();
    assert_eq!(child(&given), format!("{}/databases/d", read(&[parent]).resources[0].id));
    given["resource_group_name"] = group.clone();
    assert!(child(&given).starts_with("/subscriptions/S/resourceGroups/(azurerm_resource_group.rg)/"));
    // The name of something else is not the name of a server.
    given["server_name"] = group;
    assert!(child(&given).contains("/flexibleServers/(azurerm_mysql_flexible_database.main)/"));
    assert_eq!(unknown_name("b", "the name of a is not known: x"), unknown_name("a", "x"));
}

#[test]
fn groups_identities_and_strangers() {
    let reading = read(&[instance(
        "azurerm_resource_group",
        &json!({"name": "rg", "location": "westeurope", "tags": {"a": "b"}}),
    )]);
    assert_eq!(reading.resources[0].id, "/subscriptions/S/resourceGroups/rg");
    assert_eq!(body(&reading.resources[0]), json!({"name": "rg", "location": "westeurope", "tags": {"a": "b"}}));
    let identity = instance("azurerm_user_assigned_identity", &json!({"name": "i", "resource_group_name": "rg"}));
    let principal = attribute(&identity, "principal_id", &mut Ids::default()).unwrap();
    assert!(principal.reason().unwrap().contains("known after apply"));
    let reading = read(&[instance("azurerm_never_heard_of", &json!({})), instance("aws_s3_bucket", &json!({}))]);
    assert_eq!(reading.unmapped.into_iter().collect::<Vec<_>>(), [("azurerm_never_heard_of".to_owned(), 1)]);
    assert!(knows("azurerm_key_vault") && !knows("azurerm_never_heard_of") && !concerns_azure("aws_s3_bucket"));
}

#[test]
fn names_that_repeat_get_ids_of_their_own() {
    let one = instance("azurerm_key_vault", &json!({"name": "kv", "resource_group_name": "rg"}));
    let two = Instance { address: "module.b.azurerm_key_vault.main".to_owned(), ..one.clone() };
    let reading = read(&[one, two]);
    assert_ne!(reading.resources[0].id, reading.resources[1].id);
}
