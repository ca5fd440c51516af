package azure.storage.key_rotation_reminded_test

import data.azure.storage.key_rotation_reminded

_account(properties) := {"resource": {"properties": properties}}

_limit := {"access_key_age_days_max": 90}

_findings(properties) := findings if {
	findings := key_rotation_reminded.deny with input as _account(properties) with data.parameters as _limit
}


test_no_period_is_denied if {
	some finding in _findings({})
	finding.message == "the account has no period for its keys"
	finding.path == "resource.properties.keyPolicy.keyExpirationPeriodInDays"
	finding.actual == 0
	finding.expected == "at most 90 days"
	count(_findings({})) == 1
}

test_long_period_is_denied_once if {
	some finding in _findings({"keyPolicy": {"keyExpirationPeriodInDays": 91}})
	finding.path == "resource.properties.keyPolicy.keyExpirationPeriodInDays"
	finding.actual == 91
	finding.expected == "at most 90 days"
	count(_findings({"keyPolicy": {"keyExpirationPeriodInDays": 91}})) == 1
}

test_the_bound_and_a_day_pass if {
	count(_findings({"keyPolicy": {"keyExpirationPeriodInDays": 90}})) == 0
	count(_findings({"keyPolicy": {"keyExpirationPeriodInDays": 1}})) == 0
}

test_refused_keys_need_no_period if {
	count(_findings({"allowSharedKeyAccess": false})) == 0
	count(_findings({"allowSharedKeyAccess": false, "keyPolicy": {"keyExpirationPeriodInDays": 365}})) == 0
	count(_findings({"allowSharedKeyAccess": true})) == 1
}
