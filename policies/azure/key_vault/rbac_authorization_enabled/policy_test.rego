package azure.key_vault.rbac_authorization_enabled_test

import data.azure.key_vault.rbac_authorization_enabled

_vault(properties) := {"resource": {"properties": properties}}

test_denies_access_policies if {
	some finding in rbac_authorization_enabled.deny with input as _vault({"enableRbacAuthorization": false})
	finding.path == "resource.properties.enableRbacAuthorization"
	finding.actual == false
	finding.expected == true
}

test_passes_roles if {
	count(rbac_authorization_enabled.deny) == 0 with input as _vault({"enableRbacAuthorization": true})
}

test_absent_is_access_policies if {
	some finding in rbac_authorization_enabled.deny with input as _vault({"accessPolicies": []})
	finding.actual == false
}
