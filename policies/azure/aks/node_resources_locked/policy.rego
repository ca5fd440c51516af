# METADATA
# title: Resources of the nodes are changed by the cluster only
# description: |
#   The group that AKS makes for the nodes holds their machines, disks, networks and identities. Whoever may change it can put an address on
#   a node, read its disk or break the cluster, past all that the cluster enforces.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/node-resource-group-lockdown
# custom:
#   check: AKS-PAM-003
#   severity: low
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - path: resource.properties.nodeResourceGroupProfile.restrictionLevel
#       type: string
#       absent: "Unrestricted: the group of the nodes is open unless the cluster locks it"
#   controls:
#     RTS-21-d: a way around the controls of the cluster is closed
#     DORA-9-3-d: resources of the nodes are not changed by mistake
#     DORA-9-4-e: changes to nodes go through the cluster, where they are recorded
#   fix: {path: resource.properties.nodeResourceGroupProfile.restrictionLevel, value: ReadOnly}
#   remediation:
#     az: az aks update --resource-group RESOURCE_GROUP --name CLUSTER --nrg-lockdown-restriction-level ReadOnly
#     bicep: |
#       resource cluster 'Microsoft.ContainerService/managedClusters@2025-10-01' = {
#         // ...
#         properties: {
#           nodeResourceGroupProfile: { restrictionLevel: 'ReadOnly' }
#         }
#       }
package azure.aks.node_resources_locked

import data.lib.arm

default _level := "Unrestricted"

_level := input.resource.properties.nodeResourceGroupProfile.restrictionLevel

deny contains finding if {
	arm.same(_level, "Unrestricted")
	finding := {
		"message": "resources of the nodes can be changed past the cluster",
		"path": "resource.properties.nodeResourceGroupProfile.restrictionLevel",
		"actual": _level,
		"expected": "ReadOnly",
	}
}

unknown contains sprintf("restrictionLevel is %q, which this policy does not know", [_level]) if {
	not arm.one_of(_level, ["ReadOnly", "Unrestricted"])
}
