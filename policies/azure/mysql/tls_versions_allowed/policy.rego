# METADATA
# title: MySQL accepts only the TLS versions that the firm allows
# description: |
#   Old TLS versions have known weaknesses, and a client or an attacker on the path may choose the oldest that the server accepts.
#   tls_version is a list, so one weak entry is enough. No law names a version: the parameter tls_versions_allowed is the firm's own rule.
#   MySQL reads tls_version only when it starts, so a change that waits for a restart is not in force and fails. Whether a change waits is a
#   live fact: templates never show it, so a scan of code gives a fail or unknown, never a pass.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/flexible-server/how-to-connect-tls-ssl
# custom:
#   check: MY-TLS-002
#   severity: high
#   resource: Microsoft.DBforMySQL/flexibleServers
#   reads:
#     - {path: children.configurations.tls_version.properties.value, type: string}
#     - path: children.configurations.tls_version.properties.isConfigPendingRestart
#       type: string
#       absent: "no change waits: Azure says so of a running server, and code has no running state"
#   parameters:
#     tls_versions_allowed: {type: list, default: [TLSv1.2, TLSv1.3], allowed: [TLSv1, TLSv1.1, TLSv1.2, TLSv1.3], meaning: TLS versions that a server may accept}
#   controls:
#     DORA-9-2: leaving weak versions off the list keeps protection in transit from being talked down to a broken protocol
#     DORA-9-3-a: the channel is only as secure as the weakest version that the server still negotiates
#     RTS-6-2-a: shows that the protocol versions which the firm's encryption rule allows are the ones the server accepts
#     RTS-6-2-c: the list holds for internal connections and for external traffic alike
#     RTS-6-3: compares the versions in force with the firm's reading of leading practice, kept as a parameter and not in the policy
#     RTS-13-1-e: encryption over any network uses a version that the firm chose, whatever an old client asks for
#     RTS-14-1-a: versions without known attacks on confidentiality and integrity protect data while it is transmitted
#     GDPR-32-1-a: encryption of personal data in transit has to withstand current attacks to be appropriate
#     GDPR-5-1-f: denies an attacker the downgrade that would expose personal data in a session
#   fix: {path: children.configurations.tls_version.properties.value, parameter: tls_versions_allowed}
#   remediation:
#     az: |
#       az mysql flexible-server parameter set --resource-group RG --server-name SERVER --name tls_version --value TLSv1.2,TLSv1.3
#       az mysql flexible-server restart --resource-group RG --name SERVER
#     terraform: |
#       resource "azurerm_mysql_flexible_server_configuration" "tls_version" {
#         name                = "tls_version"
#         resource_group_name = azurerm_mysql_flexible_server.example.resource_group_name
#         server_name         = azurerm_mysql_flexible_server.example.name
#         value               = "TLSv1.2,TLSv1.3"
#       }
#     bicep: |
#       resource tlsVersion 'Microsoft.DBforMySQL/flexibleServers/configurations@2023-12-30' = {
#         parent: server
#         name: 'tls_version'
#         properties: { value: 'TLSv1.2,TLSv1.3', source: 'user-override' }
#       }
#     portal: Server > Settings > Server parameters > tls_version > Save, then Overview > Restart
#     note: |
#       MySQL 5.7 has no TLS 1.3: set TLSv1.2 alone. The restart interrupts every session.
package azure.mysql.tls_versions_allowed

import data.lib.arm

_value := input.children.configurations.tls_version.properties.value

default _pending := "False"

_pending := input.children.configurations.tls_version.properties.isConfigPendingRestart

_entries := {trim_space(entry) | some entry in split(_value, ",")}

deny contains finding if {
	some entry in _entries
	arm.one_of(entry, ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"])
	not arm.one_of(entry, data.parameters.tls_versions_allowed)
	finding := {
		"message": sprintf("tls_version accepts %q", [entry]),
		"path": "children.configurations.tls_version.properties.value",
		"actual": _value,
		"expected": data.parameters.tls_versions_allowed,
	}
}

deny contains finding if {
	arm.same(_pending, "True")
	finding := {
		"message": sprintf("tls_version is set to %q, but the change waits for a restart", [_value]),
		"path": "children.configurations.tls_version.properties.isConfigPendingRestart",
		"actual": _pending,
		"expected": "False",
	}
}

unknown contains sprintf("tls_version holds %q, which this policy does not know", [entry]) if {
	some entry in _entries
	not arm.one_of(entry, ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"])
}

unknown contains sprintf("isConfigPendingRestart is %q, which this policy does not know", [_pending]) if {
	not arm.one_of(_pending, ["True", "False"])
}
