package azure.sql_managed_instance.failover_partner_location_allowed_test

import data.azure.sql_managed_instance.failover_partner_location_allowed

_it(places) := {"resource": {"properties": {"partnerRegions": [{"location": place} | some place in places]}}}

_allowed := {"regions_allowed": ["westeurope", "northeurope"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := failover_partner_location_allowed.deny with input as it with data.parameters as _allowed
	unclear := failover_partner_location_allowed.unknown with input as it with data.parameters as _allowed
	aside := failover_partner_location_allowed.not_applicable with input as it with data.parameters as _allowed
}

test_denies_another_region if {
	some finding in failover_partner_location_allowed.deny with input as _it(["northeurope", "East US"]) with data.parameters as _allowed
	finding.path == "resource.properties.partnerRegions"
	finding.actual == "East US"
	finding.expected == "westeurope or northeurope"
}

test_passes_allowed_regions if _verdict(_it(["North Europe", "westeurope"])) == [0, 0, 0]

test_partners_without_a_region_are_unknown if {
	every places in [[], [""], ["global"], ["northeurope", ""]] {
		_verdict(_it(places)) == [0, 1, 0]
	}
	_verdict({"resource": {"properties": {"partnerRegions": [{}]}}}) == [0, 1, 0]
}

test_ignores_an_empty_list if {
	count(failover_partner_location_allowed.not_applicable) == 1 with input as _it(["eastus"]) with data.parameters as {"regions_allowed": []}
	count(failover_partner_location_allowed.not_applicable) == 0 with input as _it(["eastus"]) with data.parameters as _allowed
}
