# METADATA
# title: PostgreSQL runs a version that is still supported
# description: |
#   A version out of support gets no corrections of security flaws, and Azure may upgrade or stop the server at a time of its own choosing.
#   The supported versions are a parameter, postgresql_versions_supported, because they change every year; the default holds at the date of
#   this release.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/configure-maintain/concepts-supported-versions
# custom:
#   check: INV-EOL-001
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: resource.properties.version, type: string}
#   parameters:
#     postgresql_versions_supported: {type: list, default: ["15", "16", "17", "18"], pattern: "^[0-9]+$", meaning: major versions of PostgreSQL that their maker still corrects}
#   controls:
#     RTS-4-2-b-ix: compares the version that the server runs with the versions the supplier still supports
#     DORA-7-intro: a version out of support no longer gets corrections and cannot be kept up to date
#     DORA-8-7: names the legacy systems that the yearly assessment has to look at
#     DORA-9-4-f: patches exist only for versions in support; that they are applied is not seen here
#   remediation:
#     az: az postgres flexible-server upgrade --resource-group RESOURCE_GROUP --name SERVER --version 17
#     terraform: |
#       resource "azurerm_postgresql_flexible_server" "example" {
#         # ...
#         version = "17"
#       }
#     bicep: |
#       resource server 'Microsoft.DBforPostgreSQL/flexibleServers@2025-08-01' = {
#         // ...
#         properties: {
#           version: '17'
#         }
#       }
#     portal: Server > Overview > Upgrade
#     note: Try the new version on a restored copy of the server first; an upgrade cannot be taken back.
package azure.postgresql.version_supported

_version := input.resource.properties.version

_supported if {
	some version in data.parameters.postgresql_versions_supported
	startswith(sprintf("%s.", [_version]), sprintf("%s.", [version]))
}

deny contains finding if {
	regex.match(`^[0-9]+$`, _version)
	not _supported
	finding := {
		"message": sprintf("version %s is not supported", [_version]),
		"path": "resource.properties.version",
		"actual": _version,
		"expected": data.parameters.postgresql_versions_supported,
	}
}

unknown contains sprintf("%q is no version", [_version]) if not regex.match(`^[0-9]+$`, _version)
