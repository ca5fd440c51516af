package azure.app_service.authentication_enabled_test

import data.azure.app_service.authentication_enabled

_current(enabled) := {"children": {"config": {"authsettingsV2": {"properties": {"platform": {"enabled": enabled}}}}}}

_classic(enabled) := {"children": {"config": {"authsettings": {"properties": {"enabled": enabled}}}}}

test_denies_off if {
	every settings in [_current(false), _classic(false), {"children": {}}] {
		some finding in authentication_enabled.deny with input as settings
		finding.path == "children.config.authsettingsV2.properties.platform.enabled"
		finding.actual == false
		finding.expected == true
		count(authentication_enabled.not_applicable) == 0 with input as settings
	}
}

test_either_kind_passes if {
	every settings in [_current(true), _classic(true)] {
		count(authentication_enabled.deny) == 0 with input as settings
		count(authentication_enabled.not_applicable) == 0 with input as settings
	}
}

test_not_required_is_not_judged if {
	some reason in authentication_enabled.not_applicable with input as _current(false) with data.parameters as {"app_authentication_required": false}
	reason == "the app need not leave authentication to App Service"
}
