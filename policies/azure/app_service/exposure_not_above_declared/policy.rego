# METADATA
# title: The app is not exposed further than the firm admits
# description: |
#   The register of assets says of each whether the internet can reach it. The exposure is computed from the network settings of the app:
#   private without a way in from the internet, restricted to named addresses and networks, or public. It is compared with the most that the
#   firm admits, which it can set by class of data. With and without a private endpoint count alike. Many apps are meant for the public: set
#   exposure_max for their class of data, or waive them. The page of the deployment tools has rules of its own and is not judged. An Azure
#   service named by its tag, such as Front Door, counts as a named network.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/app-service/overview-access-restrictions
# custom:
#   check: INV-EXP-001
#   severity: medium
#   resource: Microsoft.Web/sites
#   reads:
#     - path: resource.properties.publicNetworkAccess
#       type: string
#       absent: "Enabled: an app has a public endpoint until told otherwise"
#     - path: resource.properties.siteConfig.ipSecurityRestrictions
#       type: array
#       absent: "none: no rule limits who gets in"
#     - path: resource.properties.siteConfig.ipSecurityRestrictionsDefaultAction
#       type: string
#       absent: "what the rules say: without rules every address is let in, with rules none but those they admit"
#   parameters:
#     exposure_max: {type: string, default: restricted, allowed: [private, restricted, public], meaning: "how far resources may be reachable: by no way from the internet, by named networks, or by all"}
#     restricted_addresses_max: {type: integer, default: 65536, min: 1, max: 16777216, meaning: most addresses that one rule of a firewall may admit while the exposure still counts as restricted}
#   controls:
#     RTS-4-2-b-vii: computes for the register whether the app is or can be exposed to the internet
#     DORA-8-4: adds to the map of assets from where the app can be reached
#   remediation:
#     az: az resource update --ids APP_ID --set properties.publicNetworkAccess=Disabled
#     terraform: |
#       resource "azurerm_linux_web_app" "example" {
#         # ...
#         public_network_access_enabled = false
#       }
#     bicep: "properties: { publicNetworkAccess: 'Disabled' }"
#     note: Create the private endpoint first.
package azure.app_service.exposure_not_above_declared

import data.lib.arm
import data.lib.exposure

default _access := "Enabled"

_access := input.resource.properties.publicNetworkAccess

default _rules := []

_rules := input.resource.properties.siteConfig.ipSecurityRestrictions

default _action := ""

_action := input.resource.properties.siteConfig.ipSecurityRestrictionsDefaultAction

_admitting := [rule | some rule in _rules; arm.same(rule.action, "Allow")]

_by_address := [rule.ipAddress | some rule in _admitting; not _by_name(rule)]

_by_name(rule) if arm.same(rule.tag, "ServiceTag")

_by_name(rule) if is_string(rule.vnetSubnetResourceId)

_all_admitted if arm.same(_action, "Allow")

_all_admitted if {
	_action == ""
	count(_rules) == 0
}

_all_admitted if arm.one_of("Any", _by_address)

_readable if {
	arm.one_of(_action, ["", "Allow", "Deny"])
	every rule in _rules {
		arm.one_of(rule.action, ["Allow", "Deny"])
	}
	every rule in _admitting {
		_names(rule)
	}
}

_names(rule) if is_string(rule.ipAddress)

_names(rule) if is_string(rule.vnetSubnetResourceId)

_found := exposure.by_default_action(_access, "Allow") if {
	_readable
	_all_admitted
}

_found := exposure.by_default_action(_access, "Deny") if {
	_readable
	not _all_admitted
	count(_by_address) == 0
}

_found := exposure.by_ranges(_access, _by_address, data.parameters.restricted_addresses_max) if {
	_readable
	not _all_admitted
	count(_by_address) > 0
}

_known if _found.level

_paths := {
	"restricted": "resource.properties.publicNetworkAccess",
	"public": "resource.properties.siteConfig.ipSecurityRestrictions",
}

deny contains finding if {
	exposure.above(_found.level, data.parameters.exposure_max)
	finding := {
		"message": sprintf("its exposure is %s: %s", [_found.level, _found.why]),
		"path": _paths[_found.level],
		"actual": _found.level,
		"expected": sprintf("at most %s", [data.parameters.exposure_max]),
	}
}

unknown contains "its exposure does not follow from its network settings" if not _known
