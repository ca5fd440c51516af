package azure.redis.service_in_support_test

import data.azure.redis.service_in_support

_in(sku, at) := object.union({"resource": {"properties": {"sku": {"name": sku}}}}, {"context": {"at": at}})

_notice := {"retirement_notice_days": 365}

_end := 1853884800

test_denies_within_the_notice if {
	every sku in ["Standard", "Premium"] {
		some finding in service_in_support.deny with input as _in(sku, _end - (364 * 86400)) with data.parameters as _notice
		finding.path == "resource.properties.sku.name"
		finding.actual == sku
		finding.expected == "a tier of Azure Managed Redis"
		contains(finding.message, "364 days after")
	}
}

test_denies_after_the_end if count(service_in_support.deny) == 1 with input as _in("Standard", _end + 86400) with data.parameters as _notice

test_passes_before_the_notice if {
	count(service_in_support.deny) == 0 with input as _in("Standard", _end - (365 * 86400)) with data.parameters as _notice
	count(service_in_support.deny) == 1 with input as _in("Standard", _end - (365 * 86400)) with data.parameters as {"retirement_notice_days": 366}
	count(service_in_support.deny) == 1 with input as _in("Standard", (_end - (365 * 86400)) + 1) with data.parameters as _notice
}
