package azure.key_vault.key_expiry_not_imminent_test

import data.azure.key_vault.key_expiry_not_imminent

# Days are counted from a moment that stands for 1 January 1970.
_key(created, exp, actions) := {
	"context": {"at": 0},
	"resource": {"properties": {
		"kty": "RSA-HSM",
		"attributes": {"enabled": true, "created": created * 86400, "exp": exp * 86400},
		"rotationPolicy": {"lifetimeActions": actions},
	}},
}

_action(type, trigger) := {"trigger": trigger, "action": {"type": type}}

_counts(document) := [count(excluded), count(denied), count(unclear)] if {
	excluded := key_expiry_not_imminent.not_applicable with input as document with data.parameters as {"key_expiry_warning_days": 30}
	denied := key_expiry_not_imminent.deny with input as document with data.parameters as {"key_expiry_warning_days": 30}
	unclear := key_expiry_not_imminent.unknown with input as document with data.parameters as {"key_expiry_warning_days": 30}
}

test_denies_imminent_expiry if {
	_counts(_key(-335, 30, [])) == [0, 1, 0]
	some finding in key_expiry_not_imminent.deny with input as _key(-335, 29.5, []) with data.parameters as {"key_expiry_warning_days": 30}
	finding.path == "resource.properties.attributes.exp"
	finding.actual == 29
	finding.expected == "more than 30 days, or a rotation before the expiry"
}

test_denies_expired_key if {
	document := _key(-365, -1, [_action("rotate", {"timeBeforeExpiry": "P30D"})])
	_counts(document) == [0, 1, 0]
	some finding in key_expiry_not_imminent.deny with input as document with data.parameters as {"key_expiry_warning_days": 30}
	finding.path == "resource.properties.attributes.exp"
	finding.actual == -86400
	finding.expected == "a date to come"
	contains(finding.message, "1 days ago")
}

test_denies_key_that_expires_now if _counts(_key(-365, 0, [])) == [0, 1, 0]

test_denies_key_in_its_last_hours if _counts(_key(-365, 0.5, [])) == [0, 1, 0]

test_passes_far_expiry if _counts(_key(-335, 30.5, [])) == [0, 0, 0]

test_passes_when_a_rotation_is_ahead if _counts(_key(-335, 20, [_action("Rotate", {"timeBeforeExpiry": "P10D"})])) == [0, 0, 0]

test_passes_when_a_rotation_after_creation_is_ahead if {
	_counts(_key(-80, 20, [_action("rotate", {"timeAfterCreate": "P90D"})])) == [0, 0, 0]
}

test_denies_overdue_rotation if _counts(_key(-335, 10, [_action("rotate", {"timeBeforeExpiry": "P20D"})])) == [0, 1, 0]

test_denies_rotation_that_comes_too_late if _counts(_key(-80, 20, [_action("rotate", {"timeAfterCreate": "P180D"})])) == [0, 1, 0]

test_notice_is_no_rotation if _counts(_key(-335, 20, [_action("notify", {"timeBeforeExpiry": "P10D"})])) == [0, 1, 0]

test_ignores_disabled_key if {
	document := {"context": {"at": 0}, "resource": {"properties": {"attributes": {"enabled": false, "exp": 1}}}}
	_counts(document) == [1, 0, 0]
}

test_ignores_key_without_expiry if {
	document := {"context": {"at": 0}, "resource": {"properties": {"kty": "RSA-HSM", "attributes": {"enabled": true, "created": 0}}}}
	_counts(document) == [1, 0, 0]
}

test_unknown_action_is_unknown_when_imminent if {
	_counts(_key(-335, 20, [_action("archive", {"timeBeforeExpiry": "P10D"})])) == [0, 0, 1]
	_counts(_key(-335, 40, [_action("archive", {"timeBeforeExpiry": "P10D"})])) == [0, 0, 0]
}

test_no_policy_is_no_rotation if {
	attributes := {"enabled": true, "created": 0, "exp": 864000}
	_counts({"context": {"at": 0}, "resource": {"properties": {"kty": "RSA-HSM", "attributes": attributes}}}) == [0, 1, 0]
}

test_key_from_a_list_is_not_denied if {
	attributes := {"enabled": true, "created": 0, "exp": 864000}
	_counts({"context": {"at": 0}, "resource": {"properties": {"attributes": attributes}}}) == [0, 0, 0]
}

test_missing_creation_is_left_to_the_engine if {
	attributes := {"enabled": true, "exp": 864000}
	_counts({"context": {"at": 0}, "resource": {"properties": {"kty": "RSA-HSM", "attributes": attributes}}}) == [0, 0, 0]
}

test_missing_attributes_are_left_to_the_engine if _counts({"context": {"at": 0}, "resource": {"properties": {}}}) == [0, 0, 0]
