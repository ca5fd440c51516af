package azure.sql_managed_instance.customer_managed_key_used_test

import data.azure.sql_managed_instance.customer_managed_key_used

_protector(kind) := {"resource": {"properties": {}}, "children": {"encryptionProtector": {"current": {"properties": {"serverKeyType": kind}}}}}

_named(key) := {"resource": {"properties": {"keyId": key}}}

_required := {"customer_managed_key_required": true}

test_denies_a_key_of_azure if {
	every kind in ["ServiceManaged", "servicemanaged"] {
		count(customer_managed_key_used.deny) == 1 with input as _protector(kind) with data.parameters as _required
		some finding in customer_managed_key_used.deny with input as _protector(kind) with data.parameters as _required
		finding.path == "children.encryptionProtector.current.properties.serverKeyType"
		finding.actual == kind
		finding.expected == "AzureKeyVault"
		count(customer_managed_key_used.unknown) == 0 with input as _protector(kind) with data.parameters as _required
	}
}

test_denies_no_key_at_all if {
	bare := {"resource": {"properties": {}}}
	count(customer_managed_key_used.deny) == 1 with input as bare with data.parameters as _required
	some finding in customer_managed_key_used.deny with input as bare with data.parameters as _required
	finding.path == "resource.properties.keyId"
	finding.actual == ""
	finding.expected == "https://VAULT/keys/NAME"
	count(customer_managed_key_used.unknown) == 0 with input as bare with data.parameters as _required
}

test_denies_what_is_no_key_uri if {
	some finding in customer_managed_key_used.deny with input as _named("https://kv-payments-weu.vault.azure.net/secrets/sql") with data.parameters as _required
	finding.actual == "https://kv-payments-weu.vault.azure.net/secrets/sql"
}

test_passes_a_key_of_the_firm if {
	every server in [_protector("AzureKeyVault"), _protector("AZUREKEYVAULT"), _named("https://kv-payments-weu.vault.azure.net/keys/sql/0123456789abcdef0123456789abcdef")] {
		count(customer_managed_key_used.deny) == 0 with input as server with data.parameters as _required
		count(customer_managed_key_used.unknown) == 0 with input as server with data.parameters as _required
		count(customer_managed_key_used.not_applicable) == 0 with input as server with data.parameters as _required
	}
}

test_contradiction_is_unknown if {
	server := object.union(_protector("servicemanaged"), _named("https://kv-payments-weu.vault.azure.net/keys/sql"))
	count(customer_managed_key_used.unknown) == 1 with input as server with data.parameters as _required
	count(customer_managed_key_used.deny) == 0 with input as server with data.parameters as _required
	count(customer_managed_key_used.unknown) == 0 with input as object.union(_protector("AzureKeyVault"), _named("https://kv-payments-weu.vault.azure.net/keys/sql")) with data.parameters as _required
}

test_ignores_data_that_needs_no_key if {
	some reason in customer_managed_key_used.not_applicable with input as _protector("ServiceManaged") with data.parameters as {"customer_managed_key_required": false}
	reason == "no customer-managed key is required for this data"
}

test_other_kind_is_unknown if {
	count(customer_managed_key_used.unknown) == 1 with input as _protector("Hsm") with data.parameters as _required
	count(customer_managed_key_used.deny) == 0 with input as _protector("Hsm") with data.parameters as _required
}
