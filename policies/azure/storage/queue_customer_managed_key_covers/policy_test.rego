package azure.storage.queue_customer_managed_key_covers_test

import data.azure.storage.queue_customer_managed_key_covers

_in(value) := {"resource": {"properties": {"encryption": {"services": {"queue": {"keyType": value}}, "keySource": "Microsoft.Keyvault"}}}}

test_denies_the_bad if {
	every value in ["Service", "SERVICE"] {
		some finding in queue_customer_managed_key_covers.deny with input as _in(value)
		finding.path == "resource.properties.encryption.services.queue.keyType"
		finding.actual == value
		finding.expected == "Account"
		count(queue_customer_managed_key_covers.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["Account", "ACCOUNT"] {
		count(queue_customer_managed_key_covers.deny) == 0 with input as _in(value)
		count(queue_customer_managed_key_covers.unknown) == 0 with input as _in(value)
	}
}

test_takes_a_missing_property_for_the_bad if {
	some finding in queue_customer_managed_key_covers.deny with input as {"resource": {"properties": {"encryption": {"keySource": "Microsoft.Keyvault"}}}}
	finding.actual == "Service"
	count(queue_customer_managed_key_covers.unknown) == 0 with input as {"resource": {"properties": {"encryption": {"keySource": "Microsoft.Keyvault"}}}}
}

test_other_value_is_unknown if {
	count(queue_customer_managed_key_covers.unknown) == 1 with input as _in("Otherwise")
	count(queue_customer_managed_key_covers.deny) == 0 with input as _in("Otherwise")
}

_with0(value) := {"resource": {"properties": {"encryption": {"services": {"queue": {"keyType": "Service"}}, "keySource": value}}}}

test_does_not_apply_0 if {
	every value in ["Microsoft.Storage", "MICROSOFT.STORAGE"] {
		some reason in queue_customer_managed_key_covers.not_applicable with input as _with0(value)
		reason == "the account uses no customer-managed key"
		count(queue_customer_managed_key_covers.unknown) == 0 with input as _with0(value)
	}
	every value in ["Microsoft.Keyvault"] {
		count(queue_customer_managed_key_covers.not_applicable) == 0 with input as _with0(value)
		count(queue_customer_managed_key_covers.unknown) == 0 with input as _with0(value)
	}
	count(queue_customer_managed_key_covers.unknown) == 1 with input as _with0("Otherwise")
	count(queue_customer_managed_key_covers.not_applicable) == 0 with input as _with0("Otherwise")
}
