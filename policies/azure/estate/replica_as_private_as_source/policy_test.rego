package azure.estate.replica_as_private_as_source_test

import data.azure.estate.replica_as_private_as_source

net(access, subnet) := {"publicNetworkAccess": access, "delegatedSubnetResourceId": subnet}

replica(own, source) := {
	"resource": {"properties": {"replicationRole": "Replica", "network": own}},
	"related": {"source_server": {"properties": {"network": source}}},
}

test_denies_an_open_replica_of_a_private_source if {
	every source in [net("disabled", ""), net("Enabled", "/subnet"), net("Disabled", "/subnet")] {
		some f in replica_as_private_as_source.deny with input as replica(net("enabled", ""), source)
		f.path == "resource.properties.network.publicNetworkAccess"
		f.actual == "enabled"
		f.expected == "Disabled"
		count(replica_as_private_as_source.unknown) == 0 with input as replica(net("enabled", ""), source)
		count(replica_as_private_as_source.not_applicable) == 0 with input as replica(net("enabled", ""), source)
	}
}

test_missing_settings_are_open if {
	count(replica_as_private_as_source.deny) == 1 with input as replica({}, net("Disabled", ""))
	count(replica_as_private_as_source.not_applicable) == 1 with input as replica({}, {})
}

test_passes_a_private_replica if {
	every own in [net("disabled", ""), net("Enabled", "/subnet")] {
		count(replica_as_private_as_source.deny) == 0 with input as replica(own, net("Disabled", ""))
		count(replica_as_private_as_source.unknown) == 0 with input as replica(own, net("Disabled", ""))
		count(replica_as_private_as_source.not_applicable) == 0 with input as replica(own, net("Disabled", ""))
	}
}

test_public_source_is_not_judged if {
	replica_as_private_as_source.not_applicable == {"the source is reachable from the internet itself, which is public_network_access_disabled's finding"} with input as replica(net("Enabled", ""), net("enabled", ""))
	count(replica_as_private_as_source.deny) == 0 with input as replica(net("Enabled", ""), net("enabled", ""))
}

test_writer_is_not_judged if {
	replica_as_private_as_source.not_applicable == {"the server is no replica"} with input as {"resource": {"properties": {"replicationRole": "Primary"}}, "related": {"source_server": {"properties": {"network": net("Disabled", "")}}}}
}

test_new_values_are_unknown if {
	replica_as_private_as_source.unknown == {"publicNetworkAccess is \"Perimeter\", which this policy does not know"} with input as replica(net("Perimeter", ""), net("Disabled", ""))
	replica_as_private_as_source.unknown == {"publicNetworkAccess is \"Perimeter\", which this policy does not know"} with input as replica(net("Disabled", ""), net("Perimeter", ""))
	new := object.union(replica(net("Disabled", ""), net("Disabled", "")), {"resource": {"properties": {"replicationRole": "CascadingReplica"}}})
	replica_as_private_as_source.unknown == {"the replication role \"CascadingReplica\" is not known"} with input as new
}
