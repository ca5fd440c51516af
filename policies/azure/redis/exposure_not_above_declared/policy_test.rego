package azure.redis.exposure_not_above_declared_test

import data.azure.redis.exposure_not_above_declared

_it(access, first, last) := {
	"resource": {"properties": {"publicNetworkAccess": access}},
	"children": {"firewallRules": {"r": {"properties": {"startIP": first, "endIP": last}}}},
}

_none(access) := {"resource": {"properties": {"publicNetworkAccess": access}}, "children": {"firewallRules": {}}}

_bare := {"resource": {"properties": {}}, "children": {"firewallRules": {}}}

_inside := {"resource": {"properties": {"subnetId": "/subscriptions/S"}}, "children": {"firewallRules": {}}}

_most(level) := {"exposure_max": level, "restricted_addresses_max": 8}

_verdict(it, level) := [count(denied), count(unclear)] if {
	denied := exposure_not_above_declared.deny with input as it with data.parameters as _most(level)
	unclear := exposure_not_above_declared.unknown with input as it with data.parameters as _most(level)
}

_findings(it, level) := denied if {
	denied := exposure_not_above_declared.deny with input as it with data.parameters as _most(level)
}

test_private_is_never_too_much if {
	every it in [_it("Disabled", "0.0.0.0", "255.255.255.255"), _inside, _none("disabled")] {
		_verdict(it, "private") == [0, 0]
	}
}

test_restricted_is_above_private if {
	every it in [_it("Enabled", "198.51.100.1", "198.51.100.8")] {
		_verdict(it, "restricted") == [0, 0]
		_verdict(it, "private") == [1, 0]
		some finding in _findings(it, "private")
		finding.path == "resource.properties.publicNetworkAccess"
		finding.actual == "restricted"
		finding.expected == "at most private"
	}
}

test_public_is_above_restricted if {
	every it in [_it("Enabled", "198.51.100.1", "198.51.100.9"), _bare, _none("enabled")] {
		_verdict(it, "public") == [0, 0]
		_verdict(it, "restricted") == [1, 0]
		some finding in _findings(it, "restricted")
		finding.path == "children.firewallRules.*.properties.endIP"
		finding.actual == "public"
		startswith(finding.message, "its exposure is public: ")
	}
}

test_other_settings_are_unknown if {
	every it in [_it("Perhaps", "198.51.100.1", "198.51.100.8"), _it("Enabled", "x", "198.51.100.8"), _none("Perhaps")] {
		_verdict(it, "private") == [0, 1]
	}
}
