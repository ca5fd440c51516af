package azure.storage.file_share_channel_encryption_strong_test

import data.azure.storage.file_share_channel_encryption_strong

_in(text) := {"resource": {"properties": {"protocolSettings": {"smb": {"channelEncryption": text}}}}}

_allowed := {"smb_channel_encryption_allowed": ["AES-128-GCM", "AES-256-GCM"]}

test_denies_what_is_not_allowed if {
	some finding in file_share_channel_encryption_strong.deny with input as _in("AES-128-GCM;AES-128-CCM;") with data.parameters as _allowed
	finding.path == "resource.properties.protocolSettings.smb.channelEncryption"
	finding.actual == "AES-128-GCM;AES-128-CCM;"
	finding.expected == ["AES-128-GCM", "AES-256-GCM"]
	finding.message == "the file service offers AES-128-CCM"
	count(file_share_channel_encryption_strong.unknown) == 0 with input as _in("AES-128-GCM;AES-128-CCM;") with data.parameters as _allowed
}

test_commas_separate_too if {
	some finding in file_share_channel_encryption_strong.deny with input as _in("AES-128-GCM, AES-128-CCM") with data.parameters as _allowed
	finding.message == "the file service offers AES-128-CCM"
}

test_missing_choice_offers_all if {
	every service in [_in(""), _in(";"), {"resource": {"properties": {}}}] {
		some finding in file_share_channel_encryption_strong.deny with input as service with data.parameters as _allowed
		contains(finding.message, "AES-128-CCM")
		count(file_share_channel_encryption_strong.unknown) == 0 with input as service with data.parameters as _allowed
	}
	some finding in file_share_channel_encryption_strong.deny with input as {"resource": {"properties": {}}} with data.parameters as {"smb_channel_encryption_allowed": []}
	finding.message == "the file service offers AES-128-CCM, AES-128-GCM, AES-256-GCM"
	finding.actual == ""
}

test_passes_what_is_allowed if {
	every text in ["AES-128-GCM;", "aes-128-gcm", "AES-128-GCM;AES-256-GCM"] {
		count(file_share_channel_encryption_strong.deny) == 0 with input as _in(text) with data.parameters as _allowed
		count(file_share_channel_encryption_strong.unknown) == 0 with input as _in(text) with data.parameters as _allowed
	}
}

test_all_may_be_allowed if count(file_share_channel_encryption_strong.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as {"smb_channel_encryption_allowed": ["AES-128-CCM", "AES-128-GCM", "AES-256-GCM"]}

test_other_word_is_unknown if count(file_share_channel_encryption_strong.unknown) == 1 with input as _in("AES-128-GCM;SMB9") with data.parameters as {"smb_channel_encryption_allowed": ["AES-128-GCM", "AES-256-GCM"]}
