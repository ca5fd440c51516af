package azure.redis.access_policy_narrow_test

import data.azure.redis.access_policy_narrow

_in(policy) := {"resource": {"properties": {"accessPolicyName": policy}}}

_refused := {"redis_access_policies_refused": ["Data Owner"]}

test_denies_what_is_refused if {
	every policy in ["Data Owner", "data owner"] {
		some finding in access_policy_narrow.deny with input as _in(policy) with data.parameters as _refused
		finding.path == "resource.properties.accessPolicyName"
		finding.actual == policy
		finding.expected == "a narrower policy"
	}
}

test_passes_others if {
	every policy in ["Data Contributor", "Data Reader", "ledger-writer"] {
		count(access_policy_narrow.deny) == 0 with input as _in(policy) with data.parameters as _refused
		count(access_policy_narrow.unknown) == 0 with input as _in(policy) with data.parameters as _refused
	}
}

test_parameter_names_others if count(access_policy_narrow.deny) == 1 with input as _in("ledger-writer") with data.parameters as {"redis_access_policies_refused": ["Ledger-Writer"]}

test_empty_name_is_unknown if count(access_policy_narrow.unknown) == 1 with input as _in(" ") with data.parameters as _refused
