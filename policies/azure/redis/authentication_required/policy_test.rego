package azure.redis.authentication_required_test

import data.azure.redis.authentication_required

_cache(sku, open) := {"resource": {"properties": {"sku": {"name": sku}, "redisConfiguration": {"authnotrequired": open}}}}

test_denies_an_open_cache if {
	every open in ["true", "True"] {
		some finding in authentication_required.deny with input as _cache("Premium", open)
		finding.path == "resource.properties.redisConfiguration.authnotrequired"
		finding.actual == open
		finding.expected == "false"
		count(authentication_required.unknown) == 0 with input as _cache("Premium", open)
		count(authentication_required.not_applicable) == 0 with input as _cache("Premium", open)
	}
}

test_passes_a_closed_cache if {
	every open in ["false", "FALSE"] {
		count(authentication_required.deny) == 0 with input as _cache("Premium", open)
		count(authentication_required.unknown) == 0 with input as _cache("Premium", open)
		count(authentication_required.not_applicable) == 0 with input as _cache("Premium", open)
	}
}

test_missing_setting_is_closed if {
	bare := {"resource": {"properties": {"sku": {"name": "Premium"}}}}
	count(authentication_required.deny) == 0 with input as bare
	count(authentication_required.unknown) == 0 with input as bare
}

test_smaller_caches_are_not_judged if {
	every sku in ["Basic", "standard"] {
		count(authentication_required.not_applicable) == 1 with input as _cache(sku, "true")
	}
}

test_other_value_is_unknown if {
	count(authentication_required.unknown) == 1 with input as _cache("Premium", "perhaps")
	count(authentication_required.deny) == 0 with input as _cache("Premium", "perhaps")
}
