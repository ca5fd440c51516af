package azure.postgresql.public_network_access_disabled_test

import data.azure.postgresql.public_network_access_disabled

_server(access, subnet) := {"resource": {"properties": {"network": {"publicNetworkAccess": access, "delegatedSubnetResourceId": subnet}}}}

_subnet := "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-payments-weu/providers/Microsoft.Network/virtualNetworks/vnet-payments-weu/subnets/snet-db"

test_denies_public_access if {
	every access in ["Enabled", "enabled"] {
		some finding in public_network_access_disabled.deny with input as _server(access, "")
		finding.path == "resource.properties.network.publicNetworkAccess"
		finding.actual == access
		finding.expected == "Disabled"
		count(public_network_access_disabled.unknown) == 0 with input as _server(access, "")
	}
}

test_missing_setting_is_enabled if {
	some finding in public_network_access_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Enabled"
}

test_passes_without_public_access if {
	every server in [_server("Disabled", ""), _server("disabled", _subnet)] {
		count(public_network_access_disabled.deny) == 0 with input as server
		count(public_network_access_disabled.unknown) == 0 with input as server
	}
}

test_passes_a_server_in_a_subnet if {
	every server in [_server("Enabled", _subnet), {"resource": {"properties": {"network": {"delegatedSubnetResourceId": _subnet}}}}] {
		count(public_network_access_disabled.deny) == 0 with input as server
		count(public_network_access_disabled.unknown) == 0 with input as server
	}
}

test_other_value_is_unknown if {
	count(public_network_access_disabled.unknown) == 1 with input as _server("Novelty", "")
	count(public_network_access_disabled.deny) == 0 with input as _server("Novelty", "")
}
