//! Cloudflare's speed test, at the one place where it is.

use super::{Protocol, Scheme};
use crate::net::http::HttpRequest;

/// The kind.
#[derive(Debug)]
pub(crate) struct Cloudflare;

impl Protocol for Cloudflare {
    fn schemes(&self) -> &'static [Scheme] {
        const { &[Scheme::alone("cloudflare", "speed.cloudflare.com")] }
    }

    fn download(&self, _path: &str, bytes: u64) -> HttpRequest {
        HttpRequest::get(format!("/__down?bytes={bytes}"))
    }

    fn upload(&self, _path: &str) -> Option<String> {
        Some("/__up".to_owned())
    }
}
