# METADATA
# title: The app takes no files over plain FTP
# description: |
#   Plain FTP carries the publishing password and every file in clear text: whoever reads it can replace the code of the app. Allow
#   encrypted FTPS only, or no FTP at all. Lists of Azure leave siteConfig out; without it there is no verdict.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/deploy-ftp
# custom:
#   check: APP-TLS-003
#   severity: medium
#   resource: Microsoft.Web/sites
#   reads:
#     - {path: resource.properties.siteConfig.ftpsState, type: string}
#   controls:
#     DORA-9-2: the deployment channel of the app carries code and configuration that need protection in transit too
#     DORA-9-3-a: files and the publishing password no longer cross the network in clear text
#     RTS-6-2-a: shows that the encryption rule for data in transit covers the file transfer of the app
#     RTS-6-2-c: the administration path is a connection like any other and is encrypted
#     RTS-13-1-e: file transfer with the app is encrypted whatever network it crosses
#     RTS-14-1-a: nobody on the path can change the code that is being deployed
#     RTS-14-1-b: closes a file transfer by which content would leak in clear text
#     GDPR-32-1-a: personal data in files of the app is not transferred unencrypted
#     GDPR-5-1-f: a publishing password read from the wire would open the app and the personal data it handles
#   fix: {path: resource.properties.siteConfig.ftpsState, value: Disabled}
#   remediation:
#     az: az webapp config set --resource-group RESOURCE_GROUP --name APP --ftps-state Disabled
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         site_config {
#           ftps_state = "Disabled"
#         }
#       }
#     bicep: "properties: { siteConfig: { ftpsState: 'Disabled' } }"
#     note: Use FtpsOnly where a deployment still needs FTP.
package azure.app_service.ftp_encrypted

import data.lib.arm

_ftps_state := input.resource.properties.siteConfig.ftpsState

deny contains finding if {
	arm.same(_ftps_state, "AllAllowed")
	finding := {
		"message": sprintf("%s: the app takes files over plain FTP", [_ftps_state]),
		"path": "resource.properties.siteConfig.ftpsState",
		"actual": _ftps_state,
		"expected": "Disabled",
	}
}

unknown contains sprintf("ftpsState is %q, which this policy does not know", [_ftps_state]) if {
	not arm.one_of(_ftps_state, ["Disabled", "FtpsOnly", "AllAllowed"])
}
