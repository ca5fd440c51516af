package azure.authorization.policy_exemption_expires_test

import data.azure.authorization.policy_exemption_expires

_exemption(properties) := {"resource": {"properties": object.union({"exemptionCategory": "Waiver"}, properties)}, "context": {"at": 1793491200}}

_limit := {"exemption_days_max": 366}

_verdict(it) := [count(denied), count(unclear)] if {
	denied := policy_exemption_expires.deny with input as it with data.parameters as _limit
	unclear := policy_exemption_expires.unknown with input as it with data.parameters as _limit
}

test_denies_an_exemption_without_end if {
	some finding in policy_exemption_expires.deny with input as _exemption({}) with data.parameters as _limit
	finding.path == "resource.properties.expiresOn"
	finding.actual == "absent"
	finding.expected == "an end within 366 days"
}

test_denies_a_long_exemption if {
	some finding in policy_exemption_expires.deny with input as _exemption({"expiresOn": "2027-11-03T00:00:00Z"}) with data.parameters as _limit
	finding.path == "resource.properties.expiresOn"
	finding.actual == 367
	finding.expected == "an end within 366 days"
}

test_passes_the_limit if _verdict(_exemption({"expiresOn": "2027-11-02T00:00:00Z"})) == [0, 0]

test_a_moment_more_is_too_long if _verdict(_exemption({"expiresOn": "2027-11-02T00:00:01Z"})) == [1, 0]

test_no_end_is_clear if _verdict(_exemption({})) == [1, 0]

test_unreadable_end_is_unknown if _verdict(_exemption({"expiresOn": "next year"})) == [0, 1]

test_missing_category_is_left_to_the_engine if {
	count(policy_exemption_expires.deny) == 0 with input as {"resource": {"properties": {}}, "context": {"at": 1793491200}} with data.parameters as _limit
}
