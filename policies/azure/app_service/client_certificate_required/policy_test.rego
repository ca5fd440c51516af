package azure.app_service.client_certificate_required_test

import data.azure.app_service.client_certificate_required

_resource(enabled, mode) := {"resource": {"properties": {"clientCertEnabled": enabled, "clientCertMode": mode}}}

test_denies_off if {
	client_certificate_required.deny == {{"message": "the app asks for no client certificate", "path": "resource.properties.clientCertEnabled", "actual": false, "expected": true}} with input as _resource(false, "Optional")
	count(client_certificate_required.not_applicable) == 0 with input as _resource(false, "Optional")
}

test_denies_optional if {
	every mode in ["Optional", "optional", "OptionalInteractiveUser"] {
		some finding in client_certificate_required.deny with input as _resource(true, mode)
		finding.path == "resource.properties.clientCertMode"
		finding.actual == mode
		finding.expected == "Required"
		count(client_certificate_required.unknown) == 0 with input as _resource(true, mode)
	}
}

test_passes_required if {
	every mode in ["Required", "required"] {
		count(client_certificate_required.deny) == 0 with input as _resource(true, mode)
		count(client_certificate_required.unknown) == 0 with input as _resource(true, mode)
		count(client_certificate_required.not_applicable) == 0 with input as _resource(true, mode)
	}
}

test_absent_is_off if {
	some finding in client_certificate_required.deny with input as {"resource": {"properties": {}}}
	finding.actual == false
}

test_absent_mode_is_required if {
	count(client_certificate_required.deny) == 0 with input as {"resource": {"properties": {"clientCertEnabled": true}}}
	count(client_certificate_required.unknown) == 0 with input as {"resource": {"properties": {"clientCertEnabled": true}}}
}

test_not_required_is_not_judged if {
	some reason in client_certificate_required.not_applicable with input as _resource(false, "Required") with data.parameters as {"app_client_certificate_required": false}
	reason == "callers of this app need no certificate"
}

test_other_mode_is_unknown if {
	count(client_certificate_required.unknown) == 1 with input as _resource(true, "Always")
	count(client_certificate_required.deny) == 0 with input as _resource(true, "Always")
}
