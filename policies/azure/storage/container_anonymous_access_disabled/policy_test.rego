package azure.storage.container_anonymous_access_disabled_test

import data.azure.storage.container_anonymous_access_disabled

_container(value) := {"resource": {"properties": {"publicAccess": value}}}

test_denies_the_bad if {
	every value in ["Blob", "Container", "blob"] {
		some finding in container_anonymous_access_disabled.deny with input as _container(value)
		finding.path == "resource.properties.publicAccess"
		finding.actual == value
		finding.expected == "None"
		count(container_anonymous_access_disabled.unknown) == 0 with input as _container(value)
	}
}

test_passes_the_good if {
	every value in ["None", "NONE"] {
		count(container_anonymous_access_disabled.deny) == 0 with input as _container(value)
		count(container_anonymous_access_disabled.unknown) == 0 with input as _container(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(container_anonymous_access_disabled.deny) == 0 with input as {"resource": {"properties": {}}}
	count(container_anonymous_access_disabled.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(container_anonymous_access_disabled.unknown) == 1 with input as _container("Everything")
	count(container_anonymous_access_disabled.deny) == 0 with input as _container("Everything")
}
