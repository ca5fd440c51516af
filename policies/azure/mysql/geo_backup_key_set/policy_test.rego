package azure.mysql.geo_backup_key_set_test

import data.azure.mysql.geo_backup_key_set

_server(type, geo, uri) := {"resource": {"properties": {
	"dataEncryption": {"type": type, "geoBackupKeyURI": uri},
	"backup": {"geoRedundantBackup": geo},
}}}

_uri := "https://kv-payments-neu.vault.azure.net/keys/mysql-payments"

test_passes_a_geo_key if {
	count(geo_backup_key_set.deny) == 0 with input as _server("azurekeyvault", "ENABLED", _uri)
	count(geo_backup_key_set.unknown) == 0 with input as _server("azurekeyvault", "ENABLED", _uri)
	count(geo_backup_key_set.not_applicable) == 0 with input as _server("azurekeyvault", "ENABLED", _uri)
}

test_denies_an_empty_geo_key if {
	count(geo_backup_key_set.deny) == 1 with input as _server("AZUREKEYVAULT", "enabled", "")
	some finding in geo_backup_key_set.deny with input as _server("AzureKeyVault", "Enabled", "")
	finding.message
	finding.path == "resource.properties.dataEncryption.geoBackupKeyURI"
	finding.actual == ""
	finding.expected == "https://VAULT/keys/NAME"
}

test_denies_what_is_no_key if {
	count(geo_backup_key_set.deny) == 1 with input as _server("AzureKeyVault", "Enabled", "https://kv-payments-neu.vault.azure.net/secrets/mysql")
}

test_denies_a_missing_geo_key if {
	server := {"resource": {"properties": {"dataEncryption": {"type": "AzureKeyVault"}, "backup": {"geoRedundantBackup": "Enabled"}}}}
	count(geo_backup_key_set.deny) == 1 with input as server
	some finding in geo_backup_key_set.deny with input as server
	finding.actual == ""
}

test_not_applicable_with_a_key_that_azure_manages if {
	count(geo_backup_key_set.not_applicable) == 1 with input as _server("SYSTEMMANAGED", "Enabled", "")
	count(geo_backup_key_set.deny) == 0 with input as _server("SystemManaged", "Enabled", "")
	count(geo_backup_key_set.unknown) == 0 with input as _server("SystemManaged", "Enabled", "")
}

test_not_applicable_without_geo_redundancy if {
	count(geo_backup_key_set.not_applicable) == 1 with input as _server("AzureKeyVault", "disabled", "")
	count(geo_backup_key_set.deny) == 0 with input as _server("AzureKeyVault", "Disabled", "")
	count(geo_backup_key_set.unknown) == 0 with input as _server("AzureKeyVault", "Disabled", "")
}

test_missing_properties_are_the_defaults_of_the_platform if {
	count(geo_backup_key_set.not_applicable) == 2 with input as {"resource": {"properties": {}}}
	count(geo_backup_key_set.deny) == 0 with input as {"resource": {"properties": {}}}
	count(geo_backup_key_set.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_type_is_unknown if {
	count(geo_backup_key_set.unknown) == 1 with input as _server("CloudHsm", "Enabled", "")
	count(geo_backup_key_set.deny) == 0 with input as _server("CloudHsm", "Enabled", "")
}

test_other_redundancy_is_unknown if {
	count(geo_backup_key_set.unknown) == 1 with input as _server("AzureKeyVault", "Everywhere", "")
	count(geo_backup_key_set.deny) == 0 with input as _server("AzureKeyVault", "Everywhere", "")
}
