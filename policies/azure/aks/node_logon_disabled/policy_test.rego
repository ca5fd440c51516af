package azure.aks.node_logon_disabled_test

import data.azure.aks.node_logon_disabled

_in(access, os) := {"resource": {"properties": {"agentPoolProfiles": [{"name": "system", "securityProfile": {"sshAccess": "Disabled"}}, {"name": "user", "osType": os, "securityProfile": {"sshAccess": access}}]}}}

test_denies_a_local_user if {
	some finding in node_logon_disabled.deny with input as _in("localuser", "Linux")
	finding.path == "resource.properties.agentPoolProfiles"
	finding.actual == ["user"]
	finding.expected == "Disabled"
	finding.message == "nodes of user can be reached over SSH"
	count(node_logon_disabled.unknown) == 0 with input as _in("localuser", "Linux")
}

test_missing_setting_is_a_local_user if {
	every item in [{"name": "user"}, {"name": "user", "securityProfile": {}}] {
		count(node_logon_disabled.deny) == 1 with input as {"resource": {"properties": {"agentPoolProfiles": [item]}}}
	}
}

test_passes_disabled_and_windows if {
	every pair in [["Disabled", "Linux"], ["DISABLED", "Linux"], ["LocalUser", "windows"]] {
		count(node_logon_disabled.deny) == 0 with input as _in(pair[0], pair[1])
		count(node_logon_disabled.unknown) == 0 with input as _in(pair[0], pair[1])
	}
}

test_other_access_is_unknown if count(node_logon_disabled.unknown) == 1 with input as _in("EntraId", "Linux")
