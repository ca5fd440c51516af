# METADATA
# title: The disk cannot be exported from any network
# description: |
#   The network access policy says from where the content of the disk may be downloaded: from everywhere, over a private endpoint, or not
#   at all.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/virtual-machines/disks-enable-private-links-for-import-export-portal
# custom:
#   check: VM-NET-002
#   severity: medium
#   resource: Microsoft.Compute/disks
#   reads:
#     - path: resource.properties.networkAccessPolicy
#       type: string
#       absent: "AllowAll: a disk can be exported from everywhere until told otherwise"
#   controls:
#     RTS-11-2-i: the content of a disk cannot leave by a download link
#     RTS-13-1-d: exports from networks that the firm did not admit are refused
#     RTS-14-1-b: a copy of the disk leaves by a private way or not at all
#     GDPR-25-2: a disk with personal data is not downloadable from everywhere by default
#   fix: {path: resource.properties.networkAccessPolicy, value: DenyAll}
#   remediation:
#     az: az disk update --resource-group RESOURCE_GROUP --name DISK --network-access-policy DenyAll
#     terraform: |
#       resource "azurerm_managed_disk" "example" {
#         # ...
#         network_access_policy = "DenyAll"
#       }
#     bicep: "properties: { networkAccessPolicy: 'DenyAll' }"
#     note: AllowPrivate also needs a disk access resource.
package azure.compute.disk_export_restricted

import data.lib.arm

default _network_access_policy := "AllowAll"

_network_access_policy := input.resource.properties.networkAccessPolicy

deny contains finding if {
	arm.same(_network_access_policy, "AllowAll")
	finding := {
		"message": sprintf("networkAccessPolicy is %s", [_network_access_policy]),
		"path": "resource.properties.networkAccessPolicy",
		"actual": _network_access_policy,
		"expected": "DenyAll",
	}
}

unknown contains sprintf("networkAccessPolicy is %q, which this policy does not know", [_network_access_policy]) if {
	not arm.one_of(_network_access_policy, ["DenyAll", "AllowPrivate", "AllowAll"])
}
