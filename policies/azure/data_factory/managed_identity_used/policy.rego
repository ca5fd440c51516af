# METADATA
# title: The data factory has a managed identity
# description: |
#   Without an identity of its own, the factory needs passwords and keys for every store that its pipelines reach.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/data-factory/data-factory-service-identity
# custom:
#   check: ADF-AUTH-001
#   severity: medium
#   resource: Microsoft.DataFactory/factories
#   reads:
#     - path: resource.identity.type
#       type: string
#       absent: "None: Azure leaves the identity out when there is none"
#   controls:
#     RTS-20-1: gives the factory an identity of its own in the directory, with which it signs in to the stores that its pipelines reach
#     RTS-21-c: calls of the factory to the stores that its pipelines reach can be traced to it instead of to a shared secret
#     DORA-9-4-d: the factory can authenticate without a secret in its settings that somebody could copy
#   remediation:
#     terraform: |
#       resource "azurerm_data_factory" "example" {
#         # ...
#         identity {
#           type = "SystemAssigned"
#         }
#       }
#     bicep: "identity: { type: 'SystemAssigned' }"
#     portal: Factory > Managed identities > System assigned > On
package azure.data_factory.managed_identity_used

import data.lib.arm

default _identity := "None"

_identity := input.resource.identity.type

deny contains finding if {
	arm.same(_identity, "None")
	finding := {
		"message": "the factory has no managed identity",
		"path": "resource.identity.type",
		"actual": _identity,
		"expected": "SystemAssigned",
	}
}

unknown contains sprintf("identity.type is %q, which this policy does not know", [_identity]) if {
	not arm.one_of(replace(_identity, " ", ""), ["None", "SystemAssigned", "UserAssigned", "SystemAssigned,UserAssigned"])
}
