package azure.network.subnet_has_security_group_test

import data.azure.network.subnet_has_security_group

_subnet(name, properties) := {"resource": {"name": name, "properties": properties}}

test_denies_a_subnet_without_group if {
	every properties in [{}, {"networkSecurityGroup": {"id": ""}}] {
		some finding in subnet_has_security_group.deny with input as _subnet("snet-apps", properties)
		finding.path == "resource.properties.networkSecurityGroup.id"
		finding.actual == "absent"
		finding.expected == "the id of a network security group"
		count(subnet_has_security_group.not_applicable) == 0 with input as _subnet("snet-apps", properties)
	}
}

test_passes_a_subnet_with_group if {
	count(subnet_has_security_group.deny) == 0 with input as _subnet("snet-apps", {"networkSecurityGroup": {"id": "x"}})
}

test_ignores_subnets_of_the_platform if {
	every name in ["GatewaySubnet", "AzureFirewallSubnet", "AzureFirewallManagementSubnet", "RouteServerSubnet"] {
		count(subnet_has_security_group.not_applicable) == 1 with input as _subnet(name, {})
	}
}
