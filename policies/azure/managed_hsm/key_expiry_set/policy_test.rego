package azure.managed_hsm.key_expiry_set_test

import data.azure.managed_hsm.key_expiry_set

_key(attributes) := {"resource": {"properties": {"attributes": attributes}}}

test_denies_no_expiry if {
	some finding in key_expiry_set.deny with input as _key({"enabled": true})
	finding.path == "resource.properties.attributes.exp"
	finding.actual == "absent"
	finding.expected == "an expiry date"
	count(key_expiry_set.not_applicable) == 0 with input as _key({"enabled": true})
}

test_passes_expiry if {
	count(key_expiry_set.deny) == 0 with input as _key({"enabled": true, "exp": 1814400000})
	count(key_expiry_set.not_applicable) == 0 with input as _key({"enabled": true, "exp": 1814400000})
}

test_ignores_disabled_key if {
	count(key_expiry_set.not_applicable) == 1 with input as _key({"enabled": false})
	count(key_expiry_set.deny) == 0 with input as _key({"enabled": false})
}

test_absent_attributes_prove_nothing if {
	count(key_expiry_set.deny) == 0 with input as {"resource": {"properties": {}}}
	count(key_expiry_set.not_applicable) == 0 with input as {"resource": {"properties": {}}}
}
