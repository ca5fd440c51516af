package azure.compute.disk_export_restricted_test

import data.azure.compute.disk_export_restricted

_resource(value) := {"resource": {"properties": {"networkAccessPolicy": value}}}

test_denies if {
	every value in ["ALLOWALL", "AllowAll", "allowall"] {
		some finding in disk_export_restricted.deny with input as _resource(value)
		finding.path == "resource.properties.networkAccessPolicy"
		finding.actual == value
		finding.expected == "DenyAll"
		count(disk_export_restricted.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["ALLOWPRIVATE", "AllowPrivate", "DENYALL", "DenyAll"] {
		count(disk_export_restricted.deny) == 0 with input as _resource(value)
		count(disk_export_restricted.unknown) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in disk_export_restricted.deny with input as {"resource": {"properties": {}}}
	finding.actual == "AllowAll"
}

test_other_value_is_unknown if {
	count(disk_export_restricted.unknown) == 1 with input as _resource("Legacy")
	count(disk_export_restricted.deny) == 0 with input as _resource("Legacy")
}
