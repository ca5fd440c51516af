package azure.sql.failover_partner_as_private_test

import data.azure.sql.failover_partner_as_private

pair(own, partner) := {"related": {"parent": {"properties": {"publicNetworkAccess": own}}, "partner": {"properties": {"publicNetworkAccess": partner}}}}

test_denies_an_open_partner if {
	every own in ["disabled", "SecuredByPerimeter"] {
		some f in failover_partner_as_private.deny with input as pair(own, "enabled")
		f.path == "related.partner.properties.publicNetworkAccess"
		f.actual == "enabled"
		f.expected == own
		count(failover_partner_as_private.unknown) == 0 with input as pair(own, "enabled")
	}
}

test_passes_a_closed_partner if {
	every partner in ["Disabled", "securedbyperimeter"] {
		count(failover_partner_as_private.deny) == 0 with input as pair("Disabled", partner)
		count(failover_partner_as_private.unknown) == 0 with input as pair("Disabled", partner)
		count(failover_partner_as_private.not_applicable) == 0 with input as pair("Disabled", partner)
	}
}

test_missing_setting_is_open if {
	bare := {"related": {"parent": {"properties": {"publicNetworkAccess": "Disabled"}}, "partner": {"properties": {}}}}
	count(failover_partner_as_private.deny) == 1 with input as bare
	other := {"related": {"parent": {"properties": {}}, "partner": {"properties": {"publicNetworkAccess": "Enabled"}}}}
	count(failover_partner_as_private.not_applicable) == 1 with input as other
}

test_open_server_is_not_judged if {
	failover_partner_as_private.not_applicable == {"the server itself is reachable from the internet, which is public_network_access_disabled's finding"} with input as pair("enabled", "Enabled")
	count(failover_partner_as_private.deny) == 0 with input as pair("enabled", "Enabled")
}

test_new_values_are_unknown if {
	failover_partner_as_private.unknown == {"publicNetworkAccess is \"Perhaps\", which this policy does not know"} with input as pair("Perhaps", "Enabled")
	count(failover_partner_as_private.deny) == 0 with input as pair("Perhaps", "Enabled")
	failover_partner_as_private.unknown == {"publicNetworkAccess is \"Perhaps\", which this policy does not know"} with input as pair("Disabled", "Perhaps")
	count(failover_partner_as_private.deny) == 0 with input as pair("Disabled", "Perhaps")
}
