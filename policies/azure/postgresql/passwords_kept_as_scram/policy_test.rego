package azure.postgresql.passwords_kept_as_scram_test

import data.azure.postgresql.passwords_kept_as_scram

_in(value) := {"children": {"configurations": {"password_encryption": {"properties": {"value": value}}}}, "resource": {"properties": {"authConfig": {"passwordAuth": "Enabled"}}}}

test_denies_the_bad if {
	every value in ["md5", "MD5"] {
		some finding in passwords_kept_as_scram.deny with input as _in(value)
		finding.path == "children.configurations.password_encryption.properties.value"
		finding.actual == value
		finding.expected == "scram-sha-256"
		count(passwords_kept_as_scram.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["scram-sha-256", "SCRAM-SHA-256"] {
		count(passwords_kept_as_scram.deny) == 0 with input as _in(value)
		count(passwords_kept_as_scram.unknown) == 0 with input as _in(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(passwords_kept_as_scram.deny) == 0 with input as {"resource": {"properties": {"authConfig": {"passwordAuth": "Enabled"}}}}
	count(passwords_kept_as_scram.unknown) == 0 with input as {"resource": {"properties": {"authConfig": {"passwordAuth": "Enabled"}}}}
}

test_other_value_is_unknown if {
	count(passwords_kept_as_scram.unknown) == 1 with input as _in("Otherwise")
	count(passwords_kept_as_scram.deny) == 0 with input as _in("Otherwise")
}

_with0(value) := {"children": {"configurations": {"password_encryption": {"properties": {"value": "md5"}}}}, "resource": {"properties": {"authConfig": {"passwordAuth": value}}}}

test_does_not_apply_0 if {
	every value in ["Disabled", "DISABLED"] {
		some reason in passwords_kept_as_scram.not_applicable with input as _with0(value)
		reason == "the server takes no passwords"
		count(passwords_kept_as_scram.unknown) == 0 with input as _with0(value)
	}
	every value in ["Enabled"] {
		count(passwords_kept_as_scram.not_applicable) == 0 with input as _with0(value)
		count(passwords_kept_as_scram.unknown) == 0 with input as _with0(value)
	}
	count(passwords_kept_as_scram.unknown) == 1 with input as _with0("Otherwise")
	count(passwords_kept_as_scram.not_applicable) == 0 with input as _with0("Otherwise")
}
