# METADATA
# title: Critical functions of market infrastructures declare a recovery within two hours
# description: |
#   Central counterparties and central securities depositories have to recover critical or important functions within two hours; trading
#   venues resume within or close to two hours, and come close to losing no data. For every other kind of entity the law names no
#   figure, and the policy does not apply: set entity_type. It reads what the firm declared; whether a resource can do it is the
#   question of the policies zone_failure_objective_met and region_failure_objective_met.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/concept-business-continuity-high-availability-disaster-recovery
# custom:
#   check: HAO-FMI-001
#   severity: high
#   resource:
#     - Microsoft.DBforPostgreSQL/flexibleServers
#     - Microsoft.DBforMySQL/flexibleServers
#     - Microsoft.Sql/servers/databases
#     - Microsoft.Sql/managedInstances
#     - Microsoft.DocumentDB/databaseAccounts
#     - Microsoft.DocumentDB/mongoClusters
#     - Microsoft.Storage/storageAccounts
#     - Microsoft.Cache/redis
#     - Microsoft.Cache/redisEnterprise
#     - Microsoft.Kusto/clusters
#     - Microsoft.EventHub/namespaces
#     - Microsoft.ServiceBus/namespaces
#     - Microsoft.Search/searchServices
#     - Microsoft.Databricks/workspaces
#     - Microsoft.DataFactory/factories
#     - Microsoft.Web/serverfarms
#     - Microsoft.Web/sites
#     - Microsoft.ContainerService/managedClusters
#     - Microsoft.Compute/virtualMachines
#     - Microsoft.Compute/virtualMachineScaleSets
#   reads:
#     - context.criticality
#     - context.rto_minutes
#     - context.rpo_minutes
#   parameters:
#     entity_type: {type: string, default: bank, allowed: [bank, payment_institution, e_money_institution, account_information_provider, investment_firm, crypto_asset_provider, csd, ccp, trading_venue, trade_repository, fund_manager, management_company, data_reporting_provider, insurer, insurance_intermediary, pension_institution, rating_agency, benchmark_administrator, crowdfunding_provider, securitisation_repository, other], meaning: what kind of financial entity the firm is under DORA}
#     critical_function_criticalities: {type: list, default: [critical], pattern: "^\\S.*$", meaning: values of criticality that mark what carries a critical or important function}
#     market_infrastructure_rto_minutes_max: {type: integer, default: 120, min: 1, max: 120, meaning: most minutes that a market infrastructure may declare for the recovery of a critical function}
#     trading_venue_rpo_minutes_max: {type: integer, default: 1, min: 0, max: 15, meaning: most minutes of lost data that a trading venue takes as close to none}
#   controls:
#     RTS-24-2-a: compares the recovery time that a central counterparty declared for a critical function with two hours
#     RTS-24-3-b: compares the recovery time that a central securities depository declared for a critical function with two hours
#     RTS-24-4: compares what a trading venue declared with two hours and with nearly no loss of data
#     DORA-12-6: shows objectives of a critical function that are weaker than the law allows
#   remediation:
#     az: az tag update --resource-id RESOURCE_ID --operation Merge --tags rto_minutes=120 rpo_minutes=0
#     note: |
#       Change the objectives only together with the design: a shorter number alone recovers nothing sooner.
package azure.estate.market_infrastructure_objectives_met

import data.lib.arm

_entity := data.parameters.entity_type

_two_hours := ["ccp", "csd", "trading_venue"]

default _rto := null

_rto := input.context.rto_minutes

default _rpo := null

_rpo := input.context.rpo_minutes

not_applicable contains sprintf("the two-hour rules do not apply to the entity type %s", [_entity]) if not _entity in _two_hours

not_applicable contains sprintf("the criticality %s marks no critical function", [input.context.criticality]) if {
	not arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)
}

_critical if arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)

deny contains finding if {
	_critical
	_entity in _two_hours
	is_number(_rto)
	_rto > data.parameters.market_infrastructure_rto_minutes_max
	finding := {
		"message": sprintf("the declared recovery time of a critical function is %v min; for a %s the law has %v min", [_rto, _entity, data.parameters.market_infrastructure_rto_minutes_max]),
		"path": "context.rto_minutes",
		"actual": _rto,
		"expected": sprintf("at most %v", [data.parameters.market_infrastructure_rto_minutes_max]),
	}
}

deny contains finding if {
	_critical
	_entity == "trading_venue"
	is_number(_rpo)
	_rpo > data.parameters.trading_venue_rpo_minutes_max
	finding := {
		"message": sprintf("the declared data loss of a critical function is %v min; a trading venue has to come close to none", [_rpo]),
		"path": "context.rpo_minutes",
		"actual": _rpo,
		"expected": sprintf("at most %v", [data.parameters.trading_venue_rpo_minutes_max]),
	}
}

unknown contains "rto_minutes is not declared in whole minutes" if not is_number(_rto)

unknown contains "rpo_minutes is not declared in whole minutes" if {
	_entity == "trading_venue"
	not is_number(_rpo)
}
