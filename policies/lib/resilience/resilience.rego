# METADATA
# description: |
#   The resilience ladder: what a workload falls back on when a zone or a region is lost, and how long that typically takes.
#   A rung is one way back. The figures are what Microsoft publishes as typical for it, in minutes, rounded up; none is a service level.
#   rto_minutes is the published time, or the longest of a published range; over_minutes is its lower end, which is exceeded; rpo_minutes is
#   the data that may be lost. A figure that is not published is left out. That a restore takes more than two minutes, and in another region
#   more than an hour, is not published for every engine: it is what the catalogue of checks assumes (HAO-PG-001, HAO-PG-002). A failover
#   counts from the moment that somebody orders it.
package lib.resilience

import data.lib.arm

_pg := "https://learn.microsoft.com/azure/postgresql/backup-restore/concepts-business-continuity"

_mysql := "https://learn.microsoft.com/azure/mysql/flexible-server/concepts-business-continuity"

_sql := "https://learn.microsoft.com/azure/reliability/reliability-sql-database"

_sql_restore := "https://learn.microsoft.com/azure/azure-sql/database/business-continuity-high-availability-disaster-recover-hadr-overview"

_mi := "https://learn.microsoft.com/azure/reliability/reliability-sql-managed-instance"

_mi_restore := "https://learn.microsoft.com/azure/azure-sql/managed-instance/business-continuity-high-availability-disaster-recover-hadr-overview"

_cosmos := "https://learn.microsoft.com/azure/reliability/reliability-cosmos-db-nosql"

_storage := "https://learn.microsoft.com/azure/reliability/reliability-storage-blob"

# figures[engine][rung]: the one place of all figures, each with the page that states it.
figures := {
	"postgresql": {
		"zone redundant": {"rto_minutes": 2, "rpo_minutes": 0, "source": _pg},
		"restore": {"over_minutes": 2, "rto_minutes": 720, "rpo_minutes": 5, "source": _pg},
		"geo restore": {"over_minutes": 60, "rpo_minutes": 60, "source": _pg},
		"regional failover": {"over_minutes": 1, "rto_minutes": 60, "rpo_minutes": 5, "source": _pg},
	},
	"mysql": {
		"zone redundant": {"rto_minutes": 2, "rpo_minutes": 0, "source": _mysql},
		"restore": {"over_minutes": 2, "rpo_minutes": 5, "source": _mysql},
		"geo restore": {"over_minutes": 60, "rpo_minutes": 60, "source": _mysql},
		"regional failover": {"over_minutes": 1, "rto_minutes": 60, "rpo_minutes": 60, "source": _mysql},
	},
	"sql": {
		"zone redundant": {"rto_minutes": 1, "rpo_minutes": 0, "source": _sql},
		"restore": {"over_minutes": 2, "rto_minutes": 720, "rpo_minutes": 10, "source": _sql_restore},
		"geo restore": {"over_minutes": 60, "rto_minutes": 720, "rpo_minutes": 60, "source": _sql_restore},
		"regional failover": {"rto_minutes": 1, "rpo_minutes": 1, "source": _sql},
	},
	"managed instance": {
		"zone redundant": {"rto_minutes": 1, "rpo_minutes": 0, "source": _mi},
		"restore": {"over_minutes": 2, "rpo_minutes": 10, "source": _mi_restore},
		"geo restore": {"over_minutes": 60, "rto_minutes": 720, "rpo_minutes": 60, "source": _mi_restore},
		"regional failover": {"rto_minutes": 1, "rpo_minutes": 1, "source": _mi},
	},
	"cosmos": {
		"zone redundant": {"rto_minutes": 0, "rpo_minutes": 0, "source": _cosmos},
		"geo restore": {"over_minutes": 60, "source": _cosmos},
		"regional failover": {"over_minutes": 1, "rto_minutes": 60, "source": _cosmos},
		"active-active": {"rto_minutes": 0, "source": _cosmos},
	},
	"storage": {
		"zone redundant": {"rto_minutes": 1, "rpo_minutes": 0, "source": _storage},
		"regional failover": {"over_minutes": 1, "rto_minutes": 60, "rpo_minutes": 15, "source": _storage},
	},
}

# The rungs that name where a workload stands, best first.
_ladder := {
	"zone": ["active-active", "zone redundant"],
	"region": ["active-active", "regional failover", "geo restore"],
	"server": [],
}

_lowest := {"zone": "single zone", "region": "single region", "server": "backups only"}

_losses := {"zone": "the loss of a zone", "region": "the loss of a region", "server": "a fault of the server"}

# way(engine, rung, measured): the rung with its figures. A time that the firm measured, in minutes, replaces the published one; 0 is none.
way(engine, rung, 0) := object.union({"rung": rung}, object.remove(figures[engine][rung], ["source"]))

way(engine, rung, measured) := object.union(
	{"rung": rung, "rto_minutes": measured},
	object.remove(figures[engine][rung], ["source", "rto_minutes", "over_minutes"]),
) if {
	measured > 0
}

# losing(way, minutes): the way back with another figure for lost data.
losing(way_back, minutes) := object.union(way_back, {"rpo_minutes": minutes})

