package lib.replicas_test

import data.lib.replicas

test_copies_are_replicas if {
	replicas.replica("AsyncReplica")
	replicas.replica("GeoAsyncReplica")
	replicas.replica("Replica")
}

test_case_of_role_does_not_matter if replicas.replica("asyncreplica")

test_writers_are_no_replicas if {
	not replicas.replica("None")
	not replicas.replica("Primary")
	not replicas.replica("Source")
}

test_writers_stand_alone if {
	replicas.standalone("None")
	replicas.standalone("primary")
	replicas.standalone("Source")
}

test_replica_does_not_stand_alone if not replicas.standalone("Replica")

test_both_kinds_are_known if {
	replicas.known("GeoAsyncReplica")
	replicas.known("Primary")
}

test_new_role_is_unknown if not replicas.known("CascadingReplica")
