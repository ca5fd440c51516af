package azure.sql.ledger_kept_test

import data.azure.sql.ledger_kept

_in(ledger) := {"resource": {"name": "ledger", "properties": {"isLedgerOn": ledger}}}

_required := {"sql_ledger_required": true}

test_denies_without_ledger if {
	every database in [_in(false), {"resource": {"name": "ledger"}}] {
		some finding in ledger_kept.deny with input as database with data.parameters as _required
		finding.path == "resource.properties.isLedgerOn"
		finding.actual == false
		finding.expected == true
	}
}

test_passes_with_ledger if {
	count(ledger_kept.deny) == 0 with input as _in(true) with data.parameters as _required
	count(ledger_kept.not_applicable) == 0 with input as _in(true) with data.parameters as _required
}

test_does_not_apply_where_none_is_required if {
	some reason in ledger_kept.not_applicable with input as _in(false) with data.parameters as {"sql_ledger_required": false}
	reason == "the firm does not ask for a ledger here"
	count(ledger_kept.deny) == 0 with input as _in(false) with data.parameters as {"sql_ledger_required": false}
}

test_ignores_the_system_database if {
	some reason in ledger_kept.not_applicable with input as {"resource": {"name": "MASTER"}} with data.parameters as _required
	reason == "the system database belongs to Azure"
}
