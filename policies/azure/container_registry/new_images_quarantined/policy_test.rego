package azure.container_registry.new_images_quarantined_test

import data.azure.container_registry.new_images_quarantined

_resource(value) := {"resource": {"properties": {"policies": {"quarantinePolicy": {"status": value}}}}}

test_denies if {
	every value in ["DISABLED", "disabled"] {
		some finding in new_images_quarantined.deny with input as _resource(value)
		finding.path == "resource.properties.policies.quarantinePolicy.status"
		finding.actual == value
		finding.expected == "enabled"
		count(new_images_quarantined.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["ENABLED", "enabled"] {
		count(new_images_quarantined.deny) == 0 with input as _resource(value)
		count(new_images_quarantined.unknown) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in new_images_quarantined.deny with input as {"resource": {"properties": {}}}
	finding.actual == "disabled"
}

test_other_value_is_unknown if {
	count(new_images_quarantined.unknown) == 1 with input as _resource("Legacy")
	count(new_images_quarantined.deny) == 0 with input as _resource("Legacy")
}
