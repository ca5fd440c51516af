package azure.estate.replica_key_in_its_region_test

import data.azure.estate.replica_key_in_its_region

replica(encryption, vault) := {
	"resource": {"location": "North Europe", "properties": {"replicationRole": "GeoAsyncReplica", "dataEncryption": {"type": encryption}}},
	"related": {"key_vault": vault},
}

far := {"location": "westeurope", "properties": {}}

hsm(state) := {"location": "westeurope", "properties": {"regions": [{"name": "northeurope", "provisioningState": state}, {"name": "France Central", "provisioningState": "Succeeded"}]}}

test_denies_a_key_elsewhere if {
	every vault in [far, hsm("Provisioning")] {
		some f in replica_key_in_its_region.deny with input as replica("azurekeyvault", vault)
		f.path == "related.key_vault.location"
		f.actual == "westeurope"
		f.expected == "North Europe"
		count(replica_key_in_its_region.unknown) == 0 with input as replica("azurekeyvault", vault)
		count(replica_key_in_its_region.not_applicable) == 0 with input as replica("azurekeyvault", vault)
	}
}

test_extension_without_a_state_is_unknown if {
	extended := {"location": "westeurope", "properties": {"regions": [{"name": "northeurope"}]}}
	replica_key_in_its_region.unknown == {"whether the Managed HSM is ready in North Europe is not known"} with input as replica("AzureKeyVault", extended)
	count(replica_key_in_its_region.deny) == 0 with input as replica("AzureKeyVault", extended)
	count(replica_key_in_its_region.unknown) == 0 with input as replica("AzureKeyVault", {"location": "northeurope", "properties": {"regions": [{"name": "northeurope"}]}})
	count(replica_key_in_its_region.deny) == 1 with input as replica("AzureKeyVault", {"location": "westeurope", "properties": {"regions": [{"name": "francecentral"}]}})
}

test_passes_a_key_in_the_region if {
	every vault in [{"location": "northeurope", "properties": {}}, hsm("succeeded")] {
		count(replica_key_in_its_region.deny) == 0 with input as replica("AzureKeyVault", vault)
		count(replica_key_in_its_region.unknown) == 0 with input as replica("AzureKeyVault", vault)
		count(replica_key_in_its_region.not_applicable) == 0 with input as replica("AzureKeyVault", vault)
	}
}

test_platform_key_is_not_judged if {
	replica_key_in_its_region.not_applicable == {"the replica is encrypted with a key that Azure manages"} with input as replica("systemmanaged", far)
	bare := {"resource": {"location": "northeurope", "properties": {"replicationRole": "Replica"}}, "related": {}}
	count(replica_key_in_its_region.not_applicable) == 1 with input as bare
	count(replica_key_in_its_region.deny) == 0 with input as replica("SystemManaged", far)
	count(replica_key_in_its_region.unknown) == 0 with input as replica("SystemManaged", far)
}

test_writer_is_not_judged if {
	writer := object.union(replica("AzureKeyVault", far), {"resource": {"properties": {"replicationRole": "Primary"}}})
	replica_key_in_its_region.not_applicable == {"the server is no replica"} with input as writer
}

test_new_values_are_unknown if {
	replica_key_in_its_region.unknown == {"dataEncryption.type is \"Confidential\", which this policy does not know"} with input as replica("Confidential", far)
	count(replica_key_in_its_region.deny) == 0 with input as replica("Confidential", far)
	new := object.union(replica("AzureKeyVault", hsm("Succeeded")), {"resource": {"properties": {"replicationRole": "CascadingReplica"}}})
	replica_key_in_its_region.unknown == {"the replication role \"CascadingReplica\" is not known"} with input as new
}
