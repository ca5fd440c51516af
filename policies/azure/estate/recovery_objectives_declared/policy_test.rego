package azure.estate.recovery_objectives_declared_test

import data.azure.estate.recovery_objectives_declared

resource(context) := {"resource": {"type": "Microsoft.Sql/servers/databases", "name": "ledger"}, "context": context}

required := {"recovery_objectives_required": true}

paths(field, context) := {f.path: f[field] | some f in findings} if {
	findings := recovery_objectives_declared.deny with input as resource(context) with data.parameters as required
}

test_denies_what_is_not_declared if {
	found := paths("actual", {})
	found == {"context.criticality": "nothing", "context.rto_minutes": "not declared", "context.rpo_minutes": "not declared"}
}

test_denies_durations_that_are_no_minutes if {
	declared := {"criticality": "low", "rto_minutes": "PT4H", "rpo_minutes": "soon"}
	found := paths("actual", declared)
	found == {"context.rto_minutes": "PT4H, which is not a number of minutes", "context.rpo_minutes": "soon, which is not a number of minutes"}
}

test_findings_say_what_is_expected if {
	found := paths("expected", {})
	found == {"context.criticality": "how critical the function is that the resource carries", "context.rto_minutes": "whole minutes", "context.rpo_minutes": "whole minutes"}
}

test_passes_declared_objectives if {
	count(recovery_objectives_declared.deny) == 0 with input as resource({"criticality": "critical", "rto_minutes": 0, "rpo_minutes": 0}) with data.parameters as required
	count(recovery_objectives_declared.not_applicable) == 0 with input as resource({"criticality": "critical", "rto_minutes": 0, "rpo_minutes": 0}) with data.parameters as required
}

test_not_required_is_not_judged if {
	recovery_objectives_declared.not_applicable == {"recovery objectives need not be declared for this resource"} with input as resource({}) with data.parameters as {"recovery_objectives_required": false}
}

test_master_is_not_judged if {
	master := {"resource": {"type": "microsoft.sql/Servers/databases", "name": "Master"}, "context": {}}
	recovery_objectives_declared.not_applicable == {"the system database belongs to Azure"} with input as master with data.parameters as required
}

test_other_resources_may_be_called_master if {
	master := {"resource": {"type": "Microsoft.Cache/redis", "name": "master"}, "context": {}}
	count(recovery_objectives_declared.not_applicable) == 0 with input as master with data.parameters as required
	count(recovery_objectives_declared.deny) == 3 with input as master with data.parameters as required
}
