//! The user that this process runs for.

use std::path::Path;

use crate::files::{self, Links};

/// Whether it is root.
pub fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// The user as the log names them, by number, since a name can be claimed: `marie (uid 1000)`; and the one who logged in,
/// where that is another: `root (uid 0), logged in as marie (uid 1000)`. The environment is not asked.
pub fn who() -> String {
    let own = rustix::process::getuid().as_raw();
    let users = text("/etc/passwd");
    let login = text("/proc/self/loginuid").trim().parse().ok();
    // Where the kernel was not told, root's word is taken for it: root could write the log by hand too.
    let claimed = || std::env::var("SUDO_UID").ok()?.parse().ok();
    let behind = login.filter(|uid| *uid != NOBODY);
    let behind = behind.or_else(|| claimed().filter(|_| own == 0));
    described(own, behind, &users)
}

/// By which the kernel says that nobody logged in: a service, a container.
const NOBODY: u32 = u32::MAX;

fn described(own: u32, behind: Option<u32>, users: &str) -> String {
    let named = |uid: u32| match name_of(uid, users) {
        Some(name) => format!("{name} (uid {uid})"),
        None => format!("uid {uid}"),
    };
    match behind.filter(|uid| *uid != own) {
        Some(behind) => format!("{}, logged in as {}", named(own), named(behind)),
        None => named(own),
    }
}

/// From the machine's own list: a directory service may not answer, and the log is not to wait for it.
fn name_of(uid: u32, users: &str) -> Option<&str> {
    users.lines().find_map(|line| {
        let mut fields = line.split(':');
        let (name, number) = (fields.next()?, fields.nth(1)?);
        (number.parse() == Ok(uid)).then_some(name)
    })
}

fn text(path: &str) -> String {
    let read = files::read(Path::new(path), 1 << 20, Links::Followed);
    read.map(|(text, _)| text).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_it_was_is_told_by_number_and_by_the_name_that_belongs_to_it() {
        let users = "root:x:0:0:root:/root:/bin/sh\nmarie:x:1000:1000::/home/marie:/bin/sh\n";
        assert_eq!(described(1000, None, users), "marie (uid 1000)");
        assert_eq!(described(1000, Some(1000), users), "marie (uid 1000)");
        assert_eq!(described(7, None, users), "uid 7");
        let sudo = described(0, Some(1000), users);
        assert_eq!(sudo, "root (uid 0), logged in as marie (uid 1000)");
    }
}
