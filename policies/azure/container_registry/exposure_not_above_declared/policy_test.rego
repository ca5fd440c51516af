package azure.container_registry.exposure_not_above_declared_test

import data.azure.container_registry.exposure_not_above_declared

_it(access, action) := {"resource": {"properties": {"publicNetworkAccess": access, "networkRuleSet": {"defaultAction": action}}}}

_most(level) := {"exposure_max": level}

_verdict(it, level) := [count(denied), count(unclear)] if {
	denied := exposure_not_above_declared.deny with input as it with data.parameters as _most(level)
	unclear := exposure_not_above_declared.unknown with input as it with data.parameters as _most(level)
}

_findings(it, level) := denied if {
	denied := exposure_not_above_declared.deny with input as it with data.parameters as _most(level)
}

test_private_is_never_too_much if {
	every it in [_it("Disabled", "Allow")] {
		_verdict(it, "private") == [0, 0]
	}
}

test_restricted_is_above_private if {
	every it in [_it("Enabled", "Deny"), {"resource": {"properties": {"networkRuleSet": {"defaultAction": "Deny"}}}}] {
		_verdict(it, "restricted") == [0, 0]
		_verdict(it, "private") == [1, 0]
		some finding in _findings(it, "private")
		finding.path == "resource.properties.publicNetworkAccess"
		finding.actual == "restricted"
		finding.expected == "at most private"
	}
}

test_public_is_above_restricted if {
	every it in [_it("enabled", "Allow"), {"resource": {"properties": {"publicNetworkAccess": "Enabled"}}}] {
		_verdict(it, "public") == [0, 0]
		_verdict(it, "restricted") == [1, 0]
		some finding in _findings(it, "restricted")
		finding.path == "resource.properties.networkRuleSet.defaultAction"
		finding.actual == "public"
		startswith(finding.message, "its exposure is public: ")
	}
}

test_other_settings_are_unknown if {
	every it in [_it("Perhaps", "Deny"), _it("Enabled", "Maybe")] {
		_verdict(it, "private") == [0, 1]
	}
}
