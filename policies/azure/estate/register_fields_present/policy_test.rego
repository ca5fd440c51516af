package azure.estate.register_fields_present_test

import data.azure.estate.register_fields_present

_all := {"domain": "payments", "owner": "payments-platform@example.com", "criticality": "critical", "data_class": "confidential", "environment": "production"}

_none := {"business_domains": [], "criticalities": [], "data_classes": [], "environments": [], "register_placeholders": ["tbd"]}

_lists := {
	"business_domains": ["payments"],
	"criticalities": ["critical", "low"],
	"data_classes": ["confidential", "public"],
	"environments": ["production", "test"],
	"register_placeholders": ["tbd"],
}

_of(context, parameters) := denied if {
	denied := register_fields_present.deny with input as {"context": context} with data.parameters as parameters
}

_words := {"domain": "business domain", "owner": "owner", "criticality": "criticality", "data_class": "data class", "environment": "environment"}

test_passes_all_fields if {
	count(_of(_all, _none)) == 0
	count(_of(_all, _lists)) == 0
}

test_denies_every_missing_field if {
	every field, word in _words {
		_of(object.remove(_all, [field]), _lists) == {{
			"message": sprintf("no %s is declared", [word]),
			"path": sprintf("context.%s", [field]),
			"actual": "",
			"expected": sprintf("one %s", [word]),
		}}
	}
}

test_names_all_missing_fields if count(_of({}, _none)) == 5

test_denies_blanks_and_placeholders if {
	every value in ["", "  ", "TBD", " tbd"] {
		every field, word in _words {
			some finding in _of(object.union(_all, {field: value}), _lists)
			finding.message == sprintf("no %s is declared", [word])
			finding.actual == value
			count(_of(object.union(_all, {field: value}), _lists)) == 1
		}
	}
}

_expected := {
	"domain": "payments",
	"criticality": "critical or low",
	"data_class": "confidential or public",
	"environment": "production or test",
}

test_denies_names_that_are_not_the_firms if {
	every field, names in _expected {
		_of(object.union(_all, {field: "else"}), _lists) == {{
			"message": sprintf("the %s \"else\" is none of the firm's", [_words[field]]),
			"path": sprintf("context.%s", [field]),
			"actual": "else",
			"expected": names,
		}}
		count(_of(object.union(_all, {field: "else"}), _none)) == 0
		count(_of(object.union(_all, {field: upper(_all[field])}), _lists)) == 0
	}
}

test_any_owner_will_do if count(_of(object.union(_all, {"owner": "somebody"}), _lists)) == 0
