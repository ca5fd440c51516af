package azure.key_vault.secret_expiry_set_test

import data.azure.key_vault.secret_expiry_set

_secret(attributes) := {"resource": {"properties": {"attributes": attributes}}}

test_denies_a_secret_without_expiry if {
	some finding in secret_expiry_set.deny with input as _secret({"enabled": true})
	finding.path == "resource.properties.attributes.exp"
	finding.actual == "absent"
	finding.expected == "an expiry date"
}

test_passes_a_secret_with_expiry if {
	count(secret_expiry_set.deny) == 0 with input as _secret({"enabled": true, "exp": 1806537600})
	count(secret_expiry_set.not_applicable) == 0 with input as _secret({"enabled": true, "exp": 1806537600})
}

test_ignores_a_disabled_secret if {
	count(secret_expiry_set.not_applicable) == 1 with input as _secret({"enabled": false})
	count(secret_expiry_set.deny) == 0 with input as _secret({"enabled": false})
}

test_missing_state_is_left_to_the_engine if count(secret_expiry_set.deny) == 0 with input as _secret({})
