package azure.aks.node_images_upgraded_automatically_test

import data.azure.aks.node_images_upgraded_automatically

_resource(value) := {"resource": {"properties": {"autoUpgradeProfile": {"nodeOSUpgradeChannel": value}}}}

test_denies if {
	every value in ["NONE", "None", "UNMANAGED", "Unmanaged", "none", "unmanaged"] {
		some finding in node_images_upgraded_automatically.deny with input as _resource(value)
		finding.path == "resource.properties.autoUpgradeProfile.nodeOSUpgradeChannel"
		finding.actual == value
		finding.expected == "NodeImage"
		count(node_images_upgraded_automatically.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["NODEIMAGE", "NodeImage", "SECURITYPATCH", "SecurityPatch"] {
		count(node_images_upgraded_automatically.deny) == 0 with input as _resource(value)
		count(node_images_upgraded_automatically.unknown) == 0 with input as _resource(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if {
	count(node_images_upgraded_automatically.deny) == 0 with input as {"resource": {"properties": {}}}
	count(node_images_upgraded_automatically.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(node_images_upgraded_automatically.unknown) == 1 with input as _resource("Legacy")
	count(node_images_upgraded_automatically.deny) == 0 with input as _resource("Legacy")
}
