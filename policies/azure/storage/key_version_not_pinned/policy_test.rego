package azure.storage.key_version_not_pinned_test

import data.azure.storage.key_version_not_pinned

_in(name, version) := {"resource": {"properties": {"encryption": {"keyvaultproperties": {"keyname": name, "keyversion": version}}}}}

test_denies_a_version if {
	some finding in key_version_not_pinned.deny with input as _in("payments", "0123456789abcdef")
	finding.path == "resource.properties.encryption.keyvaultproperties.keyversion"
	finding.actual == "0123456789abcdef"
	finding.expected == "no version"
	count(key_version_not_pinned.not_applicable) == 0 with input as _in("payments", "0123456789abcdef")
}

test_passes_without_version if {
	count(key_version_not_pinned.deny) == 0 with input as _in("payments", "")
	count(key_version_not_pinned.not_applicable) == 0 with input as _in("payments", "")
}

test_missing_version_passes if {
	count(key_version_not_pinned.deny) == 0 with input as {"resource": {"properties": {"encryption": {"keyvaultproperties": {"keyname": "payments"}}}}}
	count(key_version_not_pinned.not_applicable) == 0 with input as {"resource": {"properties": {"encryption": {"keyvaultproperties": {"keyname": "payments"}}}}}
}

test_does_not_apply_without_key if {
	every value in [_in("", ""), {"resource": {"properties": {}}}] {
		some reason in key_version_not_pinned.not_applicable with input as value
		reason == "no key of the firm is used"
	}
}
