# METADATA
# title: PostgreSQL accepts Microsoft Entra identities
# description: |
#   Without Microsoft Entra authentication every account is a local role with a password: it is not tied to a person, knows no second factor,
#   and outlives the person's leaving. The setting can be changed at any time, but an Entra administrator has to be set as well
#   (entra_administrator_is_group). Which sign-ins ask for a second factor is decided by Conditional Access, which is not visible here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/security/security-entra-concepts
# custom:
#   check: PG-AUTH-001
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.authConfig.activeDirectoryAuth
#       type: string
#       absent: "Disabled: a server without authConfig accepts passwords only"
#   controls:
#     DORA-9-4-c: logical access can be granted and withdrawn centrally, with the identity, once the server knows central identities
#     DORA-9-4-d: opens the way to the firm's strong authentication, which local database roles cannot use
#     RTS-20-1: each person or workload signs in under an identity that exists once in the directory
#     RTS-21-c: with identities of their own, users have no need to share a database account
#     RTS-21-f-ii: strong authentication for privileged and remote database sessions is possible only through the directory
#     GDPR-32-1-b: confidentiality lasts longer when access to personal data ends with the identity
#   fix: {path: resource.properties.authConfig.activeDirectoryAuth, value: Enabled}
#   remediation:
#     az: |
#       az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER --microsoft-entra-auth Enabled
#       az postgres flexible-server microsoft-entra-admin create --resource-group RESOURCE_GROUP --server-name SERVER \
#         --display-name GROUP --object-id GROUP_OBJECT_ID --type Group
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "example" {
#         # ...
#         authentication {
#           active_directory_auth_enabled = true
#           tenant_id                     = data.azurerm_client_config.current.tenant_id
#         }
#       }
#     bicep: "authConfig: { activeDirectoryAuth: 'Enabled', passwordAuth: 'Disabled', tenantId: tenant().tenantId }"
#     portal: Server > Security > Authentication > Microsoft Entra authentication only
#     note: Older versions of the Azure CLI call the option --active-directory-auth. The server needs a way out to Microsoft Entra ID, which a
#       VNet-injected server gets by a rule for the service tag AzureActiveDirectory.
package azure.postgresql.entra_authentication_enabled

import data.lib.arm

default _entra := "Disabled"

_entra := input.resource.properties.authConfig.activeDirectoryAuth

deny contains finding if {
	arm.same(_entra, "Disabled")
	finding := {
		"message": "the server does not accept Microsoft Entra identities",
		"path": "resource.properties.authConfig.activeDirectoryAuth",
		"actual": _entra,
		"expected": "Enabled",
	}
}

unknown contains sprintf("activeDirectoryAuth is %q, which this policy does not know", [_entra]) if {
	not arm.one_of(_entra, ["Enabled", "Disabled"])
}
