//! What a policy's check is about: families of checks, by the words of their names.

/// A family of checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Family {
    /// The word for it.
    pub(super) code: &'static str,
    /// What its checks are about.
    pub(super) title: &'static str,
    /// Other words that checks of the family carry. `KV-SEC` is two words in a row.
    others: &'static [&'static str],
}

/// All families, by code.
pub(super) const FAMILIES: &[Family] = &[
    Family { code: "AUTH", title: "sign-in with Entra ID in place of keys and passwords", others: &[] },
    Family {
        code: "BKP",
        title: "backups: how long, where, and who can delete them",
        others: &["LTR", "SEG", "BV-SEC", "BV-MON"],
    },
    Family {
        code: "CMK",
        title: "keys, certificates and the vaults that hold them",
        others: &["TIER", "PRO", "KEY", "CRT", "RBAC", "KV-SEC"],
    },
    Family { code: "EVD", title: "enforcement of policy and history of changes", others: &[] },
    Family { code: "GEO", title: "copies in another region", others: &[] },
    Family { code: "INV", title: "versions, updates and end of support", others: &["EOL"] },
    Family { code: "ISO", title: "one business domain for each resource", others: &[] },
    Family { code: "LOG", title: "logs, alerts and threat detection", others: &[] },
    Family { code: "NET", title: "networks, private endpoints and name resolution", others: &[] },
    Family { code: "PAM", title: "privileged access and locks", others: &[] },
    Family { code: "RES", title: "where data is", others: &[] },
    Family { code: "RST", title: "approval of restores and deletions", others: &[] },
    Family { code: "TLS", title: "encryption in transit", others: &[] },
    Family { code: "ZR", title: "availability zones and standbys", others: &[] },
];

impl Family {
    /// The family of a check such as `PG-TLS-001`: that of its first two words, else of the second, else of the first.
    pub(super) fn of(check: &str) -> Option<&'static Self> {
        let mut words = check.split('-');
        let (first, second) = (words.next()?, words.next()?);
        words.next()?;
        let both = format!("{first}-{second}");
        [both.as_str(), second, first]
            .iter()
            .find_map(|word| FAMILIES.iter().find(|f| f.code == *word || f.others.contains(word)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_word_counts_before_the_first() {
        let of = |check| Family::of(check).map(|f| f.code);
        for (check, family) in [
            ("PG-TLS-001", Some("TLS")),
            ("NET-ZR-002", Some("ZR")),
            ("NET-NSG-016", Some("NET")),
            ("LOG-SQL-001", Some("LOG")),
            ("KV-SEC-001", Some("CMK")),
            ("BV-SEC-001", Some("BKP")),
            ("OWN-001", None),
            ("OWN-THING-001", None),
            ("", None),
        ] {
            assert_eq!(of(check), family, "{check}");
        }
    }

    #[test]
    fn families_are_sorted_and_share_no_word() {
        let mut words: Vec<&str> = FAMILIES.iter().flat_map(|f| f.others.iter().copied().chain([f.code])).collect();
        assert!(FAMILIES.is_sorted_by_key(|f| f.code));
        words.sort_unstable();
        let all = words.len();
        words.dedup();
        assert_eq!(words.len(), all);
    }
}
