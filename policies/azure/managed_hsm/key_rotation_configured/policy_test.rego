package azure.managed_hsm.key_rotation_configured_test

import data.azure.managed_hsm.key_rotation_configured

_key(policy) := {"resource": {"properties": {"kty": "RSA-HSM", "attributes": {"enabled": true, "exp": 1814400000}, "rotationPolicy": policy}}}

_notify := {"trigger": {"timeBeforeExpiry": "P30D"}, "action": {"type": "notify"}}

_after(duration) := {"trigger": {"timeAfterCreate": duration}, "action": {"type": "rotate"}}

_before(duration) := {"trigger": {"timeBeforeExpiry": duration}, "action": {"type": "rotate"}}

_counts(document, days) := [count(excluded), count(denied), count(unclear)] if {
	parameters := {"key_rotation_days_max": days}
	excluded := key_rotation_configured.not_applicable with input as document with data.parameters as parameters
	denied := key_rotation_configured.deny with input as document with data.parameters as parameters
	unclear := key_rotation_configured.unknown with input as document with data.parameters as parameters
}

test_denies_notify_only if {
	document := _key({"lifetimeActions": [_notify], "attributes": {"expiryTime": "P1Y"}})
	_counts(document, 365) == [0, 1, 0]
	some finding in key_rotation_configured.deny with input as document
	finding.path == "resource.properties.rotationPolicy.lifetimeActions"
	finding.actual == ["notify"]
	finding.expected == "a rotate action"
}

test_no_policy_never_rotates if {
	document := {"resource": {"properties": {"kty": "RSA-HSM", "attributes": {"enabled": true}}}}
	_counts(document, 365) == [0, 1, 0]
	some finding in key_rotation_configured.deny with input as document
	finding.actual == []
}

test_denies_too_rarely_after_creation if {
	document := _key({"lifetimeActions": [_after("P18M")]})
	_counts(document, 365) == [0, 1, 0]
	some finding in key_rotation_configured.deny with input as document with data.parameters as {"key_rotation_days_max": 365}
	finding.path == "resource.properties.rotationPolicy.lifetimeActions"
	finding.actual == 548
	finding.expected == "at most 365 days"
}

test_denies_too_rarely_before_expiry if {
	_counts(_key({"lifetimeActions": [_before("P30D")], "attributes": {"expiryTime": "P2Y"}}), 365) == [0, 1, 0]
}

test_denies_rotation_without_expiry if {
	document := _key({"lifetimeActions": [_before("P30D")]})
	_counts(document, 365) == [0, 1, 0]
	some finding in key_rotation_configured.deny with input as document
	finding.path == "resource.properties.rotationPolicy.attributes.expiryTime"
	finding.actual == "absent"
	finding.expected == "a duration"
}

test_denies_rotation_before_an_expiry_that_the_key_does_not_have if {
	policy := {"lifetimeActions": [_before("P30D")], "attributes": {"expiryTime": "P1Y"}}
	document := {"resource": {"properties": {"kty": "RSA-HSM", "attributes": {"enabled": true}, "rotationPolicy": policy}}}
	_counts(document, 365) == [0, 1, 0]
	some finding in key_rotation_configured.deny with input as document with data.parameters as {"key_rotation_days_max": 365}
	finding.path == "resource.properties.attributes.exp"
	finding.actual == "absent"
	finding.expected == "an expiry date"
	_counts({"resource": {"properties": {"kty": "RSA-HSM", "rotationPolicy": policy}}}, 365) == [0, 0, 0]
}

test_rotation_after_creation_needs_no_expiry if {
	policy := {"lifetimeActions": [_after("P90D")]}
	document := {"resource": {"properties": {"kty": "RSA-HSM", "attributes": {"enabled": true}, "rotationPolicy": policy}}}
	_counts(document, 365) == [0, 0, 0]
}

test_passes_just_often_enough if {
	_counts(_key({"lifetimeActions": [_after("P90D")]}), 90) == [0, 0, 0]
	_counts(_key({"lifetimeActions": [_after("P90D")]}), 89) == [0, 1, 0]
}

test_passes_before_expiry if {
	_counts(_key({"lifetimeActions": [_notify, _before("P30D")], "attributes": {"expiryTime": "P1Y"}}), 335) == [0, 0, 0]
}

test_case_of_the_action_does_not_matter if {
	action := {"trigger": {"timeAfterCreate": "P90D"}, "action": {"type": "Rotate"}}
	_counts(_key({"lifetimeActions": [action]}), 365) == [0, 0, 0]
}

test_ignores_disabled_key if {
	document := {"resource": {"properties": {"kty": "RSA-HSM", "attributes": {"enabled": false}}}}
	_counts(document, 365) == [1, 1, 0]
}

test_key_from_a_list_is_not_denied if {
	_counts({"resource": {"properties": {"attributes": {"enabled": true}}}}, 365) == [0, 0, 0]
}

test_unknown_action if {
	_counts(_key({"lifetimeActions": [{"trigger": {"timeAfterCreate": "P90D"}, "action": {"type": "archive"}}]}), 365) == [0, 0, 1]
}

test_unreadable_trigger_is_unknown if _counts(_key({"lifetimeActions": [_after("90 days")]}), 365) == [0, 0, 1]

test_unreadable_expiry_is_unknown if {
	_counts(_key({"lifetimeActions": [_before("P30D")], "attributes": {"expiryTime": "one year"}}), 365) == [0, 0, 1]
}

test_rotation_before_creation_is_unknown if {
	_counts(_key({"lifetimeActions": [_before("P60D")], "attributes": {"expiryTime": "P30D"}}), 365) == [0, 0, 1]
}
