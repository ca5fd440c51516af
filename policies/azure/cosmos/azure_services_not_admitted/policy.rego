# METADATA
# title: No service of Azure passes by the network rules of Cosmos DB
# description: |
#   With the bypass, services that Azure trusts reach the account past its network rules, on behalf of whoever may configure them. Synapse
#   Link is the one that commonly needs it; then allow its workspace alone with networkAclBypassResourceIds and waive the finding.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/analytical-store-private-endpoints
# custom:
#   check: COS-NET-004
#   severity: low
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - {path: resource.properties.networkAclBypass, type: string}
#   controls:
#     DORA-9-4-b: there is no way to the account beside the rules that the firm can close
#     RTS-13-1-d: connections that no rule approves are refused, those of Azure itself among them
#     GDPR-25-2: who can reach personal data is by default only whom the rules name
#   fix: {path: resource.properties.networkAclBypass, value: "None"}
#   remediation:
#     az: az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --network-acl-bypass None
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         network_acl_bypass_for_azure_services = false
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           networkAclBypass: 'None'
#         }
#       }
package azure.cosmos.azure_services_not_admitted

import data.lib.arm

_bypass := input.resource.properties.networkAclBypass

deny contains finding if {
	arm.same(_bypass, "AzureServices")
	finding := {
		"message": sprintf("the network rules are bypassed by %s", [_bypass]),
		"path": "resource.properties.networkAclBypass",
		"actual": _bypass,
		"expected": "None",
	}
}

unknown contains sprintf("networkAclBypass is %q, which this policy does not know", [_bypass]) if {
	not arm.one_of(_bypass, ["None", "AzureServices"])
}
