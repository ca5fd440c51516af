package azure.sql_managed_instance.managed_identity_used_test

import data.azure.sql_managed_instance.managed_identity_used

_in(value) := {"resource": {"identity": {"type": value}}}

test_denies_the_bad if {
	every value in ["None", "NONE"] {
		some finding in managed_identity_used.deny with input as _in(value)
		finding.path == "resource.identity.type"
		finding.actual == value
		finding.expected == "an identity"
		count(managed_identity_used.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned", "SystemAssigned, UserAssigned", "SYSTEMASSIGNED", "USERASSIGNED", "SYSTEMASSIGNED,USERASSIGNED", "SYSTEMASSIGNED, USERASSIGNED"] {
		count(managed_identity_used.deny) == 0 with input as _in(value)
		count(managed_identity_used.unknown) == 0 with input as _in(value)
	}
}

test_takes_a_missing_property_for_the_bad if {
	some finding in managed_identity_used.deny with input as {"resource": {"properties": {}}}
	finding.actual == "None"
	count(managed_identity_used.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(managed_identity_used.unknown) == 1 with input as _in("Otherwise")
	count(managed_identity_used.deny) == 0 with input as _in("Otherwise")
}
