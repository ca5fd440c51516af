package azure.network.private_endpoint_registered_in_dns_test

import data.azure.network.private_endpoint_registered_in_dns

_zone(name) := sprintf("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/%s", [name])

_endpoint(groups, zones) := {
	"resource": {"location": "westeurope", "properties": {"privateLinkServiceConnections": [{"name": "c", "properties": {"privateLinkServiceId": "/x", "groupIds": groups}}]}},
	"children": {"privateDnsZoneGroups": {"default": {"properties": {"privateDnsZoneConfigs": [{"properties": {"privateDnsZoneId": _zone(zone)}} | some zone in zones]}}}},
}

_verdict(it) := [count(denied), count(unclear)] if {
	denied := private_endpoint_registered_in_dns.deny with input as it
	unclear := private_endpoint_registered_in_dns.unknown with input as it
}

test_denies_the_wrong_zone if {
	some finding in private_endpoint_registered_in_dns.deny with input as _endpoint(["table"], ["privatelink.blob.core.windows.net", "corp.example.com"])
	finding.path == "children.privateDnsZoneGroups.*.properties.privateDnsZoneConfigs"
	finding.actual == "corp.example.com, privatelink.blob.core.windows.net"
	finding.expected == "privatelink.table.core.windows.net or privatelink.table.cosmos.azure.com"
}

test_denies_no_zone if {
	_verdict(_endpoint(["vault"], [])) == [1, 0]
	_verdict(object.union(_endpoint(["vault"], []), {"children": {"privateDnsZoneGroups": {}}})) == [1, 0]
}

test_passes_the_right_zone if _verdict(_endpoint(["PostgresqlServer"], ["privatelink.POSTGRES.database.azure.com"])) == [0, 0]

test_every_group_needs_its_zone if _verdict(_endpoint(["blob", "file"], ["privatelink.blob.core.windows.net"])) == [1, 0]

test_unknown_group_is_unknown if _verdict(_endpoint(["teapot"], ["privatelink.blob.core.windows.net"])) == [0, 1]

test_a_group_that_is_not_known_hides_no_other if {
	_verdict(_endpoint(["teapot", "vault"], [])) == [1, 1]
	_verdict(_endpoint(["vault", "teapot"], [])) == [1, 1]
}

test_a_target_that_is_not_named_is_unknown if {
	_verdict(object.union(_endpoint([], []), {"resource": {"properties": {"privateLinkServiceConnections": [{"name": "c", "properties": {"groupIds": ["vault"]}}]}}})) == [0, 1]
	_verdict(object.union(_endpoint([], []), {"resource": {"properties": {"privateLinkServiceConnections": [{"name": "c", "properties": {"privateLinkServiceId": 7, "groupIds": ["vault"]}}]}}})) == [0, 1]
}

test_no_group_is_unknown if _verdict(_endpoint([], [])) == [0, 1]

test_region_bound_zones if {
	_verdict(_endpoint(["management"], ["privatelink.westeurope.azmk8s.io"])) == [0, 0]
	_verdict(_endpoint(["cluster"], ["privatelink.kusto.windows.net"])) == [1, 0]
}

test_the_target_decides_between_zones if {
	connection := {"name": "c", "properties": {"groupIds": ["table"], "privateLinkServiceId": "/subscriptions/s/resourceGroups/g/providers/Microsoft.DocumentDB/databaseAccounts/a"}}
	it := object.union(_endpoint([], ["privatelink.table.core.windows.net"]), {"resource": {"properties": {"privateLinkServiceConnections": [connection]}}})
	_verdict(it) == [1, 0]
}

test_other_clouds_are_unknown if {
	every location in ["usgovvirginia", "chinanorth3"] {
		_verdict(object.union(_endpoint(["vault"], []), {"resource": {"location": location}})) == [0, 1]
	}
}
