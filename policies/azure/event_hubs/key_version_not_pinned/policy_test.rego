package azure.event_hubs.key_version_not_pinned_test

import data.azure.event_hubs.key_version_not_pinned

_in(keys) := {"resource": {"properties": {"encryption": {"keyVaultProperties": keys}}}}

test_denies_a_version if {
	some finding in key_version_not_pinned.deny with input as _in([{"keyName": "first"}, {"keyName": "second", "keyVersion": "0682afdd"}])
	finding.path == "resource.properties.encryption.keyVaultProperties"
	finding.actual == ["second"]
	finding.expected == "no version"
	finding.message == "the namespace stays on one version of second"
}

test_passes_without_version if {
	every key in [{"keyName": "first"}, {"keyName": "first", "keyVersion": ""}] {
		count(key_version_not_pinned.deny) == 0 with input as _in([key])
		count(key_version_not_pinned.unknown) == 0 with input as _in([key])
		count(key_version_not_pinned.not_applicable) == 0 with input as _in([key])
	}
}

test_does_not_apply_without_key if {
	every namespace in [_in([]), {"resource": {"properties": {}}}, {"resource": {"properties": {"encryption": {}}}}] {
		key_version_not_pinned.not_applicable == {"no key of the firm is used"} with input as namespace
		count(key_version_not_pinned.deny) == 0 with input as namespace
		count(key_version_not_pinned.unknown) == 0 with input as namespace
	}
}

test_key_without_name_is_unknown if count(key_version_not_pinned.unknown) == 1 with input as _in([{"keyVersion": "1"}])
