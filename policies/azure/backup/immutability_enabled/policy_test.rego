package azure.backup.immutability_enabled_test

import data.azure.backup.immutability_enabled

_vault(state) := {"resource": {"properties": {"securitySettings": {"immutabilitySettings": {"state": state}}}}}

_verdict(state, lowest) := [count(denied), count(unclear)] if {
	denied := immutability_enabled.deny with input as _vault(state) with data.parameters as {"backup_immutability_min": lowest}
	unclear := immutability_enabled.unknown with input as _vault(state) with data.parameters as {"backup_immutability_min": lowest}
}

test_denies_disabled if {
	some finding in immutability_enabled.deny with input as _vault("DISABLED") with data.parameters as {"backup_immutability_min": "unlocked"}
	finding.path == "resource.properties.securitySettings.immutabilitySettings.state"
	finding.actual == "DISABLED"
	finding.expected == "unlocked or stronger"
}

test_disabled_is_below_locked if _verdict("Disabled", "locked") == [1, 0]

test_unlocked_is_enough if _verdict("Unlocked", "unlocked") == [0, 0]

test_unlocked_is_below_locked if _verdict("unlocked", "locked") == [1, 0]

test_locked_is_always_enough if {
	_verdict("Locked", "locked") == [0, 0]
	_verdict("LOCKED", "unlocked") == [0, 0]
}

test_other_state_is_unknown if _verdict("Paused", "unlocked") == [0, 1]

test_missing_state_is_disabled if {
	some finding in immutability_enabled.deny with input as {"resource": {"properties": {}}} with data.parameters as {"backup_immutability_min": "unlocked"}
	finding.actual == "Disabled"
}
