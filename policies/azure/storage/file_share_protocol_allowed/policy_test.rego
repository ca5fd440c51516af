package azure.storage.file_share_protocol_allowed_test

import data.azure.storage.file_share_protocol_allowed

_in(text) := {"resource": {"properties": {"protocolSettings": {"smb": {"versions": text}}}}}

_allowed := {"smb_versions_allowed": ["SMB3.1.1"]}

test_denies_what_is_not_allowed if {
	some finding in file_share_protocol_allowed.deny with input as _in("SMB3.1.1;SMB2.1;") with data.parameters as _allowed
	finding.path == "resource.properties.protocolSettings.smb.versions"
	finding.actual == "SMB3.1.1;SMB2.1;"
	finding.expected == ["SMB3.1.1"]
	finding.message == "the file service offers SMB2.1"
	count(file_share_protocol_allowed.unknown) == 0 with input as _in("SMB3.1.1;SMB2.1;") with data.parameters as _allowed
}

test_commas_separate_too if {
	some finding in file_share_protocol_allowed.deny with input as _in("SMB3.1.1, SMB2.1") with data.parameters as _allowed
	finding.message == "the file service offers SMB2.1"
}

test_missing_choice_offers_all if {
	every service in [_in(""), _in(";"), {"resource": {"properties": {}}}] {
		some finding in file_share_protocol_allowed.deny with input as service with data.parameters as _allowed
		contains(finding.message, "SMB2.1")
		count(file_share_protocol_allowed.unknown) == 0 with input as service with data.parameters as _allowed
	}
	some finding in file_share_protocol_allowed.deny with input as {"resource": {"properties": {}}} with data.parameters as {"smb_versions_allowed": []}
	finding.message == "the file service offers SMB2.1, SMB3.0, SMB3.1.1"
	finding.actual == ""
}

test_passes_what_is_allowed if {
	every text in ["SMB3.1.1;", "smb3.1.1", "SMB3.1.1"] {
		count(file_share_protocol_allowed.deny) == 0 with input as _in(text) with data.parameters as _allowed
		count(file_share_protocol_allowed.unknown) == 0 with input as _in(text) with data.parameters as _allowed
	}
}

test_all_may_be_allowed if count(file_share_protocol_allowed.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as {"smb_versions_allowed": ["SMB2.1", "SMB3.0", "SMB3.1.1"]}

test_other_word_is_unknown if count(file_share_protocol_allowed.unknown) == 1 with input as _in("SMB3.1.1;SMB9") with data.parameters as {"smb_versions_allowed": ["SMB3.1.1"]}
