# METADATA
# title: PostgreSQL accepts only the TLS versions that the firm allows
# description: |
#   Old TLS versions have known weaknesses, and a client or an attacker on the path may choose the oldest that the server accepts. The server
#   accepts every version from ssl_min_protocol_version up to ssl_max_protocol_version; an empty maximum is no ceiling. No law names a version:
#   tls_versions_allowed is the firm's own rule. Both parameters take effect without a restart, but a change that waits for one is not in force
#   and fails. Whether a change waits is a live fact: templates never show it, so a scan of code gives a fail or unknown, never a pass.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/security/security-tls
# custom:
#   check: PG-TLS-002
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: children.configurations.ssl_min_protocol_version.properties.value, type: string}
#     - path: children.configurations.ssl_min_protocol_version.properties.isConfigPendingRestart
#       type: boolean
#       absent: "no change waits: Azure says so of a running server, and code has no running state"
#     - path: children.configurations.ssl_max_protocol_version.properties.value
#       type: string
#       absent: "no ceiling: the parameter is empty by default, and the server accepts every version from the minimum up"
#   parameters:
#     tls_versions_allowed: {type: list, default: [TLSv1.2, TLSv1.3], allowed: [TLSv1, TLSv1.1, TLSv1.2, TLSv1.3], meaning: TLS versions that a server may accept}
#   controls:
#     DORA-9-2: a floor under the TLS version keeps protection in transit from being talked down to a broken protocol
#     DORA-9-3-a: the channel is only as secure as the weakest version that the server still negotiates
#     RTS-6-2-a: shows that the protocol versions which the firm's encryption rule allows are the ones the server accepts
#     RTS-6-2-c: the floor holds for internal connections and for external traffic alike
#     RTS-6-3: compares the versions in force with the firm's reading of leading practice, kept as a parameter and not in the policy
#     RTS-13-1-e: encryption over any network uses a version that the firm chose, whatever an old client asks for
#     RTS-14-1-a: versions without known attacks on confidentiality and integrity protect data while it is transmitted
#     GDPR-32-1-a: encryption of personal data in transit has to withstand current attacks to be appropriate
#     GDPR-5-1-f: denies an attacker the downgrade that would expose personal data in a session
#   fix: {path: children.configurations.ssl_min_protocol_version.properties.value, parameter: tls_versions_allowed}
#   remediation:
#     az: |
#       az postgres flexible-server parameter set --resource-group RESOURCE_GROUP --server-name SERVER --name ssl_min_protocol_version --value TLSv1.2
#       az postgres flexible-server restart --resource-group RESOURCE_GROUP --name SERVER   # only if a change waits for a restart
#     terraform: |
#       resource "azurerm_postgresql_flexible_server_configuration" "ssl_min_protocol_version" {
#         name      = "ssl_min_protocol_version"
#         server_id = azurerm_postgresql_flexible_server.example.id
#         value     = "TLSv1.2"
#       }
#     bicep: |
#       resource minimumTls 'Microsoft.DBforPostgreSQL/flexibleServers/configurations@2025-08-01' = {
#         parent: server
#         name: 'ssl_min_protocol_version'
#         properties: { value: 'TLSv1.2', source: 'user-override' }
#       }
#     portal: Server > Settings > Server parameters > ssl_min_protocol_version and ssl_max_protocol_version > Save
package azure.postgresql.tls_floor_set

import data.lib.arm

_versions := ["TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"]

_minimum := input.children.configurations.ssl_min_protocol_version.properties.value

default _maximum := ""

_maximum := input.children.configurations.ssl_max_protocol_version.properties.value

# _rank(version): the place of a version among those that PostgreSQL knows.
_rank(version) := i if {
	some i, known in _versions
	arm.same(known, version)
}

_ceiling := _rank(_maximum)

_ceiling := count(_versions) if _maximum == ""

deny contains finding if {
	arm.one_of(_minimum, _versions)
	not arm.one_of(_minimum, data.parameters.tls_versions_allowed)
	finding := {
		"message": sprintf("ssl_min_protocol_version is %q", [_minimum]),
		"path": "children.configurations.ssl_min_protocol_version.properties.value",
		"actual": _minimum,
		"expected": data.parameters.tls_versions_allowed,
	}
}

deny contains finding if {
	arm.one_of(_maximum, _versions)
	not arm.one_of(_maximum, data.parameters.tls_versions_allowed)
	finding := {
		"message": sprintf("ssl_max_protocol_version is %q", [_maximum]),
		"path": "children.configurations.ssl_max_protocol_version.properties.value",
		"actual": _maximum,
		"expected": data.parameters.tls_versions_allowed,
	}
}

deny contains finding if {
	some i, version in _versions
	i > _rank(_minimum)
	i < _ceiling
	not arm.one_of(version, data.parameters.tls_versions_allowed)
	finding := {
		"message": sprintf("%s lies between the minimum %q and the maximum %q and is accepted too", [version, _minimum, _maximum]),
		"path": "children.configurations.ssl_max_protocol_version.properties.value",
		"actual": _maximum,
		"expected": data.parameters.tls_versions_allowed,
	}
}

deny contains finding if {
	input.children.configurations.ssl_min_protocol_version.properties.isConfigPendingRestart == true
	finding := {
		"message": sprintf("ssl_min_protocol_version is set to %q, but the change waits for a restart", [_minimum]),
		"path": "children.configurations.ssl_min_protocol_version.properties.isConfigPendingRestart",
		"actual": true,
		"expected": false,
	}
}

unknown contains sprintf("ssl_min_protocol_version is %q, which this policy does not know", [_minimum]) if {
	not arm.one_of(_minimum, _versions)
}

unknown contains sprintf("ssl_max_protocol_version is %q, which this policy does not know", [_maximum]) if {
	_maximum != ""
	not arm.one_of(_maximum, _versions)
}

unknown contains "ssl_min_protocol_version is above ssl_max_protocol_version: what the server accepts is not clear" if {
	_rank(_minimum) > _ceiling
}
