//! Windows has no such limit.

pub(super) fn raise(_: u64) -> Option<u64> {
    None
}
