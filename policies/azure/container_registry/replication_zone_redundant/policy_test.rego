package azure.container_registry.replication_zone_redundant_test

import data.azure.container_registry.replication_zone_redundant

_resource(value) := {"resource": {"properties": {"zoneRedundancy": value}}}

test_denies if {
	every value in ["DISABLED", "Disabled", "disabled"] {
		some finding in replication_zone_redundant.deny with input as _resource(value)
		finding.path == "resource.properties.zoneRedundancy"
		finding.actual == value
		finding.expected == "Enabled"
		count(replication_zone_redundant.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["ENABLED", "Enabled"] {
		count(replication_zone_redundant.deny) == 0 with input as _resource(value)
		count(replication_zone_redundant.unknown) == 0 with input as _resource(value)
		count(replication_zone_redundant.not_applicable) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in replication_zone_redundant.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Disabled"
}

test_other_value_is_unknown if {
	count(replication_zone_redundant.unknown) == 1 with input as _resource("Legacy")
	count(replication_zone_redundant.deny) == 0 with input as _resource("Legacy")
}

test_not_required_is_not_judged if {
	replication_zone_redundant.not_applicable == {"zone redundancy is not required of this copy"} with input as _resource("Disabled") with data.parameters as {"compute_zone_redundancy_required": false}
	count(replication_zone_redundant.not_applicable) == 0 with input as _resource("Disabled") with data.parameters as {"compute_zone_redundancy_required": true}
}
