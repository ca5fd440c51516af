package azure.sql_managed_instance.key_rotated_automatically_test

import data.azure.sql_managed_instance.key_rotated_automatically

_instance(value) := {"children": {"encryptionProtector": {"current": {"properties": {"autoRotationEnabled": value, "serverKeyType": "AzureKeyVault"}}}}}

test_denies_false if {
	some finding in key_rotated_automatically.deny with input as _instance(false)
	finding.path == "children.encryptionProtector.current.properties.autoRotationEnabled"
	finding.actual == false
	finding.expected == true
}

test_passes_true if {
	count(key_rotated_automatically.deny) == 0 with input as _instance(true)
	count(key_rotated_automatically.not_applicable) == 0 with input as _instance(true)
}

test_missing_setting_is_false if {
	some finding in key_rotated_automatically.deny with input as {"children": {"encryptionProtector": {"current": {"properties": {"serverKeyType": "AzureKeyVault"}}}}}
	finding.actual == false
}

test_ignores_a_key_of_azure if {
	some reason in key_rotated_automatically.not_applicable with input as {"children": {"encryptionProtector": {"current": {"properties": {"autoRotationEnabled": false, "serverKeyType": "servicemanaged"}}}}}
	reason == "the protector is not a key of the firm"
}

test_other_kind_is_unknown if {
	count(key_rotated_automatically.unknown) == 1 with input as _protector("Hsm")
	every kind in ["AzureKeyVault", "azurekeyvault", "ServiceManaged"] {
		count(key_rotated_automatically.unknown) == 0 with input as _protector(kind)
	}
}

_protector(kind) := {"children": {"encryptionProtector": {"current": {"properties": {"serverKeyType": kind, "autoRotationEnabled": true}}}}}
