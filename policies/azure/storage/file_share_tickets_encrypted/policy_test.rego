package azure.storage.file_share_tickets_encrypted_test

import data.azure.storage.file_share_tickets_encrypted

_in(text) := {"resource": {"properties": {"protocolSettings": {"smb": {"kerberosTicketEncryption": text}}}}}

_allowed := {"smb_ticket_encryption_allowed": ["AES-256"]}

test_denies_what_is_not_allowed if {
	some finding in file_share_tickets_encrypted.deny with input as _in("AES-256;RC4-HMAC;") with data.parameters as _allowed
	finding.path == "resource.properties.protocolSettings.smb.kerberosTicketEncryption"
	finding.actual == "AES-256;RC4-HMAC;"
	finding.expected == ["AES-256"]
	finding.message == "the file service offers RC4-HMAC"
	count(file_share_tickets_encrypted.unknown) == 0 with input as _in("AES-256;RC4-HMAC;") with data.parameters as _allowed
}

test_commas_separate_too if {
	some finding in file_share_tickets_encrypted.deny with input as _in("AES-256, RC4-HMAC") with data.parameters as _allowed
	finding.message == "the file service offers RC4-HMAC"
}

test_missing_choice_offers_all if {
	every service in [_in(""), _in(";"), {"resource": {"properties": {}}}] {
		some finding in file_share_tickets_encrypted.deny with input as service with data.parameters as _allowed
		contains(finding.message, "RC4-HMAC")
		count(file_share_tickets_encrypted.unknown) == 0 with input as service with data.parameters as _allowed
	}
	some finding in file_share_tickets_encrypted.deny with input as {"resource": {"properties": {}}} with data.parameters as {"smb_ticket_encryption_allowed": []}
	finding.message == "the file service offers AES-256, RC4-HMAC"
	finding.actual == ""
}

test_passes_what_is_allowed if {
	every text in ["AES-256;", "aes-256", "AES-256"] {
		count(file_share_tickets_encrypted.deny) == 0 with input as _in(text) with data.parameters as _allowed
		count(file_share_tickets_encrypted.unknown) == 0 with input as _in(text) with data.parameters as _allowed
	}
}

test_all_may_be_allowed if count(file_share_tickets_encrypted.deny) == 0 with input as {"resource": {"properties": {}}} with data.parameters as {"smb_ticket_encryption_allowed": ["RC4-HMAC", "AES-256"]}

test_other_word_is_unknown if count(file_share_tickets_encrypted.unknown) == 1 with input as _in("AES-256;SMB9") with data.parameters as {"smb_ticket_encryption_allowed": ["AES-256"]}
