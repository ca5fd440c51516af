package azure.app_service.ftp_encrypted_test

import data.azure.app_service.ftp_encrypted

_resource(value) := {"resource": {"properties": {"siteConfig": {"ftpsState": value}}}}

test_denies if {
	every value in ["ALLALLOWED", "AllAllowed", "allallowed"] {
		some finding in ftp_encrypted.deny with input as _resource(value)
		finding.path == "resource.properties.siteConfig.ftpsState"
		finding.actual == value
		finding.expected == "Disabled"
		count(ftp_encrypted.unknown) == 0 with input as _resource(value)
	}
}

test_passes if {
	every value in ["DISABLED", "Disabled", "FTPSONLY", "FtpsOnly"] {
		count(ftp_encrypted.deny) == 0 with input as _resource(value)
		count(ftp_encrypted.unknown) == 0 with input as _resource(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_what_is_missing if {
	count(ftp_encrypted.deny) == 0 with input as {"resource": {"properties": {}}}
	count(ftp_encrypted.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(ftp_encrypted.unknown) == 1 with input as _resource("Legacy")
	count(ftp_encrypted.deny) == 0 with input as _resource("Legacy")
}
