package azure.cosmos.exposure_not_above_declared_test

import data.azure.cosmos.exposure_not_above_declared

_it(access, ranges) := {"resource": {"properties": {"publicNetworkAccess": access, "ipRules": [{"ipAddressOrRange": range} | some range in ranges]}}}

_most(level) := {"exposure_max": level, "restricted_addresses_max": 8}

_verdict(it, level) := [count(denied), count(unclear)] if {
	denied := exposure_not_above_declared.deny with input as it with data.parameters as _most(level)
	unclear := exposure_not_above_declared.unknown with input as it with data.parameters as _most(level)
}

_findings(it, level) := denied if {
	denied := exposure_not_above_declared.deny with input as it with data.parameters as _most(level)
}

test_private_is_never_too_much if {
	every it in [_it("Disabled", [])] {
		_verdict(it, "private") == [0, 0]
	}
}

test_restricted_is_above_private if {
	every it in [_it("Enabled", ["198.51.100.0/29"]), {"resource": {"properties": {"isVirtualNetworkFilterEnabled": true}}}] {
		_verdict(it, "restricted") == [0, 0]
		_verdict(it, "private") == [1, 0]
		some finding in _findings(it, "private")
		finding.path == "resource.properties.publicNetworkAccess"
		finding.actual == "restricted"
		finding.expected == "at most private"
	}
}

test_public_is_above_restricted if {
	every it in [_it("enabled", ["198.51.100.0/28"]), _it("Enabled", ["0.0.0.0/0", "198.51.100.7"]), _it("Enabled", []), {"resource": {"properties": {}}}, _it("Enabled", ["0.0.0.0"]), {"resource": {"properties": {"isVirtualNetworkFilterEnabled": true, "ipRules": [{"ipAddressOrRange": "0.0.0.0"}]}}}, {"resource": {"properties": {"isVirtualNetworkFilterEnabled": false}}}] {
		_verdict(it, "public") == [0, 0]
		_verdict(it, "restricted") == [1, 0]
		some finding in _findings(it, "restricted")
		finding.path == "resource.properties.ipRules"
		finding.actual == "public"
		startswith(finding.message, "its exposure is public: ")
	}
}

test_other_settings_are_unknown if {
	every it in [_it("Perhaps", ["198.51.100.0/29"]), _it("Enabled", ["somewhere"]), {"resource": {"properties": {"ipRules": [{}]}}}] {
		_verdict(it, "private") == [0, 1]
	}
}
