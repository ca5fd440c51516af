# METADATA
# title: PostgreSQL accepts no passwords
# description: |
#   A database password works from anywhere the server can be reached, knows no second factor, is passed around and stays valid after its
#   owner has left. With password authentication off, only Microsoft Entra identities sign in. Local roles stay in the database but cannot log
#   on any more, the administrator that was named when the server was created among them.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/security/security-entra-concepts
# custom:
#   check: PG-AUTH-002
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.authConfig.passwordAuth
#       type: string
#       absent: "Enabled: the default of a server that does not say otherwise"
#   controls:
#     DORA-9-4-c: closes the door that central administration of rights does not see, a local role with a password
#     DORA-9-4-d: a password alone is not strong authentication, and with this setting it no longer opens the database
#     RTS-20-1: nobody can sign in as an account that the directory does not know
#     RTS-21-c: ends the use of shared database accounts, whose actions cannot be traced to a person
#     RTS-21-f-ii: leaves no way around the strong authentication that the directory asks for
#     GDPR-32-1-b: a leaked or guessed password no longer exposes personal data
#   fix: {path: resource.properties.authConfig.passwordAuth, value: Disabled}
#   remediation:
#     az: az postgres flexible-server update --resource-group RESOURCE_GROUP --name SERVER --microsoft-entra-auth Enabled --password-auth Disabled
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "example" {
#         # ...
#         authentication {
#           active_directory_auth_enabled = true
#           password_auth_enabled         = false
#           tenant_id                     = data.azurerm_client_config.current.tenant_id
#         }
#       }
#     bicep: "authConfig: { activeDirectoryAuth: 'Enabled', passwordAuth: 'Disabled', tenantId: tenant().tenantId }"
#     portal: Server > Security > Authentication > Microsoft Entra authentication only
#     note: Set an Entra administrator and move every application to an Entra identity first; those that still use a password are cut off.
#       Older versions of the Azure CLI call the first option --active-directory-auth.
package azure.postgresql.password_authentication_disabled

import data.lib.arm

default _password := "Enabled"

_password := input.resource.properties.authConfig.passwordAuth

deny contains finding if {
	arm.same(_password, "Enabled")
	finding := {
		"message": "the server accepts passwords",
		"path": "resource.properties.authConfig.passwordAuth",
		"actual": _password,
		"expected": "Disabled",
	}
}

unknown contains sprintf("passwordAuth is %q, which this policy does not know", [_password]) if {
	not arm.one_of(_password, ["Enabled", "Disabled"])
}
