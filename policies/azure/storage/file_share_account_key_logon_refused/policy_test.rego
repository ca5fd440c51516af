package azure.storage.file_share_account_key_logon_refused_test

import data.azure.storage.file_share_account_key_logon_refused

_in(text) := {"resource": {"properties": {"protocolSettings": {"smb": {"authenticationMethods": text}}}}}

_allowed := {"smb_authentication_allowed": ["Kerberos"]}

test_denies_what_is_not_allowed if {
	some finding in file_share_account_key_logon_refused.deny with input as _in("Kerberos;NTLMv2;") with data.parameters as _allowed
	finding.path == "resource.properties.protocolSettings.smb.authenticationMethods"
	finding.actual == "Kerberos;NTLMv2;"
	finding.expected == ["Kerberos"]
	finding.message == "the file service offers NTLMv2"
	count(file_share_account_key_logon_refused.unknown) == 0 with input as _in("Kerberos;NTLMv2;") with data.parameters as _allowed
}

test_commas_separate_too if {
	some finding in file_share_account_key_logon_refused.deny with input as _in("Kerberos, NTLMv2") with data.parameters as _allowed
	finding.message == "the file service offers NTLMv2"
}

test_missing_choice_offers_all if {
	every service in [_in(""), _in(";"), {"resource": {"properties": {}}}] {
		some finding in file_share_account_key_logon_refused.deny with input as service with data.parameters as _allowed
		contains(finding.message, "NTLMv2")
		count(file_share_account_key_logon_refused.unknown) == 0 with input as service with data.parameters as _allowed
	}
	some finding in file_share_account_key_logon_refused.deny with input as {"resource": {"properties": {}}} with data.parameters as {"smb_authentication_allowed": []}
	finding.message == "the file service offers Kerberos, NTLMv2"
	finding.actual == ""
}

test_passes_what_is_allowed if {
	every text in ["Kerberos;", "kerberos", "Kerberos"] {
		count(file_share_account_key_logon_refused.deny) == 0 with input as _in(text) with data.parameters as _allowed
		count(file_share_account_key_logon_refused.unknown) == 0 with input as _in(text) with data.parameters as _allowed
	}
}

test_all_may_be_allowed if count(file_share_account_key_logon_refused.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as {"smb_authentication_allowed": ["NTLMv2", "Kerberos"]}

test_other_word_is_unknown if count(file_share_account_key_logon_refused.unknown) == 1 with input as _in("Kerberos;SMB9") with data.parameters as {"smb_authentication_allowed": ["Kerberos"]}
