//! Whom a client trusts: the authorities of Mozilla's list, those a person adds, and a server whose own certificate a
//! person added, however it was signed.

use std::sync::Arc;

use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::client::{WebPkiServerVerifier, verify_server_name};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::server::ParsedCertificate;
use tokio_rustls::rustls::{
    CertificateError, DigitallySignedStruct, Error, OtherError, SignatureScheme,
};

/// The usual rules, and one more: a certificate that was added is trusted where it is shown itself, too. What `openssl
/// req -x509` makes is an authority's, which no server may show by the usual rules.
#[derive(Debug)]
pub(super) struct Trust {
    pub(super) usual: Arc<WebPkiServerVerifier>,
    /// What a person added.
    pub(super) added: Vec<CertificateDer<'static>>,
}

/// Whether a certificate was refused for being an authority's alone. It was looked at before that whether its time has
/// come, and is not over.
pub(super) fn is_authority(refused: &CertificateError) -> bool {
    let CertificateError::Other(OtherError(cause)) = refused else {
        return false;
    };
    let cause = cause.downcast_ref::<webpki::Error>();
    cause.is_some_and(|cause| *cause == webpki::Error::CaUsedAsEndEntity)
}

impl ServerCertVerifier for Trust {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let usual = self
            .usual
            .verify_server_cert(shown, intermediates, name, ocsp, now);
        match usual {
            Err(Error::InvalidCertificate(refused))
                if is_authority(&refused) && self.added.iter().any(|added| added == shown) =>
            {
                verify_server_name(&ParsedCertificate::try_from(shown)?, name)?;
                Ok(ServerCertVerified::assertion())
            }
            usual => usual,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.usual
            .verify_tls12_signature(message, certificate, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.usual
            .verify_tls13_signature(message, certificate, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.usual.supported_verify_schemes()
    }
}
