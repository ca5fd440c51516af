package azure.storage.encryption_scope_customer_managed_key_test

import data.azure.storage.encryption_scope_customer_managed_key

_in(value) := {"resource": {"properties": {"source": value, "state": "Enabled"}}}

test_denies_the_bad if {
	every value in ["Microsoft.Storage", "MICROSOFT.STORAGE"] {
		some finding in encryption_scope_customer_managed_key.deny with input as _in(value)
		finding.path == "resource.properties.source"
		finding.actual == value
		finding.expected == "Microsoft.KeyVault"
		count(encryption_scope_customer_managed_key.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["Microsoft.KeyVault", "MICROSOFT.KEYVAULT"] {
		count(encryption_scope_customer_managed_key.deny) == 0 with input as _in(value)
		count(encryption_scope_customer_managed_key.unknown) == 0 with input as _in(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(encryption_scope_customer_managed_key.deny) == 0 with input as {"resource": {"properties": {"state": "Enabled"}}}
	count(encryption_scope_customer_managed_key.unknown) == 0 with input as {"resource": {"properties": {"state": "Enabled"}}}
}

test_other_value_is_unknown if {
	count(encryption_scope_customer_managed_key.unknown) == 1 with input as _in("Otherwise")
	count(encryption_scope_customer_managed_key.deny) == 0 with input as _in("Otherwise")
}

_with0(value) := {"resource": {"properties": {"source": "Microsoft.Storage", "state": value}}}

test_does_not_apply_0 if {
	every value in ["Disabled", "DISABLED"] {
		some reason in encryption_scope_customer_managed_key.not_applicable with input as _with0(value)
		reason == "the scope is off and takes no blobs"
		count(encryption_scope_customer_managed_key.unknown) == 0 with input as _with0(value)
	}
	every value in ["Enabled"] {
		count(encryption_scope_customer_managed_key.not_applicable) == 0 with input as _with0(value)
		count(encryption_scope_customer_managed_key.unknown) == 0 with input as _with0(value)
	}
	count(encryption_scope_customer_managed_key.unknown) == 1 with input as _with0("Otherwise")
	count(encryption_scope_customer_managed_key.not_applicable) == 0 with input as _with0("Otherwise")
}
