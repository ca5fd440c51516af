package azure.container_registry.export_disabled_test

import data.azure.container_registry.export_disabled

_resource(value) := {"resource": {"properties": {"policies": {"exportPolicy": {"status": value}}}}}

test_denies if {
	every value in ["ENABLED", "enabled"] {
		some finding in export_disabled.deny with input as _resource(value)
		finding.path == "resource.properties.policies.exportPolicy.status"
		finding.actual == value
		finding.expected == "disabled"
		count(export_disabled.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["DISABLED", "disabled"] {
		count(export_disabled.deny) == 0 with input as _resource(value)
		count(export_disabled.unknown) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in export_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == "enabled"
}

test_other_value_is_unknown if {
	count(export_disabled.unknown) == 1 with input as _resource("Legacy")
	count(export_disabled.deny) == 0 with input as _resource("Legacy")
}
