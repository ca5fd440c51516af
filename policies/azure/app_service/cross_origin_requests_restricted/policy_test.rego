package azure.app_service.cross_origin_requests_restricted_test

import data.azure.app_service.cross_origin_requests_restricted

_resource(origins) := {"resource": {"properties": {"siteConfig": {"cors": {"allowedOrigins": origins}}}}}

test_denies_every_origin if {
	some finding in cross_origin_requests_restricted.deny with input as _resource(["https://portal.example.com", "*"])
	finding.path == "resource.properties.siteConfig.cors.allowedOrigins"
	finding.actual == ["https://portal.example.com", "*"]
	finding.expected == "origins by name"
	count(cross_origin_requests_restricted.unknown) == 0 with input as _resource(["*"])
}

test_passes_named_origins if {
	every origins in [["https://portal.example.com", "https://*.example.com"], []] {
		count(cross_origin_requests_restricted.deny) == 0 with input as _resource(origins)
		count(cross_origin_requests_restricted.unknown) == 0 with input as _resource(origins)
	}
}

test_absent_allows_none if {
	count(cross_origin_requests_restricted.deny) == 0 with input as {"resource": {"properties": {"siteConfig": {}}}}
	count(cross_origin_requests_restricted.unknown) == 0 with input as {"resource": {"properties": {"siteConfig": {}}}}
}

test_other_type_is_unknown if count(cross_origin_requests_restricted.unknown) == 1 with input as _resource([7])
