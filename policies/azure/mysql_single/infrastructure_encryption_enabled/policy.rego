# METADATA
# title: The MySQL single server is encrypted twice
# description: |
#   Data at rest is always encrypted by the service. Infrastructure encryption adds a second layer with another key and another algorithm,
#   so that a flaw in one layer does not lay the data open. It is fixed when the server is created. Azure has retired the platform
#   (retired_platform_left).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/migrate/whats-happening-to-mysql-single-server
# custom:
#   check: MYS-CMK-002
#   severity: low
#   resource: Microsoft.DBforMySQL/servers
#   reads:
#     - path: resource.properties.infrastructureEncryption
#       type: string
#       absent: "Disabled: the default of a server that does not say otherwise"
#   controls:
#     DORA-9-4-d: shows, for the classes that ask for it, that encryption does not rest on one layer
#     RTS-6-2-a: shows whether the rule on encryption of data at rest, where it asks for two layers, is met
#     GDPR-32-1-a: personal data stays encrypted when one layer fails
#   remediation:
#     terraform: |
#       resource "azurerm_mysql_server" "example" {
#         # ...
#         infrastructure_encryption_enabled = true # changing it replaces the server
#       }
#     bicep: |
#       resource server 'Microsoft.DBforMySQL/servers@2017-12-01' = {
#         // ...
#         properties: {
#           infrastructureEncryption: 'Enabled'
#         }
#       }
#     note: |
#       Azure has retired the platform and makes no new servers of this kind. Mend the code only to move it: a flexible server takes its
#       place (retired_platform_left).
package azure.mysql_single.infrastructure_encryption_enabled

import data.lib.arm

default _second := "Disabled"

_second := input.resource.properties.infrastructureEncryption

deny contains finding if {
	arm.same(_second, "Disabled")
	finding := {
		"message": sprintf("the second layer of encryption is %s", [_second]),
		"path": "resource.properties.infrastructureEncryption",
		"actual": _second,
		"expected": "Enabled",
	}
}

unknown contains sprintf("infrastructureEncryption is %q, which this policy does not know", [_second]) if {
	not arm.one_of(_second, ["Enabled", "Disabled"])
}
