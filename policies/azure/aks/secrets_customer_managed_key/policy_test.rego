package azure.aks.secrets_customer_managed_key_test

import data.azure.aks.secrets_customer_managed_key

_resource(value) := {"resource": {"properties": {"securityProfile": {"azureKeyVaultKms": {"enabled": value}}}}}

test_denies_off if {
	some finding in secrets_customer_managed_key.deny with input as _resource(false)
	finding.path == "resource.properties.securityProfile.azureKeyVaultKms.enabled"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(secrets_customer_managed_key.deny) == 0 with input as _resource(true)
	count(secrets_customer_managed_key.not_applicable) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in secrets_customer_managed_key.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}

test_not_required_is_not_judged if {
	secrets_customer_managed_key.not_applicable == {"no customer-managed key is required for this data"} with input as _resource(false) with data.parameters as {"customer_managed_key_required": false}
	count(secrets_customer_managed_key.not_applicable) == 0 with input as _resource(false) with data.parameters as {"customer_managed_key_required": true}
}
