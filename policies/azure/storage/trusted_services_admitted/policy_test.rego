package azure.storage.trusted_services_admitted_test

import data.azure.storage.trusted_services_admitted

_account(bypass) := {"resource": {"properties": {"networkAcls": {"bypass": bypass}}}}

test_denies_what_admits_no_service if {
	every bypass in ["None", "none", "Logging", "Metrics", "Logging, Metrics"] {
		some finding in trusted_services_admitted.deny with input as _account(bypass)
		finding.path == "resource.properties.networkAcls.bypass"
		finding.actual == bypass
		finding.expected == "AzureServices"
		count(trusted_services_admitted.unknown) == 0 with input as _account(bypass)
	}
}

test_passes_trusted_services if {
	every bypass in ["AzureServices", "azureservices", "Logging, Metrics, AzureServices", "Logging,AzureServices"] {
		count(trusted_services_admitted.deny) == 0 with input as _account(bypass)
		count(trusted_services_admitted.unknown) == 0 with input as _account(bypass)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_bypass if count(trusted_services_admitted.deny) == 0 with input as {"resource": {"properties": {}}}

test_other_values_are_unknown if {
	every bypass in ["Everything", "AzureServices, Everything"] {
		count(trusted_services_admitted.unknown) == 1 with input as _account(bypass)
		count(trusted_services_admitted.deny) == 0 with input as _account(bypass)
	}
}
