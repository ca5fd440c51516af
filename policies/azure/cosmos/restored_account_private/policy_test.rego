package azure.cosmos.restored_account_private_test

import data.azure.cosmos.restored_account_private

_verdict(properties) := [count(denied), count(unclear), count(aside)] if {
	denied := restored_account_private.deny with input as {"resource": {"properties": properties}}
	unclear := restored_account_private.unknown with input as {"resource": {"properties": properties}}
	aside := restored_account_private.not_applicable with input as {"resource": {"properties": properties}}
}

test_denies_an_open_copy if {
	some finding in restored_account_private.deny with input as {"resource": {"properties": {"createMode": "restore", "publicNetworkAccess": "enabled"}}}
	finding.path == "resource.properties.publicNetworkAccess"
	finding.actual == "enabled"
	finding.expected == "Disabled"
}

test_an_open_copy_is_clear if _verdict({"createMode": "Restore", "publicNetworkAccess": "Enabled"}) == [1, 0, 0]

test_open_by_default if {
	some finding in restored_account_private.deny with input as {"resource": {"properties": {"createMode": "Restore"}}}
	finding.actual == "Enabled"
}

test_closed_copies_pass if {
	_verdict({"createMode": "Restore", "publicNetworkAccess": "disabled"}) == [0, 0, 0]
	_verdict({"createMode": "Restore", "publicNetworkAccess": "SecuredByPerimeter"}) == [0, 0, 0]
}

test_other_accounts_are_left_out if {
	_verdict({"createMode": "default", "publicNetworkAccess": "Disabled"}) == [0, 0, 1]
	_verdict({"publicNetworkAccess": "Disabled"}) == [0, 0, 1]
}

test_what_is_not_known_is_unknown if {
	_verdict({"createMode": "Restore", "publicNetworkAccess": "Maybe"}) == [0, 1, 0]
	_verdict({"createMode": "Clone", "publicNetworkAccess": "Disabled"}) == [0, 1, 0]
}
