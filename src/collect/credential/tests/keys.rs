//! Keys and certificates made for these tests; they open nothing.

/// An RSA key of 2048 bits, PKCS#8.
pub(super) const KEY: &str = "\
    MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQCjbBiyvBFW1FPrYJZIG6ANto7rM5XnM6ue0W9ZrlYrk7OEitKC0A20ZaxO\
    s5vloaEoW3JGAnz2lbwrpD/KoM6p3BnRMfpo7kl7jGNYqmwYalWdzfuQQZZqKWGQBtpYcX2kzy2VuMfYjJ6Rc/f9/GI610AXSxFiCta4IncZ\
    s8CMQ6WjplpANecmFLEcnw0Oppq0dO+T4ArH7LvzexfMSWM2hfzsLyHegE7xNseJoHj6t2/A/VtYHAF0coK7xZZBjMNtKl6XOtSTPaaFHu+N\
    ytOZT43CXX5zb6KXbPHdiroTiiEk82R3ZAp0y7+Zd5T9Pn+5JXw2u1/lRka1AUevPLljAgMBAAECggEAGkid9k06KrFup9o6gXFz/hChDuIW\
    l39feGUt2AoqkMqqIkSjk+d7dMqvel730Wh7/34ptGndCFnP0GMT4XaYlogwXM2BfVPp3KWZKt8KEKk1iPJipfJuizeJmf0ILBZgw1uQ9NYp\
    ykHflPxGZAKuF9Gb3MM1kgO1QhtE9YzMCKLs1HtWjRsQtabNqnJY3lUGvAYvVH6m5AXmSV2/A6STfETcq4l5r9cTx9pXj/FvaBYYkQaNR2ek\
    Wosz2OQTUMcb6RHxkPOmypTmVYbJGLlYIRa5r2gufGPVqpz7HCyjCdwW1Fx7G5aZmP+4x4bWZ0mRypfDIKLmRY9EzZlVI+ne4QKBgQDScCqr\
    gfCX1EnFOI+N9OviXCvCaymE2101Tmh/Z8PgrmeydoxO6vrjvTBwyJZzXW2YD7U6+qBF4M3uZgRQEVHrfPYQcCwg0MC8E/fjKXhwqtSZsxRS\
    J93+HzZ3yBPZYwpbHsVy9KCAUHlwSZBd9it41EmJW55RYoWe5kSdMhlPwwKBgQDGzgG/XocJIttw9GruL6a0rR+NMt2RVbetbNWsbq79S6WP\
    cBU2Lm+IcmEdWBsl6nxIk6kZHdDwNwKGdvUidyNtDsw0666RN7GVtJuG9RZpn9RZIMOF1BePpP61ODalE5BVNgF2Roa+eoJhNK+7fMVnI/fl\
    4HfbXN0J28akaTj14QKBgE7RGAo4lsYnCqJFdu7yRs73OqSMwnYyOwzWGyls0d57M/eRkyeTtvhJSbVUS5VV7tA/Qd+fMxw5AKhDqWXbttT+\
    bqLlgIGh7i4DRJreU2/Pa+VNP1Ut/WVKh3oBg/2trJlIQye1G9AzU+iMhPfMVafhytEZcYiF4AoNsLE3rGdFAoGAGZiwlOkgzcZVJqfxlJVC\
    C4U2yMFB0dKNgaC/qiHeGfLBcERoFr/H0HOZmWOcqzcTpWyNmxRBsIwEoTdzvGpGf2YmWLH3me7nyHSmiavIpPTVLFyRkAuMtQvzV3XTY1Gv\
    hakcaxQNiTzQyJ81+RfJeswgwNIz3GSKeRh47PY3RUECgYEAqKKDdJvFF8I5QMBVF5v0RupKS/nZUmArPIg79PU0/j1h+sxRaYQemBjSEbQ8\
    NWDNZCEscpHoVkfCkwyNibfbJLAxsV1Dr9bh4BD59vwGq1oi7eMAD4sAS3Pfvh4c8jHM/bkX0aI49wF7h3sdvSjXe2UY0RtLYYkMLrN1AcaV\
    y3Q=\
    ";

