package azure.storage.entra_authorization_default_test

import data.azure.storage.entra_authorization_default

_in(value) := {"resource": {"properties": {"defaultToOAuthAuthentication": value}}}

test_denies_the_bad if {
	some finding in entra_authorization_default.deny with input as _in(false)
	finding.path == "resource.properties.defaultToOAuthAuthentication"
	finding.actual == false
	finding.expected == true
}

test_passes_the_good if count(entra_authorization_default.deny) == 0 with input as _in(true)

test_takes_a_missing_property_for_the_bad if count(entra_authorization_default.deny) == 1 with input as {"resource": {"properties": {}}}
