package azure.service_bus.namespace_rules_absent_test

import data.azure.service_bus.namespace_rules_absent

_namespace(rules) := {"resource": {"properties": {}}, "children": {"authorizationRules": {name: {"name": name, "properties": {"rights": rights}} | some name, rights in rules}}}

_none := {"messaging_namespace_rules_allowed": []}

_count(rules, parameters) := number if {
	number := count(namespace_rules_absent.deny) with input as _namespace(rules) with data.parameters as parameters
}

test_denies_a_rule_with_its_rights if {
	some finding in namespace_rules_absent.deny with input as _namespace({"app": ["Send", "Listen"]}) with data.parameters as _none
	finding.message == "the key of the rule app opens the whole namespace"
	finding.path == "children.authorizationRules.*.properties.rights"
	finding.actual == ["Listen", "Send"]
	finding.expected == "a rule of one queue or topic"
}

test_the_root_rule_is_not_counted if _count({"rootmanagesharedaccesskey": ["Manage"]}, _none) == 0

test_every_rule_counts if _count({"a": ["Send"], "b": ["Manage"], "RootManageSharedAccessKey": ["Manage"]}, _none) == 2

test_accepted_rules_pass if {
	_count({"Diagnostics": ["Send"]}, {"messaging_namespace_rules_allowed": ["diagnostics"]}) == 0
	_count({"other": ["Send"]}, {"messaging_namespace_rules_allowed": ["diagnostics"]}) == 1
}

test_no_rule_passes if _count({}, _none) == 0

test_a_namespace_that_refuses_keys_passes if {
	every disabled, number in {true: 0, false: 1} {
		namespace := object.union(_namespace({"app": ["Send"]}), {"resource": {"properties": {"disableLocalAuth": disabled}}})
		count(namespace_rules_absent.deny) == number with input as namespace with data.parameters as _none
	}
}
