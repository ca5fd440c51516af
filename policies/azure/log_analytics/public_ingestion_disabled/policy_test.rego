package azure.log_analytics.public_ingestion_disabled_test

import data.azure.log_analytics.public_ingestion_disabled

_with(value) := {"resource": {"properties": {"publicNetworkAccessForIngestion": value}}}

test_denies_the_wrong_value if {
	every value in ["Enabled", "ENABLED"] {
		some finding in public_ingestion_disabled.deny with input as _with(value)
		finding.path == "resource.properties.publicNetworkAccessForIngestion"
		finding.actual == value
		finding.expected == "Disabled"
		count(public_ingestion_disabled.unknown) == 0 with input as _with(value)
	}
}

test_passes_the_right_value if {
	every value in ["Disabled", "DISABLED", "SecuredByPerimeter", "SECUREDBYPERIMETER"] {
		count(public_ingestion_disabled.deny) == 0 with input as _with(value)
		count(public_ingestion_disabled.unknown) == 0 with input as _with(value)
	}
}

test_other_value_is_unknown if {
	count(public_ingestion_disabled.unknown) == 1 with input as _with("Maybe")
	count(public_ingestion_disabled.deny) == 0 with input as _with("Maybe")
}

test_missing_value_is_enabled if {
	some finding in public_ingestion_disabled.deny with input as {"resource": {"properties": {}}}
	finding.actual == "Enabled"
}
