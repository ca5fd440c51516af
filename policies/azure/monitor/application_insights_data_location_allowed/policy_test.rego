package azure.monitor.application_insights_data_location_allowed_test

import data.azure.monitor.application_insights_data_location_allowed

_it(location) := {"related": {"workspace": {"location": location}}}

_allowed := {"regions_allowed": ["westeurope", "northeurope"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := application_insights_data_location_allowed.deny with input as it with data.parameters as _allowed
	unclear := application_insights_data_location_allowed.unknown with input as it with data.parameters as _allowed
	aside := application_insights_data_location_allowed.not_applicable with input as it with data.parameters as _allowed
}

test_denies_a_workspace_elsewhere if {
	some finding in application_insights_data_location_allowed.deny with input as _it("East US") with data.parameters as _allowed
	finding.path == "related.workspace.location"
	finding.actual == "East US"
	finding.expected == "westeurope or northeurope"
}

test_passes_an_allowed_workspace if _verdict(_it("West Europe")) == [0, 0, 0]

test_workspace_without_a_region_is_unknown if _verdict(_it("")) == [0, 1, 0]

test_ignores_an_empty_list if {
	count(application_insights_data_location_allowed.not_applicable) == 1 with input as _it("eastus") with data.parameters as {"regions_allowed": []}
	count(application_insights_data_location_allowed.not_applicable) == 0 with input as _it("eastus") with data.parameters as _allowed
}
