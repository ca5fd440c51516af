package azure.aks.secrets_provider_enabled_test

import data.azure.aks.secrets_provider_enabled

_resource(value) := {"resource": {"properties": {"addonProfiles": {"azureKeyvaultSecretsProvider": {"enabled": value}}}}}

test_denies_off if {
	some finding in secrets_provider_enabled.deny with input as _resource(false)
	finding.path == "resource.properties.addonProfiles.azureKeyvaultSecretsProvider.enabled"
	finding.actual == false
	finding.expected == true
}

test_passes_on if {
	count(secrets_provider_enabled.deny) == 0 with input as _resource(true)
}

test_absent_is_off if {
	some finding in secrets_provider_enabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}
