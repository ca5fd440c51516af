//! The Azure CLI, played by a script in a folder of its own.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;

use super::*;

/// A folder with an `az` of these lines, and a world with that folder on its path.
fn az(lines: &str) -> (tempfile::TempDir, World) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("az");
    fs::write(&file, format!("#!/bin/sh\nHERE=$(dirname \"$0\")\n{lines}\n")).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("relative::{}:/usr/bin:/bin", folder.path().display());
    (folder, World::bare(&[("PATH", path.as_str())]))
}

fn setup(world: &World) -> Setup {
    world.setup("https://login.microsoftonline.com")
}

const PRINT: &str = r#"echo '{"accessToken": "az-token", "expiresOn": "1970-01-12 15:00:00.000000",
"expires_on": 1003600, "subscription": "s", "tenant": "t", "tokenType": "Bearer"}'"#;

#[tokio::test]
async fn az_is_run_once_with_fixed_arguments_in_a_folder_of_the_system() {
    let log = r#"echo "$# $*" >> "$HERE/log"; pwd >> "$HERE/log"; env | sort > "$HERE/env"; echo noise >&2"#;
    let (folder, world) = az(&format!("{log}\n{PRINT}"));
    let world = world.and(&[
        ("AZURE_CLIENT_SECRET", "c1"),
        ("ASSIZE_ACCESS_TOKEN", "c2"),
        ("SYSTEM_ACCESSTOKEN", "c3"),
        ("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "c4"),
        ("AZURE_CONFIG_DIR", "/kept"),
        ("AZURE_TENANT_ID", TENANT),
    ]);
    let credential = chain(&[Kind::AzureCli], &setup(&world)).unwrap();
    for _ in 0..3 {
        let token = credential.token(ARM, None).await.unwrap();
        assert_eq!((token.secret.expose(), token.expires_on), ("az-token", 1_003_600));
    }
    let log = fs::read_to_string(folder.path().join("log")).unwrap();
    assert_eq!(log, "6 account get-access-token --output json --scope https://management.azure.com/.default\n/\n");
    let seen = fs::read_to_string(folder.path().join("env")).unwrap();
    assert!(seen.contains("AZURE_CONFIG_DIR=/kept\n") && !seen.contains("=c1") && !seen.contains("=c2"), "{seen}");
    assert!(!seen.contains("=c3") && !seen.contains("=c4") && !seen.contains("CARGO"), "{seen}");

    let mut with_tenant = setup(&world);
    with_tenant.tenant = Some(TENANT.to_owned());
    let credential = chain(&[Kind::AzureCli], &with_tenant).unwrap();
    credential.token(ARM, None).await.unwrap();
    let log = fs::read_to_string(folder.path().join("log")).unwrap();
    assert!(log.ends_with(&format!("/.default --tenant {TENANT}\n/\n")), "{log}");
    assert_eq!(credential.describe(), format!("the Azure CLI's account in tenant {TENANT}"));
}

#[tokio::test]
async fn what_az_does_wrong_is_said_and_bounded() {
    let cases = [
        ("echo \"ERROR: Please run 'az login' to setup account.\" >&2; exit 1", "failed: ERROR: Please run 'az login'"),
        ("exit 3", "failed: it said nothing; run `az login`"),
        ("echo canary-out", "it is not the JSON of a token"),
        ("echo '{\"tokenType\":\"Bearer\"}'", "it holds no access token"),
        ("echo '{\"accessToken\":\"canary-out\"}'", "update the Azure CLI to 2.54"),
        ("echo '{\"accessToken\":\"canary out\",\"expires_on\":2000000}'", "should be the access token is none"),
        ("echo '{\"accessToken\":\"canary-out\",\"expires_on\":\"1000000\"}'", "has expired already"),
        ("while :; do echo canary-out; done", "it prints without end"),
        ("while :; do echo canary-out >&2; done", "it prints without end"),
        ("exec sleep 60", "no answer in 1 seconds"),
    ];
    for (lines, why) in cases {
        let (_folder, world) = az(lines);
        let mut setup = setup(&world);
        setup.patience.command = Duration::from_secs(1);
        let error = chain(&[Kind::AzureCli], &setup).unwrap().token(ARM, None).await.unwrap_err();
        let text = format!("{error} {error:?}");
        assert!(text.contains(why) && !text.contains("canary"), "{text}");
    }
}

#[tokio::test]
async fn az_cannot_answer_a_claims_challenge_or_take_a_strange_audience() {
    let (folder, world) = az("touch \"$HERE/ran\"");
    let credential = cli::AzureCli::new(&setup(&world)).unwrap();
    let error = credential.token(ARM, Some("{}")).await.unwrap_err().to_string();
    assert!(error.ends_with("run `az logout`, then `az login`, and start again"), "{error}");
    for audience in ["", "--debug", "https://a b", "https://a/;id", "$(id)"] {
        assert!(credential.token(audience, None).await.is_err(), "{audience}");
    }
    assert!(!folder.path().join("ran").exists());
}

#[test]
fn az_of_the_current_folder_is_never_taken() {
    for path in ["", ".", "target", "::", "bin:."] {
        let world = World::bare(&[("PATH", path)]);
        let error = cli::AzureCli::new(&setup(&world)).err().unwrap().to_string();
        assert!(error.contains("no `az` is on the PATH"), "{error}");
    }
}
