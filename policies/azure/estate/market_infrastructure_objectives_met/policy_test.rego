package azure.estate.market_infrastructure_objectives_met_test

import data.azure.estate.market_infrastructure_objectives_met

of(criticality, rto, rpo) := {"context": {"criticality": criticality, "rto_minutes": rto, "rpo_minutes": rpo}}

firm(entity) := {
	"entity_type": entity,
	"critical_function_criticalities": ["critical"],
	"market_infrastructure_rto_minutes_max": 120,
	"trading_venue_rpo_minutes_max": 1,
}

test_denies_more_than_two_hours if {
	every entity in ["ccp", "csd", "trading_venue"] {
		count(market_infrastructure_objectives_met.deny) == 1 with input as of("Critical", 121, 1) with data.parameters as firm(entity)
		some f in market_infrastructure_objectives_met.deny with input as of("Critical", 121, 1) with data.parameters as firm(entity)
		f.path == "context.rto_minutes"
		f.actual == 121
		f.expected == "at most 120"
		contains(f.message, sprintf("for a %s the law has 120 min", [entity]))
		count(market_infrastructure_objectives_met.unknown) == 0 with input as of("Critical", 121, 1) with data.parameters as firm(entity)
		count(market_infrastructure_objectives_met.not_applicable) == 0 with input as of("Critical", 121, 1) with data.parameters as firm(entity)
	}
}

test_denies_loss_on_a_trading_venue_alone if {
	some f in market_infrastructure_objectives_met.deny with input as of("critical", 120, 2) with data.parameters as firm("trading_venue")
	f.path == "context.rpo_minutes"
	f.actual == 2
	f.expected == "at most 1"
	count(market_infrastructure_objectives_met.deny) == 0 with input as of("critical", 120, 2) with data.parameters as firm("ccp")
	count(market_infrastructure_objectives_met.deny) == 0 with input as of("critical", 120, 2) with data.parameters as firm("csd")
}

test_passes_the_limits if {
	every entity in ["ccp", "csd", "trading_venue"] {
		count(market_infrastructure_objectives_met.deny) == 0 with input as of("critical", 120, 1) with data.parameters as firm(entity)
		count(market_infrastructure_objectives_met.unknown) == 0 with input as of("critical", 120, 1) with data.parameters as firm(entity)
	}
}

test_banks_are_not_judged if {
	every entity in ["bank", "insurer"] {
		market_infrastructure_objectives_met.not_applicable == {sprintf("the two-hour rules do not apply to the entity type %s", [entity])} with input as of("critical", 600, 600) with data.parameters as firm(entity)
		count(market_infrastructure_objectives_met.deny) == 0 with input as of("critical", 600, 600) with data.parameters as firm(entity)
	}
}

test_other_functions_are_not_judged if {
	market_infrastructure_objectives_met.not_applicable == {"the criticality low marks no critical function"} with input as of("low", 600, 600) with data.parameters as firm("trading_venue")
	count(market_infrastructure_objectives_met.deny) == 0 with input as of("low", 600, 600) with data.parameters as firm("trading_venue")
}

test_undeclared_objectives_are_unknown if {
	market_infrastructure_objectives_met.unknown == {"rto_minutes is not declared in whole minutes", "rpo_minutes is not declared in whole minutes"} with input as {"context": {"criticality": "critical"}} with data.parameters as firm("trading_venue")
	market_infrastructure_objectives_met.unknown == {"rto_minutes is not declared in whole minutes"} with input as of("critical", "2h", "none") with data.parameters as firm("ccp")
	count(market_infrastructure_objectives_met.deny) == 0 with input as of("critical", "2h", "none") with data.parameters as firm("trading_venue")
}
