package azure.databricks.root_storage_customer_managed_key_test

import data.azure.databricks.root_storage_customer_managed_key

_resource(value) := {"resource": {"properties": {"parameters": {"encryption": {"value": {"keySource": value}}}}}}

test_denies if {
	every value in ["DEFAULT", "Default", "default"] {
		some finding in root_storage_customer_managed_key.deny with input as _resource(value)
		finding.path == "resource.properties.parameters.encryption.value.keySource"
		finding.actual == value
		finding.expected == "Microsoft.Keyvault"
		count(root_storage_customer_managed_key.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["MICROSOFT.KEYVAULT", "Microsoft.Keyvault"] {
		count(root_storage_customer_managed_key.deny) == 0 with input as _resource(value)
		count(root_storage_customer_managed_key.unknown) == 0 with input as _resource(value)
		count(root_storage_customer_managed_key.not_applicable) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in root_storage_customer_managed_key.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Default"
}

test_other_value_is_unknown if {
	count(root_storage_customer_managed_key.unknown) == 1 with input as _resource("Legacy")
	count(root_storage_customer_managed_key.deny) == 0 with input as _resource("Legacy")
}

test_not_required_is_not_judged if {
	root_storage_customer_managed_key.not_applicable == {"no customer-managed key is required for this data"} with input as _resource("Default") with data.parameters as {"customer_managed_key_required": false}
	count(root_storage_customer_managed_key.not_applicable) == 0 with input as _resource("Default") with data.parameters as {"customer_managed_key_required": true}
}
