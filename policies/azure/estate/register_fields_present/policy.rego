# METADATA
# title: The resource carries the mandatory fields of the register
# description: |
#   Who owns an asset, what it serves, how critical it is, how its data is classified and in which environment it stands: the register asks
#   for these fields, and most other judgements depend on them. A missing field is a finding, not a reason to skip the resource. The fields
#   are declarations, by tag or in assize.yaml: this policy shows that they are made and, where the firm lists its names, well-formed, not
#   that they are true.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cloud-adoption-framework/ready/azure-best-practices/resource-tagging
# custom:
#   check: INV-TAG-001
#   severity: high
#   resource:
#     - Microsoft.DBforPostgreSQL/flexibleServers
#     - Microsoft.DBforMySQL/flexibleServers
#     - Microsoft.DBforPostgreSQL/servers
#     - Microsoft.DBforMySQL/servers
#     - Microsoft.DBforMariaDB/servers
#     - Microsoft.Sql/servers
#     - Microsoft.Sql/managedInstances
#     - Microsoft.DocumentDB/databaseAccounts
#     - Microsoft.DocumentDB/mongoClusters
#     - Microsoft.Kusto/clusters
#     - Microsoft.Databricks/workspaces
#     - Microsoft.DataFactory/factories
#     - Microsoft.Search/searchServices
#     - Microsoft.CognitiveServices/accounts
#     - Microsoft.Cache/redis
#     - Microsoft.Cache/redisEnterprise
#     - Microsoft.Storage/storageAccounts
#     - Microsoft.KeyVault/vaults
#     - Microsoft.KeyVault/managedHSMs
#     - Microsoft.EventHub/namespaces
#     - Microsoft.ServiceBus/namespaces
#     - Microsoft.DataProtection/backupVaults
#     - Microsoft.RecoveryServices/vaults
#     - Microsoft.OperationalInsights/workspaces
#     - Microsoft.Insights/components
#     - Microsoft.Web/sites
#     - Microsoft.Web/serverfarms
#     - Microsoft.ContainerService/managedClusters
#     - Microsoft.ContainerRegistry/registries
#     - Microsoft.Compute/virtualMachines
#     - Microsoft.Compute/virtualMachineScaleSets
#     - Microsoft.Compute/disks
#     - Microsoft.Network/applicationGateways
#     - Microsoft.Network/azureFirewalls
#     - Microsoft.Cdn/profiles
#   reads:
#     - path: context.domain
#       absent: "no business domain is declared, which is the finding"
#     - path: context.owner
#       absent: "no owner is declared, which is the finding"
#     - path: context.criticality
#       absent: "no criticality is declared, which is the finding"
#     - path: context.data_class
#       absent: "no data class is declared, which is the finding"
#     - path: context.environment
#       absent: "no environment is declared, which is the finding"
#   parameters:
#     business_domains: {type: list, default: [], pattern: "^[a-z0-9][a-z0-9_-]*$", meaning: names of the firm's business domains; empty accepts any single name}
#     criticalities: {type: list, default: [], pattern: "^[a-z0-9][a-z0-9 _-]*$", meaning: names of the firm's levels of criticality; empty accepts any name}
#     data_classes: {type: list, default: [], pattern: "^[a-z0-9][a-z0-9 _-]*$", meaning: names of the firm's classes of data; empty accepts any name}
#     environments: {type: list, default: [], pattern: "^[a-z0-9][a-z0-9 _-]*$", meaning: names of the firm's environments; empty accepts any name}
#     register_placeholders: {type: list, default: ["-", "?", n/a, none, tbd, todo, unknown], pattern: "^[^A-Z ]+$", meaning: texts that stand for nothing and count as no declaration}
#   controls:
#     DORA-8-1: ties the asset to the business function that it supports and to how critical that is
#     DORA-8-4: shows the assets that the map of critical assets would leave out, because nobody declared how critical they are
#     DORA-8-6: finds what the inventory lacks on the day of the scan, not at its next review
#     RTS-4-2-b-iii: fills the field for the classification of the asset with a name of the list of the firm
#     RTS-4-2-b-iv: fills the field for the owner of the asset; whether the person still exists is not seen
#     RTS-4-2-b-v: fills the field for the business function that the asset supports
#   remediation:
#     az: az tag update --resource-id RESOURCE_ID --operation Merge --tags domain=payments owner=payments-platform@example.com criticality=critical data_class=confidential environment=production
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         tags = {
#           domain      = "payments"
#           owner       = "payments-platform@example.com"
#           criticality = "critical"
#           data_class  = "confidential"
#           environment = "production"
#         }
#       }
#     bicep: |
#       tags: {
#         domain: 'payments'
#         owner: 'payments-platform@example.com'
#         criticality: 'critical'
#         data_class: 'confidential'
#         environment: 'production'
#       }
#     note: Tags on the resource group count for what is in it. Where the register lives elsewhere, assize.yaml can name the fields by resource.
package azure.estate.register_fields_present

import data.lib.arm

default _domain := ""

_domain := input.context.domain

default _owner := ""

_owner := input.context.owner

default _criticality := ""

_criticality := input.context.criticality

default _data_class := ""

_data_class := input.context.data_class

default _environment := ""

_environment := input.context.environment

_fields := [
	{"word": "business domain", "path": "context.domain", "value": _domain, "names": data.parameters.business_domains},
	{"word": "owner", "path": "context.owner", "value": _owner, "names": []},
	{"word": "criticality", "path": "context.criticality", "value": _criticality, "names": data.parameters.criticalities},
	{"word": "data class", "path": "context.data_class", "value": _data_class, "names": data.parameters.data_classes},
	{"word": "environment", "path": "context.environment", "value": _environment, "names": data.parameters.environments},
]

_empty(value) if trim_space(value) == ""

_empty(value) if arm.one_of(trim_space(value), data.parameters.register_placeholders)

deny contains finding if {
	some field in _fields
	_empty(field.value)
	finding := {
		"message": sprintf("no %s is declared", [field.word]),
		"path": field.path,
		"actual": field.value,
		"expected": sprintf("one %s", [field.word]),
	}
}

deny contains finding if {
	some field in _fields
	not _empty(field.value)
	count(field.names) > 0
	not arm.one_of(field.value, field.names)
	finding := {
		"message": sprintf("the %s %q is none of the firm's", [field.word, field.value]),
		"path": field.path,
		"actual": field.value,
		"expected": concat(" or ", field.names),
	}
}
