# METADATA
# title: Criticality and recovery objectives are declared for what carries functions
# description: |
#   Databases, stores and compute have a declared criticality, a recovery time objective (rto_minutes) and a recovery point objective
#   (rpo_minutes), from the register, a tag or the resource group. Without an objective there is nothing to design for or to test
#   against, and the policies that compare objectives with what a resource can do give unknown. Whether the values come from a business
#   impact analysis is not visible here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/concept-business-continuity-high-availability-disaster-recovery
# custom:
#   check: HAO-DECL-001
#   severity: high
#   resource:
#     - Microsoft.DBforPostgreSQL/flexibleServers
#     - Microsoft.DBforMySQL/flexibleServers
#     - Microsoft.Sql/servers/databases
#     - Microsoft.Sql/managedInstances
#     - Microsoft.DocumentDB/databaseAccounts
#     - Microsoft.DocumentDB/mongoClusters
#     - Microsoft.Storage/storageAccounts
#     - Microsoft.Cache/redis
#     - Microsoft.Cache/redisEnterprise
#     - Microsoft.Kusto/clusters
#     - Microsoft.EventHub/namespaces
#     - Microsoft.ServiceBus/namespaces
#     - Microsoft.Search/searchServices
#     - Microsoft.Databricks/workspaces
#     - Microsoft.DataFactory/factories
#     - Microsoft.Web/serverfarms
#     - Microsoft.Web/sites
#     - Microsoft.ContainerService/managedClusters
#     - Microsoft.Compute/virtualMachines
#     - Microsoft.Compute/virtualMachineScaleSets
#   reads:
#     - path: context.criticality
#       absent: "nothing was declared, in the register or in a tag"
#     - path: context.rto_minutes
#       absent: "nothing was declared, in the register or in a tag"
#     - path: context.rpo_minutes
#       absent: "nothing was declared, in the register or in a tag"
#   parameters:
#     recovery_objectives_required: {type: boolean, default: true, meaning: whether criticality and recovery objectives must be declared for databases and stores and compute}
#   controls:
#     DORA-12-6: shows whether recovery time and recovery point objectives are set for what carries a function
#     RTS-4-2-b-vi: checks that the continuity requirements of the asset are recorded and can be read
#     RTS-24-1-b-ii-2: objectives that are not declared cannot be met or missed
#   remediation:
#     az: az tag update --resource-id RESOURCE_ID --operation Merge --tags criticality=critical rto_minutes=60 rpo_minutes=15
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "example" {
#         # ...
#         tags = {
#           criticality = "critical"
#           rto_minutes = "60"
#           rpo_minutes = "15"
#         }
#       }
#     bicep: |
#       tags: {
#         criticality: 'critical'
#         rto_minutes: '60'
#         rpo_minutes: '15'
#       }
#     note: |
#       Or name them in the register of assize.yaml. Whole minutes; 0 means none may pass or be lost. The values come from the
#       business impact analysis.
package azure.estate.recovery_objectives_declared

not_applicable contains "recovery objectives need not be declared for this resource" if data.parameters.recovery_objectives_required == false

not_applicable contains "the system database belongs to Azure" if {
	lower(input.resource.type) == "microsoft.sql/servers/databases"
	lower(input.resource.name) == "master"
}

default _criticality := ""

_criticality := input.context.criticality

default _rto := ""

_rto := input.context.rto_minutes

default _rpo := ""

_rpo := input.context.rpo_minutes

deny contains finding if {
	_criticality == ""
	finding := {
		"message": "no criticality is declared, so nobody can say which recovery the resource needs",
		"path": "context.criticality",
		"actual": "nothing",
		"expected": "how critical the function is that the resource carries",
	}
}

deny contains finding if {
	not is_number(_rto)
	finding := {
		"message": sprintf("the recovery time objective (rto_minutes) is %s", [_said(_rto)]),
		"path": "context.rto_minutes",
		"actual": _said(_rto),
		"expected": "whole minutes",
	}
}

deny contains finding if {
	not is_number(_rpo)
	finding := {
		"message": sprintf("the recovery point objective (rpo_minutes) is %s", [_said(_rpo)]),
		"path": "context.rpo_minutes",
		"actual": _said(_rpo),
		"expected": "whole minutes",
	}
}

_said("") := "not declared"

_said(value) := sprintf("%v, which is not a number of minutes", [value]) if value != ""
