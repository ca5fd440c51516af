package azure.redis.persistence_uses_identity_test

import data.azure.redis.persistence_uses_identity

_in(value) := {"resource": {"properties": {"redisConfiguration": {"preferred-data-persistence-auth-method": value, "rdb-backup-enabled": "true"}}}}

test_denies_the_bad if {
	every value in ["SAS"] {
		some finding in persistence_uses_identity.deny with input as _in(value)
		finding.path == "resource.properties.redisConfiguration.preferred-data-persistence-auth-method"
		finding.actual == value
		finding.expected == "ManagedIdentity"
		count(persistence_uses_identity.unknown) == 0 with input as _in(value)
	}
}

test_passes_the_good if {
	every value in ["ManagedIdentity", "MANAGEDIDENTITY"] {
		count(persistence_uses_identity.deny) == 0 with input as _in(value)
		count(persistence_uses_identity.unknown) == 0 with input as _in(value)
	}
}

test_takes_a_missing_property_for_the_bad if {
	some finding in persistence_uses_identity.deny with input as {"resource": {"properties": {"redisConfiguration": {"rdb-backup-enabled": "true"}}}}
	finding.actual == "SAS"
	count(persistence_uses_identity.unknown) == 0 with input as {"resource": {"properties": {"redisConfiguration": {"rdb-backup-enabled": "true"}}}}
}

test_other_value_is_unknown if {
	count(persistence_uses_identity.unknown) == 1 with input as _in("Otherwise")
	count(persistence_uses_identity.deny) == 0 with input as _in("Otherwise")
}

_with0(value) := {"resource": {"properties": {"redisConfiguration": {"preferred-data-persistence-auth-method": "SAS", "rdb-backup-enabled": value}}}}

test_does_not_apply_0 if {
	every value in ["false", "", "FALSE"] {
		some reason in persistence_uses_identity.not_applicable with input as _with0(value)
		reason == "the cache writes no snapshots"
		count(persistence_uses_identity.unknown) == 0 with input as _with0(value)
	}
	every value in ["true"] {
		count(persistence_uses_identity.not_applicable) == 0 with input as _with0(value)
		count(persistence_uses_identity.unknown) == 0 with input as _with0(value)
	}
	count(persistence_uses_identity.unknown) == 1 with input as _with0("Otherwise")
	count(persistence_uses_identity.not_applicable) == 0 with input as _with0("Otherwise")
}

test_missing_switch_0 if {
	count(persistence_uses_identity.not_applicable) == 1 with input as {"resource": {"properties": {"redisConfiguration": {"preferred-data-persistence-auth-method": "SAS"}}}}
	count(persistence_uses_identity.unknown) == 0 with input as {"resource": {"properties": {"redisConfiguration": {"preferred-data-persistence-auth-method": "SAS"}}}}
}
