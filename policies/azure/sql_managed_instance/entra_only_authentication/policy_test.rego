package azure.sql_managed_instance.entra_only_authentication_test

import data.azure.sql_managed_instance.entra_only_authentication

_setting(value) := {"resource": {"properties": {}}, "children": {"azureADOnlyAuthentications": {"Default": {"properties": {"azureADOnlyAuthentication": value}}}}}

_shown(value) := {"resource": {"properties": {"administrators": {"azureADOnlyAuthentication": value}}}}

test_denies_the_setting if {
	count(entra_only_authentication.deny) == 1 with input as _setting(false)
	some finding in entra_only_authentication.deny with input as _setting(false)
	finding.path == "children.azureADOnlyAuthentications.Default.properties.azureADOnlyAuthentication"
	finding.actual == false
	finding.expected == true
}

test_denies_the_copy if {
	count(entra_only_authentication.deny) == 1 with input as _shown(false)
	some finding in entra_only_authentication.deny with input as _shown(false)
	finding.path == "resource.properties.administrators.azureADOnlyAuthentication"
	finding.actual == false
	finding.expected == true
}

test_missing_setting_is_off if count(entra_only_authentication.deny) == 1 with input as {"resource": {"properties": {}}}

test_passes_either_place if {
	count(entra_only_authentication.deny) == 0 with input as _setting(true)
	count(entra_only_authentication.deny) == 0 with input as _shown(true)
}

test_one_place_that_says_so_is_enough if {
	count(entra_only_authentication.deny) == 0 with input as object.union(_setting(true), _shown(false))
	count(entra_only_authentication.deny) == 0 with input as object.union(_setting(false), _shown(true))
	count(entra_only_authentication.deny) == 1 with input as object.union(_setting(false), _shown(false))
}
