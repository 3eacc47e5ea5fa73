//! Any file on a web server: for what comes down alone, as much of it as is needed.

use super::{Protocol, Scheme};
use crate::net::http::HttpRequest;

/// The kind.
#[derive(Debug)]
pub(crate) struct PlainFile;

impl Protocol for PlainFile {
    fn schemes(&self) -> &'static [Scheme] {
        const {
            &[
                Scheme::before_a_host("http", false, 80),
                Scheme::before_a_host("https", true, 443),
            ]
        }
    }

    fn takes_path(&self, path: &str) -> bool {
        !path.is_empty()
    }

    fn download(&self, path: &str, bytes: u64) -> HttpRequest {
        HttpRequest {
            headers: format!("Range: bytes=0-{}\r\n", bytes.max(1) - 1),
            ..HttpRequest::get(path.to_owned())
        }
    }

    fn upload(&self, _path: &str) -> Option<String> {
        None
    }

    /// The file may be one.
    fn answers_with_a_page(&self, tls: bool) -> bool {
        tls
    }
}
