package azure.app_service.exposure_not_above_declared_test

import data.azure.app_service.exposure_not_above_declared

_it(access, action, rules) := {"resource": {"properties": {
	"publicNetworkAccess": access,
	"siteConfig": {"ipSecurityRestrictions": rules, "ipSecurityRestrictionsDefaultAction": action},
}}}

_bare(rules) := {"resource": {"properties": {"siteConfig": {"ipSecurityRestrictions": rules}}}}

_rule(address) := {"ipAddress": address, "action": "Allow", "tag": "Default"}

_others := {"ipAddress": "Any", "action": "Deny"}

_door := {"ipAddress": "AzureFrontDoor.Backend", "action": "Allow", "tag": "ServiceTag"}

_subnet := {"vnetSubnetResourceId": "/subscriptions/S", "action": "allow"}

_most(level) := {"exposure_max": level, "restricted_addresses_max": 8}

_verdict(it, level) := [count(denied), count(unclear)] if {
	denied := exposure_not_above_declared.deny with input as it with data.parameters as _most(level)
	unclear := exposure_not_above_declared.unknown with input as it with data.parameters as _most(level)
}

_findings(it, level) := denied if {
	denied := exposure_not_above_declared.deny with input as it with data.parameters as _most(level)
}

test_private_is_never_too_much if {
	every it in [_it("Disabled", "Allow", []), _it("disabled", "Deny", [_rule("198.51.100.0/29")])] {
		_verdict(it, "private") == [0, 0]
	}
}

test_restricted_is_above_private if {
	every it in [_it("Enabled", "Deny", [_rule("198.51.100.0/29")]), _it("Enabled", "deny", []), _bare([_rule("198.51.100.7/32"), _others]), _bare([_door, _subnet, _others]), _bare([_door, _rule("198.51.100.7/32")])] {
		_verdict(it, "restricted") == [0, 0]
		_verdict(it, "private") == [1, 0]
		some finding in _findings(it, "private")
		finding.path == "resource.properties.publicNetworkAccess"
		finding.actual == "restricted"
		finding.expected == "at most private"
	}
}

test_public_is_above_restricted if {
	every it in [_it("Enabled", "Allow", [_rule("198.51.100.0/29")]), _it("enabled", "Deny", [_rule("any")]), _it("Enabled", "Deny", [_rule("198.51.100.0/28")]), {"resource": {"properties": {}}}, _bare([]), _bare([{"ipAddress": "198.51.100.0/28", "action": "Allow", "vnetSubnetResourceId": null}])] {
		_verdict(it, "public") == [0, 0]
		_verdict(it, "restricted") == [1, 0]
		some finding in _findings(it, "restricted")
		finding.path == "resource.properties.siteConfig.ipSecurityRestrictions"
		finding.actual == "public"
		startswith(finding.message, "its exposure is public: ")
	}
}

test_other_settings_are_unknown if {
	every it in [_it("Perhaps", "Deny", []), _it("Enabled", "Maybe", []), _it("Enabled", "Deny", [{"ipAddress": "Any", "action": "Log"}]), _it("Enabled", "Deny", [{"action": "Allow"}]), _it("Enabled", "Deny", [_rule("somewhere")]), _it("Enabled", "Allow", [{"ipAddress": "Any", "action": "Log"}]), _it("Enabled", "Deny", [_rule("198.51.100.0/29"), {"ipAddress": "Any", "action": "Log"}])] {
		_verdict(it, "private") == [0, 1]
	}
}
