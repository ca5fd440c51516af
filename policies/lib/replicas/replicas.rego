# METADATA
# description: Replication roles of database servers. PostgreSQL names the copies AsyncReplica and GeoAsyncReplica, MySQL Replica.
package lib.replicas

import data.lib.arm

# replica(role): the server is a read-only copy of another server.
replica(role) if arm.one_of(role, ["AsyncReplica", "GeoAsyncReplica", "Replica"])

# standalone(role): the server takes its own writes, with or without copies elsewhere.
standalone(role) if arm.one_of(role, ["None", "Primary", "Source"])

# known(role): the role is one of those above.
known(role) if replica(role)

known(role) if standalone(role)
