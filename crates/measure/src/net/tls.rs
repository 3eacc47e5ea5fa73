//! TLS as both ends here speak it: rustls with ring, the authorities that come with opensim and those a person adds.

use std::error::Error as _;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio_rustls::rustls::client::{WantsClientCert, WebPkiServerVerifier};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::{self, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{
    self, CertificateError, ClientConfig, ConfigBuilder, RootCertStore, ServerConfig,
};

use super::trust::{Trust, is_authority};
use crate::error::{MeasureError, Stranger};
use opensim_domain::codes::Detail;
use opensim_os::fault;

const PROTOCOL: &[u8] = b"http/1.1";

/// A client's configuration; its connections resume each other's sessions, which saves a flight and the certificate.
/// `authorities` are files of PEM certificates trusted besides Mozilla's list: of authorities, and of servers themselves.
pub(crate) fn client(authorities: &[PathBuf]) -> Result<Arc<ClientConfig>, MeasureError> {
    Ok(spoken(verified(authorities)?.with_no_client_auth()))
}

/// The same of a client that shows a certificate of its own.
pub(crate) fn client_as(
    authorities: &[PathBuf],
    certificate: &Path,
    key: &Path,
) -> Result<Arc<ClientConfig>, MeasureError> {
    let (chain, secret) = (certificates(certificate)?, secret(key)?);
    let config = verified(authorities)?
        .with_client_auth_cert(chain, secret)
        .map_err(|error| unusable(certificate, &error))?;
    Ok(spoken(config))
}

fn spoken(mut config: ClientConfig) -> Arc<ClientConfig> {
    config.alpn_protocols = vec![PROTOCOL.to_vec()];
    Arc::new(config)
}

/// A client's configuration as far as it says whom it trusts.
fn verified(
    authorities: &[PathBuf],
) -> Result<ConfigBuilder<ClientConfig, WantsClientCert>, MeasureError> {
    let mut roots = RootCertStore::empty();
    roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
    let mut added = Vec::new();
    for file in authorities {
        for certificate in certificates(file)? {
            roots
                .add(certificate.clone())
                .map_err(|error| unusable(file, &error))?;
            added.push(certificate);
        }
    }
    let provider = Arc::new(ring::default_provider());
    let usual = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider.clone())
        .build()
        .map_err(|error| system(&error))?;
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| system(&error))?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(Trust { usual, added })))
}

/// A server's configuration from its files.
pub(crate) fn server(certificate: &Path, key: &Path) -> Result<Arc<ServerConfig>, MeasureError> {
    let chain = certificates(certificate)?;
    let secret = secret(key)?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| system(&error))?
        .with_no_client_auth()
        .with_single_cert(chain, secret)
        .map_err(|error| unusable(certificate, &error))?;
    config.alpn_protocols = vec![PROTOCOL.to_vec()];
    Ok(Arc::new(config))
}

fn secret(key: &Path) -> Result<PrivateKeyDer<'static>, MeasureError> {
    PrivateKeyDer::from_pem_slice(&read(key)?).map_err(|error| match error {
        pem::Error::NoItemsFound => flawed(key, Detail::TLS_NO_KEY),
        other => quoted(key, &other),
    })
}

fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, MeasureError> {
    let found = CertificateDer::pem_slice_iter(&read(file)?)
        .collect::<Result<Vec<_>, pem::Error>>()
        .map_err(|error| quoted(file, &error))?;
    if found.is_empty() {
        return Err(flawed(file, Detail::TLS_NONE_IN_FILE));
    }
    Ok(found)
}

/// The longest file of certificates: four times what a system trusts in all.
const LONGEST: u64 = 1_000_000;

fn read(file: &Path) -> Result<Vec<u8>, MeasureError> {
    let read = opensim_os::files::bytes(file, LONGEST, opensim_os::files::Links::Followed);
    read.map(|(bytes, _)| bytes)
        .map_err(|error| described(file, fault::detail(&error)))
}

/// What TLS says of what stands in a file.
fn unusable(file: &Path, error: &rustls::Error) -> MeasureError {
    match detail(error) {
        Some(detail) => flawed(file, detail),
        None => quoted(file, error),
    }
}

fn flawed(file: &Path, detail: Detail) -> MeasureError {
    described(file, detail.into())
}

fn quoted(file: &Path, words: &dyn std::fmt::Display) -> MeasureError {
    described(file, words.to_string())
}

fn described(file: &Path, detail: String) -> MeasureError {
    MeasureError::CertificateFile {
        file: file.display().to_string(),
        detail,
    }
}

fn system(error: &dyn std::fmt::Display) -> MeasureError {
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
    let words = || error.source().unwrap_or(error).to_string();
    match cause {
        Some(
            cause @ (rustls::Error::InvalidCertificate(_) | rustls::Error::NoCertificatesPresented),
        ) => MeasureError::Certificate {
            server,
            detail: detail(cause).map_or_else(words, String::from),
        },
        Some(rustls::Error::InvalidMessage(_)) => MeasureError::NotTheServer {
            server,
            found: Stranger::NoTls,
        },
        Some(_) => MeasureError::NotTheServer {
            server,
            found: Stranger::OtherTls,
        },
        // It comes in words of the library's, and is an end all the same.
        None if error.kind() == io::ErrorKind::UnexpectedEof => MeasureError::Broken {
            server,
            detail: Detail::CONNECTION_CLOSED.into(),
        },
        None => MeasureError::Broken {
            server,
            detail: fault::detail(error),
        },
    }
}

/// What is wrong with a certificate, where it is one of the usual.
fn detail(error: &rustls::Error) -> Option<Detail> {
    use CertificateError as Flaw;
    let flaw = match error {
        rustls::Error::NoCertificatesPresented => return Some(Detail::TLS_NONE_SHOWN),
        rustls::Error::InconsistentKeys(_) => return Some(Detail::TLS_KEYS_DIFFER),
        rustls::Error::InvalidCertificate(flaw) => flaw,
        _ => return None,
    };
    Some(match flaw {
        Flaw::Expired | Flaw::ExpiredContext { .. } => Detail::TLS_EXPIRED,
        Flaw::NotValidYet | Flaw::NotValidYetContext { .. } => Detail::TLS_NOT_YET,
        Flaw::NotValidForName | Flaw::NotValidForNameContext { .. } => Detail::TLS_OTHER_NAME,
        Flaw::UnknownIssuer => Detail::TLS_UNKNOWN_ISSUER,
        Flaw::InvalidPurpose | Flaw::InvalidPurposeContext { .. } => Detail::TLS_NOT_FOR_SERVERS,
        Flaw::Revoked => Detail::TLS_REVOKED,
        Flaw::BadEncoding => Detail::TLS_UNREADABLE,
        Flaw::BadSignature => Detail::TLS_BAD_SIGNATURE,
        other if is_authority(other) => Detail::TLS_AUTHORITY,
        _ => return None,
    })
}
