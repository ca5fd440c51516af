package azure.redis.enterprise_client_protocol_encrypted_test

import data.azure.redis.enterprise_client_protocol_encrypted

_database(value) := {"resource": {"properties": {"clientProtocol": value}}}

test_denies_the_bad if {
	every value in ["Plaintext", "plaintext"] {
		some finding in enterprise_client_protocol_encrypted.deny with input as _database(value)
		finding.path == "resource.properties.clientProtocol"
		finding.actual == value
		finding.expected == "Encrypted"
		count(enterprise_client_protocol_encrypted.unknown) == 0 with input as _database(value)
	}
}

test_passes_the_good if {
	every value in ["Encrypted", "ENCRYPTED"] {
		count(enterprise_client_protocol_encrypted.deny) == 0 with input as _database(value)
		count(enterprise_client_protocol_encrypted.unknown) == 0 with input as _database(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(enterprise_client_protocol_encrypted.deny) == 0 with input as {"resource": {"properties": {}}}
	count(enterprise_client_protocol_encrypted.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(enterprise_client_protocol_encrypted.unknown) == 1 with input as _database("Mixed")
	count(enterprise_client_protocol_encrypted.deny) == 0 with input as _database("Mixed")
}
