# METADATA
# title: The PostgreSQL replica authenticates as strictly as its source
# description: |
#   A replica has sign-in settings of its own. One that takes passwords where the source refuses them is the weaker door to the same
#   data; one without Entra authentication turns away, after its promotion, everybody who signs in that way. TLS settings are server
#   parameters, which are judged on the replica itself.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas
# custom:
#   check: PG-GEO-008
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - path: resource.properties.authConfig.passwordAuth
#       type: string
#       absent: "Enabled: Azure's default for a new server"
#     - path: resource.properties.authConfig.activeDirectoryAuth
#       type: string
#       absent: "Disabled: Azure's default for a new server"
#     - path: related.source_server.properties.authConfig.passwordAuth
#       type: string
#       absent: "Enabled: Azure's default for a new server"
#     - path: related.source_server.properties.authConfig.activeDirectoryAuth
#       type: string
#       absent: "Disabled: Azure's default for a new server"
#     - {path: resource.properties.replicationRole, type: string}
#   controls:
#     DORA-12-2: taking the replica into use does not weaken who may sign in
#     RTS-26-2: the sign-ins of the applications still work after the switchover
#     GDPR-32-1-b: the copy of personal data is guarded like the original
#   remediation:
#     az: |
#       az postgres flexible-server update --resource-group RESOURCE_GROUP --name REPLICA --microsoft-entra-auth Enabled --password-auth Disabled
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "replica" {
#         # ...
#         authentication {
#           active_directory_auth_enabled = true
#           password_auth_enabled         = false
#         }
#       }
#     bicep: |
#       resource replica 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
#         // ...
#         properties: {
#           authConfig: {
#             activeDirectoryAuth: 'Enabled'
#             passwordAuth: 'Disabled'
#           }
#         }
#       }
package azure.postgresql.replica_authentication_as_source

import data.lib.arm
import data.lib.replicas

_role := input.resource.properties.replicationRole

default _password := "Enabled"

_password := input.resource.properties.authConfig.passwordAuth

default _source_password := "Enabled"

_source_password := input.related.source_server.properties.authConfig.passwordAuth

default _entra := "Disabled"

_entra := input.resource.properties.authConfig.activeDirectoryAuth

default _source_entra := "Disabled"

_source_entra := input.related.source_server.properties.authConfig.activeDirectoryAuth

not_applicable contains "the server is no replica" if replicas.standalone(_role)

deny contains finding if {
	arm.same(_password, "Enabled")
	arm.same(_source_password, "Disabled")
	finding := {
		"message": "the source refuses passwords, the replica takes them",
		"path": "resource.properties.authConfig.passwordAuth",
		"actual": _password,
		"expected": _source_password,
	}
}

deny contains finding if {
	arm.same(_entra, "Disabled")
	arm.same(_source_entra, "Enabled")
	finding := {
		"message": "the source takes Entra identities, the replica does not: after a promotion their sign-ins fail",
		"path": "resource.properties.authConfig.activeDirectoryAuth",
		"actual": _entra,
		"expected": _source_entra,
	}
}

unknown contains sprintf("the setting of authentication %q is not known", [value]) if {
	some value in [_password, _source_password, _entra, _source_entra]
	not arm.one_of(value, ["Enabled", "Disabled"])
}

unknown contains sprintf("the replication role %q is not known", [_role]) if not replicas.known(_role)
