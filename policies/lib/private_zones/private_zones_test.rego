package lib.private_zones_test

import data.lib.private_zones

_target(type) := sprintf("/subscriptions/s/resourceGroups/g/providers/%s/it", [type])

_zone(group, type) := zones[0] if {
	zones := private_zones.of_group(group, _target(type))
	count(zones) == 1
}

test_of_group if {
	_zone("postgresqlServer", "Microsoft.DBforPostgreSQL/flexibleServers") == "privatelink.postgres.database.azure.com"
	_zone("sites-staging", "Microsoft.Web/sites") == "privatelink.azurewebsites.net"
	_zone("blob_secondary", "Microsoft.Storage/storageAccounts") == "privatelink.blob.core.windows.net"
	_zone("AzureBackup_secondary", "Microsoft.RecoveryServices/vaults") == "privatelink.{geography}.backup.windowsazure.com"
}

test_sql_and_sql_server_differ if {
	_zone("Sql", "Microsoft.DocumentDB/databaseAccounts") == "privatelink.documents.azure.com"
	_zone("Sql", "Microsoft.Synapse/workspaces") == "privatelink.sql.azuresynapse.net"
	_zone("sqlServer", "Microsoft.Sql/servers") == "privatelink.database.windows.net"
}

test_the_provider_decides if {
	_zone("table", "Microsoft.Storage/storageAccounts") == "privatelink.table.core.windows.net"
	_zone("table", "Microsoft.DocumentDB/databaseAccounts") == "privatelink.table.cosmos.azure.com"
	_zone("portal", "Microsoft.DataFactory/factories") == "privatelink.adf.azure.com"
	_zone("account", "Microsoft.Purview/accounts") == "privatelink.purview.azure.com"
	count(private_zones.of_group("table", "")) == 2
}

test_unknown_group if {
	not private_zones.of_group("teapot", "")
	not private_zones.of_group("myvault", "")
}

test_fits if {
	private_zones.fits("privatelink.WestEurope.azmk8s.io", ["privatelink.{region}.azmk8s.io"])
	private_zones.fits("privatelink.azurecr.io", ["x", "privatelink.azurecr.io"])
	not private_zones.fits("privatelink.azmk8s.io", ["privatelink.{region}.azmk8s.io"])
	not private_zones.fits("privatelink..azmk8s.io", ["privatelink.{region}.azmk8s.io"])
	not private_zones.fits("privatelink.a.b.azmk8s.io", ["privatelink.{region}.azmk8s.io"])
	not private_zones.fits("privatelink.azurecr.io.example", ["privatelink.azurecr.io"])
	not private_zones.fits("privatelink.azurecr.io", [])
}

test_known if {
	private_zones.known("privatelink.vaultcore.azure.net")
	private_zones.known("PRIVATELINK.documents.azure.com")
	private_zones.known("privatelink.sql.azuresynapse.net")
	private_zones.known("privatelink.westeurope.kusto.windows.net")
	private_zones.known("privatelink.oms.opinsights.azure.com")
	not private_zones.known("privatelink.vault.azure.net")
}

test_meant if {
	private_zones.meant("privatelink.Vault.azure.net") == "privatelink.vaultcore.azure.net"
	private_zones.meant("privatelink.postgres.data.azure.com") == "privatelink.postgres.database.azure.com"
	not private_zones.meant("privatelink.vaultcore.azure.net")
	not private_zones.meant("privatelink.redis.azure.net")
}

test_name if {
	private_zones.name("/subscriptions/S/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/privatelink.azurecr.io") == "privatelink.azurecr.io"
	not private_zones.name("/subscriptions/S/resourceGroups/g/providers/Microsoft.Network/dnsZones/example.com")
	not private_zones.name("x")
}

test_for_services if {
	private_zones.for_services("Privatelink.azurecr.io")
	private_zones.for_services("payments.private.postgres.database.azure.com")
	private_zones.for_services("payments.MySQL.database.azure.com")
	not private_zones.for_services("corp.example.com")
	not private_zones.for_services("privatelink-notes.example.com")
}

test_in_public_cloud if {
	private_zones.in_public_cloud("westeurope")
	not private_zones.in_public_cloud("USGovVirginia")
	not private_zones.in_public_cloud("usdodeast")
	not private_zones.in_public_cloud("chinaeast2")
}
