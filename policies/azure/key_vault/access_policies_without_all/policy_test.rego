package azure.key_vault.access_policies_without_all_test

import data.azure.key_vault.access_policies_without_all

_vault(permissions) := {"resource": {"properties": {"accessPolicies": [{"objectId": "o", "permissions": permissions}]}}}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := access_policies_without_all.deny with input as it
	unclear := access_policies_without_all.unknown with input as it
	aside := access_policies_without_all.not_applicable with input as it
}

test_denies_all_and_purge if {
	some finding in access_policies_without_all.deny with input as _vault({"secrets": ["get", "Purge"]})
	finding.path == "resource.properties.accessPolicies"
	finding.actual == "purge on secrets"
	finding.expected == "neither all nor purge"
	_verdict(_vault({"keys": ["All"], "secrets": ["purge"]})) == [2, 0, 0]
}

test_passes_named_permissions if _verdict(_vault({"keys": ["get", "wrapKey", "unwrapKey"], "secrets": [], "certificates": ["list"]})) == [0, 0, 0]

test_passes_no_access_policy if _verdict({"resource": {"properties": {"accessPolicies": []}}}) == [0, 0, 0]

test_ignores_a_vault_with_roles if {
	_verdict({"resource": {"properties": {"enableRbacAuthorization": true, "accessPolicies": []}}}) == [0, 0, 1]
	_verdict({"resource": {"properties": {"enableRbacAuthorization": false, "accessPolicies": []}}}) == [0, 0, 0]
}

test_unreadable_permissions_are_unknown if {
	_verdict({"resource": {"properties": {"accessPolicies": [{"objectId": "o"}]}}}) == [0, 1, 0]
	_verdict(_vault({"keys": [7]})) == [0, 1, 0]
	_verdict(_vault({"keys": "all"})) == [0, 1, 0]
	_verdict(_vault({"keys": {"first": "get"}})) == [0, 1, 0]
	_verdict(_vault([["get"]])) == [0, 1, 0]
	_verdict(_vault("all")) == [0, 1, 0]
	_verdict(_vault(["all"])) == [0, 1, 0]
}
