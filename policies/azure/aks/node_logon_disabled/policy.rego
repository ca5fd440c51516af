# METADATA
# title: Nobody logs on to nodes of the cluster over SSH
# description: |
#   Whoever logs on to a node is root there, past the rights and logs of Kubernetes, under an account that several people share. Access over
#   SSH is on with a local user unless a pool says otherwise. Repairs can be done with debug pods, which are recorded.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/aks/manage-ssh-node-access
# custom:
#   check: AKS-PAM-002
#   severity: low
#   resource: Microsoft.ContainerService/managedClusters
#   reads:
#     - {path: resource.properties.agentPoolProfiles, type: array}
#   controls:
#     RTS-21-c: nobody acts on nodes under a shared local account
#     RTS-21-d: a way around the rights of Kubernetes is closed
#     DORA-9-4-c: access to nodes is restricted to the ways that were approved
#   remediation:
#     az: az resource update --ids CLUSTER_ID/agentPools/POOL --set properties.securityProfile.sshAccess=Disabled
#     bicep: |
#       resource cluster 'Microsoft.ContainerService/managedClusters@2025-10-01' = {
#         // ...
#         properties: {
#           agentPoolProfiles: [ { name: 'system', securityProfile: { sshAccess: 'Disabled' } } ]
#         }
#       }
#     note: Existing nodes follow after an upgrade of their image.
package azure.aks.node_logon_disabled

import data.lib.arm
import data.lib.pools

# _access(pool): how nodes of the pool can be reached over SSH. Azure leaves the default out.
_access(pool) := object.get(object.get(pool, "securityProfile", {}), "sshAccess", "LocalUser")

_open contains pools.name(pool) if {
	some pool in input.resource.properties.agentPoolProfiles
	not _windows(pool)
	arm.same(_access(pool), "LocalUser")
}

_windows(pool) if arm.same(pool.osType, "Windows")

deny contains finding if {
	count(_open) > 0
	finding := {
		"message": sprintf("nodes of %s can be reached over SSH", [concat(", ", sort(_open))]),
		"path": "resource.properties.agentPoolProfiles",
		"actual": sort(_open),
		"expected": "Disabled",
	}
}

unknown contains sprintf("sshAccess of %s is %v, which this policy does not know", [pools.name(pool), _access(pool)]) if {
	some pool in input.resource.properties.agentPoolProfiles
	not _known(pool)
}

_known(pool) if arm.one_of(_access(pool), ["LocalUser", "Disabled"])
