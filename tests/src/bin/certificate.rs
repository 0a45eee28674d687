//! Makes a certificate for this machine's own names, signed by nobody else: `certificate DIRECTORY` writes
//! `certificate.pem` and `key.pem`.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use rcgen::{CertifiedKey, generate_simple_self_signed};

fn main() -> Result<(), Box<dyn Error>> {
    let directory = PathBuf::from(std::env::args_os().nth(1).ok_or("certificate DIRECTORY")?);
    let names = ["localhost", "127.0.0.1"].map(str::to_owned);
    let CertifiedKey { cert, signing_key } = generate_simple_self_signed(names)?;
    fs::write(directory.join("certificate.pem"), cert.pem())?;
    fs::write(directory.join("key.pem"), signing_key.serialize_pem())?;
    Ok(())
}
