package azure.estate.namespace_exposure_not_above_declared_test

import data.azure.estate.namespace_exposure_not_above_declared

_it(access, action, addresses) := {"resource": {"properties": {"publicNetworkAccess": access}}, "children": {"networkRuleSets": {"default": {"properties": {
	"defaultAction": action,
	"ipRules": addresses,
}}}}}

_one := [{"ipMask": "198.51.100.0/24", "action": "Allow"}]

_subnet := {"resource": {"properties": {}}, "children": {"networkRuleSets": {"default": {"properties": {
	"defaultAction": "Deny",
	"virtualNetworkRules": [{"subnet": {"id": "/subscriptions/S"}}],
}}}}}

_most(level) := {"exposure_max": level}

_verdict(it, level) := [count(denied), count(unclear)] if {
	denied := namespace_exposure_not_above_declared.deny with input as it with data.parameters as _most(level)
	unclear := namespace_exposure_not_above_declared.unknown with input as it with data.parameters as _most(level)
}

_findings(it, level) := denied if {
	denied := namespace_exposure_not_above_declared.deny with input as it with data.parameters as _most(level)
}

test_private_is_never_too_much if {
	every it in [_it("Disabled", "Allow", [])] {
		_verdict(it, "private") == [0, 0]
	}
}

test_restricted_is_above_private if {
	every it in [_it("Enabled", "deny", _one), _subnet] {
		_verdict(it, "restricted") == [0, 0]
		_verdict(it, "private") == [1, 0]
		some finding in _findings(it, "private")
		finding.path == "resource.properties.publicNetworkAccess"
		finding.actual == "restricted"
		finding.expected == "at most private"
	}
}

test_public_is_above_restricted if {
	every it in [_it("Enabled", "Allow", _one), _it("Enabled", "Deny", []), {"resource": {"properties": {}}, "children": {"networkRuleSets": {}}}, _it("Enabled", "Allow", [])] {
		_verdict(it, "public") == [0, 0]
		_verdict(it, "restricted") == [1, 0]
		some finding in _findings(it, "restricted")
		finding.path == "children.networkRuleSets.default.properties.defaultAction"
		finding.actual == "public"
		startswith(finding.message, "its exposure is public: ")
	}
}

test_other_settings_are_unknown if {
	every it in [_it("SecuredByPerimeter", "Deny", _one), _it("Enabled", "Maybe", _one), _it("Enabled", "Maybe", [])] {
		_verdict(it, "private") == [0, 1]
	}
}
