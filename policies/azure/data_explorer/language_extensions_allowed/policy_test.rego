package azure.data_explorer.language_extensions_allowed_test

import data.azure.data_explorer.language_extensions_allowed

_in(names) := {"resource": {"properties": {"languageExtensions": {"value": [{"languageExtensionName": name} | some name in names]}}}}

test_denies_what_is_not_allowed if {
	some finding in language_extensions_allowed.deny with input as _in(["PYTHON", "R"]) with data.parameters as {"kusto_language_extensions_allowed": ["r"]}
	finding.path == "resource.properties.languageExtensions.value"
	finding.actual == ["PYTHON"]
	finding.expected == ["r"]
	finding.message == "the cluster runs PYTHON"
}

test_passes_what_is_allowed_and_none if {
	count(language_extensions_allowed.deny) == 0 with input as _in(["PYTHON"]) with data.parameters as {"kusto_language_extensions_allowed": ["python"]}
	count(language_extensions_allowed.deny) == 0 with input as _in([]) with data.parameters as {"kusto_language_extensions_allowed": []}
	count(language_extensions_allowed.deny) == 0 with input as {} with data.parameters as {"kusto_language_extensions_allowed": []}
	count(language_extensions_allowed.unknown) == 0 with input as _in(["PYTHON"]) with data.parameters as {"kusto_language_extensions_allowed": ["python"]}
}

test_extension_without_name_is_unknown if {
	count(language_extensions_allowed.unknown) == 1 with input as {"resource": {"properties": {"languageExtensions": {"value": [{}]}}}} with data.parameters as {"kusto_language_extensions_allowed": []}
}
