package lib.locations_test

import data.lib.locations

test_outside if locations.outside("East US", ["westeurope"])

test_inside if not locations.outside("West Europe", ["northeurope", "westeurope"])

test_global_is_not_outside if not locations.outside("Global", ["westeurope"])

test_empty_is_not_outside if not locations.outside("", ["westeurope"])

test_nowhere if {
	locations.nowhere("")
	locations.nowhere("global")
	not locations.nowhere("westeurope")
}

test_everywhere if {
	locations.everywhere("Global")
	not locations.everywhere("")
	not locations.everywhere("westeurope")
}
