# METADATA
# title: The copy of the SQL database in another region follows it
# description: |
#   A copy whose replication is suspended, or that is still being filled, cannot take over with current data. The policy reads the links
#   of active geo-replication and of failover groups, which only Azure knows, so code is not judged. A database without any copy is the
#   finding of failover_group_in_another_region.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/azure-sql/database/active-geo-replication-overview
# custom:
#   check: SQL-GEO-004
#   severity: high
#   resource: Microsoft.Sql/servers/databases
#   reads:
#     - {path: children.replicationLinks.*.properties.partnerLocation, type: string}
#     - {path: children.replicationLinks.*.properties.replicationState, type: string}
#     - {path: resource.location, type: string}
#   controls:
#     DORA-12-4: shows whether the spare copy is kept ready, beyond its being there
#     DORA-11-5: a component counts as redundant only while its copy follows
#     RTS-26-2: the plan for the loss of a region can switch only to a copy that follows
#     GDPR-32-1-c: personal data in a copy that does not follow is not what has to come back
#   remediation:
#     az: |
#       az sql db replica list-links --resource-group RESOURCE_GROUP --server SERVER --name DATABASE
#       az sql db replica delete-link --resource-group RESOURCE_GROUP --server SERVER --name DATABASE --partner-server SECONDARY --partner-resource-group SECONDARY_GROUP
#       az sql db replica create --resource-group RESOURCE_GROUP --server SERVER --name DATABASE --partner-server SECONDARY --partner-resource-group SECONDARY_GROUP
#     note: |
#       A suspended link resumes when its cause is gone, such as a key that the partner cannot reach or a copy that is full. Build
#       it anew only after that.
package azure.sql.geo_replication_caught_up

import data.lib.arm

_elsewhere contains link if {
	some link in input.children.replicationLinks
	arm.region(link.properties.partnerLocation) != arm.region(input.resource.location)
}

_states := {link.properties.replicationState | some link in _elsewhere}

not_applicable contains "no replication link to another region is known" if count(_elsewhere) == 0

deny contains finding if {
	some state in _states
	arm.one_of(state, ["PENDING", "SEEDING", "SUSPENDED"])
	finding := {
		"message": sprintf("replication to another region is %s, so the copy there cannot take over with current data", [state]),
		"path": "children.replicationLinks.*.properties.replicationState",
		"actual": state,
		"expected": "CATCH_UP",
	}
}

unknown contains sprintf("the replication state %q is not known", [state]) if {
	some state in _states
	not arm.one_of(state, ["CATCH_UP", "PENDING", "SEEDING", "SUSPENDED"])
}
