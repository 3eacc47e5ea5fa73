//! A `LibreSpeed` backend in PHP: whole mebibytes down, anything up, below whatever path it was put.

use super::{Protocol, Scheme};
use crate::net::http::HttpRequest;

const MIB: u64 = 1024 * 1024;

/// The kind.
#[derive(Debug)]
pub(crate) struct LibreSpeed;

impl Protocol for LibreSpeed {
    fn schemes(&self) -> &'static [Scheme] {
        const {
            &[
                Scheme::before_a_host("librespeed+http", false, 80),
                Scheme::before_a_host("librespeed+https", true, 443),
            ]
        }
    }

    fn download(&self, path: &str, bytes: u64) -> HttpRequest {
        let mebibytes = bytes.div_ceil(MIB).max(1);
        HttpRequest::get(format!("{path}/garbage.php?ckSize={mebibytes}"))
    }

    fn upload(&self, path: &str) -> Option<String> {
        Some(format!("{path}/empty.php"))
    }

    /// PHP calls everything text/html.
    fn answers_with_a_page(&self, tls: bool) -> bool {
        tls
    }
}
