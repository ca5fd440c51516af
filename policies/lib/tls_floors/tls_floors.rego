# METADATA
# description: The lowest TLS version that a service accepts, which every service spells in its own way.
package lib.tls_floors

_names := {
	"tls1_0": "TLSv1",
	"tls1_1": "TLSv1.1",
	"tls1_2": "TLSv1.2",
	"tls1_3": "TLSv1.3",
	"1.0": "TLSv1",
	"1.1": "TLSv1.1",
	"1.2": "TLSv1.2",
	"1.3": "TLSv1.3",
}

# version(floor): the TLS version behind a spelling such as TLS1_2 or 1.2. Undefined for text that names none.
version(floor) := _names[lower(floor)]
