# METADATA
# title: The disk cannot be exported over the internet
# description: |
#   With public network access, whoever may create an access link of the disk can download its whole content from anywhere.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-machines/disks-restrict-import-export-overview
# custom:
#   check: VM-NET-001
#   severity: medium
#   resource: Microsoft.Compute/disks
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: a disk can be exported over the internet until told otherwise"
#   controls:
#     DORA-9-4-b: with the public endpoint closed, exports of the disk is reached only over networks that the firm can cut or segment
#     DORA-9-3-c: takes away the way by which data on the disk would leak to anybody on the internet who holds a credential
#     RTS-13-1-g: keeps traffic to exports of the disk off the internet instead of filtering it there
#     RTS-13-1-d: a connection to exports of the disk from outside the firm's networks is refused before anybody signs in
#     GDPR-25-2: exports of the disk is not exposed to an indefinite public by default
#     GDPR-32-1-b: puts a network barrier around personal data among data on the disk
#   fix: {path: resource.properties.publicNetworkAccess, value: Disabled}
#   remediation:
#     az: az disk update --resource-group RESOURCE_GROUP --name DISK --public-network-access Disabled
#     terraform: |
#       resource "azurerm_managed_disk" "example" {
#         # ...
#         public_network_access_enabled = false
#         network_access_policy         = "DenyAll"
#       }
#     bicep: "properties: { publicNetworkAccess: 'Disabled', networkAccessPolicy: 'DenyAll' }"
package azure.compute.disk_public_network_access_disabled

import data.lib.arm

default _public_network_access := "Enabled"

_public_network_access := input.resource.properties.publicNetworkAccess

deny contains finding if {
	arm.same(_public_network_access, "Enabled")
	finding := {
		"message": sprintf("publicNetworkAccess is %s: the disk can be exported over the internet", [_public_network_access]),
		"path": "resource.properties.publicNetworkAccess",
		"actual": _public_network_access,
		"expected": "Disabled",
	}
}

unknown contains sprintf("publicNetworkAccess is %q, which this policy does not know", [_public_network_access]) if {
	not arm.one_of(_public_network_access, ["Disabled", "Enabled"])
}
