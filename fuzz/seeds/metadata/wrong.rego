# METADATA
# title: ""
# description: short
# scope: rule
# custom: {check: "", severity: high, resource: x, reads: [nothing], controls: {}, remediation: {}}
package azure.fuzz.holds
