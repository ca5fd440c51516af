package azure.key_vault.secret_expiry_not_imminent_test

import data.azure.key_vault.secret_expiry_not_imminent

_secret(attributes) := {"resource": {"properties": {"attributes": attributes}}, "context": {"at": 1000000}}

_warning := {"secret_expiry_warning_days": 30}

test_denies_a_secret_that_expires_soon if {
	some finding in secret_expiry_not_imminent.deny with input as _secret({"enabled": true, "exp": 3505600}) with data.parameters as _warning
	finding.path == "resource.properties.attributes.exp"
	finding.actual == 29
	finding.expected == "at least 30 days"
}

test_denies_an_expired_secret if {
	some finding in secret_expiry_not_imminent.deny with input as _secret({"enabled": true, "exp": 913600}) with data.parameters as _warning
	finding.actual == -1
}

test_passes_the_limit if {
	secret := _secret({"enabled": true, "exp": 3592000})
	count(secret_expiry_not_imminent.deny) == 0 with input as secret with data.parameters as _warning
	count(secret_expiry_not_imminent.not_applicable) == 0 with input as secret with data.parameters as _warning
}

test_ignores_a_secret_without_expiry if {
	count(secret_expiry_not_imminent.not_applicable) == 1 with input as _secret({"enabled": true}) with data.parameters as _warning
}

test_ignores_a_disabled_secret if {
	secret_expiry_not_imminent.not_applicable == {"the secret is disabled"} with input as _secret({"enabled": false}) with data.parameters as _warning
}

test_missing_state_is_left_to_the_engine if {
	count(secret_expiry_not_imminent.not_applicable) == 0 with input as _secret({}) with data.parameters as _warning
}
