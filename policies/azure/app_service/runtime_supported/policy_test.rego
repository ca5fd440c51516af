package azure.app_service.runtime_supported_test

import data.azure.app_service.runtime_supported

_in(runtime) := {"resource": {"properties": {"siteConfig": {"linuxFxVersion": runtime}}}}

_supported := {"app_runtimes_supported": ["PYTHON|3.13"]}

test_denies_an_old_runtime if {
	some finding in runtime_supported.deny with input as _in("PYTHON|3.8") with data.parameters as _supported
	finding.path == "resource.properties.siteConfig.linuxFxVersion"
	finding.actual == "PYTHON|3.8"
	finding.expected == ["PYTHON|3.13"]
	count(runtime_supported.unknown) == 0 with input as _in("PYTHON|3.8") with data.parameters as _supported
}

test_passes_a_supported_runtime if {
	every runtime in ["PYTHON|3.13", "python|3.13"] {
		count(runtime_supported.deny) == 0 with input as _in(runtime) with data.parameters as _supported
		count(runtime_supported.unknown) == 0 with input as _in(runtime) with data.parameters as _supported
		count(runtime_supported.not_applicable) == 0 with input as _in(runtime) with data.parameters as _supported
	}
}

test_does_not_apply_without_list if {
	some reason in runtime_supported.not_applicable with input as _in("PYTHON|2.7") with data.parameters as {"app_runtimes_supported": []}
	reason == "no list of supported runtimes is set"
	count(runtime_supported.deny) == 0 with input as _in("PYTHON|2.7") with data.parameters as {"app_runtimes_supported": []}
}

test_containers_do_not_count if {
	every runtime in ["DOCKER|example.azurecr.io/app:1", "COMPOSE|abc", "sitecontainers"] {
		some reason in runtime_supported.not_applicable with input as _in(runtime) with data.parameters as _supported
		reason == "the app brings its own runtime"
	}
}

test_other_texts_are_unknown if {
	every runtime in ["", "PYTHON"] {
		count(runtime_supported.unknown) == 1 with input as _in(runtime) with data.parameters as _supported
		count(runtime_supported.deny) == 0 with input as _in(runtime) with data.parameters as _supported
	}
}
