# METADATA
# title: Cosmos DB cannot be reached from the internet
# description: |
#   An account with a public endpoint can be tried by anyone who knows its name and holds a key. Disabled leaves private endpoints as the
#   only way; SecuredByPerimeter leaves the rules to a network security perimeter, which this policy does not look into.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/cosmos-db/how-to-configure-private-endpoints
# custom:
#   check: COS-NET-001
#   severity: high
#   resource: Microsoft.DocumentDB/databaseAccounts
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: the default of an account that does not say otherwise"
#   controls:
#     DORA-9-4-b: a account without a public address can be cut off by the network alone
#     DORA-9-3-c: nobody outside the private network reaches the account to guess, flood or read
#     RTS-13-1-g: traffic between the internet and the account is not possible, so there is none to secure
#     RTS-13-1-d: unauthorised connections from outside end before any sign-in
#     GDPR-32-1-b: a leaked credential alone does not open the personal data held here
#     GDPR-25-2: the data is by default not within reach of an indefinite number of people
#   fix: {path: resource.properties.publicNetworkAccess, value: Disabled}
#   remediation:
#     az: az cosmosdb update --resource-group RESOURCE_GROUP --name ACCOUNT --public-network-access DISABLED
#     terraform: |
#       resource "azurerm_cosmosdb_account" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: |
#       resource account 'Microsoft.DocumentDB/databaseAccounts@2025-10-15' = {
#         // ...
#         properties: {
#           publicNetworkAccess: 'Disabled'
#         }
#       }
#     portal: Cosmos DB account > Settings > Networking > Public access > Disabled
#     note: Create the private endpoint and its DNS zone first.
package azure.cosmos.public_network_access_disabled

import data.lib.arm

default _access := "Enabled"

_access := input.resource.properties.publicNetworkAccess

deny contains finding if {
	arm.same(_access, "Enabled")
	finding := {
		"message": sprintf("public network access is %s", [_access]),
		"path": "resource.properties.publicNetworkAccess",
		"actual": _access,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_access]) if {
	not arm.one_of(_access, ["Disabled", "SecuredByPerimeter", "Enabled"])
}
