# METADATA
# title: The service behind the private endpoint is closed to the internet
# description: |
#   A private endpoint adds a way to a service and closes none. As long as the public address answers, clients with the wrong name resolution
#   use it unnoticed, and so does whoever has a credential. A firewall in front of the public address narrows that and does not end it.
#   Services outside of what was read, and kinds that say it in other words, give unknown.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/private-link/private-endpoint-overview
# custom:
#   check: NET-PE-007
#   severity: medium
#   resource: Microsoft.Network/privateEndpoints
#   reads:
#     - path: related.target.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled for the kinds that leave it out, unless network.publicNetworkAccess says it; unknown for others"
#     - path: related.target.properties.network.publicNetworkAccess
#       type: string
#       absent: "said by publicNetworkAccess: only PostgreSQL and MySQL servers keep it under network"
#   controls:
#     DORA-9-4-b: the private way is the only one, so cutting it isolates the service
#     RTS-13-1-g: traffic to the service does not take the internet because a client resolves the wrong address
#     RTS-13-1-d: connections from outside the networks of the firm are refused
#   remediation:
#     az: az resource update --ids TARGET_ID --set properties.publicNetworkAccess=Disabled
#     note: Use the command of the service where it has one. See first, in its logs, who still comes over the public address.
package azure.network.private_endpoint_target_closed

import data.lib.arm

# Kinds that are open until told otherwise and leave the property out.
_open_by_default := [
	"Microsoft.Storage/storageAccounts",
	"Microsoft.KeyVault/vaults",
	"Microsoft.DocumentDB/databaseAccounts",
	"Microsoft.Web/sites",
	"Microsoft.Sql/servers",
	"Microsoft.EventHub/namespaces",
	"Microsoft.ServiceBus/namespaces",
	"Microsoft.Cache/redis",
	"Microsoft.ContainerRegistry/registries",
	"Microsoft.Search/searchServices",
	"Microsoft.CognitiveServices/accounts",
	"Microsoft.DataFactory/factories",
	"Microsoft.RecoveryServices/vaults",
	"Microsoft.Kusto/clusters",
	"Microsoft.Databricks/workspaces",
]

_target := input.related.target

_said contains _target.properties.publicNetworkAccess

_said contains _target.properties.network.publicNetworkAccess

_access := access if {
	count(_said) == 1
	some access in _said
}

_access := "Enabled" if {
	count(_said) == 0
	arm.one_of(_target.type, _open_by_default)
}

_known if arm.one_of(_access, ["Enabled", "Disabled", "SecuredByPerimeter"])

not_applicable contains "the endpoint leads to a private link service, which has no public address" if {
	arm.same(_target.type, "Microsoft.Network/privateLinkServices")
}

deny contains finding if {
	arm.same(_access, "Enabled")
	finding := {
		"message": sprintf("%s can be reached from the internet too", [_target.name]),
		"path": _path,
		"actual": _access,
		"expected": "Disabled",
	}
}

default _path := "related.target.properties.publicNetworkAccess"

_path := "related.target.properties.network.publicNetworkAccess" if _target.properties.network.publicNetworkAccess

unknown contains "whether the service behind the endpoint is open to the internet is not known" if not _known
