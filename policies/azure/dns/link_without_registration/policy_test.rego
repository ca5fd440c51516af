package azure.dns.link_without_registration_test

import data.azure.dns.link_without_registration

_zone(name) := sprintf("/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/%s/virtualNetworkLinks/l", [name])

_in(name, value) := {"resource": {"id": _zone(name), "properties": {"registrationEnabled": value, "virtualNetwork": {"id": "/networks/n"}}}}

test_denies_the_bad if {
	some finding in link_without_registration.deny with input as _in("PrivateLink.blob.core.windows.net", true)
	finding.path == "resource.properties.registrationEnabled"
	finding.actual == true
	finding.expected == false
	contains(finding.message, "/networks/n")
	count(link_without_registration.not_applicable) == 0 with input as _in("PrivateLink.blob.core.windows.net", true)
}

test_passes_the_good if {
	every link in [_in("privatelink.blob.core.windows.net", false), {"resource": {"id": _zone("privatelink.azurecr.io"), "properties": {"virtualNetwork": {"id": "/networks/n"}}}}] {
		count(link_without_registration.deny) == 0 with input as link
	}
}

test_other_zones_do_not_count if {
	some reason in link_without_registration.not_applicable with input as _in("corp.example.com", true)
	reason == "the zone is not one of private endpoints"
}
