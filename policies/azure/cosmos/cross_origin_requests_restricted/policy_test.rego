package azure.cosmos.cross_origin_requests_restricted_test

import data.azure.cosmos.cross_origin_requests_restricted

_in(origins) := {"resource": {"properties": {"cors": [{"allowedOrigins": origin} | some origin in origins]}}}

test_denies_every_site if {
	some finding in cross_origin_requests_restricted.deny with input as _in(["https://app.example.com", "*"])
	finding.path == "resource.properties.cors"
	finding.actual == ["*", "https://app.example.com"]
	finding.expected == "named sites"
	finding.message == "pages of * may call the account"
}

test_denies_one_in_a_list if {
	some finding in cross_origin_requests_restricted.deny with input as _in(["https://app.example.com, https://*.example.com"])
	finding.actual == ["https://*.example.com", "https://app.example.com"]
	finding.message == "pages of https://*.example.com may call the account"
}

test_passes_named_sites_and_none if {
	every origins in [["https://app.example.com,https://www.example.com"], []] {
		count(cross_origin_requests_restricted.deny) == 0 with input as _in(origins)
		count(cross_origin_requests_restricted.unknown) == 0 with input as _in(origins)
	}
}

test_rule_without_origins_is_unknown if {
	count(cross_origin_requests_restricted.unknown) == 1 with input as {"resource": {"properties": {"cors": [{}]}}}
	count(cross_origin_requests_restricted.unknown) == 1 with input as {"resource": {"properties": {"cors": [{"allowedOrigins": ["*"]}]}}}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if count(cross_origin_requests_restricted.deny) == 0 with input as {}
