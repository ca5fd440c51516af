# METADATA
# description: |
#   The private DNS zones that Microsoft names for private endpoints, by group id, in Azure's public cloud. A word in braces stands for what
#   differs by region, geography or instance.
package lib.private_zones

_zones := {
	"postgresqlserver": ["privatelink.postgres.database.azure.com"],
	"mysqlserver": ["privatelink.mysql.database.azure.com"],
	"mariadbserver": ["privatelink.mariadb.database.azure.com"],
	"sqlserver": ["privatelink.database.windows.net"],
	"managedinstance": ["privatelink.{instance}.database.windows.net"],
	"sqlondemand": ["privatelink.sql.azuresynapse.net"],
	"dev": ["privatelink.dev.azuresynapse.net"],
	"vault": ["privatelink.vaultcore.azure.net"],
	"managedhsm": ["privatelink.managedhsm.azure.net"],
	"blob": ["privatelink.blob.core.windows.net"],
	"file": ["privatelink.file.core.windows.net"],
	"queue": ["privatelink.queue.core.windows.net"],
	"table": ["privatelink.table.core.windows.net", "privatelink.table.cosmos.azure.com"],
	"dfs": ["privatelink.dfs.core.windows.net"],
	"web": ["privatelink.web.core.windows.net"],
	"disks": ["privatelink.blob.core.windows.net"],
	"sql": ["privatelink.documents.azure.com"],
	"mongodb": ["privatelink.mongo.cosmos.azure.com"],
	"mongocluster": ["privatelink.mongocluster.cosmos.azure.com"],
	"cassandra": ["privatelink.cassandra.cosmos.azure.com"],
	"gremlin": ["privatelink.gremlin.cosmos.azure.com"],
	"analytical": ["privatelink.analytics.cosmos.azure.com"],
	"coordinator": ["privatelink.postgres.cosmos.azure.com"],
	"namespace": ["privatelink.servicebus.windows.net"],
	"topic": ["privatelink.eventgrid.azure.net"],
	"domain": ["privatelink.eventgrid.azure.net"],
	"sites": ["privatelink.azurewebsites.net"],
	"registry": ["privatelink.azurecr.io"],
	"rediscache": ["privatelink.redis.cache.windows.net"],
	"redisenterprise": ["privatelink.redisenterprise.cache.azure.net", "privatelink.redis.azure.net"],
	"databricks_ui_api": ["privatelink.azuredatabricks.net"],
	"browser_authentication": ["privatelink.azuredatabricks.net"],
	"management": ["privatelink.{region}.azmk8s.io"],
	"cluster": ["privatelink.{region}.kusto.windows.net"],
	"azurebackup": ["privatelink.{geography}.backup.windowsazure.com"],
	"azuresiterecovery": ["privatelink.siterecovery.windowsazure.com"],
	"datafactory": ["privatelink.datafactory.azure.net"],
	"portal": ["privatelink.adf.azure.com", "privatelink.purviewstudio.azure.com"],
	"searchservice": ["privatelink.search.windows.net"],
	"account": ["privatelink.cognitiveservices.azure.com", "privatelink.openai.azure.com", "privatelink.services.ai.azure.com", "privatelink.purview.azure.com"],
	"configurationstores": ["privatelink.azconfig.io"],
	"azuremonitor": ["privatelink.monitor.azure.com"],
}

# Groups that services of several providers share: the provider of the target decides.
_by_provider := {
	"table": {
		"microsoft.storage": ["privatelink.table.core.windows.net"],
		"microsoft.documentdb": ["privatelink.table.cosmos.azure.com"],
	},
	"sql": {"microsoft.synapse": ["privatelink.sql.azuresynapse.net"]},
	"account": {
		"microsoft.cognitiveservices": ["privatelink.cognitiveservices.azure.com", "privatelink.openai.azure.com", "privatelink.services.ai.azure.com"],
		"microsoft.purview": ["privatelink.purview.azure.com"],
	},
	"portal": {
		"microsoft.datafactory": ["privatelink.adf.azure.com"],
		"microsoft.purview": ["privatelink.purviewstudio.azure.com"],
	},
}

# Zones that an endpoint needs beside the one of its group.
_further := [
	"privatelink.oms.opinsights.azure.com",
	"privatelink.ods.opinsights.azure.com",
	"privatelink.agentsvc.azure-automation.net",
]

_wrong := {
	"privatelink.vault.azure.net": "privatelink.vaultcore.azure.net",
	"privatelink.keyvault.azure.net": "privatelink.vaultcore.azure.net",
	"privatelink.postgres.data.azure.com": "privatelink.postgres.database.azure.com",
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
	"privatelink.redis.azure.com": "privatelink.redis.cache.windows.net",
	"privatelink.documents.windows.net": "privatelink.documents.azure.com",
	"privatelink.cosmosdb.azure.com": "privatelink.documents.azure.com",
	"privatelink.kusto.windows.net": "privatelink.{region}.kusto.windows.net",
	"privatelink.azmk8s.io": "privatelink.{region}.azmk8s.io",
	"privatelink.backup.windowsazure.com": "privatelink.{geography}.backup.windowsazure.com",
}

# of_group(group, target): the zones of which an endpoint needs one, for the group id of the resource with the id target. Undefined for a
# group that the table does not have.
of_group(group, target) := _by_provider[_group(group)][_provider(target)]

of_group(group, target) := _zones[_group(group)] if not _shared(group, target)

_shared(group, target) if _by_provider[_group(group)][_provider(target)]

# fits(name, zones): the name is that of one of the zones.
fits(name, zones) if {
	some zone in zones
	_matches(name, zone)
}

# known(name): the table has the zone.
known(name) if {
	some _, zones in _zones
	fits(name, zones)
}

known(name) if {
	some _, providers in _by_provider
	some _, zones in providers
	fits(name, zones)
}

known(name) if fits(name, _further)

# meant(name): the zone that somebody meant who wrote this one. Undefined for a name that is no known mistake.
meant(name) := _wrong[lower(name)]

# name(id): the name of the zone with this id.
name(id) := words[count(words) - 1] if {
	words := split(lower(id), "/")
	count(words) > 8
	words[count(words) - 2] == "privatednszones"
}

# for_services(name): the zone holds private names of a service: of private endpoints, or of database servers in a subnet of the firm.
for_services(name) if startswith(lower(name), "privatelink.")

for_services(name) if endswith(lower(name), ".postgres.database.azure.com")

for_services(name) if endswith(lower(name), ".mysql.database.azure.com")

# in_public_cloud(location): a region of Azure's public cloud. The clouds for authorities of the USA and for China have zones of their own.
in_public_cloud(location) if {
	not startswith(lower(location), "usgov")
	not startswith(lower(location), "usdod")
	not startswith(lower(location), "china")
}

# A slot has a group of its own, sites-NAME; so has the copy of an account in the paired region.
_group(group) := "sites" if startswith(lower(group), "sites-")

_group(group) := trim_suffix(lower(group), "_secondary") if not startswith(lower(group), "sites-")

_provider(target) := split(lower(target), "/")[6]

# A word in braces is one label of the name.
_matches(name, zone) if {
	labels := split(lower(name), ".")
	wanted := split(zone, ".")
	count(labels) == count(wanted)
	every i, label in wanted {
		_stands_for(label, labels[i])
	}
}

_stands_for(label, text) if label == text

_stands_for(label, text) if {
	startswith(label, "{")
	text != ""
}
