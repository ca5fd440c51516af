package azure.aks.secrets_key_vault_private_test

import data.azure.aks.secrets_key_vault_private

_in(access) := {"resource": {"properties": {"securityProfile": {"azureKeyVaultKms": {"enabled": true, "keyVaultNetworkAccess": access}}}}}

test_denies_the_public_address if {
	every access in ["Public", "PUBLIC"] {
		some finding in secrets_key_vault_private.deny with input as _in(access)
		finding.path == "resource.properties.securityProfile.azureKeyVaultKms.keyVaultNetworkAccess"
		finding.actual == access
		finding.expected == "Private"
		count(secrets_key_vault_private.unknown) == 0 with input as _in(access)
		count(secrets_key_vault_private.not_applicable) == 0 with input as _in(access)
	}
}

test_missing_way_is_public if {
	some finding in secrets_key_vault_private.deny with input as {"resource": {"properties": {"securityProfile": {"azureKeyVaultKms": {"enabled": true}}}}}
	finding.actual == "Public"
}

test_passes_a_private_way if {
	count(secrets_key_vault_private.deny) == 0 with input as _in("private")
	count(secrets_key_vault_private.unknown) == 0 with input as _in("private")
}

test_does_not_apply_without_key if {
	every cluster in [{}, {"resource": {"properties": {"securityProfile": {"azureKeyVaultKms": {"enabled": false}}}}}] {
		some reason in secrets_key_vault_private.not_applicable with input as cluster
		reason == "secrets are not under a key of the firm"
	}
}

test_other_way_is_unknown if count(secrets_key_vault_private.unknown) == 1 with input as _in("Tunnel")
