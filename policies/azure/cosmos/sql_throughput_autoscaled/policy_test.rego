package azure.cosmos.sql_throughput_autoscaled_test

import data.azure.cosmos.sql_throughput_autoscaled

_database(options) := {"resource": {"properties": {"options": options}}}

_denied(options) := denied if {
	denied := sql_throughput_autoscaled.deny with input as _database(options) with data.parameters as {"cosmos_max_throughput_min": 4000}
}

test_denies_a_fixed_throughput if {
	some finding in _denied({"throughput": 1})
	finding.path == "resource.properties.options.throughput"
	finding.actual == 1
	finding.expected == "autoscale"
}

test_denies_a_low_ceiling if {
	some finding in _denied({"autoscaleSettings": {"maxThroughput": 3999}})
	finding.path == "resource.properties.options.autoscaleSettings.maxThroughput"
	finding.actual == 3999
	finding.expected == 4000
}

test_passes_autoscale if {
	count(_denied({"autoscaleSettings": {"maxThroughput": 4000}})) == 0
	count(_denied({"autoscaleSettings": {"maxThroughput": 4000}, "throughput": 0})) == 0
}

test_says_nothing_of_a_database_that_names_none if count(_denied({})) == 0
