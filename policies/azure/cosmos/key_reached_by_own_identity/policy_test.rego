package azure.cosmos.key_reached_by_own_identity_test

import data.azure.cosmos.key_reached_by_own_identity

_in(identity) := {"resource": {"properties": {"keyVaultKeyUri": "https://kv-payments-weu.vault.azure.net/keys/cosmos", "defaultIdentity": identity}}}

test_denies_the_shared_application if {
	every identity in ["FirstPartyIdentity", "firstpartyidentity"] {
		some finding in key_reached_by_own_identity.deny with input as _in(identity)
		finding.path == "resource.properties.defaultIdentity"
		finding.actual == identity
		finding.expected == "UserAssignedIdentity or SystemAssignedIdentity"
		count(key_reached_by_own_identity.unknown) == 0 with input as _in(identity)
	}
}

test_missing_identity_is_the_shared_application if {
	some finding in key_reached_by_own_identity.deny with input as {"resource": {"properties": {"keyVaultKeyUri": "https://kv/keys/k"}}}
	finding.actual == "FirstPartyIdentity"
}

test_passes_an_identity_of_the_account if {
	every identity in ["SystemAssignedIdentity", "UserAssignedIdentity=/subscriptions/x"] {
		count(key_reached_by_own_identity.deny) == 0 with input as _in(identity)
		count(key_reached_by_own_identity.unknown) == 0 with input as _in(identity)
		count(key_reached_by_own_identity.not_applicable) == 0 with input as _in(identity)
	}
}

test_other_identity_is_unknown if {
	count(key_reached_by_own_identity.unknown) == 1 with input as _in("Nobody")
	count(key_reached_by_own_identity.deny) == 0 with input as _in("Nobody")
}

test_does_not_apply_without_key if {
	every account in [{"resource": {"properties": {}}}, {"resource": {"properties": {"keyVaultKeyUri": ""}}}] {
		some reason in key_reached_by_own_identity.not_applicable with input as account
		reason == "the account uses no customer-managed key"
	}
}
