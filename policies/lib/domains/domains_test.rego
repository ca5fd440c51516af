package lib.domains_test

import data.lib.domains

one := {"count": 1, "domains": {"risk": {"count": 1, "examples": []}}, "undeclared": {"count": 0, "examples": []}}

two := {"count": 3, "domains": {"risk": {"count": 1, "examples": []}, "cards": {"count": 1, "examples": []}}, "undeclared": {"count": 1, "examples": []}}

test_one_domain_is_not_shared if not domains.shared(one)

test_two_domains_are_shared if domains.shared(two)

test_names_are_sorted if domains.names(two) == "cards, risk"

test_undeclared_user_counts if domains.undeclared(two)

test_all_declared if not domains.undeclared(one)

test_spread_counts_by_domain if domains.spread(two) == "cards (1), risk (1)"
