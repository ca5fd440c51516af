package azure.dns.link_without_public_fallback_test

import data.azure.dns.link_without_public_fallback

_zone(name) := sprintf("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/%s/virtualNetworkLinks/l", [name])

_in(name, value) := {"resource": {"id": _zone(name), "properties": {"resolutionPolicy": value, "virtualNetwork": {"id": "/networks/n"}}}}

test_denies_the_bad if {
	some finding in link_without_public_fallback.deny with input as _in("PrivateLink.blob.core.windows.net", "NxDomainRedirect")
	finding.path == "resource.properties.resolutionPolicy"
	finding.actual == "NxDomainRedirect"
	finding.expected == "Default"
	contains(finding.message, "/networks/n")
	count(link_without_public_fallback.not_applicable) == 0 with input as _in("PrivateLink.blob.core.windows.net", "NxDomainRedirect")
}

test_passes_the_good if {
	every link in [_in("privatelink.blob.core.windows.net", "Default"), {"resource": {"id": _zone("privatelink.azurecr.io"), "properties": {"virtualNetwork": {"id": "/networks/n"}}}}] {
		count(link_without_public_fallback.deny) == 0 with input as link
	}
}

test_other_zones_do_not_count if {
	some reason in link_without_public_fallback.not_applicable with input as _in("corp.example.com", "NxDomainRedirect")
	reason == "the zone is not one of private endpoints"
}

test_other_policy_is_unknown if {
	count(link_without_public_fallback.unknown) == 1 with input as _in("privatelink.azurecr.io", "Ask")
	count(link_without_public_fallback.unknown) == 0 with input as _in("privatelink.azurecr.io", "nxdomainredirect")
	count(link_without_public_fallback.deny) == 1 with input as _in("privatelink.azurecr.io", "nxdomainredirect")
	count(link_without_public_fallback.unknown) == 0 with input as _in("privatelink.azurecr.io", "Default")
	count(link_without_public_fallback.unknown) == 0 with input as {"resource": {"id": _zone("privatelink.azurecr.io"), "properties": {"virtualNetwork": {"id": "/networks/n"}}}}
}
