package azure.postgresql.geo_backup_key_set_test

import data.azure.postgresql.geo_backup_key_set

_server(encryption, geo, key) := {"resource": {"properties": {
	"dataEncryption": {"type": encryption, "geoBackupKeyURI": key},
	"backup": {"geoRedundantBackup": geo},
}}}

_key := "https://kv-payments-neu.vault.azure.net/keys/pg-payments-weu-01-geo"

test_denies_an_empty_or_wrong_key if {
	every uri in ["", "https://kv-payments-neu.vault.azure.net/secrets/geo"] {
		server := _server("AzureKeyVault", "Enabled", uri)
		some finding in geo_backup_key_set.deny with input as server
		finding.path == "resource.properties.dataEncryption.geoBackupKeyURI"
		finding.actual == uri
		finding.expected == "https://VAULT/keys/NAME"
		count(geo_backup_key_set.unknown) == 0 with input as server
		count(geo_backup_key_set.not_applicable) == 0 with input as server
	}
}

test_denies_a_missing_key if {
	server := {"resource": {"properties": {"dataEncryption": {"type": "azurekeyvault"}, "backup": {"geoRedundantBackup": "enabled"}}}}
	some finding in geo_backup_key_set.deny with input as server
	finding.actual == ""
}

test_passes_a_key if {
	every server in [_server("AzureKeyVault", "Enabled", _key), _server("AZUREKEYVAULT", "ENABLED", _key)] {
		count(geo_backup_key_set.deny) == 0 with input as server
		count(geo_backup_key_set.unknown) == 0 with input as server
		count(geo_backup_key_set.not_applicable) == 0 with input as server
	}
}

test_ignores_system_managed if {
	every server in [_server("SystemManaged", "Enabled", ""), {"resource": {"properties": {"backup": {"geoRedundantBackup": "Enabled"}}}}] {
		count(geo_backup_key_set.not_applicable) == 1 with input as server
		count(geo_backup_key_set.unknown) == 0 with input as server
		count(geo_backup_key_set.deny) == 0 with input as server
	}
}

test_ignores_local_backups if {
	every server in [_server("AzureKeyVault", "Disabled", ""), {"resource": {"properties": {"dataEncryption": {"type": "AzureKeyVault"}}}}] {
		count(geo_backup_key_set.not_applicable) == 1 with input as server
		count(geo_backup_key_set.unknown) == 0 with input as server
		count(geo_backup_key_set.deny) == 0 with input as server
	}
}

test_other_mode_is_unknown if {
	count(geo_backup_key_set.unknown) == 1 with input as _server("AzureVaultPlus", "Enabled", "")
	count(geo_backup_key_set.deny) == 0 with input as _server("AzureVaultPlus", "Enabled", "")
}

test_other_redundancy_is_unknown if {
	count(geo_backup_key_set.unknown) == 1 with input as _server("AzureKeyVault", "Both", "")
	count(geo_backup_key_set.deny) == 0 with input as _server("AzureKeyVault", "Both", "")
}
