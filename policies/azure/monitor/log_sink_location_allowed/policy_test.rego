package azure.monitor.log_sink_location_allowed_test

import data.azure.monitor.log_sink_location_allowed

_it(workspace, archive) := {"related": {"workspace": {"location": workspace}, "archive_account": {"location": archive}}}

_allowed := {"regions_allowed": ["westeurope", "northeurope"]}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := log_sink_location_allowed.deny with input as it with data.parameters as _allowed
	unclear := log_sink_location_allowed.unknown with input as it with data.parameters as _allowed
	aside := log_sink_location_allowed.not_applicable with input as it with data.parameters as _allowed
}

test_denies_a_workspace_elsewhere if {
	some finding in log_sink_location_allowed.deny with input as _it("East US", "westeurope") with data.parameters as _allowed
	finding.path == "related.workspace.location"
	finding.actual == "East US"
	finding.expected == "westeurope or northeurope"
}

test_denies_an_archive_elsewhere if {
	some finding in log_sink_location_allowed.deny with input as _it("westeurope", "eastus") with data.parameters as _allowed
	finding.path == "related.archive_account.location"
	_verdict({"related": {"archive_account": {"location": "eastus"}}}) == [1, 0, 0]
}

test_passes_allowed_destinations if {
	_verdict(_it("West Europe", "northeurope")) == [0, 0, 0]
	_verdict({"related": {"workspace": {"location": "westeurope"}}}) == [0, 0, 0]
}

test_destination_without_a_region_is_unknown if _verdict(_it("", "westeurope")) == [0, 1, 0]

test_setting_without_these_destinations_is_not_judged if _verdict({"related": {}}) == [0, 0, 1]

test_ignores_an_empty_list if {
	count(log_sink_location_allowed.not_applicable) == 1 with input as _it("eastus", "eastus") with data.parameters as {"regions_allowed": []}
}
