package azure.estate.critical_service_zone_redundant_test

import data.azure.estate.critical_service_zone_redundant

resource(zones) := {
	"resource": {"type": "Microsoft.Sql/servers/databases", "name": "ledger", "properties": {"zoneRedundant": zones}},
	"context": {"criticality": "Critical"},
}

critical := {"critical_function_criticalities": ["critical", "high"]}

test_other_criticality_is_not_judged if {
	minor := object.union(resource(false), {"context": {"criticality": "low"}})
	critical_service_zone_redundant.not_applicable == {"the criticality low marks no critical function"} with input as minor with data.parameters as critical
	count(critical_service_zone_redundant.deny) == 0 with input as minor with data.parameters as critical
}

test_undeclared_criticality_is_left_to_the_engine if {
	silent := object.remove(resource(false), ["context"])
	count(critical_service_zone_redundant.deny) == 0 with input as silent with data.parameters as critical
	count(critical_service_zone_redundant.not_applicable) == 0 with input as silent with data.parameters as critical
}

test_denies_one_zone if {
	some f in critical_service_zone_redundant.deny with input as resource(false) with data.parameters as critical
	f.path == "resource.properties.zoneRedundant"
	f.actual == false
	f.expected == true
	startswith(f.message, "single zone: ")
	count(critical_service_zone_redundant.not_applicable) == 0 with input as resource(false) with data.parameters as critical
}

test_passes_zone_redundancy if count(critical_service_zone_redundant.deny) == 0 with input as resource(true) with data.parameters as critical

test_unsaid_is_left_to_the_engine if {
	bare := {"resource": {"type": "Microsoft.Web/serverfarms", "name": "p", "properties": {}}, "context": {"criticality": "critical"}}
	count(critical_service_zone_redundant.deny) == 0 with input as bare with data.parameters as critical
}

test_master_is_not_judged if {
	master := object.union(resource(false), {"resource": {"type": "microsoft.sql/Servers/databases", "name": "Master"}})
	critical_service_zone_redundant.not_applicable == {"the system database belongs to Azure"} with input as master with data.parameters as critical
}

test_other_resources_may_be_called_master if {
	master := object.union(resource(false), {"resource": {"type": "Microsoft.Web/serverfarms", "name": "master"}})
	count(critical_service_zone_redundant.not_applicable) == 0 with input as master with data.parameters as critical
}
