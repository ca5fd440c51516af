package azure.aks.secrets_rotated_test

import data.azure.aks.secrets_rotated

_resource(value) := {"resource": {"properties": {"addonProfiles": {"azureKeyvaultSecretsProvider": {"config": {"enableSecretRotation": value}}}}}}

test_denies if {
	every value in ["FALSE", "false"] {
		some finding in secrets_rotated.deny with input as _resource(value)
		finding.path == "resource.properties.addonProfiles.azureKeyvaultSecretsProvider.config.enableSecretRotation"
		finding.actual == value
		finding.expected == "true"
		count(secrets_rotated.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["TRUE", "true"] {
		count(secrets_rotated.deny) == 0 with input as _resource(value)
		count(secrets_rotated.unknown) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in secrets_rotated.deny with input as {"resource": {"properties": {}}}
	finding.actual == "false"
}

test_other_value_is_unknown if {
	count(secrets_rotated.unknown) == 1 with input as _resource("Legacy")
	count(secrets_rotated.deny) == 0 with input as _resource("Legacy")
}