/// The self-signed certificate of [`KEY`].
pub(super) const CERTIFICATE: &str = "\
    MIIDDzCCAfegAwIBAgIUcd/VW/cHSwrpK84BWwCYuaF/zmIwDQYJKoZIhvcNAQELBQAwFjEUMBIGA1UEAwwLYXNzaXplIHRlc3QwIBcNMjYx\
    MTIxMTUyNTQ3WhgPMjEyNjEwMjgxNTI1NDdaMBYxFDASBgNVBAMMC2Fzc2l6ZSB0ZXN0MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKC\
    AQEAo2wYsrwRVtRT62CWSBugDbaO6zOV5zOrntFvWa5WK5OzhIrSgtANtGWsTrOb5aGhKFtyRgJ89pW8K6Q/yqDOqdwZ0TH6aO5Je4xjWKps\
    GGpVnc37kEGWailhkAbaWHF9pM8tlbjH2IyekXP3/fxiOtdAF0sRYgrWuCJ3GbPAjEOlo6ZaQDXnJhSxHJ8NDqaatHTvk+AKx+y783sXzElj\
    NoX87C8h3oBO8TbHiaB4+rdvwP1bWBwBdHKCu8WWQYzDbSpelzrUkz2mhR7vjcrTmU+Nwl1+c2+il2zx3Yq6E4ohJPNkd2QKdMu/mXeU/T5/\
    uSV8Nrtf5UZGtQFHrzy5YwIDAQABo1MwUTAdBgNVHQ4EFgQUilhmGYQdol57YMjiiXDvjDSH5QkwHwYDVR0jBBgwFoAUilhmGYQdol57YMji\
    iXDvjDSH5QkwDwYDVR0TAQH/BAUwAwEB/zANBgkqhkiG9w0BAQsFAAOCAQEAdFJnO+fWLEHQs8OqtV06QZkAKxbYfxiSLgNHEzP+lknZHCij\
    AFVF+Vjad/bOR4uke+LIGnTdZeulw5y120MrJmWXQ3onPMsKwM2mQ6geUJIFDkcQm9SmA1/3SmnP7er7ZjSd21eRp6XvB/1Tk+LDK/Wb2V6i\
    vEChK0FLOQbIIzfe03+FTwjuhJ3j66OBeUyGG+RjfmK8ZrxLI+chjy9pRZN9rm7Y2C55AsaxPG7bZE8Agp+xz4wD0pB3Bdbtm44mlp8SBNfE\
    Pj5vE1g8xvsHEk6WZy8TzBobB4Ux7GEEhVjrS45NM8JO0aD8umnvP0P+1YkhWtoEWhS3tSh52kexxw==\
    ";

/// A key on the curve P-256, PKCS#8.
pub(super) const OTHER_KEY: &str = "\
    MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgSTCYx5uHcyyecYVPzGuZ3cY9bPyOmfJMhIFIiB83zVShRANCAATK4HqUsNjq\
    MNVUAHgS2GVkzXnwAOY4jBB0X/nsuBm8lbJmmcr7hB3ZWyf9ACABbE4FnoZTGTl+r1S2FS6cgRGp\
    ";

/// The self-signed certificate of [`OTHER_KEY`].
pub(super) const OTHER_CERTIFICATE: &str = "\
    MIIBjzCCATWgAwIBAgIUDJpXPmz4PLhOOcNV+ZPAG8jXEfowCgYIKoZIzj0EAwIwHDEaMBgGA1UEAwwRYXNzaXplIG90aGVyIHRlc3QwIBcN\
    MjYxMTIxMTUyNTQ3WhgPMjEyNjEwMjgxNTI1NDdaMBwxGjAYBgNVBAMMEWFzc2l6ZSBvdGhlciB0ZXN0MFkwEwYHKoZIzj0CAQYIKoZIzj0D\
    AQcDQgAEyuB6lLDY6jDVVAB4EthlZM158ADmOIwQdF/57LgZvJWyZpnK+4Qd2Vsn/QAgAWxOBZ6GUxk5fq9UthUunIERqaNTMFEwHQYDVR0O\
    BBYEFPZ63gftqQTmcr+U9i70XORYeIQiMB8GA1UdIwQYMBaAFPZ63gftqQTmcr+U9i70XORYeIQiMA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZI\
    zj0EAwIDSAAwRQIhAMb/YljsUV9nWLZRBIep/W6mhIx2fVh/o3RlPdjCaMQKAiB86Mtttad7ZvPwukVAb3RZ19T5RwQ85g8IplhFZHCBKQ==\
    ";

/// The texts as a PEM file, each with its label.
pub(super) fn pem(sections: &[(&str, &str)]) -> Vec<u8> {
    let mut text = String::from("Bag Attributes\n");
    for (label, body) in sections {
        let lines = body.as_bytes().chunks(64).map(|line| String::from_utf8_lossy(line).into_owned());
        let lines = lines.collect::<Vec<_>>().join("\n");
        text.push_str(&format!("-----BEGIN {label}-----\n{lines}\n-----END {label}-----\n"));
    }
    text.into_bytes()
}
