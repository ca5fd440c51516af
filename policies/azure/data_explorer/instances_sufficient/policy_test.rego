package azure.data_explorer.instances_sufficient_test

import data.azure.data_explorer.instances_sufficient

_in(value) := {"resource": {"sku": {"capacity": value}}}

_bound := {"kusto_instances_min": 2}

test_denies_what_is_out_of_bounds if {
	some finding in instances_sufficient.deny with input as _in(1) with data.parameters as _bound
	finding.path == "resource.sku.capacity"
	finding.actual == 1
	finding.expected == "at least 2 instances"
}

test_passes_the_bound if {
	every value in [2, 3] {
		count(instances_sufficient.deny) == 0 with input as _in(value) with data.parameters as _bound
	}
}

test_parameter_moves_the_bound if count(instances_sufficient.deny) == 1 with input as _in(2) with data.parameters as {"kusto_instances_min": 3}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if count(instances_sufficient.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as _bound
