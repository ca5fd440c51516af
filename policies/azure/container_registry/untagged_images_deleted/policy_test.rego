package azure.container_registry.untagged_images_deleted_test

import data.azure.container_registry.untagged_images_deleted

_resource(value) := {"resource": {"properties": {"policies": {"retentionPolicy": {"status": value}}}}}

test_denies if {
	every value in ["DISABLED", "disabled"] {
		some finding in untagged_images_deleted.deny with input as _resource(value)
		finding.path == "resource.properties.policies.retentionPolicy.status"
		finding.actual == value
		finding.expected == "enabled"
		count(untagged_images_deleted.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["ENABLED", "enabled"] {
		count(untagged_images_deleted.deny) == 0 with input as _resource(value)
		count(untagged_images_deleted.unknown) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in untagged_images_deleted.deny with input as {"resource": {"properties": {}}}
	finding.actual == "disabled"
}

test_other_value_is_unknown if {
	count(untagged_images_deleted.unknown) == 1 with input as _resource("Legacy")
	count(untagged_images_deleted.deny) == 0 with input as _resource("Legacy")
}
