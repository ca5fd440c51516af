package azure.storage.sftp_disabled_test

import data.azure.storage.sftp_disabled

_account(sftp, hierarchical) := {"resource": {"properties": {"isSftpEnabled": sftp, "isHnsEnabled": hierarchical}}}

test_denies_sftp if {
	some finding in sftp_disabled.deny with input as _account(true, true)
	finding.path == "resource.properties.isSftpEnabled"
	finding.actual == true
	finding.expected == false
	count(sftp_disabled.not_applicable) == 0 with input as _account(true, true)
}

test_passes_without_sftp if {
	count(sftp_disabled.deny) == 0 with input as _account(false, true)
	count(sftp_disabled.not_applicable) == 0 with input as _account(false, true)
}

test_missing_switch_is_off if count(sftp_disabled.deny) == 0 with input as {"resource": {"properties": {"isHnsEnabled": true}}}

test_flat_namespace_is_not_judged if {
	count(sftp_disabled.not_applicable) == 1 with input as _account(true, false)
	count(sftp_disabled.not_applicable) == 1 with input as {"resource": {"properties": {}}}
}
