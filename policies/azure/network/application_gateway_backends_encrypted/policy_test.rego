package azure.network.application_gateway_backends_encrypted_test

import data.azure.network.application_gateway_backends_encrypted

_with(values) := {"resource": {"properties": {"backendHttpSettingsCollection": [{"name": "n", "properties": {"protocol": value}} | some value in values]}}}

_verdict(it) := [count(denied), count(unclear)] if {
	denied := application_gateway_backends_encrypted.deny with input as it
	unclear := application_gateway_backends_encrypted.unknown with input as it
}

test_denies_the_wrong_value if {
	some finding in application_gateway_backends_encrypted.deny with input as _with(["Https", "HTTP"])
	finding.path == "resource.properties.backendHttpSettingsCollection"
	finding.actual == "HTTP"
	finding.expected == "Https"
	finding.message == sprintf("the setting %v sends requests on in clear", ["n"])
}

test_wrong_value_is_known if _verdict(_with(["Http"])) == [1, 0]

test_passes_the_right_value if _verdict(_with(["Https", "https"])) == [0, 0]

test_other_value_is_unknown if _verdict(_with(["Maybe"])) == [0, 1]

test_missing_value_is_unknown if {
	application_gateway_backends_encrypted.unknown == {"protocol is not stated, which this policy does not know"} with input as {"resource": {"properties": {"backendHttpSettingsCollection": [{"name": "n"}]}}}
}

test_item_without_name_is_denied if {
	some finding in application_gateway_backends_encrypted.deny with input as {"resource": {"properties": {"backendHttpSettingsCollection": [{"properties": {"protocol": "Http"}}]}}}
	finding.message == sprintf("the setting %v sends requests on in clear", ["without a name"])
}

test_nothing_is_unknown if _verdict(_with([])) == [0, 1]
