# METADATA
# title: Nobody opens a shell in the container of the app
# description: |
#   Whoever may deploy can open a shell in the running container, read its settings and secrets in clear text and change files past the
#   deployment. The default has changed with the kind of app: where Azure does not say, there is no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/configure-linux-open-ssh-session
# custom:
#   check: APP-PAM-001
#   severity: low
#   resource: Microsoft.Web/sites
#   reads:
#     - {path: resource.properties.sshEnabled, type: boolean}
#   controls:
#     RTS-21-d: a way around the deployment into the running app is closed
#     DORA-9-4-e: the app changes by deployments that are recorded and not by hand
#     RTS-17-1-b: who deploys cannot also change what runs unseen
#   fix: {path: resource.properties.sshEnabled, value: false}
#   remediation:
#     az: az resource update --ids APP_ID --set properties.sshEnabled=false
#     bicep: |
#       resource app 'Microsoft.Web/sites@2024-11-01' = {
#         // ...
#         properties: {
#           sshEnabled: false
#         }
#       }
#     portal: App > Settings > Configuration > General settings > SSH
package azure.app_service.shell_disabled

_ssh_enabled := input.resource.properties.sshEnabled

deny contains finding if {
	_ssh_enabled == true
	finding := {
		"message": "a shell can be opened in the container of the app",
		"path": "resource.properties.sshEnabled",
		"actual": true,
		"expected": false,
	}
}
