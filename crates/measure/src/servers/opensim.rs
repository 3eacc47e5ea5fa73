//! `opensim serve`: gives and takes as many bytes as are named, counts what it takes, and answers STAMP.

use super::pace::PaceTerms;
use super::{Protocol, Scheme};
use crate::net::http::HttpRequest;

/// The port of `opensim serve` where none is named.
pub const PORT: u16 = 8620;

/// The kind.
#[derive(Debug)]
pub(crate) struct Opensim;

impl Protocol for Opensim {
    fn schemes(&self) -> &'static [Scheme] {
        const {
            &[
                Scheme::before_a_host("opensim", false, PORT),
                Scheme::before_a_host("opensim+https", true, PORT),
            ]
        }
    }

    fn takes_path(&self, path: &str) -> bool {
        path.is_empty()
    }

    fn download(&self, _path: &str, bytes: u64) -> HttpRequest {
        HttpRequest::get(format!("/down?bytes={bytes}"))
    }

    fn paced_download(&self, bytes: u64, terms: &PaceTerms) -> Option<HttpRequest> {
        let terms = terms.query();
        Some(HttpRequest::get(format!("/down?bytes={bytes}&{terms}")))
    }

    fn upload(&self, _path: &str) -> Option<String> {
        Some("/up".to_owned())
    }

    fn reported_upload(&self) -> Option<&'static str> {
        Some("/up?report=1")
    }

    fn reflects(&self) -> bool {
        true
    }

    fn product(&self) -> Option<&'static str> {
        Some("opensim")
    }
}
