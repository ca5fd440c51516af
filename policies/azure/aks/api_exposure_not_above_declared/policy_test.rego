package azure.aks.api_exposure_not_above_declared_test

import data.azure.aks.api_exposure_not_above_declared

_it(private, ranges) := {"resource": {"properties": {"apiServerAccessProfile": {"enablePrivateCluster": private, "authorizedIPRanges": ranges}}}}

_most(level) := {"exposure_max": level, "restricted_addresses_max": 8}

_verdict(it, level) := [count(denied), count(unclear)] if {
	denied := api_exposure_not_above_declared.deny with input as it with data.parameters as _most(level)
	unclear := api_exposure_not_above_declared.unknown with input as it with data.parameters as _most(level)
}

_findings(it, level) := denied if {
	denied := api_exposure_not_above_declared.deny with input as it with data.parameters as _most(level)
}

test_private_is_never_too_much if {
	every it in [_it(true, [])] {
		_verdict(it, "private") == [0, 0]
	}
}

test_restricted_is_above_private if {
	every it in [_it(false, ["198.51.100.0/29"])] {
		_verdict(it, "restricted") == [0, 0]
		_verdict(it, "private") == [1, 0]
		some finding in _findings(it, "private")
		finding.path == "resource.properties.apiServerAccessProfile.enablePrivateCluster"
		finding.actual == "restricted"
		finding.expected == "at most private"
	}
}

test_public_is_above_restricted if {
	every it in [_it(false, []), _it(false, ["198.51.100.0/28"]), {"resource": {"properties": {}}}] {
		_verdict(it, "public") == [0, 0]
		_verdict(it, "restricted") == [1, 0]
		some finding in _findings(it, "restricted")
		finding.path == "resource.properties.apiServerAccessProfile.authorizedIPRanges"
		finding.actual == "public"
		startswith(finding.message, "its exposure is public: ")
	}
}

test_other_settings_are_unknown if {
	every it in [_it(false, ["2001:db8::/64"])] {
		_verdict(it, "private") == [0, 1]
	}
}
