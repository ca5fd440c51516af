package azure.dns.zone_link_completed_test

import data.azure.dns.zone_link_completed

_link(state) := {"resource": {"properties": {"virtualNetworkLinkState": state}}}

test_denies_a_link_in_progress if {
	some finding in zone_link_completed.deny with input as _link("INPROGRESS")
	finding.path == "resource.properties.virtualNetworkLinkState"
	finding.actual == "INPROGRESS"
	finding.expected == "Completed"
	count(zone_link_completed.unknown) == 0 with input as _link("InProgress")
}

test_passes_a_complete_link if {
	count(zone_link_completed.deny) == 0 with input as _link("completed")
	count(zone_link_completed.unknown) == 0 with input as _link("completed")
}

test_other_state_is_unknown if {
	count(zone_link_completed.unknown) == 1 with input as _link("Lost")
	count(zone_link_completed.deny) == 0 with input as _link("Lost")
}
