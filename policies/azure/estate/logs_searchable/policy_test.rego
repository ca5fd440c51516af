package azure.estate.logs_searchable_test

import data.azure.estate.logs_searchable

_resource(properties) := {"related": {"diagnostic_settings": {"/d": {"name": "d", "properties": properties}}}}

_kinds := {"workspace": "workspaceId", "event_hub": "eventHubAuthorizationRuleId", "storage": "storageAccountId", "partner": "marketplacePartnerId"}

test_says_where_logs_go if {
	some finding in logs_searchable.deny with input as _resource({"storageAccountId": "/s", "marketplacePartnerId": "/p"}) with data.parameters as {"log_destinations_allowed": ["workspace", "event_hub"]}
	finding.message == "logs of the resource go to: partner, storage"
	finding.path == "related.diagnostic_settings.*.properties.workspaceId"
	finding.actual == ["partner", "storage"]
	finding.expected == ["workspace", "event_hub"]
}

test_each_kind_counts_where_it_is_allowed if {
	every kind, property in _kinds {
		count(logs_searchable.deny) == 0 with input as _resource({property: "/x"}) with data.parameters as {"log_destinations_allowed": [kind]}
		count(logs_searchable.deny) == 1 with input as _resource({property: ""}) with data.parameters as {"log_destinations_allowed": [kind]}
	}
}

test_no_setting_is_left_out if {
	count(logs_searchable.not_applicable) == 1 with input as {"related": {"diagnostic_settings": {}}}
	count(logs_searchable.not_applicable) == 0 with input as _resource({})
}
