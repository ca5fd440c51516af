package azure.mysql.commits_durable_test

import data.azure.mysql.commits_durable

_in(value) := {"children": {"configurations": {"innodb_flush_log_at_trx_commit": {"properties": {"value": value}}}}}

test_denies_the_bad if {
	every value in ["0", "2"] {
		some finding in commits_durable.deny with input as _in(value)
		finding.path == "children.configurations.innodb_flush_log_at_trx_commit.properties.value"
		finding.actual == value
		finding.expected == "1"
		count(commits_durable.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["1"] {
		count(commits_durable.deny) == 0 with input as _in(value)
		count(commits_durable.unknown) == 0 with input as _in(value)
	}
}

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_a_missing_property if {
	count(commits_durable.deny) == 0 with input as {"resource": {"properties": {}}}
	count(commits_durable.unknown) == 0 with input as {"resource": {"properties": {}}}
}

test_other_value_is_unknown if {
	count(commits_durable.unknown) == 1 with input as _in("Otherwise")
	count(commits_durable.deny) == 0 with input as _in("Otherwise")
}
