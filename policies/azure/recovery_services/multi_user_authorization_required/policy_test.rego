package azure.recovery_services.multi_user_authorization_required_test

import data.azure.recovery_services.multi_user_authorization_required

_with(value) := {"resource": {"properties": {"securitySettings": {"multiUserAuthorization": value}}}}

test_denies_the_wrong_value if {
	every value in ["Disabled", "DISABLED"] {
		some finding in multi_user_authorization_required.deny with input as _with(value)
		finding.path == "resource.properties.securitySettings.multiUserAuthorization"
		finding.actual == value
		finding.expected == "Enabled"
		count(multi_user_authorization_required.unknown) == 0 with input as _with(value)
	}
}

test_passes_the_right_value if {
	every value in ["Enabled", "ENABLED"] {
		count(multi_user_authorization_required.deny) == 0 with input as _with(value)
		count(multi_user_authorization_required.unknown) == 0 with input as _with(value)
	}
}

test_other_value_is_unknown if {
	count(multi_user_authorization_required.unknown) == 1 with input as _with("Maybe")
	count(multi_user_authorization_required.deny) == 0 with input as _with("Maybe")
}

test_missing_value_is_left_to_the_engine if {
	count(multi_user_authorization_required.deny) == 0 with input as {"resource": {"properties": {}}}
	count(multi_user_authorization_required.unknown) == 0 with input as {"resource": {"properties": {}}}
}
