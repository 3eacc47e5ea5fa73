//! TLS as both ends here speak it: rustls with ring, the authorities that come with opensim and those a person adds.

use std::error::Error as _;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore, ServerConfig};

use crate::error::MeasureError;

const PROTOCOL: &[u8] = b"http/1.1";

/// A client's configuration; its connections resume each other's sessions, which saves a flight and the certificate.
/// `authorities` are files of PEM certificates trusted besides Mozilla's list.
pub(crate) fn client(authorities: &[PathBuf]) -> Result<Arc<ClientConfig>, MeasureError> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    for file in authorities {
        for certificate in certificates(file)? {
            roots
                .add(certificate)
                .map_err(|error| unusable(file, &error))?;
        }
    }
    let mut config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| system(&error))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![PROTOCOL.to_vec()];
    Ok(Arc::new(config))
}

/// A server's configuration from its files.
pub(crate) fn server(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, MeasureError> {
    let chain = certificates(certificate)?;
    let secret =
        PrivateKeyDer::from_pem_slice(&read(key)?).map_err(|error| unusable(key, &error))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| system(&error))?
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(|error| unusable(certificate, &error))?;
    config.alpn_protocols = vec![PROTOCOL.to_vec()];
    Ok(Arc::new(config))
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, MeasureError> {
    let found = CertificateDer::pem_slice_iter(&read(file)?)
        .collect::<Result<Vec<_>, pem::Error>>()
        .map_err(|error| unusable(file, &error))?;
    if found.is_empty() {
        return Err(unusable(file, &"no certificate in it"));
    }
    Ok(found)
}

/// The longest file of certificates: four times what a system trusts in all.
const LONGEST: u64 = 1_000_000;

fn read(file: &Path) -> Result<Vec<u8>, MeasureError> {
    let read = opensim_os::files::bytes(file, LONGEST, opensim_os::files::Links::Followed);
    read.map(|(bytes, _)| bytes)
        .map_err(|error| unusable(file, &error))
}

fn unusable(file: &Path, error: &dyn std::fmt::Display) -> MeasureError {
    MeasureError::CertificateFile {
        file: file.display().to_string(),
        detail: error.to_string(),
    }
}

fn system(error: &rustls::Error) -> MeasureError {
    MeasureError::System {
        operation: "tls",
        detail: error.to_string(),
    }
}

/// Why a handshake failed: the certificate, what is no TLS at all, or the line.
pub(crate) fn failure(error: &io::Error, host: &str) -> MeasureError {
    let cause = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>());
    let server = host.to_owned();
    let detail = error.source().unwrap_or(error).to_string();
    match cause {
        Some(rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented) => {
            MeasureError::Certificate { server, detail }
        }
        Some(_) => MeasureError::NotTheServer { server, detail },
        None => MeasureError::Broken { server, detail },
    }
}
