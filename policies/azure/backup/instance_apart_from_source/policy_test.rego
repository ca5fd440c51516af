package azure.backup.instance_apart_from_source_test

import data.azure.backup.instance_apart_from_source

_own := "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/v/backupInstances/i"

_server(subscription) := sprintf("/subscriptions/%s/resourceGroups/rg/providers/Microsoft.DBforPostgreSQL/flexibleServers/s", [subscription])

_instance(id, source) := {"resource": {"id": id, "properties": {"dataSourceInfo": {"resourceID": source}}}}

_required := {"backup_own_subscription_required": true}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := instance_apart_from_source.deny with input as it with data.parameters as _required
	unclear := instance_apart_from_source.unknown with input as it with data.parameters as _required
	aside := instance_apart_from_source.not_applicable with input as it with data.parameters as _required
}

test_denies_the_same_subscription if {
	same := _instance(_own, upper(_server("11111111-2222-3333-4444-555555555555")))
	some finding in instance_apart_from_source.deny with input as same with data.parameters as _required
	finding.path == "resource.properties.dataSourceInfo.resourceID"
	finding.actual == "11111111-2222-3333-4444-555555555555"
	finding.expected == "another subscription than that of the vault"
	_verdict(same) == [1, 0, 0]
}

test_passes_another_subscription if _verdict(_instance(_own, _server("77777777-8888-4999-aaaa-bbbbbbbbbbbb"))) == [0, 0, 0]

test_subscriptions_that_code_does_not_name_are_unknown if {
	stand_in := "0a1b2c3d-0a1b-8a1b-8a1b-0a1b2c3d4e5f"
	vault := replace(_own, "11111111-2222-3333-4444-555555555555", stand_in)
	_verdict(_instance(vault, _server(stand_in))) == [0, 2, 0]
	_verdict(_instance(vault, _server("77777777-8888-4999-aaaa-bbbbbbbbbbbb"))) == [0, 1, 0]
	_verdict(_instance(_own, _server(stand_in))) == [0, 1, 0]
}

test_source_without_subscription_is_unknown if {
	_verdict(_instance(_own, "")) == [0, 1, 0]
	_verdict(_instance(_own, "/providers/11111111-2222-3333-4444-555555555555/x")) == [0, 1, 0]
	_verdict(_instance(_own, "/subscriptions//x")) == [0, 1, 0]
}

test_missing_source_is_left_to_the_engine if _verdict({"resource": {"id": _own, "properties": {}}}) == [0, 0, 0]

test_ignores_vaults_that_may_share if {
	same := _instance(_own, _server("11111111-2222-3333-4444-555555555555"))
	count(instance_apart_from_source.not_applicable) == 1 with input as same with data.parameters as {"backup_own_subscription_required": false}
}
