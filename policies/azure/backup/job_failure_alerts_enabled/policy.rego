# METADATA
# title: Failed jobs of the backup vault raise an alert
# description: |
#   A backup that has failed for weeks is noticed at the worst moment, when it is needed. The built-in alert fires for every failed backup
#   and restore; who hears it is decided by an alert processing rule, which this policy does not see.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/backup/backup-azure-monitoring-built-in-monitor
# custom:
#   check: BV-MON-001
#   severity: medium
#   resource: Microsoft.DataProtection/backupVaults
#   reads:
#     - {path: resource.properties.monitoringSettings.azureMonitorAlertSettings.alertsForAllJobFailures, type: string}
#   controls:
#     DORA-10-1: a failing backup is detected when it fails
#     DORA-12-2: periodic backups that stop working become known before the restore
#     DORA-10-2: the alert is raised by the platform and not by somebody who looks
#   fix: {path: resource.properties.monitoringSettings.azureMonitorAlertSettings.alertsForAllJobFailures, value: Enabled}
#   remediation:
#     az: az dataprotection backup-vault update --resource-group RESOURCE_GROUP --vault-name VAULT --azure-monitor-alerts-for-job-failures Enabled
#     bicep: |
#       resource vault 'Microsoft.DataProtection/backupVaults@2025-07-01' = {
#         // ...
#         properties: {
#           monitoringSettings: {
#             azureMonitorAlertSettings: {
#               alertsForAllJobFailures: 'Enabled'
#             }
#           }
#         }
#       }
package azure.backup.job_failure_alerts_enabled

import data.lib.arm

_alerts := input.resource.properties.monitoringSettings.azureMonitorAlertSettings.alertsForAllJobFailures

deny contains finding if {
	arm.same(_alerts, "Disabled")
	finding := {
		"message": sprintf("alerts for failed jobs are %s", [_alerts]),
		"path": "resource.properties.monitoringSettings.azureMonitorAlertSettings.alertsForAllJobFailures",
		"actual": _alerts,
		"expected": "Enabled",
	}
}

unknown contains sprintf("alertsForAllJobFailures is %q, which this policy does not know", [_alerts]) if {
	not arm.one_of(_alerts, ["Enabled", "Disabled"])
}
