# METADATA
# description: |
#   The categories of resource logs that matter, by type in lower case. Each entry of a list is one requirement: any of its categories
#   meets it. Names are those of Azure Monitor's reference of resource logs. The group allLogs holds all categories. The group audit holds
#   the categories of _audit; of other types it is not known here what it holds.
package lib.log_categories

_required := {
	"microsoft.cache/redis": [["ConnectedClientList", "MSEntraAuthenticationAuditLog"]],
	"microsoft.cache/redisenterprise/databases": [["ConnectionEvents"]],
	"microsoft.cdn/profiles": [["FrontDoorAccessLog", "AzureCdnAccessLog"]],
	"microsoft.cognitiveservices/accounts": [["Audit"], ["RequestResponse"]],
	"microsoft.containerregistry/registries": [["ContainerRegistryLoginEvents"], ["ContainerRegistryRepositoryEvents"]],
	"microsoft.containerservice/managedclusters": [["kube-audit", "kube-audit-admin"], ["guard"]],
	"microsoft.databricks/workspaces": [["accounts"], ["workspace"]],
	"microsoft.datafactory/factories": [["ActivityRuns"], ["PipelineRuns"], ["TriggerRuns"]],
	"microsoft.dataprotection/backupvaults": [["CoreAzureBackup"], ["AddonAzureBackupJobs"]],
	"microsoft.dbformysql/flexibleservers": [["MySqlAuditLogs"]],
	"microsoft.dbforpostgresql/flexibleservers": [["PostgreSQLLogs"]],
	"microsoft.documentdb/databaseaccounts": [["ControlPlaneRequests"], ["DataPlaneRequests", "MongoRequests", "CassandraRequests", "GremlinRequests", "TableApiRequests"]],
	"microsoft.documentdb/mongoclusters": [["vCoreMongoRequests"]],
	"microsoft.eventhub/namespaces": [["OperationalLogs"]],
	"microsoft.keyvault/managedhsms": [["AuditEvent"]],
	"microsoft.keyvault/vaults": [["AuditEvent"]],
	"microsoft.kusto/clusters": [["Command"], ["Query"]],
	"microsoft.network/applicationgateways": [["ApplicationGatewayAccessLog"]],
	"microsoft.network/azurefirewalls": [["AZFWApplicationRule", "AzureFirewallApplicationRule"], ["AZFWNetworkRule", "AzureFirewallNetworkRule"]],
	"microsoft.network/networksecuritygroups": [["NetworkSecurityGroupEvent"]],
	"microsoft.operationalinsights/workspaces": [["Audit"]],
	"microsoft.recoveryservices/vaults": [["CoreAzureBackup"], ["AddonAzureBackupJobs"]],
	"microsoft.search/searchservices": [["OperationLogs"]],
	"microsoft.servicebus/namespaces": [["OperationalLogs"]],
	"microsoft.sql/managedinstances": [["SQLSecurityAuditEvents"]],
	"microsoft.sql/servers/databases": [["Errors"]],
	"microsoft.storage/storageaccounts/blobservices": [["StorageRead"], ["StorageWrite"], ["StorageDelete"]],
	"microsoft.storage/storageaccounts/fileservices": [["StorageRead"], ["StorageWrite"], ["StorageDelete"]],
	"microsoft.storage/storageaccounts/queueservices": [["StorageRead"], ["StorageWrite"], ["StorageDelete"]],
	"microsoft.web/sites": [["AppServiceAuditLogs"], ["AppServiceHTTPLogs"]],
	"function app": [["FunctionAppLogs"]],
}

# The types whose group audit is known to hold what is required of them.
_audit := {
	"microsoft.dbformysql/flexibleservers",
	"microsoft.dbforpostgresql/flexibleservers",
	"microsoft.documentdb/databaseaccounts",
	"microsoft.documentdb/mongoclusters",
	"microsoft.keyvault/managedhsms",
	"microsoft.keyvault/vaults",
	"microsoft.operationalinsights/workspaces",
	"microsoft.sql/managedinstances",
	"microsoft.storage/storageaccounts/blobservices",
	"microsoft.storage/storageaccounts/fileservices",
	"microsoft.storage/storageaccounts/queueservices",
}

# known(kind): the table has the type.
known(kind) if _required[lower(kind)]

# wanted(kind): every category that meets some requirement of the type, sorted: what to write into a setting.
wanted(kind) := sort({any_of[0] | some any_of in _required[lower(kind)]})

# missing(kind, settings): the first category of each requirement that none of the settings meets, sorted. Settings are diagnostic settings
# with their logs, [{"category" | "categoryGroup", "enabled"}].
missing(kind, settings) := sort({any_of[0] |
	some any_of in _required[lower(kind)]
	not _met(any_of, lower(kind), settings)
})

# unclear(kind, settings): the group audit is on in some setting, and what it holds for the type is not known.
unclear(kind, settings) if {
	not lower(kind) in _audit
	"audit" in _groups(settings)
}

_met(_, _, settings) if "alllogs" in _groups(settings)

_met(_, kind, settings) if {
	kind in _audit
	"audit" in _groups(settings)
}

_met(any_of, _, settings) if {
	some category in any_of
	lower(category) in {lower(log.category) | some setting in settings; some log in setting.properties.logs; log.enabled == true}
}

_groups(settings) := {lower(log.categoryGroup) | some setting in settings; some log in setting.properties.logs; log.enabled == true}
