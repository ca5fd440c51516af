package azure.postgresql.geo_backup_key_valid_test

import data.azure.postgresql.geo_backup_key_valid

_key := "https://kv-payments-neu.vault.azure.net/keys/pg-payments-weu-01-geo"

_server(encryption, geo, key, status) := {"resource": {"properties": {
	"dataEncryption": {"type": encryption, "geoBackupKeyURI": key, "geoBackupEncryptionKeyStatus": status},
	"backup": {"geoRedundantBackup": geo},
}}}

test_denies_an_invalid_key if {
	server := _server("AzureKeyVault", "Enabled", _key, "Invalid")
	some finding in geo_backup_key_valid.deny with input as server
	finding.path == "resource.properties.dataEncryption.geoBackupEncryptionKeyStatus"
	finding.actual == "Invalid"
	finding.expected == "Valid"
	count(geo_backup_key_valid.unknown) == 0 with input as server
	count(geo_backup_key_valid.not_applicable) == 0 with input as server
}

test_passes_a_valid_key if {
	every server in [_server("AzureKeyVault", "Enabled", _key, "Valid"), _server("AZUREKEYVAULT", "ENABLED", _key, "VALID")] {
		count(geo_backup_key_valid.deny) == 0 with input as server
		count(geo_backup_key_valid.unknown) == 0 with input as server
		count(geo_backup_key_valid.not_applicable) == 0 with input as server
	}
}

test_ignores_system_managed if {
	count(geo_backup_key_valid.not_applicable) == 1 with input as _server("SystemManaged", "Enabled", _key, "Valid")
	count(geo_backup_key_valid.unknown) == 0 with input as _server("SystemManaged", "Enabled", _key, "Valid")
	count(geo_backup_key_valid.not_applicable) == 3 with input as {"resource": {"properties": {}}}
}

test_ignores_local_backups if {
	count(geo_backup_key_valid.not_applicable) == 1 with input as _server("AzureKeyVault", "Disabled", _key, "Valid")
	count(geo_backup_key_valid.unknown) == 0 with input as _server("AzureKeyVault", "Disabled", _key, "Valid")
}

test_ignores_a_server_without_the_key if {
	without := {"resource": {"properties": {"dataEncryption": {"type": "AzureKeyVault"}, "backup": {"geoRedundantBackup": "Enabled"}}}}
	every server in [_server("AzureKeyVault", "Enabled", "", "Valid"), without] {
		count(geo_backup_key_valid.not_applicable) == 1 with input as server
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_status if {
	server := {"resource": {"properties": {"dataEncryption": {"type": "AzureKeyVault", "geoBackupKeyURI": _key}, "backup": {"geoRedundantBackup": "Enabled"}}}}
	count(geo_backup_key_valid.deny) == 0 with input as server
	count(geo_backup_key_valid.not_applicable) == 0 with input as server
}

test_other_status_is_unknown if {
	count(geo_backup_key_valid.unknown) == 1 with input as _server("AzureKeyVault", "Enabled", _key, "Pending")
	count(geo_backup_key_valid.deny) == 0 with input as _server("AzureKeyVault", "Enabled", _key, "Pending")
}

test_other_mode_is_unknown if count(geo_backup_key_valid.unknown) == 1 with input as _server("AzureVaultPlus", "Enabled", _key, "Valid")

test_other_redundancy_is_unknown if count(geo_backup_key_valid.unknown) == 1 with input as _server("AzureKeyVault", "Both", _key, "Valid")