# cosmos_loss(level, seconds): minutes of data that a region of Cosmos DB may take with it, by consistency level; for bounded staleness by
# its interval, which is five minutes at least.
cosmos_loss(level, _) := 0 if arm.same(level, "Strong")

cosmos_loss(level, _) := 15 if arm.one_of(level, ["Session", "ConsistentPrefix", "Eventual"])

cosmos_loss(level, seconds) := max([5, ceil(seconds / 60)]) if arm.same(level, "BoundedStaleness")

# storage(sku): whether a storage account keeps copies in several zones, and in another region. Undefined for an unknown SKU.
storage(sku) := _storage_skus[lower(sku)]

_storage_skus := {
	"standard_lrs": {"zones": false, "regions": false},
	"standard_zrs": {"zones": true, "regions": false},
	"standard_grs": {"zones": false, "regions": true},
	"standard_ragrs": {"zones": false, "regions": true},
	"standard_gzrs": {"zones": true, "regions": true},
	"standard_ragzrs": {"zones": true, "regions": true},
	"premium_lrs": {"zones": false, "regions": false},
	"premium_zrs": {"zones": true, "regions": false},
	"standardv2_lrs": {"zones": false, "regions": false},
	"standardv2_zrs": {"zones": true, "regions": false},
	"standardv2_grs": {"zones": false, "regions": true},
	"standardv2_gzrs": {"zones": true, "regions": true},
	"premiumv2_lrs": {"zones": false, "regions": false},
	"premiumv2_zrs": {"zones": true, "regions": false},
}

# rung(failure, ways): where the workload stands on the ladder for the loss of a "zone", a "region" or the "server" itself.
rung(failure, ways) := [name | some name in _ladder[failure]; _has(ways, name)][0]

rung(failure, ways) := _lowest[failure] if {
	every name in _ladder[failure] {
		not _has(ways, name)
	}
}

_has(ways, name) if {
	some w in ways
	w.rung == name
}

_too_slow(w, rto) if w.over_minutes >= rto

_too_slow(w, rto) if {
	not _is_range(w)
	w.rto_minutes > rto
}

_is_range(w) if is_number(w.over_minutes)

_misses(w, rto, _) if _too_slow(w, rto)

_misses(w, _, rpo) if w.rpo_minutes > rpo

# met(ways, rto, rpo): one way back typically keeps both objectives.
met(ways, rto, rpo) if {
	some w in ways
	w.rto_minutes <= rto
	w.rpo_minutes <= rpo
}

# missed(ways, rto, rpo): objectives are declared, and no way back can keep both.
missed(ways, rto, rpo) if {
	is_number(rto)
	is_number(rpo)
	every w in ways {
		_misses(w, rto, rpo)
	}
}

# told(ways): the ways back with their figures, for people.
told(ways) := "nothing" if count(ways) == 0

told(ways) := concat("; ", sort([_told(w) | some w in ways])) if count(ways) > 0

_told(w) := sprintf("%s (time %s, data loss %s)", [w.rung, _time(w), _minutes(object.get(w, "rpo_minutes", null))])

_time(w) := sprintf("over %v min", [w.over_minutes]) if {
	_is_range(w)
	object.get(w, "rto_minutes", null) == null
}

_time(w) := sprintf("%v to %v min", [w.over_minutes, w.rto_minutes]) if _is_range(w)

_time(w) := _minutes(object.get(w, "rto_minutes", null)) if not _is_range(w)

_minutes(value) := sprintf("%v min", [value]) if is_number(value)

_minutes(value) := "not published" if is_null(value)

# finding(failure, ways, rto, rpo, path): what to say of objectives that are missed.
finding(failure, ways, rto, rpo, path) := {
	"message": sprintf("%s; declared %v min, data loss %v min", [_stand(failure, ways), rto, rpo]),
	"path": path,
	"actual": told(ways),
	"expected": sprintf("back within %v min, at most %v min of data lost", [rto, rpo]),
}

# undecided(failure, ways, rto, rpo): reasons why nothing can be said. Empty when the objectives are met or missed.
undecided(failure, ways, rto, rpo) := _undeclared(rto, rpo) | _open(failure, ways, rto, rpo)

_undeclared(rto, rpo) := {sprintf("%s is not declared in whole minutes", [name]) |
	some name, value in {"rto_minutes": rto, "rpo_minutes": rpo}
	not is_number(value)
}

_open(failure, ways, rto, rpo) := {reason |
	is_number(rto)
	is_number(rpo)
	not missed(ways, rto, rpo)
	not met(ways, rto, rpo)
	reason := sprintf("%s; whether that keeps %v min and %v min of loss has to be measured", [_stand(failure, ways), rto, rpo])
}

_stand(failure, ways) := sprintf("%s: nothing brings it back after %s", [rung(failure, ways), _losses[failure]]) if count(ways) == 0

_stand(failure, ways) := sprintf(
	"%s: back after %s by %s, typical and no service level",
	[rung(failure, ways), _losses[failure], told(ways)],
) if {
	count(ways) > 0
}
