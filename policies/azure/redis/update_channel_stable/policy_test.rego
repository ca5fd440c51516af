package azure.redis.update_channel_stable_test

import data.azure.redis.update_channel_stable

_in(value) := {"resource": {"properties": {"updateChannel": value}}}

test_denies_the_bad if {
	every value in ["Preview", "PREVIEW"] {
		some finding in update_channel_stable.deny with input as _in(value)
		finding.path == "resource.properties.updateChannel"
		finding.actual == value
		finding.expected == "Stable"
		count(update_channel_stable.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["Stable", "STABLE"] {
		count(update_channel_stable.deny) == 0 with input as _in(value)
		count(update_channel_stable.unknown) == 0 with input as _in(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(update_channel_stable.deny) == 0 with input as {"resource": {"properties": {}}}
	count(update_channel_stable.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(update_channel_stable.unknown) == 1 with input as _in("Otherwise")
	count(update_channel_stable.deny) == 0 with input as _in("Otherwise")
}
