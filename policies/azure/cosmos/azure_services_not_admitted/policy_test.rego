package azure.cosmos.azure_services_not_admitted_test

import data.azure.cosmos.azure_services_not_admitted

_account(value) := {"resource": {"properties": {"networkAclBypass": value}}}

test_denies_what_is_bad if {
	every value in ["AzureServices", "AZURESERVICES", "azureservices"] {
		some finding in azure_services_not_admitted.deny with input as _account(value)
		finding.path == "resource.properties.networkAclBypass"
		finding.actual == value
		finding.expected == "None"
		count(azure_services_not_admitted.unknown) == 0 with input as _account(value)
	}
}

test_passes_what_is_good if {
	every value in ["None", "NONE", "none"] {
		count(azure_services_not_admitted.deny) == 0 with input as _account(value)
		count(azure_services_not_admitted.unknown) == 0 with input as _account(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_setting if {
	count(azure_services_not_admitted.deny) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(azure_services_not_admitted.unknown) == 1 with input as _account("Novelty")
	count(azure_services_not_admitted.deny) == 0 with input as _account("Novelty")
}
