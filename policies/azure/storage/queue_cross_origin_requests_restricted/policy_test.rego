package azure.storage.queue_cross_origin_requests_restricted_test

import data.azure.storage.queue_cross_origin_requests_restricted

_in(origins) := {"resource": {"properties": {"cors": {"corsRules": [{"allowedOrigins": ["https://app.example.com"]}, {"allowedOrigins": origins}]}}}}

test_denies_every_site if {
	every origin in ["*", "https://*.example.com"] {
		some finding in queue_cross_origin_requests_restricted.deny with input as _in([origin])
		finding.path == "resource.properties.cors.corsRules"
		finding.actual == sort([origin, "https://app.example.com"])
		finding.expected == "named sites"
		contains(finding.message, origin)
	}
}

test_passes_named_sites_and_none if {
	every service in [_in(["https://www.example.com"]), {"resource": {"properties": {"cors": {"corsRules": []}}}}] {
		count(queue_cross_origin_requests_restricted.deny) == 0 with input as service
		count(queue_cross_origin_requests_restricted.unknown) == 0 with input as service
	}
}

test_rule_without_origins_is_unknown if count(queue_cross_origin_requests_restricted.unknown) == 1 with input as {"resource": {"properties": {"cors": {"corsRules": [{}]}}}}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if count(queue_cross_origin_requests_restricted.deny) == 0 with input as {}
