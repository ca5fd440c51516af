# METADATA
# description: Who shares what, over the summaries that reverse relations give.
package lib.domains

# names(users): the business domains that share the thing, as one text.
names(users) := concat(", ", sort([name | some name, _ in users.domains]))

# spread(users): how many resources each business domain has among the users, as one text.
spread(users) := concat(", ", sort([sprintf("%s (%v)", [name, domain.count]) | some name, domain in users.domains]))

# shared(users): more than one business domain uses the thing.
shared(users) if count(users.domains) > 1

# undeclared(users): some user names no business domain, so nobody can say whose it is.
undeclared(users) if users.undeclared.count > 0
