# METADATA
# title: PostgreSQL keeps passwords as salted SCRAM verifiers
# description: |
#   An md5 hash of a password can be used to log on by itself, and is found by trying out many words in little time. A SCRAM verifier can do
#   neither. The parameter decides how new passwords are kept: those that were set before stay as they are until they are changed.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/flexible-server/how-to-connect-scram
# custom:
#   check: PG-AUTH-007
#   severity: medium
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: children.configurations.password_encryption.properties.value, type: string}
#     - {path: resource.properties.authConfig.passwordAuth, type: string}
#   controls:
#     DORA-9-4-d: what the server keeps of a password follows a current standard and not a broken one
#     RTS-21-f-i: the strength of password logon is that of leading practice
#     RTS-6-4: the old way of keeping passwords is replaced as attacks on it advance
#     GDPR-32-1-b: a copy of the list of roles does not open the personal data
#   fix: {path: children.configurations.password_encryption.properties.value, value: scram-sha-256}
#   remediation:
#     az: az postgres flexible-server parameter set --resource-group RESOURCE_GROUP --server-name SERVER --name password_encryption --value scram-sha-256
#     terraform: |
#       resource "azurerm_postgresql_flexible_server_configuration" "password_encryption" {
#         name      = "password_encryption"
#         server_id = azurerm_postgresql_flexible_server.example.id
#         value     = "scram-sha-256"
#       }
#     bicep: |
#       resource passwordEncryption 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = {
#         parent: server
#         name: 'password_encryption'
#         properties: { value: 'scram-sha-256', source: 'user-override' }
#       }
#     portal: Server > Settings > Server parameters > password_encryption
#     note: Set all passwords anew afterwards, or better turn password authentication off.
package azure.postgresql.passwords_kept_as_scram

import data.lib.arm

_password_encryption := input.children.configurations.password_encryption.properties.value

_password_auth := input.resource.properties.authConfig.passwordAuth

not_applicable contains "the server takes no passwords" if arm.same(_password_auth, "Disabled")

deny contains finding if {
	arm.same(_password_encryption, "md5")
	finding := {
		"message": "new passwords are kept as md5 hashes",
		"path": "children.configurations.password_encryption.properties.value",
		"actual": _password_encryption,
		"expected": "scram-sha-256",
	}
}

unknown contains sprintf("password_encryption is %q, which this policy does not know", [_password_encryption]) if {
	not arm.one_of(_password_encryption, ["scram-sha-256", "md5"])
}

unknown contains sprintf("passwordAuth is %q, which this policy does not know", [_password_auth]) if {
	not arm.one_of(_password_auth, ["Enabled", "Disabled"])
}
