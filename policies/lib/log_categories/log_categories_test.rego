package lib.log_categories_test

import data.lib.log_categories

_settings(logs) := {"/d": {"name": "d", "properties": {"logs": logs}}}

_on(name) := {"category": name, "categoryGroup": null, "enabled": true}

_group(name) := {"category": null, "categoryGroup": name, "enabled": true}

_vault := "Microsoft.KeyVault/vaults"

_cluster := "Microsoft.ContainerService/managedClusters"

test_known if {
	log_categories.known("MICROSOFT.KEYVAULT/VAULTS")
	not log_categories.known("Microsoft.KeyVault/vaults/keys")
}

test_nothing_is_collected if {
	log_categories.missing(_vault, {}) == ["AuditEvent"]
	log_categories.missing(_cluster, _settings([])) == ["guard", "kube-audit"]
	log_categories.missing(_vault, {"/d": {"name": "d"}}) == ["AuditEvent"]
}

test_categories_of_several_settings_add_up if {
	settings := {"/a": {"properties": {"logs": [_on("GUARD")]}}, "/b": {"properties": {"logs": [_on("kube-audit-admin")]}}}
	log_categories.missing(_cluster, settings) == []
	log_categories.missing(_cluster, _settings([_on("guard"), _on("cloud-controller-manager")])) == ["kube-audit"]
}

test_either_category_meets_a_requirement if {
	every name in ["kube-audit", "kube-audit-admin"] {
		log_categories.missing(_cluster, _settings([_on(name), _on("guard")])) == []
	}
}

test_what_is_off_does_not_count if {
	log_categories.missing(_vault, _settings([{"category": "AuditEvent", "enabled": false}])) == ["AuditEvent"]
	log_categories.missing(_vault, _settings([{"categoryGroup": "allLogs", "enabled": false}])) == ["AuditEvent"]
	not log_categories.unclear(_cluster, _settings([{"categoryGroup": "audit", "enabled": false}]))
}

test_all_logs if {
	log_categories.missing(_vault, _settings([_group("allLogs")])) == []
	log_categories.missing(_cluster, _settings([_group("ALLLOGS")])) == []
}

test_audit_where_it_is_known if {
	log_categories.missing(_vault, _settings([_group("Audit")])) == []
	log_categories.missing(_cluster, _settings([_group("audit")])) == ["guard", "kube-audit"]
	log_categories.unclear(_cluster, _settings([_group("Audit")]))
	not log_categories.unclear(_vault, _settings([_group("audit")]))
	not log_categories.unclear(_cluster, _settings([_group("allLogs")]))
}

test_wanted if {
	log_categories.wanted(_cluster) == ["guard", "kube-audit"]
	log_categories.wanted("function app") == ["FunctionAppLogs"]
}

test_every_type_that_audit_serves_is_known if {
	every kind in log_categories._audit { log_categories.known(kind) }
}
