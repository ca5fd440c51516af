package azure.event_hubs.geo_recovery_paired_test

import data.azure.event_hubs.geo_recovery_paired

_in(roles) := {"children": {"disasterRecoveryConfigs": {role: {"properties": {"role": role}} | some role in roles}}}

test_denies_none_and_broken_ones if {
	every roles in [[], ["PrimaryNotReplicating"]] {
		some finding in geo_recovery_paired.deny with input as _in(roles)
		finding.path == "children.disasterRecoveryConfigs.*.properties.role"
		finding.actual == roles
		finding.expected == "Primary or Secondary"
		count(geo_recovery_paired.unknown) == 0 with input as _in(roles)
	}
}

test_passes_either_side if {
	every roles in [["Primary"], ["secondary"], ["Primary", "PrimaryNotReplicating"]] {
		count(geo_recovery_paired.deny) == 0 with input as _in(roles)
		count(geo_recovery_paired.unknown) == 0 with input as _in(roles)
	}
}

test_other_role_is_unknown if {
	count(geo_recovery_paired.unknown) == 1 with input as _in(["Tertiary"])
	count(geo_recovery_paired.deny) == 0 with input as _in(["Tertiary"])
	count(geo_recovery_paired.unknown) == 0 with input as _in(["Tertiary", "Primary"])
}
