# METADATA
# title: Vaults and message brokers of a critical function stand in a region with zones
# description: |
#   Judges key vaults, managed HSMs, Event Hubs and Service Bus namespaces whose declared criticality marks a critical or important
#   function. They are spread over zones by Azure itself, where the region has any; in a region without zones one data centre takes the
#   keys or messages along, and with the keys everything that is encrypted. Which regions have zones comes from Microsoft's list as
#   stored in the library. A resource without a declared criticality gives unknown (recovery_objectives_declared says so).
# related_resources:
#   - ref: https://learn.microsoft.com/azure/reliability/regions-list
#   - ref: https://learn.microsoft.com/azure/reliability/reliability-key-vault
# custom:
#   check: HAO-SPOF-001
#   severity: medium
#   resource:
#     - Microsoft.KeyVault/vaults
#     - Microsoft.KeyVault/managedHSMs
#     - Microsoft.EventHub/namespaces
#     - Microsoft.ServiceBus/namespaces
#   reads:
#     - {path: resource.location, type: string}
#     - context.criticality
#   parameters:
#     critical_function_criticalities: {type: list, default: [critical], pattern: "^\\S.*$", meaning: values of criticality that mark what carries a critical or important function}
#   controls:
#     DORA-10-1: names a vault or broker of a critical function that is a single point of failure
#     DORA-11-5: a vault or broker on which a critical function hangs is a critical component, which has to be redundant
#     DORA-12-4: shows whether the vault or broker has capacity left when one zone is gone
#   remediation:
#     note: |
#       Neither a vault nor a namespace can be moved: create one in a region with zones, and move the keys or the clients.
package azure.estate.critical_vault_in_region_with_zones

import data.lib.arm
import data.lib.regions

_location := input.resource.location

not_applicable contains sprintf("the criticality %s marks no critical function", [input.context.criticality]) if {
	not arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)
}

_critical if arm.one_of(input.context.criticality, data.parameters.critical_function_criticalities)

deny contains finding if {
	_critical
	regions.known(_location)
	not regions.has_zones(_location)
	finding := {
		"message": sprintf("single zone: %s has no availability zones in Microsoft's list, and a critical function hangs on the resource", [_location]),
		"path": "resource.location",
		"actual": _location,
		"expected": "a region with availability zones",
	}
}

unknown contains sprintf("whether %s has availability zones is not known", [_location]) if not regions.known(_location)
