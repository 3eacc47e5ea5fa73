//! Pages that a partner opens: plain files, no script, nothing loaded from elsewhere, days and no hours.
//!
//! One page says what there is to do at the partner's homes, where they are and how carriers fare there; each home has one of
//! its own. Of others' homes only sums are told, where they are enough ([`facts`] has all that is).

pub mod asked;
pub mod facts;
mod frame;
mod home;
mod map;
mod mark;
mod outline;
mod partner;
#[cfg(test)]
mod sample;
mod trend;

use std::io;
use std::path::Path;

use opensim::i18n::Catalogue;

use crate::folder::hex;
use facts::PartnerFacts;

/// Writes a partner's pages into a folder, and takes away those of homes that are the partner's no more. How many there are.
///
/// # Errors
/// When the disk refuses.
pub fn write(facts: &PartnerFacts, folder: &Path, words: &Catalogue) -> io::Result<usize> {
    std::fs::create_dir_all(folder)?;
    let mut names = vec!["index.html".to_owned()];
    std::fs::write(folder.join(&names[0]), partner::partner(facts, words))?;
    for home in &facts.homes {
        let name = frame::page_of(&home.site);
        std::fs::write(folder.join(&name), home::home(home, facts, words))?;
        names.push(name);
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if is_home(&name) && !names.contains(&name) {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(names.len())
}

/// Takes away the pages in a folder, and the folder where nothing else is in it: its partner is none any more.
///
/// # Errors
/// When the disk refuses.
pub fn remove(folder: &Path) -> io::Result<()> {
    let mut pages = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if is_home(&name.to_string_lossy()) {
            pages.push(entry.path());
        }
    }
    // What has an index and no home is somebody else's.
    if pages.is_empty() {
        return Ok(());
    }
    for page in pages {
        std::fs::remove_file(page)?;
    }
    match std::fs::remove_file(folder.join("index.html")) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    // One that holds something else stays.
    let _ = std::fs::remove_dir(folder);
    Ok(())
}

/// A folder's name for a partner: its own, but for what could lead out of the folder or mean something to a system.
pub fn folder_name(partner: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let name: String = partner
        .chars()
        .map(|c| if plain(c) { c } else { '_' })
        .collect();
    if name == partner {
        return name;
    }
    // Two that differ only in such a sign have folders of their own.
    let digest = ring::digest::digest(&ring::digest::SHA256, partner.as_bytes());
    format!("{name}-{}", hex(&digest.as_ref()[..4]))
}

/// Whether a file is a home's page.
fn is_home(name: &str) -> bool {
    let site = name
        .strip_prefix("home-")
        .and_then(|rest| rest.strip_suffix(".html"));
    site.is_some_and(|site| site.len() == 16 && site.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use opensim::i18n::Lang;

    use super::*;
    use crate::words;

    /// Writes them where the browser's tests look for them, if they ask.
    #[test]
    fn the_pages_of_a_partner_are_plain_files_that_hold_what_was_put_in_as_text() {
        let scratch = tempfile::tempdir().expect("a folder");
        let facts = sample::partner();
        for lang in [Lang::Fr, Lang::En] {
            let folder = scratch.path().join(lang.code());
            let words = words::catalogue(lang);
            let count = write(&facts, &folder, &words).expect("written");
            assert_eq!(count, facts.homes.len() + 1);
            for entry in std::fs::read_dir(&folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                let text = std::fs::read_to_string(&path).expect("text");
                assert!(text.contains(&format!("<html lang=\"{}\">", lang.code())));
                assert!(text.contains("default-src 'none'"), "{path:?}");
                for harm in [
                    "<script", "\u{202e}", "\u{1b}", "http://", "https://", "page-",
                ] {
                    assert!(!text.contains(harm), "{path:?}: {harm}");
                }
                if let Some(shown) = std::env::var_os("OPENSIM_PAGES") {
                    let name = path
                        .file_name()
                        .expect("a name")
                        .to_string_lossy()
                        .into_owned();
                    let to = Path::new(&shown).join(format!("{}-{name}", lang.code()));
                    std::fs::write(to, &text).expect("written");
                }
            }
        }
    }

    #[test]
    fn a_home_that_is_the_partners_no_more_loses_its_page_and_nothing_else_goes() {
        let scratch = tempfile::tempdir().expect("a folder");
        let words = words::catalogue(Lang::En);
        let mut facts = sample::partner();
        write(&facts, scratch.path(), &words).expect("written");
        let gone = facts.homes.remove(0);
        for kept in ["home-notes.html", "mine.html"] {
            std::fs::write(scratch.path().join(kept), "mine").expect("written");
        }
        write(&facts, scratch.path(), &words).expect("written");
        assert!(!scratch.path().join(frame::page_of(&gone.site)).exists());
        for kept in ["home-notes.html", "mine.html", "index.html"] {
            assert!(scratch.path().join(kept).exists(), "{kept}");
        }
    }

    #[test]
    fn homes_of_which_nothing_was_measured_are_told_as_that_and_not_as_unfit() {
        let words = words::catalogue(Lang::En);
        let mut facts = sample::partner();
        facts.below.clear();
        facts.homes.iter_mut().for_each(|home| home.surveys.clear());
        let page = partner::partner(&facts, &words);
        assert!(page.contains("Nothing was measured yet at these"), "{page}");
        assert!(!page.contains("what a working day needs"), "{page}");
    }

    #[test]
    fn the_pages_of_a_partner_that_is_none_any_more_go_and_nothing_else_does() {
        let scratch = tempfile::tempdir().expect("a folder");
        let (gone, mine) = (scratch.path().join("ouest"), scratch.path().join("mine"));
        write(&sample::partner(), &gone, &words::catalogue(Lang::Fr)).expect("written");
        std::fs::create_dir(&mine).expect("a folder");
        std::fs::write(mine.join("index.html"), "mine").expect("written");
        for folder in [&gone, &mine] {
            remove(folder).expect("removed");
        }
        assert!(!gone.exists() && mine.join("index.html").exists());
    }

    #[test]
    fn a_partners_name_leads_to_no_other_folder() {
        assert_eq!(folder_name("ouest-2"), "ouest-2");
        for name in ["..", "../x", "a/b", "a\\b", "", "con:", "a\0"] {
            let folder = folder_name(name);
            assert!(name.is_empty() || folder != name, "{name:?}");
            assert!(!folder.contains(['/', '\\', '.', ':', '\0']), "{folder}");
        }
        assert_ne!(folder_name("a b"), folder_name("a_b"));
    }

    #[test]
    fn hours_stand_on_no_page() {
        let words = words::catalogue(Lang::En);
        let facts = sample::partner();
        let page = partner::partner(&facts, &words) + &home::home(&facts.homes[0], &facts, &words);
        let is_hour =
            |w: &[u8]| w[2] == b':' && [0, 1, 3, 4].iter().all(|at| w[*at].is_ascii_digit());
        assert!(!page.as_bytes().windows(5).any(is_hour));
    }
}
