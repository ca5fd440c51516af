package azure.storage.queue_logging_enabled_test

import data.azure.storage.queue_logging_enabled

_service(read, write, remove) := {"resource": {"properties": {"logging": {"read": read, "write": write, "delete": remove}}}}

test_denies_reading_without_a_log if {
	paths := {finding.path | some finding in queue_logging_enabled.deny} with input as _service(false, true, true)
	paths == {"resource.properties.logging.read"}
}

test_denies_writing_without_a_log if {
	paths := {finding.path | some finding in queue_logging_enabled.deny} with input as _service(true, false, true)
	paths == {"resource.properties.logging.write"}
}

test_denies_deleting_without_a_log if {
	paths := {finding.path | some finding in queue_logging_enabled.deny} with input as _service(true, true, false)
	paths == {"resource.properties.logging.delete"}
}

test_denies_each_operation if count(queue_logging_enabled.deny) == 3 with input as _service(false, false, false)

test_says_what_was_found if {
	some finding in queue_logging_enabled.deny with input as _service(false, true, true)
	finding.actual == false
	finding.expected == true
}

test_passes_when_all_is_logged if count(queue_logging_enabled.deny) == 0 with input as _service(true, true, true)

# The engine answers unknown for a required read that is absent.
test_says_nothing_about_missing_logging if count(queue_logging_enabled.deny) == 0 with input as {"resource": {"properties": {}}}
