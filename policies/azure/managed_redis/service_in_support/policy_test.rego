package azure.managed_redis.service_in_support_test

import data.azure.managed_redis.service_in_support

_in(sku, at) := object.union({"resource": {"sku": {"name": sku}}}, {"context": {"at": at}})

_notice := {"retirement_notice_days": 365}

_end := 1806451200

test_denies_within_the_notice if {
	every sku in ["Enterprise_E10", "EnterpriseFlash_F300"] {
		some finding in service_in_support.deny with input as _in(sku, _end - (364 * 86400)) with data.parameters as _notice
		finding.path == "resource.sku.name"
		finding.actual == sku
		finding.expected == "a tier of Azure Managed Redis"
		contains(finding.message, "364 days after")
	}
}

test_denies_after_the_end if count(service_in_support.deny) == 1 with input as _in("Enterprise_E10", _end + 86400) with data.parameters as _notice

test_passes_before_the_notice if {
	count(service_in_support.deny) == 0 with input as _in("Enterprise_E10", _end - (365 * 86400)) with data.parameters as _notice
	count(service_in_support.deny) == 1 with input as _in("Enterprise_E10", _end - (365 * 86400)) with data.parameters as {"retirement_notice_days": 366}
	count(service_in_support.deny) == 1 with input as _in("Enterprise_E10", (_end - (365 * 86400)) + 1) with data.parameters as _notice
	count(service_in_support.unknown) == 0 with input as _in("Enterprise_E10", _end) with data.parameters as _notice
}

test_other_tiers_stay if {
	every sku in ["Balanced_B10", "MemoryOptimized_M20", "FlashOptimized_A250"] {
		count(service_in_support.deny) == 0 with input as _in(sku, _end) with data.parameters as _notice
	}
}

test_empty_tier_is_unknown if count(service_in_support.unknown) == 1 with input as _in("", _end) with data.parameters as _notice
