package azure.container_registry.content_trust_enabled_test

import data.azure.container_registry.content_trust_enabled

_resource(value) := {"resource": {"properties": {"policies": {"trustPolicy": {"status": value}}}}}

test_denies if {
	every value in ["DISABLED", "disabled"] {
		some finding in content_trust_enabled.deny with input as _resource(value)
		finding.path == "resource.properties.policies.trustPolicy.status"
		finding.actual == value
		finding.expected == "enabled"
		count(content_trust_enabled.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["ENABLED", "enabled"] {
		count(content_trust_enabled.deny) == 0 with input as _resource(value)
		count(content_trust_enabled.unknown) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in content_trust_enabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == "disabled"
}

test_other_value_is_unknown if {
	count(content_trust_enabled.unknown) == 1 with input as _resource("Legacy")
	count(content_trust_enabled.deny) == 0 with input as _resource("Legacy")
}
