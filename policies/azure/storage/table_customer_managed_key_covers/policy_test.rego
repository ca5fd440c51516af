package azure.storage.table_customer_managed_key_covers_test

import data.azure.storage.table_customer_managed_key_covers

_in(value) := {"resource": {"properties": {"encryption": {"services": {"table": {"keyType": value}}, "keySource": "Microsoft.Keyvault"}}}}

test_denies_the_bad if {
	every value in ["Service", "SERVICE"] {
		some finding in table_customer_managed_key_covers.deny with input as _in(value)
		finding.path == "resource.properties.encryption.services.table.keyType"
		finding.actual == value
		finding.expected == "Account"
		count(table_customer_managed_key_covers.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["Account", "ACCOUNT"] {
		count(table_customer_managed_key_covers.deny) == 0 with input as _in(value)
		count(table_customer_managed_key_covers.unknown) == 0 with input as _in(value)
	}
}

test_takes_a_missing_property_for_the_bad if {
	some finding in table_customer_managed_key_covers.deny with input as {"resource": {"properties": {"encryption": {"keySource": "Microsoft.Keyvault"}}}}
	finding.actual == "Service"
	count(table_customer_managed_key_covers.unknown) == 0 with input as {"resource": {"properties": {"encryption": {"keySource": "Microsoft.Keyvault"}}}}
}

test_other_value_is_unknown if {
	count(table_customer_managed_key_covers.unknown) == 1 with input as _in("Otherwise")
	count(table_customer_managed_key_covers.deny) == 0 with input as _in("Otherwise")
}

_with0(value) := {"resource": {"properties": {"encryption": {"services": {"table": {"keyType": "Service"}}, "keySource": value}}}}

test_does_not_apply_0 if {
	every value in ["Microsoft.Storage", "MICROSOFT.STORAGE"] {
		some reason in table_customer_managed_key_covers.not_applicable with input as _with0(value)
		reason == "the account uses no customer-managed key"
		count(table_customer_managed_key_covers.unknown) == 0 with input as _with0(value)
	}
	every value in ["Microsoft.Keyvault"] {
		count(table_customer_managed_key_covers.not_applicable) == 0 with input as _with0(value)
		count(table_customer_managed_key_covers.unknown) == 0 with input as _with0(value)
	}
	count(table_customer_managed_key_covers.unknown) == 1 with input as _with0("Otherwise")
	count(table_customer_managed_key_covers.not_applicable) == 0 with input as _with0("Otherwise")
}
