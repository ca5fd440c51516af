package azure.mysql.geo_backup_key_in_paired_region_test

import data.azure.mysql.geo_backup_key_in_paired_region

_uri := "https://kv-payments-neu.vault.azure.net/keys/mysql-payments"

_mode(type, geo, uri, location, vault) := {
	"resource": {"location": location, "properties": {
		"dataEncryption": {"type": type, "geoBackupKeyURI": uri},
		"backup": {"geoRedundantBackup": geo},
	}},
	"related": {"geo_backup_key_vault": vault},
}

_server(location, vault) := _mode("AzureKeyVault", "Enabled", _uri, location, vault)

_extended(name, state) := {"location": "uksouth", "properties": {"regions": [
	{"name": "uksouth", "isPrimary": true, "provisioningState": "Succeeded"},
	{"name": name, "isPrimary": false, "provisioningState": state},
]}}

test_passes_a_vault_in_the_pair if {
	every server in [_server("westeurope", {"location": "northeurope"}), _server("West Europe", {"location": "North Europe"})] {
		count(geo_backup_key_in_paired_region.deny) == 0 with input as server
		count(geo_backup_key_in_paired_region.unknown) == 0 with input as server
		count(geo_backup_key_in_paired_region.not_applicable) == 0 with input as server
	}
}

test_denies_a_vault_beside_the_server if {
	server := _server("West Europe", {"location": "WestEurope"})
	count(geo_backup_key_in_paired_region.deny) == 1 with input as server
	some finding in geo_backup_key_in_paired_region.deny with input as server
	finding.message
	finding.path == "related.geo_backup_key_vault.location"
	finding.actual == "WestEurope"
	finding.expected == "northeurope"
	count(geo_backup_key_in_paired_region.unknown) == 0 with input as server
}

test_passes_a_managed_hsm_extended_to_the_pair if {
	every pool in [_extended("northeurope", "Succeeded"), _extended("North Europe", "succeeded")] {
		count(geo_backup_key_in_paired_region.deny) == 0 with input as _server("westeurope", pool)
		count(geo_backup_key_in_paired_region.unknown) == 0 with input as _server("westeurope", pool)
	}
}

test_denies_a_managed_hsm_extended_elsewhere if {
	server := _server("westeurope", _extended("francecentral", "Succeeded"))
	count(geo_backup_key_in_paired_region.deny) == 1 with input as server
	some finding in geo_backup_key_in_paired_region.deny with input as server
	finding.actual == "uksouth"
	count(geo_backup_key_in_paired_region.unknown) == 0 with input as server
}

test_managed_hsm_that_is_not_ready_in_the_pair_is_unknown if {
	stateless := {"location": "uksouth", "properties": {"regions": [{"name": "northeurope", "isPrimary": false}]}}
	every pool in [_extended("northeurope", "Provisioning"), stateless] {
		count(geo_backup_key_in_paired_region.unknown) == 1 with input as _server("westeurope", pool)
		count(geo_backup_key_in_paired_region.deny) == 0 with input as _server("westeurope", pool)
	}
}

# Where the pool lies in the pair itself, the state of a copy does not matter.
test_managed_hsm_in_the_pair_passes if {
	pool := {"location": "northeurope", "properties": {"regions": [{"name": "northeurope", "isPrimary": true}]}}
	count(geo_backup_key_in_paired_region.unknown) == 0 with input as _server("westeurope", pool)
	count(geo_backup_key_in_paired_region.deny) == 0 with input as _server("westeurope", pool)
}

test_pairs_go_one_way if {
	count(geo_backup_key_in_paired_region.deny) == 0 with input as _server("brazilsouth", {"location": "southcentralus"})
	count(geo_backup_key_in_paired_region.deny) == 1 with input as _server("southcentralus", {"location": "brazilsouth"})
}

test_region_without_a_known_pair_is_unknown if {
	every location in ["italynorth", "atlantis"] {
		count(geo_backup_key_in_paired_region.unknown) == 1 with input as _server(location, {"location": "northeurope"})
		count(geo_backup_key_in_paired_region.deny) == 0 with input as _server(location, {"location": "northeurope"})
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_location if {
	count(geo_backup_key_in_paired_region.deny) == 0 with input as _server("westeurope", {"name": "kv-payments-neu"})
	count(geo_backup_key_in_paired_region.unknown) == 0 with input as _server("westeurope", {"name": "kv-payments-neu"})
}

test_not_applicable_with_a_key_that_azure_manages if {
	server := _mode("SYSTEMMANAGED", "Enabled", _uri, "westeurope", {"location": "northeurope"})
	count(geo_backup_key_in_paired_region.not_applicable) == 1 with input as server
	count(geo_backup_key_in_paired_region.unknown) == 0 with input as server
}

test_not_applicable_without_geo_redundancy if {
	server := _mode("AzureKeyVault", "DISABLED", _uri, "westeurope", {"location": "northeurope"})
	count(geo_backup_key_in_paired_region.not_applicable) == 1 with input as server
	count(geo_backup_key_in_paired_region.unknown) == 0 with input as server
}

test_not_applicable_without_a_key_for_backups if {
	count(geo_backup_key_in_paired_region.not_applicable) == 1 with input as _mode("AzureKeyVault", "Enabled", "", "westeurope", {"location": "northeurope"})
}

test_missing_properties_are_the_defaults_of_the_platform if {
	count(geo_backup_key_in_paired_region.not_applicable) == 3 with input as {"resource": {"location": "westeurope", "properties": {}}}
	count(geo_backup_key_in_paired_region.unknown) == 0 with input as {"resource": {"location": "westeurope", "properties": {}}}
}

test_case_does_not_matter if {
	server := _mode("AZUREKEYVAULT", "ENABLED", _uri, "westeurope", {"location": "northeurope"})
	count(geo_backup_key_in_paired_region.not_applicable) == 0 with input as server
	count(geo_backup_key_in_paired_region.unknown) == 0 with input as server
}

test_other_type_is_unknown if {
	count(geo_backup_key_in_paired_region.unknown) == 1 with input as _mode("CloudHsm", "Enabled", _uri, "westeurope", {"location": "northeurope"})
}

test_other_redundancy_is_unknown if {
	count(geo_backup_key_in_paired_region.unknown) == 1 with input as _mode("AzureKeyVault", "Everywhere", _uri, "westeurope", {"location": "northeurope"})
}
