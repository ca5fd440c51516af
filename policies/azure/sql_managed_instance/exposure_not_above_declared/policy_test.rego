package azure.sql_managed_instance.exposure_not_above_declared_test

import data.azure.sql_managed_instance.exposure_not_above_declared

_it(on) := {"resource": {"properties": {"publicDataEndpointEnabled": on}}}

_verdict(on, level) := [count(denied), count(unclear)] if {
	denied := exposure_not_above_declared.deny with input as _it(on) with data.parameters as {"exposure_max": level}
	unclear := exposure_not_above_declared.unknown with input as _it(on) with data.parameters as {"exposure_max": level}
}

test_instance_without_the_endpoint_is_private if _verdict(false, "private") == [0, 0]

test_denies_the_endpoint_where_only_private_is_admitted if {
	some finding in exposure_not_above_declared.deny with input as _it(true) with data.parameters as {"exposure_max": "private"}
	finding.path == "resource.properties.publicDataEndpointEnabled"
	finding.actual == "restricted or public"
	finding.expected == "at most private"
}

test_endpoint_is_unknown_where_restricted_is_admitted if _verdict(true, "restricted") == [0, 1]

test_endpoint_passes_where_public_is_admitted if _verdict(true, "public") == [0, 0]

test_missing_setting_is_left_to_the_engine if {
	count(exposure_not_above_declared.deny) == 0 with input as {"resource": {}} with data.parameters as {"exposure_max": "private"}
	count(exposure_not_above_declared.unknown) == 0 with input as {"resource": {}} with data.parameters as {"exposure_max": "private"}
}
