//! Whether a page is answered for, by whom, and how soon.
//!
//! Its head alone is asked for. An answer in TLS whose certificate is right is the server's own, whatever its status;
//! where there is no such answer, the same host is asked once more in the clear: a network that wants a log-in first
//! answers there in everybody's place and leads elsewhere.

use std::net::SocketAddr;

use super::{Check, CheckResult, Finding, Target};
use crate::error::MeasureError;
use crate::net::authority::host_header;
use crate::net::http::{self, HttpRequest, ResponseHead};
use crate::servers::LOG_IN;

impl Check {
    pub(super) async fn page(&self, to: SocketAddr) -> Result<CheckResult, MeasureError> {
        let start = self.terms.clock.now();
        match self.head(to).await {
            Ok(head) => Ok(CheckResult::after(
                of_head(head.status, head.location),
                self.terms.clock.now() - start,
            )),
            Err(error) => match self.captive(to).await {
                Some(finding) => Ok(CheckResult::of(finding)),
                None => Err(error),
            },
        }
    }

    async fn head(&self, to: SocketAddr) -> Result<ResponseHead, MeasureError> {
        let (mut connection, _) = self.open(to, true, true).await?;
        let Target { host, port, .. } = &self.target;
        let request = HttpRequest {
            method: "HEAD",
            ..HttpRequest::get(self.target.path.clone())
        };
        let request = request.encode(&host_header(host, *port, true));
        tokio::select! {
            answered = http::exchange(&mut connection, host, &request) => Ok(answered?.0),
            () = self.give_up() => Err(self.terms.via.silence(to)),
        }
    }

    /// Whether the same host in the clear leads to log in elsewhere. Whatever fails here says nothing.
    async fn captive(&self, to: SocketAddr) -> Option<Finding> {
        let to = SocketAddr::from((to.ip(), self.plain_port));
        let (mut connection, _) = self.open(to, false, true).await.ok()?;
        let host = &self.target.host;
        let request = HttpRequest::get("/".to_owned()).encode(&host_header(host, 80, false));
        let (head, _) = tokio::select! {
            answered = http::exchange(&mut connection, host, &request) => answered.ok()?,
            () = self.give_up() => return None,
        };
        is_captive(head.status, head.location.as_deref(), &self.target.host).then_some(
            Finding::Captive {
                location: head.location,
            },
        )
    }
}

fn of_head(status: u16, location: Option<String>) -> Finding {
    match (status, location) {
        (LOG_IN, location) => Finding::Captive { location },
        (300..400, Some(location)) => Finding::PageMoved { status, location },
        (500.., _) => Finding::PageFailed { status },
        _ => Finding::Page { status },
    }
}

/// Whether an answer in the clear leads away from the host. To its own pages in TLS, or to `www.` and back, any
/// server leads.
fn is_captive(status: u16, location: Option<&str>, host: &str) -> bool {
    let to = location.and_then(host_of);
    let own = |to: &str| {
        let (to, host) = (to.to_ascii_lowercase(), host.to_ascii_lowercase());
        to == host || to.ends_with(&format!(".{host}")) || host.ends_with(&format!(".{to}"))
    };
    status == LOG_IN || (300..400).contains(&status) && to.is_some_and(|to| !own(to))
}

/// The host of an address with a scheme; a path alone has none.
fn host_of(location: &str) -> Option<&str> {
    let (_, rest) = location.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?;
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split(']').next();
    }
    host.split(':').next().filter(|host| !host.is_empty())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_answer_of_the_server_itself_is_an_answer_whatever_its_status() {
        let code = |status, location| of_head(status, location).code();
        assert_eq!(code(200, None), "check.page");
        assert_eq!(code(401, None), "check.page");
        assert_eq!(code(404, None), "check.page");
        assert_eq!(
            code(302, Some("https://sso.example/".to_owned())),
            "check.page_moved"
        );
        assert_eq!(code(304, None), "check.page");
        assert_eq!(code(503, None), "check.page_failed");
        assert_eq!(code(511, None), "check.captive");
    }

    #[test]
    fn only_a_way_elsewhere_is_a_page_to_log_in_at() {
        let leads = |to| is_captive(302, Some(to), "intranet.example.org");
        assert!(leads("http://login.hotel.example/?u=1"));
        assert!(leads("http://192.0.2.1:8080/"));
        assert!(!leads("https://intranet.example.org/"));
        assert!(!leads("https://INTRANET.example.org:8443/"));
        assert!(!leads("https://www.intranet.example.org/"));
        assert!(!leads("https://example.org/"));
        assert!(!leads("/start"));
        assert!(is_captive(511, None, "h"));
        assert!(!is_captive(200, Some("http://login.example/"), "h"));
    }

    proptest! {
        #[test]
        fn no_location_makes_it_panic(location in "[ -~é]{0,40}") {
            let _ = is_captive(302, Some(&location), "h.example");
        }
    }
}
