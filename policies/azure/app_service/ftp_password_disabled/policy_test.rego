package azure.app_service.ftp_password_disabled_test

import data.azure.app_service.ftp_password_disabled

_resource(value) := {"children": {"basicPublishingCredentialsPolicies": {"ftp": {"properties": {"allow": value}}}}}

test_denies_allowed if {
	some finding in ftp_password_disabled.deny with input as _resource(true)
	finding.path == "children.basicPublishingCredentialsPolicies.ftp.properties.allow"
	finding.actual == true
	finding.expected == false
}

test_passes_refused if {
	count(ftp_password_disabled.deny) == 0 with input as _resource(false)
}

test_absent_is_allowed if {
	some finding in ftp_password_disabled.deny with input as {"children": {}}
	finding.actual == true
}
