package azure.app_service.callers_refused_by_default_test

import data.azure.app_service.callers_refused_by_default

_in(value) := {"resource": {"properties": {"siteConfig": {"ipSecurityRestrictionsDefaultAction": value}, "publicNetworkAccess": "Enabled"}}}

test_denies_the_bad if {
	every value in ["Allow", "ALLOW"] {
		some finding in callers_refused_by_default.deny with input as _in(value)
		finding.path == "resource.properties.siteConfig.ipSecurityRestrictionsDefaultAction"
		finding.actual == value
		finding.expected == "Deny"
		count(callers_refused_by_default.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["Deny", "DENY"] {
		count(callers_refused_by_default.deny) == 0 with input as _in(value)
		count(callers_refused_by_default.unknown) == 0 with input as _in(value)
	}
}

test_takes_a_missing_property_for_the_bad if {
	some finding in callers_refused_by_default.deny with input as {"resource": {"properties": {"publicNetworkAccess": "Enabled"}}}
	finding.actual == "Allow"
	count(callers_refused_by_default.unknown) == 0 with input as {"resource": {"properties": {"publicNetworkAccess": "Enabled"}}}
}

test_other_value_is_unknown if {
	count(callers_refused_by_default.unknown) == 1 with input as _in("Otherwise")
	count(callers_refused_by_default.deny) == 0 with input as _in("Otherwise")
}

_with0(value) := {"resource": {"properties": {"siteConfig": {"ipSecurityRestrictionsDefaultAction": "Allow"}, "publicNetworkAccess": value}}}

test_does_not_apply_0 if {
	every value in ["Disabled", "DISABLED"] {
		some reason in callers_refused_by_default.not_applicable with input as _with0(value)
		reason == "the public address is closed"
		count(callers_refused_by_default.unknown) == 0 with input as _with0(value)
	}
	every value in ["Enabled"] {
		count(callers_refused_by_default.not_applicable) == 0 with input as _with0(value)
		count(callers_refused_by_default.unknown) == 0 with input as _with0(value)
	}
	count(callers_refused_by_default.unknown) == 1 with input as _with0("Otherwise")
	count(callers_refused_by_default.not_applicable) == 0 with input as _with0("Otherwise")
}
