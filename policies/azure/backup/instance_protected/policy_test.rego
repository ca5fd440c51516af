package azure.backup.instance_protected_test

import data.azure.backup.instance_protected

_with(value) := {"resource": {"properties": {"currentProtectionState": value}}}

test_denies_the_wrong_value if {
	every value in ["ProtectionError", "PROTECTIONERROR", "ProtectionStopped", "PROTECTIONSTOPPED", "NotProtected", "NOTPROTECTED", "BackupSchedulesSuspended", "BACKUPSCHEDULESSUSPENDED", "RetentionSchedulesSuspended", "RETENTIONSCHEDULESSUSPENDED", "ConfiguringProtectionFailed", "CONFIGURINGPROTECTIONFAILED", "SoftDeleted", "SOFTDELETED"] {
		some finding in instance_protected.deny with input as _with(value)
		finding.path == "resource.properties.currentProtectionState"
		finding.actual == value
		finding.expected == "ProtectionConfigured"
		count(instance_protected.unknown) == 0 with input as _with(value)
	}
}

test_passes_the_right_value if {
	every value in ["ProtectionConfigured", "PROTECTIONCONFIGURED"] {
		count(instance_protected.deny) == 0 with input as _with(value)
		count(instance_protected.unknown) == 0 with input as _with(value)
	}
}

test_other_value_is_unknown if {
	count(instance_protected.unknown) == 1 with input as _with("Maybe")
	count(instance_protected.deny) == 0 with input as _with("Maybe")
}

test_missing_value_is_left_to_the_engine if {
	count(instance_protected.deny) == 0 with input as {"resource": {"properties": {}}}
	count(instance_protected.unknown) == 0 with input as {"resource": {"properties": {}}}
}
