package azure.storage.geo_replication_live_test

import data.azure.storage.geo_replication_live

account(sku, status) := {"resource": {"sku": {"name": sku}, "properties": {"geoReplicationStats": {"status": status}}}}

test_denies_a_copy_that_cannot_take_over if {
	every status in ["bootstrap", "Unavailable"] {
		some f in geo_replication_live.deny with input as account("Standard_GRS", status)
		f.path == "resource.properties.geoReplicationStats.status"
		f.actual == status
		f.expected == "Live"
		count(geo_replication_live.unknown) == 0 with input as account("Standard_GRS", status)
	}
}

test_passes_live_replication if {
	count(geo_replication_live.deny) == 0 with input as account("standard_ragzrs", "live")
	count(geo_replication_live.unknown) == 0 with input as account("standard_ragzrs", "live")
	count(geo_replication_live.not_applicable) == 0 with input as account("standard_ragzrs", "live")
}

test_account_of_one_region_is_not_judged if {
	local := {"resource": {"sku": {"name": "Standard_LRS"}, "properties": {}}}
	geo_replication_live.not_applicable == {"the account keeps no copy in another region: Standard_LRS"} with input as local
	count(geo_replication_live.unknown) == 0 with input as local
}

test_new_status_is_unknown if {
	geo_replication_live.unknown == {"the replication status \"Paused\" is not known"} with input as account("Standard_GRS", "Paused")
}

test_new_sku_is_unknown if {
	geo_replication_live.unknown == {"the SKU \"Standard_XRS\" is not known"} with input as account("Standard_XRS", "Live")
}
