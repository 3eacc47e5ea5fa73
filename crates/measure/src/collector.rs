//! A collector: a web server that takes documents by `PUT`, in TLS, from whoever shows a certificate of its own.
//!
//! Nothing is measured here, so the system's route and its look-up of names are taken, and nothing is billed. One document
//! is one connection: whatever breaks, breaks for that document alone. Redirections are not followed.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpStream, lookup_host};
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::ClientConfig;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::error::MeasureError;
use crate::net::authority::{host_and_port, host_header};
use crate::net::http::{self, quoted};
use crate::net::tls;
use opensim_os::clock::Clock;

/// The longest piece of an answer that is read for its reason.
const ANSWER: usize = 4_000;

/// The address of a folder on a collector, `https://HOST[:PORT]/FOLDER`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectorAddress {
    host: String,
    port: u16,
    /// Begins with a slash and ends with none.
    folder: String,
}

impl CollectorAddress {
    /// Reads one; `None` for what is none.
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.trim().strip_prefix("https://")?;
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (host, port) = host_and_port(authority, 443).ok()?;
        let plain = |byte: u8| byte.is_ascii_graphic() && !b"?#\"\\<>".contains(&byte);
        path.bytes().all(plain).then(|| Self {
            host,
            port,
            folder: path.trim_end_matches('/').to_owned(),
        })
    }

    /// The host.
    pub fn host(&self) -> &str {
        &self.host
    }
}

impl std::fmt::Display for CollectorAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "https://{}{}/",
            host_header(&self.host, self.port, true),
            self.folder
        )
    }
}

/// A collector, and who one is there.
#[derive(Debug, Clone)]
pub struct Collector {
    address: CollectorAddress,
    tls: Arc<ClientConfig>,
    clock: Clock,
    /// The longest that one document may take.
    limit: Duration,
}

/// What a collector said of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectorAnswer {
    /// The status of its answer.
    pub status: u16,
    /// The beginning of what it said beside, made safe to print.
    pub said: String,
}

impl Collector {
    /// With the certificate and the key that are shown to it, and the authorities that are trusted besides Mozilla's list.
    ///
    /// # Errors
    /// When a file cannot be read or is not what it should be.
    pub fn new(
        address: CollectorAddress,
        (certificate, key): (&Path, &Path),
        authorities: &[PathBuf],
        clock: Clock,
        limit: Duration,
    ) -> Result<Self, MeasureError> {
        Ok(Self {
            address,
            tls: tls::client_as(authorities, certificate, key)?,
            clock,
            limit,
        })
    }

    /// Puts a document there under a name.
    ///
    /// # Errors
    /// When no answer came. What came then of the document is not known: the same name again does no harm.
    pub async fn put(&self, name: &str, document: &[u8]) -> Result<CollectorAnswer, MeasureError> {
        let deadline = self.clock.now() + self.limit;
        tokio::select! {
            answered = self.exchange(name, document) => answered,
            () = self.clock.sleep_until(Some(deadline)) => Err(MeasureError::Broken {
                server: self.address.host.clone(),
                detail: io::Error::from(io::ErrorKind::TimedOut).to_string(),
            }),
        }
    }

    async fn exchange(&self, name: &str, document: &[u8]) -> Result<CollectorAnswer, MeasureError> {
        let CollectorAddress { host, port, folder } = &self.address;
        let broken = |error: io::Error| http::broken(host, &error);
        let server = ServerName::try_from(host.clone())
            .map_err(|_| MeasureError::UnknownName { name: host.clone() })?;
        let tcp = self.connected().await?;
        let mut stream = TlsConnector::from(self.tls.clone())
            .connect(server, tcp)
            .await
            .map_err(|error| tls::failure(&error, host))?;
        let head = format!(
            "PUT {folder}/{name} HTTP/1.1\r\nHost: {}\r\nUser-Agent: opensim/{}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            host_header(host, *port, true),
            opensim_domain::VERSION,
            document.len(),
        );
        let sent = async {
            stream.write_all(head.as_bytes()).await?;
            stream.write_all(document).await?;
            stream.flush().await
        };
        let sent: io::Result<()> = sent.await;
        // Where it broke, the server may have said why before it closed.
        let mut answer = Vec::new();
        let mut part = [0; 1024];
        while answer.len() < ANSWER {
            match stream.read(&mut part).await {
                Ok(0) => break,
                Ok(length) => answer.extend(&part[..length]),
                Err(error) if answer.is_empty() => return Err(broken(sent.err().unwrap_or(error))),
                Err(_) => break,
            }
        }
        let Some(head) = http::read_from(&answer, host)? else {
            let ended = io::Error::from(io::ErrorKind::UnexpectedEof);
            return Err(broken(sent.err().unwrap_or(ended)));
        };
        let body = answer.get(head.size()..).unwrap_or_default();
        Ok(CollectorAnswer {
            status: head.status,
            said: quoted(&words(&String::from_utf8_lossy(body))),
        })
    }

    /// The first of its addresses that takes a connection.
    async fn connected(&self) -> Result<TcpStream, MeasureError> {
        let CollectorAddress { host, port, .. } = &self.address;
        let unknown = || MeasureError::UnknownName { name: host.clone() };
        let addresses = lookup_host((host.as_str(), *port))
            .await
            .map_err(|_| unknown())?;
        let mut last = unknown();
        for address in addresses {
            match TcpStream::connect(address).await {
                Ok(tcp) => return Ok(tcp),
                Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
                    last = MeasureError::Refused { server: address };
                }
                Err(error) => last = http::broken(host, &error),
            }
        }
        Err(last)
    }
}

/// A page's text without its tags: what a web server says of a refusal.
fn words(page: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    // Its title says the same once more.
    let body = page.find("<body").map_or(page, |at| &page[at..]);
    for c in body.chars() {
        match c {
            '<' => in_tag = true,
            '>' => {
                in_tag = false;
                text.push(' ');
            }
            c if !in_tag => text.push(if c.is_whitespace() { ' ' } else { c }),
            _ => {}
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_a_folder_in_tls_and_nothing_else() {
        let told = |text: &str| CollectorAddress::parse(text).map(|address| address.to_string());
        for (text, expected) in [
            (
                "https://c.example/v1/0123",
                Some("https://c.example/v1/0123/"),
            ),
            (
                "https://C.example:8443/v1/0123/",
                Some("https://c.example:8443/v1/0123/"),
            ),
            ("https://c.example", Some("https://c.example/")),
            ("https://[::1]:8443/", Some("https://[::1]:8443/")),
            ("http://c.example/v1/", None),
            ("https://c.example/v1?site=1", None),
            ("https://c.example/a b", None),
            ("https://u@c.example/", None),
            ("https:///v1", None),
            ("c.example/v1", None),
        ] {
            assert_eq!(told(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_refusal_is_told_in_its_words_without_the_page_round_them() {
        let page = "<html>\r\n<head><title>403 Forbidden</title></head>\n<body><h1>403 Forbidden</h1><hr>nginx</body>";
        assert_eq!(words(page), "403 Forbidden nginx");
        assert_eq!(words("plain\n words"), "plain words");
        assert_eq!(words("<<<"), "");
    }
}
