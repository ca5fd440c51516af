# METADATA
# title: The SQL managed instance has no public endpoint
# description: |
#   The public endpoint listens on port 3342 of an address on the internet, where the network security group of the subnet is all that
#   filters. Without it the instance is reached through its virtual network alone. An instance that does not say gives no verdict on a live
#   reading; Azure leaves the endpoint off.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/managed-instance/public-endpoint-overview
# custom:
#   check: SQLMI-NET-001
#   severity: high
#   resource: Microsoft.Sql/managedInstances
#   reads:
#     - {path: resource.properties.publicDataEndpointEnabled, type: boolean}
#   controls:
#     DORA-9-4-b: a instance without a public address can be cut off by the network alone
#     DORA-9-3-c: nobody outside the private network reaches the instance to guess, flood or read
#     RTS-13-1-g: traffic between the internet and the instance is not possible, so there is none to secure
#     RTS-13-1-d: unauthorised connections from outside end before any sign-in
#     GDPR-32-1-b: a leaked credential alone does not open the personal data held here
#     GDPR-25-2: the data is by default not within reach of an indefinite number of people
#   fix: {path: resource.properties.publicDataEndpointEnabled, value: false}
#   remediation:
#     az: az sql mi update --resource-group RESOURCE_GROUP --name INSTANCE --public-data-endpoint-enabled false
#     terraform: |
#       resource "azurerm_mssql_managed_instance" "example" {
#         # ...
#         public_data_endpoint_enabled = false
#       }
#     bicep: |
#       resource instance 'Microsoft.Sql/managedInstances@2023-08-01' = {
#         // ...
#         properties: {
#           publicDataEndpointEnabled: false
#         }
#       }
#     portal: Managed instance > Security > Networking > Public endpoint > Disable
package azure.sql_managed_instance.public_endpoint_disabled

_public := input.resource.properties.publicDataEndpointEnabled

deny contains finding if {
	_public == true
	finding := {
		"message": "the public data endpoint is on",
		"path": "resource.properties.publicDataEndpointEnabled",
		"actual": true,
		"expected": false,
	}
}
