package azure.service_bus.managed_identity_assigned_test

import data.azure.service_bus.managed_identity_assigned

_namespace(value) := {"resource": {"identity": {"type": value}}}

test_denies_the_bad if {
	every value in ["None", "none"] {
		some finding in managed_identity_assigned.deny with input as _namespace(value)
		finding.path == "resource.identity.type"
		finding.actual == value
		finding.expected == ["SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned", "SystemAssigned,UserAssigned"]
		count(managed_identity_assigned.unknown) == 0 with input as _namespace(value)
	}
}

test_passes_the_good if {
	every value in ["SystemAssigned", "UserAssigned", "SystemAssigned, UserAssigned", "SystemAssigned,UserAssigned", "SYSTEMASSIGNED"] {
		count(managed_identity_assigned.deny) == 0 with input as _namespace(value)
		count(managed_identity_assigned.unknown) == 0 with input as _namespace(value)
	}
}

test_missing_property_is_none if {
	some finding in managed_identity_assigned.deny with input as {"resource": {"properties": {}}}
	finding.actual == "None"
}

test_other_value_is_unknown if {
	count(managed_identity_assigned.unknown) == 1 with input as _namespace("Federated")
	count(managed_identity_assigned.deny) == 0 with input as _namespace("Federated")
}
