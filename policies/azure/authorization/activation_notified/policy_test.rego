package azure.authorization.activation_notified_test

import data.azure.authorization.activation_notified

_policy(role, rules) := {"resource": {"properties": {"roleDefinitionId": role, "effectiveRules": rules}}}

_settings := {"privileged_roles": ["owner"]}

_owner := "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := activation_notified.deny with input as it with data.parameters as _settings
	unclear := activation_notified.unknown with input as it with data.parameters as _settings
	aside := activation_notified.not_applicable with input as it with data.parameters as _settings
}

_rule(more) := [object.union({"id": "notification_admin_enduser_assignment", "notificationLevel": "All", "isDefaultRecipientsEnabled": false, "notificationRecipients": []}, more)]

test_denies_no_recipient if {
	some finding in activation_notified.deny with input as _policy(_owner, _rule({})) with data.parameters as _settings
	finding.path == "resource.properties.effectiveRules"
	finding.actual == "All"
	finding.expected == "a message to administrators or to an address"
}

test_denies_no_message if {
	some finding in activation_notified.deny with input as _policy(_owner, _rule({"notificationLevel": "none", "isDefaultRecipientsEnabled": true})) with data.parameters as _settings
	finding.actual == "none"
}

test_either_recipient_passes if {
	every level in ["all", "Critical"] {
		_verdict(_policy(_owner, _rule({"notificationLevel": level, "isDefaultRecipientsEnabled": true}))) == [0, 0, 0]
		_verdict(_policy(_owner, _rule({"notificationLevel": level, "notificationRecipients": ["soc@example.com"]}))) == [0, 0, 0]
	}
}

test_what_cannot_be_read_is_unknown if {
	_verdict(_policy(_owner, [])) == [0, 1, 0]
	_verdict(_policy(_owner, [{"id": "Notification_Admin_Admin_Assignment", "isDefaultRecipientsEnabled": true, "notificationLevel": "All"}])) == [0, 1, 0]
	_verdict(_policy(_owner, _rule({"notificationLevel": "Some", "isDefaultRecipientsEnabled": true}))) == [0, 1, 0]
	_verdict(_policy(_owner, _rule({"notificationLevel": "Some", "notificationRecipients": ["soc@example.com"]}))) == [0, 1, 0]
	_verdict(_policy(_owner, _rule({"notificationLevel": "Some"}))) == [0, 1, 0]
	_verdict(_policy(_owner, _rule({"notificationRecipients": ["operations"]}))) == [0, 1, 0]
	_verdict(_policy(_owner, _rule({"isDefaultRecipientsEnabled": "yes"}))) == [0, 1, 0]
}

test_other_roles_are_left_out if _verdict(_policy("acdd72a7-3385-48ef-bd42-f606fba81ae7", _rule({}))) == [0, 1, 1]

test_unknown_role_is_unknown if _verdict(_policy("Owner", _rule({"isDefaultRecipientsEnabled": true}))) == [0, 1, 0]
