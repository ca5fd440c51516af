# METADATA
# title: The PostgreSQL replica is being fed by its source
# description: |
#   A replica whose replication is broken, or not set up yet, holds old data or none: it looks like a way back and is not. Azure tells
#   the state of running servers only, so code gives unknown. How far a replica lags is a metric and not shown here.
# related_resources:
#   - ref: https://learn.microsoft.com/azure/postgresql/read-replica/concepts-read-replicas
# custom:
#   check: PG-GEO-001
#   severity: high
#   resource: Microsoft.DBforPostgreSQL/flexibleServers
#   reads:
#     - {path: resource.properties.replicationRole, type: string}
#     - {path: resource.properties.replica.replicationState, type: string}
#   controls:
#     DORA-12-4: shows whether the spare server is kept ready, beyond its being there
#     DORA-11-5: a component counts as redundant only while its copy follows
#     RTS-26-2: the plan for the loss of a region can switch only to a replica that is fed
#     GDPR-32-1-c: personal data on a replica that is not fed is not what has to come back
#   remediation:
#     az: |
#       az postgres flexible-server replica list --resource-group RESOURCE_GROUP --name SERVER --output table
#       az postgres flexible-server delete --resource-group RESOURCE_GROUP --name REPLICA
#       az postgres flexible-server replica create --resource-group RESOURCE_GROUP --name REPLICA --source-server SERVER --location northeurope
#     note: |
#       A broken replica does not mend itself: find out why (storage full, key out of reach, network), then build it anew.
package azure.postgresql.regional_replica_replicating

import data.lib.arm
import data.lib.replicas

_role := input.resource.properties.replicationRole

_state := input.resource.properties.replica.replicationState

not_applicable contains "the server is no replica" if replicas.standalone(_role)

deny contains finding if {
	arm.one_of(_state, ["Broken", "Provisioning", "Reconfiguring"])
	finding := {
		"message": sprintf("the replica is %s, so it cannot take over with current data", [_state]),
		"path": "resource.properties.replica.replicationState",
		"actual": _state,
		"expected": "Active",
	}
}

unknown contains sprintf("the replica is %s, which passes or ends in another state", [_state]) if {
	arm.one_of(_state, ["Catchup", "Updating"])
}

unknown contains sprintf("the replication state %q is not known", [_state]) if {
	not arm.one_of(_state, ["Active", "Broken", "Provisioning", "Reconfiguring", "Catchup", "Updating"])
}

unknown contains sprintf("the replication role %q is not known", [_role]) if not replicas.known(_role)
