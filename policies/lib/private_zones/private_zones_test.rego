package lib.private_zones_test

import data.lib.private_zones

test_of_group if private_zones.of_group("postgresqlServer") == ["privatelink.postgres.database.azure.com"]

test_sql_and_sql_server_differ if {
	private_zones.of_group("Sql") == ["privatelink.documents.azure.com"]
	private_zones.of_group("sqlServer") == ["privatelink.database.windows.net"]
}

test_unknown_group if not private_zones.of_group("teapot")

test_known if {
	private_zones.known("privatelink.vaultcore.azure.net")
	private_zones.known("PRIVATELINK.documents.azure.com")
	not private_zones.known("privatelink.vault.azure.net")
}

test_meant if {
	private_zones.meant("privatelink.Vault.azure.net") == "privatelink.vaultcore.azure.net"
	not private_zones.meant("privatelink.vaultcore.azure.net")
}

test_name if {
	private_zones.name("/subscriptions/S/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io") == "privatelink.azurecr.io"
	not private_zones.name("/subscriptions/S/resourceGroups/g/providers/Microsoft.Network/dnsZones/example.com")
	not private_zones.name("x")
}
