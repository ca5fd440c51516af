# METADATA
# description: The kinds of key (kty) of Key Vault and Managed HSM, and the names of their curves.
package lib.key_kinds

# rsa(kty): an RSA key, in software or in a hardware security module.
rsa(kty) if lower(kty) in {"rsa", "rsa-hsm"}

# elliptic(kty): an elliptic curve key, in software or in a hardware security module.
elliptic(kty) if lower(kty) in {"ec", "ec-hsm"}

# symmetric(kty): a symmetric key. Only a Managed HSM makes them.
symmetric(kty) if lower(kty) in {"oct", "oct-hsm"}

# in_hsm(kty): a kind that a hardware security module generates and keeps.
in_hsm(kty) if lower(kty) in {"rsa-hsm", "ec-hsm", "oct-hsm"}

# in_software(kty): a kind that the vault keeps in software.
in_software(kty) if lower(kty) in {"rsa", "ec", "oct"}

# known_curve(name): a curve that Azure documents.
known_curve(name) if lower(name) in {"p-256", "p-256k", "p-384", "p-521"}
