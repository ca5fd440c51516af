package azure.postgresql.geo_backup_key_in_paired_region_test

import data.azure.postgresql.geo_backup_key_in_paired_region

_encryption := {"type": "AzureKeyVault", "geoBackupKeyURI": "https://kv-payments-neu.vault.azure.net/keys/pg-payments-weu-01-geo"}

_input(location, vault) := {
	"resource": {"location": location, "properties": {"dataEncryption": _encryption, "backup": {"geoRedundantBackup": "Enabled"}}},
	"related": {"geo_backup_key_vault": vault},
}

_mode(encryption, geo, key) := {
	"resource": {"location": "westeurope", "properties": {"dataEncryption": {"type": encryption, "geoBackupKeyURI": key}, "backup": {"geoRedundantBackup": geo}}},
	"related": {"geo_backup_key_vault": {"location": "northeurope"}},
}

_extended(name, state) := {"location": "uksouth", "properties": {"regions": [
	{"name": "uksouth", "isPrimary": true, "provisioningState": "Succeeded"},
	{"name": name, "isPrimary": false, "provisioningState": state},
]}}

test_denies_a_vault_beside_the_server if {
	server := _input("westeurope", {"location": "westeurope"})
	some finding in geo_backup_key_in_paired_region.deny with input as server
	finding.path == "related.geo_backup_key_vault.location"
	finding.actual == "westeurope"
	finding.expected == "northeurope"
	count(geo_backup_key_in_paired_region.unknown) == 0 with input as server
	count(geo_backup_key_in_paired_region.not_applicable) == 0 with input as server
}

test_passes_a_vault_in_the_pair if {
	every server in [_input("westeurope", {"location": "northeurope"}), _input("West Europe", {"location": "North Europe"})] {
		count(geo_backup_key_in_paired_region.deny) == 0 with input as server
		count(geo_backup_key_in_paired_region.unknown) == 0 with input as server
		count(geo_backup_key_in_paired_region.not_applicable) == 0 with input as server
	}
}

test_passes_a_managed_hsm_extended_to_the_pair if {
	every hsm in [_extended("northeurope", "Succeeded"), _extended("North Europe", "succeeded")] {
		count(geo_backup_key_in_paired_region.deny) == 0 with input as _input("westeurope", hsm)
		count(geo_backup_key_in_paired_region.unknown) == 0 with input as _input("westeurope", hsm)
	}
}

test_denies_a_managed_hsm_extended_elsewhere if {
	server := _input("westeurope", _extended("francecentral", "Succeeded"))
	some finding in geo_backup_key_in_paired_region.deny with input as server
	finding.actual == "uksouth"
	count(geo_backup_key_in_paired_region.unknown) == 0 with input as server
}

test_managed_hsm_that_is_not_ready_is_unknown if {
	stateless := {"location": "uksouth", "properties": {"regions": [{"name": "northeurope", "isPrimary": false}]}}
	every hsm in [_extended("northeurope", "Provisioning"), stateless] {
		count(geo_backup_key_in_paired_region.unknown) == 1 with input as _input("westeurope", hsm)
		count(geo_backup_key_in_paired_region.deny) == 0 with input as _input("westeurope", hsm)
	}
}

test_region_without_pair_is_unknown if {
	every location in ["italynorth", "atlantis"] {
		server := _input(location, {"location": "northeurope"})
		count(geo_backup_key_in_paired_region.unknown) == 1 with input as server
		count(geo_backup_key_in_paired_region.deny) == 0 with input as server
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_location if {
	server := _input("westeurope", {"name": "kv-payments-neu"})
	count(geo_backup_key_in_paired_region.deny) == 0 with input as server
	count(geo_backup_key_in_paired_region.not_applicable) == 0 with input as server
}

test_ignores_system_managed if {
	server := _mode("SystemManaged", "Enabled", _encryption.geoBackupKeyURI)
	count(geo_backup_key_in_paired_region.not_applicable) == 1 with input as server
	count(geo_backup_key_in_paired_region.unknown) == 0 with input as server
	count(geo_backup_key_in_paired_region.not_applicable) == 3 with input as {"resource": {"location": "westeurope", "properties": {}}}
}

test_ignores_local_backups if {
	server := _mode("AzureKeyVault", "Disabled", _encryption.geoBackupKeyURI)
	count(geo_backup_key_in_paired_region.not_applicable) == 1 with input as server
	count(geo_backup_key_in_paired_region.unknown) == 0 with input as server
}

test_ignores_a_server_without_the_key if {
	count(geo_backup_key_in_paired_region.not_applicable) == 1 with input as _mode("AzureKeyVault", "Enabled", "")
}

test_case_does_not_matter if {
	server := _mode("AZUREKEYVAULT", "ENABLED", _encryption.geoBackupKeyURI)
	count(geo_backup_key_in_paired_region.not_applicable) == 0 with input as server
	count(geo_backup_key_in_paired_region.unknown) == 0 with input as server
}

test_other_mode_is_unknown if {
	count(geo_backup_key_in_paired_region.unknown) == 1 with input as _mode("AzureVaultPlus", "Enabled", _encryption.geoBackupKeyURI)
}

test_other_redundancy_is_unknown if {
	count(geo_backup_key_in_paired_region.unknown) == 1 with input as _mode("AzureKeyVault", "Both", _encryption.geoBackupKeyURI)
}
