# METADATA
# title: The audit log of the key vault is collected
# description: |
#   Without its audit log nobody can say who used, changed or deleted a key. The policy judges the diagnostic settings of vaults and Managed
#   HSMs, each by itself: where another setting of the same vault collects the audit log, waive the finding. A vault without any setting has
#   nothing to judge here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/key-vault/general/logging
# custom:
#   check: LOG-DIAG-002
#   severity: high
#   resource: Microsoft.Insights/diagnosticSettings
#   reads:
#     - {path: resource.properties.logs, type: array}
#   controls:
#     DORA-10-1: events from which anomalies can be detected are collected at all
#     RTS-12-2-c: compares the event classes that are logged with those that the firm requires
#     RTS-8-2-b-iii: shows the audit trail that operating procedures ask for as a setting in force
#     GDPR-32-1-d: whether protection works can be examined, because what happened is on record
#     RTS-7-2: every use of a key can be attributed, so misuse does not stay hidden
#   remediation:
#     az: |
#       az monitor diagnostic-settings create --name audit-to-log --resource VAULT_ID --workspace WORKSPACE_ID --logs '[{"categoryGroup":"audit","enabled":true}]'
#     terraform: |
#       resource "azurerm_monitor_diagnostic_setting" "vault" {
#         # ...
#         target_resource_id = azurerm_key_vault.example.id
#         enabled_log { category_group = "audit" }
#       }
#     bicep: |
#       logs: [{ categoryGroup: 'audit', enabled: true }]
package azure.monitor.key_vault_audit_collected

import data.lib.arm

_logs := [log | some log in input.resource.properties.logs; log.enabled == true]

_on contains lower(log.category) if some log in _logs

_all if {
	some log in _logs
	arm.one_of(log.categoryGroup, ["allLogs", "audit"])
}

_concerned if regex.match(`/providers/microsoft\.keyvault/(vaults|managedhsms)/[^/]+/providers/microsoft\.insights/diagnosticsettings/`, lower(input.resource.id))

# Code that does not say what the setting is for has an id with a stand-in for the type.
_unplaced if regex.match(`/providers/(\(|microsoft\.unknown/)`, lower(input.resource.id))

not_applicable contains "the setting is not on a key vault or Managed HSM" if {
	not _unplaced
	not _concerned
}

unknown contains "what the setting is for is not known" if _unplaced

_missing := sort([category | some category in ["AuditEvent"]; not lower(category) in _on])

deny contains finding if {
	_concerned
	not _all
	count(_missing) > 0
	finding := {
		"message": sprintf("the setting does not collect %s", [concat(", ", _missing)]),
		"path": "resource.properties.logs",
		"actual": sort([category | some category in _on]),
		"expected": _missing,
	}
}
