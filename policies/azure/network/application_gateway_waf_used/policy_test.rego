package azure.network.application_gateway_waf_used_test

import data.azure.network.application_gateway_waf_used

_gateway(properties) := {"resource": {"properties": properties}}

test_denies_a_gateway_without_firewall if {
	every properties in [{}, {"firewallPolicy": {"id": ""}}, {"webApplicationFirewallConfiguration": {"enabled": false}}] {
		some finding in application_gateway_waf_used.deny with input as _gateway(properties)
		finding.path == "resource.properties.webApplicationFirewallConfiguration.enabled"
		finding.actual == false
		finding.expected == "a firewall policy, or true"
	}
}

test_passes_a_firewall if {
	every properties in [{"firewallPolicy": {"id": "x"}}, {"webApplicationFirewallConfiguration": {"enabled": true}}] {
		count(application_gateway_waf_used.deny) == 0 with input as _gateway(properties)
	}
}
