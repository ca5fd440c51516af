package azure.data_explorer.external_tenants_named_test

import data.azure.data_explorer.external_tenants_named

_resource(tenants) := {"resource": {"properties": {"trustedExternalTenants": tenants}}}

test_denies_every_tenant if {
	some finding in external_tenants_named.deny with input as _resource([{"value": "contoso.example"}, {"value": "*"}])
	finding.path == "resource.properties.trustedExternalTenants"
	finding.actual == [{"value": "contoso.example"}, {"value": "*"}]
	finding.expected == "tenants by name"
	count(external_tenants_named.unknown) == 0 with input as _resource([{"value": "*"}])
}

test_passes_none_and_named if {
	every tenants in [[], [{"value": "contoso.example"}]] {
		count(external_tenants_named.deny) == 0 with input as _resource(tenants)
		count(external_tenants_named.unknown) == 0 with input as _resource(tenants)
	}
}

test_unreadable_tenant_is_unknown if {
	every tenant in [{}, {"value": 7}] {
		external_tenants_named.unknown == {"a trusted tenant has no readable value"} with input as _resource([tenant])
		count(external_tenants_named.deny) == 0 with input as _resource([tenant])
	}
}
