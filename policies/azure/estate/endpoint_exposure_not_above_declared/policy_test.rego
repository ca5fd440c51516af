package azure.estate.endpoint_exposure_not_above_declared_test

import data.azure.estate.endpoint_exposure_not_above_declared

_it(access) := {"resource": {"properties": {"publicNetworkAccess": access}}}

_most(level) := {"exposure_max": level}

_verdict(it, level) := [count(denied), count(unclear)] if {
	denied := endpoint_exposure_not_above_declared.deny with input as it with data.parameters as _most(level)
	unclear := endpoint_exposure_not_above_declared.unknown with input as it with data.parameters as _most(level)
}

_findings(it, level) := denied if {
	denied := endpoint_exposure_not_above_declared.deny with input as it with data.parameters as _most(level)
}

test_private_is_never_too_much if {
	every it in [_it("Disabled")] {
		_verdict(it, "private") == [0, 0]
	}
}

test_public_is_above_restricted if {
	every it in [_it("enabled"), {"resource": {"properties": {}}}] {
		_verdict(it, "public") == [0, 0]
		_verdict(it, "restricted") == [1, 0]
		some finding in _findings(it, "restricted")
		finding.path == "resource.properties.publicNetworkAccess"
		finding.actual == "public"
		startswith(finding.message, "its exposure is public: ")
	}
}

test_other_settings_are_unknown if {
	every it in [_it("SecuredByPerimeter")] {
		_verdict(it, "private") == [0, 1]
	}
}
