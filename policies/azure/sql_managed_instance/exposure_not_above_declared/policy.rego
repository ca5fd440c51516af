# METADATA
# title: The managed instance is not exposed further than the firm admits
# description: |
#   The register of assets says of each whether the internet can reach it. A managed instance stands in a subnet of the firm and is private
#   without its public data endpoint. With it, rules of the network security group decide who gets in, from named networks to everybody: the
#   exposure is then restricted or public, and this policy does not tell which. It is compared with the most that the firm admits, which it
#   can set by class of data.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/managed-instance/public-endpoint-configure
# custom:
#   check: INV-EXP-001
#   severity: medium
#   resource: Microsoft.Sql/managedInstances
#   reads:
#     - {path: resource.properties.publicDataEndpointEnabled, type: boolean}
#   parameters:
#     exposure_max: {type: string, default: restricted, allowed: [private, restricted, public], meaning: "how far resources may be reachable: by no way from the internet, by named networks, or by all"}
#   controls:
#     RTS-4-2-b-vii: computes for the register whether the instance can be exposed to the internet at all
#     DORA-8-4: adds to the map of assets whether the instance has a public endpoint beside its private one
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
package azure.sql_managed_instance.exposure_not_above_declared

import data.lib.exposure

_public := input.resource.properties.publicDataEndpointEnabled

deny contains finding if {
	_public == true
	exposure.above("restricted", data.parameters.exposure_max)
	finding := {
		"message": "its exposure is restricted or public: the public data endpoint is on, and rules of the subnet decide who gets in",
		"path": "resource.properties.publicDataEndpointEnabled",
		"actual": "restricted or public",
		"expected": sprintf("at most %s", [data.parameters.exposure_max]),
	}
}

unknown contains "rules of the subnet decide whether the public data endpoint is open to all, and this policy does not read them" if {
	_public == true
	exposure.above("public", data.parameters.exposure_max)
}
