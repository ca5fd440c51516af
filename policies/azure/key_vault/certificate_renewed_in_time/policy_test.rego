package azure.key_vault.certificate_renewed_in_time_test

import data.azure.key_vault.certificate_renewed_in_time

# Days are counted from a moment that stands for 1 January 1970.
_certificate(created, exp, policy) := {
	"context": {"at": 0},
	"resource": {"properties": {"attributes": {"enabled": true, "created": created * 86400, "exp": exp * 86400}, "policy": policy}},
}

_policy(issuer, type, trigger) := {"issuer": {"name": issuer}, "lifetime_actions": [{"trigger": trigger, "action": {"action_type": type}}]}

_counts(document) := [count(excluded), count(denied), count(unclear)] if {
	parameters := {"certificate_expiry_warning_days": 30}
	excluded := certificate_renewed_in_time.not_applicable with input as document with data.parameters as parameters
	denied := certificate_renewed_in_time.deny with input as document with data.parameters as parameters
	unclear := certificate_renewed_in_time.unknown with input as document with data.parameters as parameters
}

test_denies_imminent_expiry if {
	_counts(_certificate(-335, 30, {})) == [0, 1, 0]
	some finding in certificate_renewed_in_time.deny with input as _certificate(-335, 29.5, {})
		with data.parameters as {"certificate_expiry_warning_days": 30}
	finding.path == "resource.properties.attributes.exp"
	finding.actual == 29
	finding.expected == "more than 30 days, or a renewal before the expiry"
	contains(finding.message, "by Unknown")
}

test_denies_expired_certificate if {
	document := _certificate(-366, -1, _policy("DigiCert", "AutoRenew", {"days_before_expiry": 10}))
	_counts(document) == [0, 1, 0]
	some finding in certificate_renewed_in_time.deny with input as document with data.parameters as {"certificate_expiry_warning_days": 30}
	finding.path == "resource.properties.attributes.exp"
	finding.actual == -86400
	finding.expected == "a date to come"
	contains(finding.message, "1 days ago")
}

test_denies_certificate_that_expires_now if _counts(_certificate(-365, 0, {})) == [0, 1, 0]

test_denies_certificate_in_its_last_hours if _counts(_certificate(-365, 0.5, {})) == [0, 1, 0]

test_passes_far_expiry if _counts(_certificate(-335, 30.5, {})) == [0, 0, 0]

test_passes_when_a_renewal_is_ahead if {
	_counts(_certificate(-345, 20, _policy("DigiCert", "AutoRenew", {"days_before_expiry": 10}))) == [0, 0, 0]
	_counts(_certificate(-345, 20, _policy("Self", "autorenew", {"days_before_expiry": 10}))) == [0, 0, 0]
}

# Created 80 days ago, 20 days left: the certificate lives 100 days, of which 80 are over.
test_renewal_by_percentage if {
	_counts(_certificate(-80, 20, _policy("DigiCert", "AutoRenew", {"lifetime_percentage": 81}))) == [0, 0, 0]
	_counts(_certificate(-80, 20, _policy("DigiCert", "AutoRenew", {"lifetime_percentage": 80}))) == [0, 1, 0]
	_counts(_certificate(-80, 20, _policy("DigiCert", "AutoRenew", {"lifetime_percentage": 99}))) == [0, 0, 0]
}

test_days_go_before_percentage if {
	_counts(_certificate(-80, 20, _policy("DigiCert", "AutoRenew", {"days_before_expiry": 10, "lifetime_percentage": 10}))) == [0, 0, 0]
}

test_renewal_at_the_expiry_is_too_late if {
	_counts(_certificate(-80, 20, _policy("DigiCert", "AutoRenew", {"lifetime_percentage": 100}))) == [0, 1, 0]
}

test_denies_overdue_renewal if {
	_counts(_certificate(-345, 20, _policy("DigiCert", "AutoRenew", {"days_before_expiry": 20}))) == [0, 1, 0]
}

test_denies_unknown_issuer_in_any_case if {
	_counts(_certificate(-345, 20, _policy("unknown", "AutoRenew", {"days_before_expiry": 10}))) == [0, 1, 0]
}

test_missing_issuer_is_unknown_issuer if {
	actions := [{"trigger": {"days_before_expiry": 10}, "action": {"action_type": "AutoRenew"}}]
	_counts(_certificate(-345, 20, {"lifetime_actions": actions})) == [0, 1, 0]
}

test_mail_is_no_renewal if {
	_counts(_certificate(-345, 20, _policy("DigiCert", "EmailContacts", {"days_before_expiry": 10}))) == [0, 1, 0]
	_counts(_certificate(-345, 20, _policy("DigiCert", "EmailContacts", {"lifetime_percentage": 99}))) == [0, 1, 0]
}

test_ignores_disabled_certificate if {
	_counts({"context": {"at": 0}, "resource": {"properties": {"attributes": {"enabled": false, "exp": 1}}}}) == [1, 0, 0]
}

test_unknown_action_is_unknown_when_imminent if {
	_counts(_certificate(-345, 20, _policy("DigiCert", "Revoke", {"days_before_expiry": 10}))) == [0, 0, 1]
	_counts(_certificate(-345, 20, _policy("DigiCert", "Revoke", {"lifetime_percentage": 99}))) == [0, 0, 1]
	_counts(_certificate(-345, 40, _policy("DigiCert", "Revoke", {"days_before_expiry": 10}))) == [0, 0, 0]
}

test_action_without_type_is_unknown if {
	actions := [{"trigger": {"days_before_expiry": 10}, "action": {}}]
	_counts(_certificate(-345, 20, {"lifetime_actions": actions})) == [0, 0, 1]
}

test_renewal_without_trigger_is_unknown if _counts(_certificate(-345, 20, _policy("DigiCert", "AutoRenew", {}))) == [0, 0, 1]

test_missing_dates_are_left_to_the_engine if {
	_counts({"context": {"at": 0}, "resource": {"properties": {"attributes": {"enabled": true, "created": 0}}}}) == [0, 0, 0]
	_counts({"context": {"at": 0}, "resource": {"properties": {"attributes": {"enabled": true, "exp": 864000}}}}) == [0, 0, 0]
}
