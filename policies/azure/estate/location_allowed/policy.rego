# METADATA
# title: The resource is in an allowed region
# description: |
#   Contract, register and the analysis of transfers rest on where a resource is. The region is fixed at creation. Neither DORA nor the GDPR
#   forbids a region as such: the list is the firm's, and while it is empty this policy does not apply. Of a resource group the region holds
#   only what Azure knows of its resources. Vaults, workspaces, Cosmos DB accounts and replicas of registries have policies of their own;
#   databases, slots and other parts that cannot leave the region of their parent are judged with it.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/cross-region-replication-azure
# custom:
#   check: RES-LOC-001
#   severity: high
#   resource:
#     - Microsoft.Resources/subscriptions/resourceGroups
#     - Microsoft.ManagedIdentity/userAssignedIdentities
#     - Microsoft.DBforPostgreSQL/flexibleServers
#     - Microsoft.DBforMySQL/flexibleServers
#     - Microsoft.DBforPostgreSQL/servers
#     - Microsoft.DBforMySQL/servers
#     - Microsoft.DBforMariaDB/servers
#     - Microsoft.Sql/servers
#     - Microsoft.Sql/managedInstances
#     - Microsoft.DocumentDB/mongoClusters
#     - Microsoft.Kusto/clusters
#     - Microsoft.Databricks/workspaces
#     - Microsoft.Databricks/accessConnectors
#     - Microsoft.DataFactory/factories
#     - Microsoft.Search/searchServices
#     - Microsoft.CognitiveServices/accounts
#     - Microsoft.Cache/redis
#     - Microsoft.Cache/redisEnterprise
#     - Microsoft.Storage/storageAccounts
#     - Microsoft.EventHub/namespaces
#     - Microsoft.ServiceBus/namespaces
#     - Microsoft.DataProtection/resourceGuards
#     - Microsoft.Web/serverfarms
#     - Microsoft.Web/sites
#     - Microsoft.ContainerService/managedClusters
#     - Microsoft.ContainerRegistry/registries
#     - Microsoft.Compute/virtualMachines
#     - Microsoft.Compute/virtualMachineScaleSets
#     - Microsoft.Compute/disks
#     - Microsoft.Compute/diskEncryptionSets
#     - Microsoft.Cdn/profiles
#     - Microsoft.Network/virtualNetworks
#     - Microsoft.Network/networkSecurityGroups
#     - Microsoft.Network/networkInterfaces
#     - Microsoft.Network/publicIPAddresses
#     - Microsoft.Network/natGateways
#     - Microsoft.Network/applicationGateways
#     - Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies
#     - Microsoft.Network/azureFirewalls
#     - Microsoft.Network/firewallPolicies
#     - Microsoft.Network/frontDoorWebApplicationFirewallPolicies
#     - Microsoft.Network/networkWatchers
#     - Microsoft.Network/privateEndpoints
#     - Microsoft.Network/privateDnsZones
#     - Microsoft.Network/dnsResolvers
#     - Microsoft.Network/dnsForwardingRulesets
#     - Microsoft.Insights/autoscalesettings
#     - Microsoft.Insights/activityLogAlerts
#     - Microsoft.Insights/scheduledQueryRules
#     - Microsoft.Insights/actionGroups
#     - Microsoft.Insights/components
#     - Microsoft.Insights/privateLinkScopes
#     - Microsoft.OperationalInsights/clusters
#   aliases: [azure.network.private_endpoint_location_allowed]
#   reads:
#     - {path: resource.location, type: string}
#   parameters:
#     regions_allowed: {type: list, default: [austriaeast, belgiumcentral, denmarkeast, finlandcentral, francecentral, francesouth, germanynorth, germanywestcentral, italynorth, northeurope, norwayeast, norwaywest, polandcentral, spaincentral, swedencentral, swedensouth, westeurope], pattern: "^[a-z0-9]+$", meaning: "regions in which the firm keeps its data, by default those of the European Economic Area; empty checks no location"}
#   controls:
#     DORA-30-2-b: gives the observed place of the service to compare with the regions that the contract names
#     RTS-4-2-b-ii: names the location of the asset and compares it with the list of the firm
#     GDPR-44: a place outside the list may be a transfer; access from elsewhere is not seen here
#     GDPR-28-3-a: the choice of region is an instruction to the processor, and this shows the one in force
#   remediation:
#     az: az resource list --location REGION --query "[].id"
#     terraform: |
#       resource "azurerm_storage_account" "example" {
#         # ...
#         location = "westeurope"
#       }
#     bicep: |
#       location: 'westeurope'
#     note: |
#       Few resources move between regions: make a new one in an allowed region, move what it holds, and delete the old one.
package azure.estate.location_allowed

import data.lib.locations

not_applicable contains "no list of allowed regions is set" if count(data.parameters.regions_allowed) == 0

not_applicable contains "the resource is global: Azure keeps it in no single region" if locations.everywhere(input.resource.location)

deny contains finding if {
	locations.outside(input.resource.location, data.parameters.regions_allowed)
	finding := {
		"message": sprintf("it stands in %s", [input.resource.location]),
		"path": "resource.location",
		"actual": input.resource.location,
		"expected": concat(" or ", data.parameters.regions_allowed),
	}
}

unknown contains "the resource names no region" if input.resource.location == ""
