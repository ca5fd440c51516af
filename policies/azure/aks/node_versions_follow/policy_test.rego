package azure.aks.node_versions_follow_test

import data.azure.aks.node_versions_follow

_in(version, nodes) := {"resource": {"properties": {"currentKubernetesVersion": version, "agentPoolProfiles": [{"name": "system", "currentOrchestratorVersion": "1.33.5"}, {"name": "user", "currentOrchestratorVersion": nodes}]}}}

test_denies_nodes_that_stayed_behind if {
	some finding in node_versions_follow.deny with input as _in("1.33.7", "1.31.2")
	finding.path == "resource.properties.agentPoolProfiles"
	finding.actual == ["user (1.31.2)"]
	finding.expected == "1.33"
	finding.message == "the control plane runs 1.33, other releases are on user (1.31.2)"
}

test_passes_the_same_release if {
	every nodes in ["1.33.1", "1.33"] {
		count(node_versions_follow.deny) == 0 with input as _in("1.33.7", nodes)
		count(node_versions_follow.unknown) == 0 with input as _in("1.33.7", nodes)
	}
}

test_what_is_no_version_is_unknown if {
	every nodes in ["", "1", "latest", "1.33.x"] {
		count(node_versions_follow.unknown) == 1 with input as _in("1.33.7", nodes)
	}
	count(node_versions_follow.unknown) == 1 with input as _in("next", "1.33.5")
}
