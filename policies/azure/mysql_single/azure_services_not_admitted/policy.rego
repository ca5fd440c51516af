# METADATA
# title: No firewall rule of the MySQL single server admits all of Azure
# description: |
#   A rule from 0.0.0.0 to 0.0.0.0 is how Azure writes "allow Azure services": it admits every address inside Azure, the virtual machines of
#   strangers among them. A rule that starts there and ends elsewhere admits the bottom of the address space, which no firm owns. Azure has
#   retired the platform.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/mysql/migrate/whats-happening-to-mysql-single-server
# custom:
#   check: MYS-NET-003
#   severity: medium
#   resource: Microsoft.DBforMySQL/servers/firewallRules
#   reads:
#     - {path: resource.properties.startIpAddress, type: string}
#   controls:
#     DORA-9-4-b: a narrow rule lets the firm say which outside network is connected, and cut that one
#     DORA-9-3-c: fewer addresses that reach the server means fewer from which it can be attacked
#     RTS-13-1-g: the rule is the boundary between the server and networks that are not the firm's
#     RTS-13-1-d: addresses that nobody approved are refused before any sign-in
#     GDPR-32-1-b: a leaked credential works from fewer places
#     GDPR-25-2: limits by default who can reach the personal data held here
#     RTS-13-1-h: gives the review of firewall rules the rules that admit too much; that the review is held is not seen here
#   remediation:
#     terraform: "# remove the azurerm_mysql_firewall_rule that starts at 0.0.0.0"
#     bicep: // remove the firewall rule that starts at '0.0.0.0'
#     portal: Server > Settings > Connection security > Firewall rules
#     note: Azure services that need the database reach it through a private endpoint or a service endpoint of their subnet.
package azure.mysql_single.azure_services_not_admitted

deny contains finding if {
	input.resource.properties.startIpAddress == "0.0.0.0"
	finding := {
		"message": "the rule starts at 0.0.0.0, which admits every service in Azure, those of other customers too",
		"path": "resource.properties.startIpAddress",
		"actual": input.resource.properties.startIpAddress,
		"expected": "an address of the firm",
	}
}
