package azure.app_service.managed_identity_used_test

import data.azure.app_service.managed_identity_used

_resource(value) := {"resource": {"identity": {"type": value}}}

test_denies_none if {
	some finding in managed_identity_used.deny with input as _resource("none")
	finding.path == "resource.identity.type"
	finding.actual == "none"
	finding.expected == "SystemAssigned"
	count(managed_identity_used.unknown) == 0 with input as _resource("none")
}

test_passes_every_kind_of_identity if {
	every value in ["SystemAssigned", "userassigned", "SystemAssigned, UserAssigned", "SystemAssigned,UserAssigned"] {
		count(managed_identity_used.deny) == 0 with input as _resource(value)
		count(managed_identity_used.unknown) == 0 with input as _resource(value)
	}
}

test_absent_is_none if {
	some finding in managed_identity_used.deny with input as {"resource": {}}
	finding.actual == "None"
}

test_other_value_is_unknown if {
	count(managed_identity_used.unknown) == 1 with input as _resource("Workload")
	count(managed_identity_used.deny) == 0 with input as _resource("Workload")
}
