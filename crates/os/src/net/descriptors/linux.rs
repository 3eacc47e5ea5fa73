//! Linux's limit of open files (`RLIMIT_NOFILE`).

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Raises the limit to what is needed, as far as it goes; what it is then.
pub(super) fn raise(needed: u64) -> Option<u64> {
    let limit = getrlimit(Resource::Nofile);
    let raised = raised(&limit, needed);
    match raised {
        // Where even that is refused, it stays as it was.
        Some(raised) if setrlimit(Resource::Nofile, raised).is_ok() => raised.current,
        _ => limit.current,
    }
}

/// The limit as it should be, where it is to be another.
fn raised(limit: &Rlimit, needed: u64) -> Option<Rlimit> {
    let current = limit.current.filter(|current| *current < needed)?;
    let most = limit.maximum.map_or(needed, |maximum| maximum.min(needed));
    (most > current).then_some(Rlimit {
        current: Some(most),
        maximum: limit.maximum,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_asked_for_than_is_needed_and_no_more_taken_than_is_allowed() {
        let raise = |current, maximum, needed| {
            let raised = raised(&Rlimit { current, maximum }, needed);
            raised.and_then(|raised| raised.current)
        };
        assert_eq!(raise(Some(1024), Some(4096), 400), None);
        assert_eq!(raise(Some(256), Some(4096), 400), Some(400));
        assert_eq!(raise(Some(256), Some(300), 400), Some(300));
        assert_eq!(raise(Some(256), Some(256), 400), None);
        assert_eq!(raise(Some(256), None, 400), Some(400));
        assert_eq!(raise(None, None, 400), None);
    }
}
