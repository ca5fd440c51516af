package azure.network.private_endpoint_target_closed_test

import data.azure.network.private_endpoint_target_closed

_endpoint(kind, properties) := {"related": {"target": {"id": "/t", "name": "t", "type": kind, "properties": properties}}}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := private_endpoint_target_closed.deny with input as it
	unclear := private_endpoint_target_closed.unknown with input as it
	aside := private_endpoint_target_closed.not_applicable with input as it
}

test_denies_a_service_that_is_open if {
	some finding in private_endpoint_target_closed.deny with input as _endpoint("Microsoft.Batch/batchAccounts", {"publicNetworkAccess": "enabled"})
	finding.path == "related.target.properties.publicNetworkAccess"
	finding.actual == "enabled"
	finding.expected == "Disabled"
	_verdict(_endpoint("Microsoft.Batch/batchAccounts", {"publicNetworkAccess": "enabled"})) == [1, 0, 0]
}

test_denies_a_database_server_that_is_open if {
	it := _endpoint("Microsoft.DBforPostgreSQL/flexibleServers", {"network": {"publicNetworkAccess": "Enabled"}})
	some finding in private_endpoint_target_closed.deny with input as it
	finding.path == "related.target.properties.network.publicNetworkAccess"
	_verdict(it) == [1, 0, 0]
}

_kinds := [
	"Microsoft.Storage/storageAccounts",
	"Microsoft.KeyVault/vaults",
	"Microsoft.DocumentDB/databaseAccounts",
	"Microsoft.Web/sites",
	"Microsoft.Sql/servers",
	"Microsoft.EventHub/namespaces",
	"Microsoft.ServiceBus/namespaces",
	"Microsoft.Cache/redis",
	"Microsoft.ContainerRegistry/registries",
	"Microsoft.Search/searchServices",
	"Microsoft.CognitiveServices/accounts",
	"Microsoft.DataFactory/factories",
	"Microsoft.RecoveryServices/vaults",
	"Microsoft.Kusto/clusters",
	"microsoft.databricks/workspaces",
]

test_kinds_that_leave_it_out_are_open if {
	every kind in _kinds {
		_verdict(_endpoint(kind, {})) == [1, 0, 0]
	}
}

test_passes_a_service_that_is_closed if {
	every access in ["disabled", "SecuredByPerimeter"] {
		_verdict(_endpoint("Microsoft.Storage/storageAccounts", {"publicNetworkAccess": access})) == [0, 0, 0]
		_verdict(_endpoint("Microsoft.DBforMySQL/flexibleServers", {"network": {"publicNetworkAccess": access}})) == [0, 0, 0]
	}
}

test_what_is_not_said_is_unknown if {
	_verdict(_endpoint("Microsoft.ContainerService/managedClusters", {})) == [0, 1, 0]
	_verdict(_endpoint("Microsoft.Storage/storageAccounts", {"publicNetworkAccess": "Maybe"})) == [0, 1, 0]
	_verdict(_endpoint("Microsoft.Storage/storageAccounts", {"publicNetworkAccess": "Enabled", "network": {"publicNetworkAccess": "Disabled"}})) == [0, 1, 0]
	_verdict({"resource": {"id": "/pe"}}) == [0, 1, 0]
}

test_ignores_private_link_services if {
	it := _endpoint("microsoft.network/privateLinkServices", {})
	count(private_endpoint_target_closed.not_applicable) == 1 with input as it
}
