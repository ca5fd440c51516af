package azure.sql_managed_instance.maintenance_window_chosen_test

import data.azure.sql_managed_instance.maintenance_window_chosen

_in(id) := {"resource": {"name": "ledger", "properties": {"maintenanceConfigurationId": id}}}

test_denies_the_default if {
	every id in ["/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Maintenance/publicMaintenanceConfigurations/SQL_Default", "SQL_Default", "sql_default"] {
		some finding in maintenance_window_chosen.deny with input as _in(id)
		finding.path == "resource.properties.maintenanceConfigurationId"
		finding.actual == id
		finding.expected == "a configuration with a window"
	}
}

test_missing_configuration_is_the_default if {
	some finding in maintenance_window_chosen.deny with input as {"resource": {"name": "ledger"}}
	finding.actual == "SQL_Default"
	count(maintenance_window_chosen.unknown) == 0 with input as {"resource": {"name": "ledger"}}
}

test_passes_a_window if {
	count(maintenance_window_chosen.deny) == 0 with input as _in("/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Maintenance/publicMaintenanceConfigurations/SQL_WestEurope_MI_2")
	count(maintenance_window_chosen.unknown) == 0 with input as _in("/subscriptions/11111111-2222-3333-4444-555555555555/providers/Microsoft.Maintenance/publicMaintenanceConfigurations/SQL_WestEurope_MI_2")
}

test_empty_name_is_unknown if count(maintenance_window_chosen.unknown) == 1 with input as _in("/subscriptions/")
