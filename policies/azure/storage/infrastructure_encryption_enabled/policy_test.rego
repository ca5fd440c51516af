package azure.storage.infrastructure_encryption_enabled_test

import data.azure.storage.infrastructure_encryption_enabled

_account(value) := {"resource": {"properties": {"encryption": {"requireInfrastructureEncryption": value}}}}

_required := {"infrastructure_encryption_required": true}

test_denies_false if {
	some finding in infrastructure_encryption_enabled.deny with input as _account(false) with data.parameters as _required
	finding.path == "resource.properties.encryption.requireInfrastructureEncryption"
	finding.actual == false
	finding.expected == true
}

test_passes_true if {
	count(infrastructure_encryption_enabled.deny) == 0 with input as _account(true) with data.parameters as _required
	count(infrastructure_encryption_enabled.not_applicable) == 0 with input as _account(true) with data.parameters as _required
}

test_missing_property_is_false if {
	some finding in infrastructure_encryption_enabled.deny with input as {"resource": {"properties": {}}} with data.parameters as _required
	finding.actual == false
}

test_not_required_is_not_judged if {
	infrastructure_encryption_enabled.not_applicable == {"a second layer of encryption is not required for this data"} with input as _account(false) with data.parameters as {"infrastructure_encryption_required": false}
}
