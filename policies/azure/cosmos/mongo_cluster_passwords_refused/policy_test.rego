package azure.cosmos.mongo_cluster_passwords_refused_test

import data.azure.cosmos.mongo_cluster_passwords_refused

_in(modes) := {"resource": {"properties": {"authConfig": {"allowedModes": modes}}}}

test_denies_the_bad if {
	every modes in [["NativeAuth", "MicrosoftEntraID"], ["NATIVEAUTH"]] {
		some finding in mongo_cluster_passwords_refused.deny with input as _in(modes)
		finding.path == "resource.properties.authConfig.allowedModes"
		finding.actual == modes
		finding.expected == "only MicrosoftEntraID"
		count(mongo_cluster_passwords_refused.unknown) == 0 with input as _in(modes)
	}
}

test_missing_modes_are_passwords_only if {
	some finding in mongo_cluster_passwords_refused.deny with input as {}
	finding.actual == ["NativeAuth"]
}

test_passes_the_good if {
	every modes in [["MicrosoftEntraID"], ["MICROSOFTENTRAID"]] {
		count(mongo_cluster_passwords_refused.deny) == 0 with input as _in(modes)
		count(mongo_cluster_passwords_refused.unknown) == 0 with input as _in(modes)
	}
}

test_other_mode_is_unknown if count(mongo_cluster_passwords_refused.unknown) == 1 with input as _in(["MicrosoftEntraID", "Kerberos"])
