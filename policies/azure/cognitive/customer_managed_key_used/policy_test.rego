package azure.cognitive.customer_managed_key_used_test

import data.azure.cognitive.customer_managed_key_used

_resource(value) := {"resource": {"properties": {"encryption": {"keySource": value}}}}

test_denies if {
	every value in ["MICROSOFT.COGNITIVESERVICES", "Microsoft.CognitiveServices", "microsoft.cognitiveservices"] {
		some finding in customer_managed_key_used.deny with input as _resource(value)
		finding.path == "resource.properties.encryption.keySource"
		finding.actual == value
		finding.expected == "Microsoft.KeyVault"
		count(customer_managed_key_used.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["MICROSOFT.KEYVAULT", "Microsoft.KeyVault"] {
		count(customer_managed_key_used.deny) == 0 with input as _resource(value)
		count(customer_managed_key_used.unknown) == 0 with input as _resource(value)
		count(customer_managed_key_used.not_applicable) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in customer_managed_key_used.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Microsoft.CognitiveServices"
}

test_other_value_is_unknown if {
	count(customer_managed_key_used.unknown) == 1 with input as _resource("Legacy")
	count(customer_managed_key_used.deny) == 0 with input as _resource("Legacy")
}

test_not_required_is_not_judged if {
	customer_managed_key_used.not_applicable == {"no customer-managed key is required for this data"} with input as _resource("Microsoft.CognitiveServices") with data.parameters as {"customer_managed_key_required": false}
	count(customer_managed_key_used.not_applicable) == 0 with input as _resource("Microsoft.CognitiveServices") with data.parameters as {"customer_managed_key_required": true}
}
