package azure.sql.failover_policy_as_decided_test

import data.azure.sql.failover_policy_as_decided

group(policy) := {"resource": {"properties": {"readWriteEndpoint": {"failoverPolicy": policy}}}}

test_denies_another_policy if {
	some f in failover_policy_as_decided.deny with input as group("automatic") with data.parameters as {"sql_failover_policy": "Manual"}
	f.path == "resource.properties.readWriteEndpoint.failoverPolicy"
	f.actual == "automatic"
	f.expected == "Manual"
	count(failover_policy_as_decided.unknown) == 0 with input as group("automatic") with data.parameters as {"sql_failover_policy": "Manual"}
	count(failover_policy_as_decided.deny) == 1 with input as group("Manual") with data.parameters as {"sql_failover_policy": "Automatic"}
}

test_passes_the_decided_policy if {
	every policy in ["Manual", "Automatic"] {
		count(failover_policy_as_decided.deny) == 0 with input as group(lower(policy)) with data.parameters as {"sql_failover_policy": policy}
		count(failover_policy_as_decided.unknown) == 0 with input as group(lower(policy)) with data.parameters as {"sql_failover_policy": policy}
		count(failover_policy_as_decided.not_applicable) == 0 with input as group(lower(policy)) with data.parameters as {"sql_failover_policy": policy}
	}
}

test_open_decision_is_not_judged if {
	failover_policy_as_decided.not_applicable == {"the firm leaves open who orders a failover"} with input as group("Manual") with data.parameters as {"sql_failover_policy": "any"}
}

test_new_policy_is_unknown if {
	failover_policy_as_decided.unknown == {"failoverPolicy is \"Quorum\", which this policy does not know"} with input as group("Quorum") with data.parameters as {"sql_failover_policy": "Manual"}
	count(failover_policy_as_decided.deny) == 0 with input as group("Quorum") with data.parameters as {"sql_failover_policy": "Manual"}
}
