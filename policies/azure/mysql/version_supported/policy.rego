# METADATA
# title: MySQL runs a version that is still supported
# description: |
#   A version out of support gets no corrections of security flaws, and Azure may upgrade or stop the server at a time of its own choosing.
#   The supported versions are a parameter, mysql_versions_supported, because they change every year; the default holds at the date of this
#   release. MySQL 8.0 is past the support of its maker and lives on the extended support of Azure; take it off the list when the firm does
#   not pay for that.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/concepts-version-policy
# custom:
#   check: INV-EOL-001
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - {path: resource.properties.version, type: string}
#   parameters:
#     mysql_versions_supported: {type: list, default: ["8.0", "8.4"], pattern: "^[0-9]+[.][0-9]+$", meaning: release series of MySQL that Azure still supports}
#   controls:
#     RTS-4-2-b-ix: compares the version that the server runs with the versions the supplier still supports
#     DORA-7-intro: a version out of support no longer gets corrections and cannot be kept up to date
#     DORA-8-7: names the legacy systems that the yearly assessment has to look at
#     DORA-9-4-f: patches exist only for versions in support; that they are applied is not seen here
#   remediation:
#     az: az mysql flexible-server upgrade --resource-group RESOURCE_GROUP --name SERVER --version 8.4
#     terraform: |
#       resource "azurerm_mysql_flexible_server" "example" {
#         # ...
#         version = "8.4"
#       }
#     bicep: |
#       resource server 'Microsoft.DBforMySQL/flexibleServers@2023-12-30' = {
#         // ...
#         properties: {
#           version: '8.4'
#         }
#       }
#     portal: Server > Overview > Upgrade
#     note: Try the new version on a restored copy of the server first; an upgrade cannot be taken back.
package azure.mysql.version_supported

_version := input.resource.properties.version

_supported if {
	some version in data.parameters.mysql_versions_supported
	startswith(sprintf("%s.", [_version]), sprintf("%s.", [version]))
}

deny contains finding if {
	regex.match(`^[0-9]+[.][0-9]+([.][0-9]+)?$`, _version)
	not _supported
	finding := {
		"message": sprintf("version %s is not supported", [_version]),
		"path": "resource.properties.version",
		"actual": _version,
		"expected": data.parameters.mysql_versions_supported,
	}
}

unknown contains sprintf("%q is no version", [_version]) if not regex.match(`^[0-9]+[.][0-9]+([.][0-9]+)?$`, _version)
