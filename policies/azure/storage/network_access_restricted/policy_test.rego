package azure.storage.network_access_restricted_test

import data.azure.storage.network_access_restricted

_account(public, action) := {"resource": {"properties": {"publicNetworkAccess": public, "networkAcls": {"defaultAction": action}}}}

test_denies_an_open_firewall if {
	every action in ["Allow", "allow"] {
		some finding in network_access_restricted.deny with input as _account("enabled", action)
		finding.path == "resource.properties.networkAcls.defaultAction"
		finding.actual == action
		finding.expected == "Deny"
		count(network_access_restricted.unknown) == 0 with input as _account("enabled", action)
	}
}

test_missing_public_access_is_enabled if {
	count(network_access_restricted.deny) == 1 with input as {"resource": {"properties": {"networkAcls": {"defaultAction": "Allow"}}}}
	count(network_access_restricted.unknown) == 0 with input as {"resource": {"properties": {"networkAcls": {"defaultAction": "Allow"}}}}
}

test_passes_a_closed_firewall if {
	every action in ["Deny", "DENY"] {
		count(network_access_restricted.deny) == 0 with input as _account("Enabled", action)
		count(network_access_restricted.unknown) == 0 with input as _account("Enabled", action)
	}
}

test_passes_without_public_access if {
	count(network_access_restricted.deny) == 0 with input as _account("DISABLED", "Allow")
	count(network_access_restricted.unknown) == 0 with input as _account("DISABLED", "Allow")
}

test_perimeter_is_unknown if {
	network_access_restricted.unknown == {"the rules of a network security perimeter decide who gets in, and this policy does not read them"} with input as _account("SecuredByPerimeter", "Allow")
	count(network_access_restricted.deny) == 0 with input as _account("SecuredByPerimeter", "Allow")
}

test_other_values_are_unknown if {
	count(network_access_restricted.unknown) == 1 with input as _account("Sometimes", "Deny")
	count(network_access_restricted.unknown) == 1 with input as _account("Enabled", "Ask")
	count(network_access_restricted.deny) == 0 with input as _account("Sometimes", "Allow")
	count(network_access_restricted.deny) == 0 with input as _account("Enabled", "Ask")
}
