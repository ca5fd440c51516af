package azure.mysql_single.retired_platform_left_test

import data.azure.mysql_single.retired_platform_left

_server := {"resource": {"type": "Microsoft.DBforMySQL/servers"}}

test_denies_the_type if {
	some finding in retired_platform_left.deny with input as _server with data.parameters as {"retired_types_allowed": []}
	finding.path == "resource.type"
	finding.actual == "Microsoft.DBforMySQL/servers"
	finding.expected == "a flexible server"
}

test_passes_a_type_that_is_tolerated if {
	count(retired_platform_left.deny) == 0 with input as _server with data.parameters as {"retired_types_allowed": ["microsoft.dbformysql/servers"]}
}

test_denies_what_is_not_tolerated if {
	count(retired_platform_left.deny) == 1 with input as _server with data.parameters as {"retired_types_allowed": ["Microsoft.Sql/servers"]}
}
