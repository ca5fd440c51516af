# METADATA
# description: The parts of a Key Vault or Managed HSM key URI, https://HOST/keys/NAME[/VERSION].
package lib.keys

# parts(uri): host (lower case, without port), name, version ("" when the URI is versionless).
parts(uri) := {"host": host, "name": segments[4], "version": version} if {
	segments := split(uri, "/")
	count(segments) >= 5
	lower(segments[0]) == "https:"
	lower(segments[3]) == "keys"
	segments[4] != ""
	host := split(lower(segments[2]), ":")[0]
	host != ""
	version := concat("", array.slice(segments, 5, 6))
}

# valid(uri): the text is a key URI.
valid(uri) if parts(uri)

# pinned(uri): the URI names one version of the key.
pinned(uri) if parts(uri).version != ""

# in_managed_hsm(uri): the key lives in a Managed HSM pool, in any Azure cloud.
in_managed_hsm(uri) if contains(parts(uri).host, ".managedhsm.")
