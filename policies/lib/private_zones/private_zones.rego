# METADATA
# description: The private DNS zones that Microsoft names for private endpoints, by group id. Azure's public cloud.
package lib.private_zones

_zones := {
	"postgresqlserver": ["privatelink.postgres.database.azure.com"],
	"mysqlserver": ["privatelink.mysql.database.azure.com"],
	"mariadbserver": ["privatelink.mariadb.database.azure.com"],
	"sqlserver": ["privatelink.database.windows.net"],
	"vault": ["privatelink.vaultcore.azure.net"],
	"managedhsm": ["privatelink.managedhsm.azure.net"],
	"blob": ["privatelink.blob.core.windows.net"],
	"file": ["privatelink.file.core.windows.net"],
	"queue": ["privatelink.queue.core.windows.net"],
	"table": ["privatelink.table.core.windows.net", "privatelink.table.cosmos.azure.com"],
	"dfs": ["privatelink.dfs.core.windows.net"],
	"web": ["privatelink.web.core.windows.net"],
	"mongodb": ["privatelink.mongo.cosmos.azure.com"],
	"cassandra": ["privatelink.cassandra.cosmos.azure.com"],
	"gremlin": ["privatelink.gremlin.cosmos.azure.com"],
	"namespace": ["privatelink.servicebus.windows.net"],
	"sites": ["privatelink.azurewebsites.net"],
	"registry": ["privatelink.azurecr.io"],
	"rediscache": ["privatelink.redis.cache.windows.net"],
	"databricks_ui_api": ["privatelink.azuredatabricks.net"],
	"browser_authentication": ["privatelink.azuredatabricks.net"],
}

_wrong := {
	"privatelink.vault.azure.net": "privatelink.vaultcore.azure.net",
	"privatelink.keyvault.azure.net": "privatelink.vaultcore.azure.net",
	"privatelink.postgresql.database.azure.com": "privatelink.postgres.database.azure.com",
	"privatelink.postgres.azure.com": "privatelink.postgres.database.azure.com",
	"privatelink.mysql.azure.com": "privatelink.mysql.database.azure.com",
	"privatelink.database.azure.com": "privatelink.database.windows.net",
	"privatelink.sql.azure.com": "privatelink.database.windows.net",
	"privatelink.sql.database.azure.com": "privatelink.database.windows.net",
	"privatelink.blob.storage.azure.net": "privatelink.blob.core.windows.net",
	"privatelink.blob.core.azure.net": "privatelink.blob.core.windows.net",
	"privatelink.file.core.azure.net": "privatelink.file.core.windows.net",
	"privatelink.servicebus.azure.net": "privatelink.servicebus.windows.net",
	"privatelink.eventhub.windows.net": "privatelink.servicebus.windows.net",
	"privatelink.azurewebsites.azure.com": "privatelink.azurewebsites.net",
	"privatelink.azurecr.azure.net": "privatelink.azurecr.io",
	"privatelink.redis.azure.net": "privatelink.redis.cache.windows.net",
	"privatelink.documents.windows.net": "privatelink.documents.azure.com",
	"privatelink.cosmosdb.azure.com": "privatelink.documents.azure.com",
}

# of_group(group): the zones in which an endpoint for the group id may stand. Undefined for a group that the table does not have.
of_group(group) := _zones[lower(group)]

# A Cosmos DB account for SQL and an Azure SQL server differ by one letter in their group ids.
of_group(group) := ["privatelink.documents.azure.com"] if lower(group) == "sql"

# known(name): the table has the zone.
known(name) if {
	some _, zones in _zones
	lower(name) in zones
}

known(name) if lower(name) == "privatelink.documents.azure.com"

# meant(name): the zone that somebody meant who wrote this one. Undefined for a name that is no known mistake.
meant(name) := _wrong[lower(name)]

# name(id): the name of the zone with this id.
name(id) := words[count(words) - 1] if {
	words := split(lower(id), "/")
	count(words) > 8
	words[count(words) - 2] == "privatednszones"
}
