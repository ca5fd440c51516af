# METADATA
# title: The country of the resource is in the register of information
# description: |
#   The register of information names, for each contract, the countries in which data is stored and from which the service is provided. A
#   resource in a country that it does not name makes the register wrong. The country comes from a table of Azure's regions. One resource
#   shows only that its own country is named: its copies elsewhere, whether Azure lacks a country that is named, and which contract a
#   resource belongs to are for the review of the register. Cosmos DB, which names all its regions, has a policy of its own. While the list
#   is empty this policy does not apply.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/regions-list
# custom:
#   check: RES-ROI-001
#   severity: medium
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
#     - Microsoft.DataProtection/backupVaults
#     - Microsoft.RecoveryServices/vaults
#     - Microsoft.OperationalInsights/workspaces
#     - Microsoft.KeyVault/vaults
#     - Microsoft.KeyVault/managedHSMs
#     - Microsoft.ContainerRegistry/registries/replications
#   reads:
#     - {path: resource.location, type: string}
#   parameters:
#     register_countries: {type: list, default: [], pattern: "^[A-Z]{2}$", meaning: "countries that the register of information names for Azure, as two-letter codes of ISO 3166; empty checks no country"}
#   controls:
#     DORA-28-3: finds an observed country that the register does not name, so that one of the two can be corrected
#     DORA-30-2-b: sets the country where the service runs against the countries taken from the contract
#     GDPR-30-1-e: a country missing in the list may be a transfer that the record of processing does not name
#   remediation:
#     az: az resource list --query "[].{id:id, location:location}" --output table
#     portal: All resources > Add column Location > Export to CSV
#     note: |
#       Where the place is right, name the country in the register of information and in register_countries; else make the resource anew in a country that the register names.
package azure.estate.country_in_register

import data.lib.countries
import data.lib.locations

_country := countries.of_region(input.resource.location)

_placed if _country

not_applicable contains "no countries of the register are set" if count(data.parameters.register_countries) == 0

not_applicable contains "the resource is global: Azure keeps it in no single country" if locations.everywhere(input.resource.location)

deny contains finding if {
	not _country in data.parameters.register_countries
	finding := {
		"message": sprintf("it stands in %s, country %s, which the register does not name", [input.resource.location, _country]),
		"path": "resource.location",
		"actual": _country,
		"expected": concat(" or ", data.parameters.register_countries),
	}
}

unknown contains sprintf("the country of the region %q is not known", [input.resource.location]) if not _placed
