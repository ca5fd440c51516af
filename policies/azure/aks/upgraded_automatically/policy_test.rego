package azure.aks.upgraded_automatically_test

import data.azure.aks.upgraded_automatically

_resource(value) := {"resource": {"properties": {"autoUpgradeProfile": {"upgradeChannel": value}}}}

test_denies if {
	every value in ["NONE", "none"] {
		some finding in upgraded_automatically.deny with input as _resource(value)
		finding.path == "resource.properties.autoUpgradeProfile.upgradeChannel"
		finding.actual == value
		finding.expected == "patch"
		count(upgraded_automatically.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["NODE-IMAGE", "PATCH", "RAPID", "STABLE", "node-image", "patch", "rapid", "stable"] {
		count(upgraded_automatically.deny) == 0 with input as _resource(value)
		count(upgraded_automatically.unknown) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in upgraded_automatically.deny with input as {"resource": {"properties": {}}}
	finding.actual == "none"
}

test_other_value_is_unknown if {
	count(upgraded_automatically.unknown) == 1 with input as _resource("Legacy")
	count(upgraded_automatically.deny) == 0 with input as _resource("Legacy")
}
