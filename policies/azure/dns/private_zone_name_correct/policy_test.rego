package azure.dns.private_zone_name_correct_test

import data.azure.dns.private_zone_name_correct

_zone(name) := {"resource": {"name": name}}

_verdict(it) := [count(denied), count(unclear), count(aside)] if {
	denied := private_zone_name_correct.deny with input as it
	unclear := private_zone_name_correct.unknown with input as it
	aside := private_zone_name_correct.not_applicable with input as it
}

test_denies_a_known_mistake if {
	some finding in private_zone_name_correct.deny with input as _zone("privatelink.Vault.azure.net")
	finding.path == "resource.name"
	finding.actual == "privatelink.vault.azure.net"
	finding.expected == "privatelink.vaultcore.azure.net"
	_verdict(_zone("privatelink.postgresql.database.azure.com")) == [1, 0, 0]
}

test_passes_the_right_name if _verdict(_zone("privatelink.postgres.database.azure.com")) == [0, 0, 0]

test_passes_a_zone_of_a_region if _verdict(_zone("privatelink.westeurope.kusto.windows.net")) == [0, 0, 0]

test_denies_a_zone_without_its_region if _verdict(_zone("privatelink.azmk8s.io")) == [1, 0, 0]

test_other_name_is_unknown if _verdict(_zone("privatelink.example.com")) == [0, 1, 0]

test_ignores_zones_of_the_firm if {
	count(private_zone_name_correct.not_applicable) == 1 with input as _zone("corp.example.com")
}
