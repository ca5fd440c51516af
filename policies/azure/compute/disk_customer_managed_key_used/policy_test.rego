package azure.compute.disk_customer_managed_key_used_test

import data.azure.compute.disk_customer_managed_key_used

_resource(value) := {"resource": {"properties": {"encryption": {"type": value}}}}

test_denies if {
	every value in ["ENCRYPTIONATRESTWITHPLATFORMKEY", "EncryptionAtRestWithPlatformKey", "encryptionatrestwithplatformkey"] {
		some finding in disk_customer_managed_key_used.deny with input as _resource(value)
		finding.path == "resource.properties.encryption.type"
		finding.actual == value
		finding.expected == "EncryptionAtRestWithCustomerKey"
		count(disk_customer_managed_key_used.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["ENCRYPTIONATRESTWITHCUSTOMERKEY", "ENCRYPTIONATRESTWITHPLATFORMANDCUSTOMERKEYS", "EncryptionAtRestWithCustomerKey", "EncryptionAtRestWithPlatformAndCustomerKeys"] {
		count(disk_customer_managed_key_used.deny) == 0 with input as _resource(value)
		count(disk_customer_managed_key_used.unknown) == 0 with input as _resource(value)
		count(disk_customer_managed_key_used.not_applicable) == 0 with input as _resource(value)
	}
}

test_absent_is_the_default if {
	some finding in disk_customer_managed_key_used.deny with input as {"resource": {"properties": {}}}
	finding.actual == "EncryptionAtRestWithPlatformKey"
}

test_other_value_is_unknown if {
	count(disk_customer_managed_key_used.unknown) == 1 with input as _resource("Legacy")
	count(disk_customer_managed_key_used.deny) == 0 with input as _resource("Legacy")
}

test_not_required_is_not_judged if {
	disk_customer_managed_key_used.not_applicable == {"no customer-managed key is required for this data"} with input as _resource("EncryptionAtRestWithPlatformKey") with data.parameters as {"customer_managed_key_required": false}
	count(disk_customer_managed_key_used.not_applicable) == 0 with input as _resource("EncryptionAtRestWithPlatformKey") with data.parameters as {"customer_managed_key_required": true}
}
