use std::process::Command;

use super::super::server::{Directory, program};
use super::{CERTIFICATE, KEY, certify};

/// What a start says that comes to nothing.
fn refused(change: impl FnOnce(&mut Command, &Directory)) -> String {
    let directory = Directory::new();
    let mut command = program(&directory);
    change(&mut command, &directory);
    let output = command.output().unwrap();
    let (said, printed) = (output.stderr, output.stdout);
    assert_eq!((output.status.code(), printed), (Some(1), Vec::new()));
    String::from_utf8(said).unwrap()
}

#[test]
fn a_start_without_the_key_names_what_is_missing_whatever_named_the_certificate() {
    let fix = "a certificate is of no use without its key; set tls_key as well";
    let said = refused(|command, _| {
        command.env("COMET_TLS_CERTIFICATE", CERTIFICATE);
    });
    assert!(said.contains(&format!("COMET_TLS_CERTIFICATE: {fix}")), "{said}");
    let said = refused(|command, _| {
        command.args(["--tls-certificate", CERTIFICATE]);
    });
    assert!(said.contains(&format!("--tls-certificate: {fix}")), "{said}");
    let said = refused(|_, directory| {
        let file = format!("tls_certificate = \"{CERTIFICATE}\"");
        std::fs::write(directory.0.join("comet.toml"), file).unwrap();
    });
    assert!(said.contains(&format!("comet.toml, tls_certificate: {fix}")), "{said}");
}

#[test]
fn a_start_and_a_check_read_both_files() {
    for check in [&[][..], &["--check"]] {
        let said = refused(|command, directory| {
            certify(&directory.0);
            let other = Directory::new();
            certify(&other.0);
            let key = other.0.join(KEY);
            std::fs::copy(key, directory.0.join("other.pem")).unwrap();
            command.args(["--tls-certificate", CERTIFICATE, "--tls-key", "other.pem"]).args(check);
        });
        let wrong = "--tls-key: `other.pem` is not the key of the certificate in `certificate.pem`";
        assert!(said.contains(wrong), "{said}");
    }
    let said = refused(|command, _| {
        command.args(["--tls-certificate", CERTIFICATE, "--tls-key", KEY, "--check"]);
    });
    assert!(said.contains("--tls-certificate: cannot read `certificate.pem`"), "{said}");
}
