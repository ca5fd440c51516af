package azure.cosmos.network_filtered_test

import data.azure.cosmos.network_filtered

_account(access, rules, networks) := {"resource": {"properties": {"publicNetworkAccess": access, "ipRules": rules, "isVirtualNetworkFilterEnabled": networks}}}

_office := [{"ipAddressOrRange": "203.0.113.10"}]

test_denies_an_open_account if {
	every account in [_account("Enabled", [], false), _account("enabled", [], false), {"resource": {"properties": {"publicNetworkAccess": "Enabled"}}}] {
		some finding in network_filtered.deny with input as account
		finding.path == "resource.properties.ipRules"
		finding.actual == []
		finding.expected == "rules for the networks of the firm"
		count(network_filtered.unknown) == 0 with input as account
	}
}

test_passes_a_filter if {
	every account in [_account("Enabled", _office, false), _account("Enabled", [], true), {"resource": {"properties": {"publicNetworkAccess": "Enabled", "ipRules": _office}}}] {
		count(network_filtered.deny) == 0 with input as account
		count(network_filtered.unknown) == 0 with input as account
		count(network_filtered.not_applicable) == 0 with input as account
	}
}

test_ignores_an_account_without_public_access if {
	every access in ["Disabled", "disabled", "SecuredByPerimeter"] {
		some reason in network_filtered.not_applicable with input as _account(access, [], false)
		reason == "the account cannot be reached over its public endpoint"
		count(network_filtered.unknown) == 0 with input as _account(access, [], false)
		count(network_filtered.deny) == 0 with input as _account(access, [], false)
	}
}

test_other_value_is_unknown if {
	count(network_filtered.unknown) == 1 with input as _account("Novelty", [], false)
	count(network_filtered.deny) == 0 with input as _account("Novelty", [], false)
}
