//! What `opensim doctor --bundle FILE` adds to the check-up: the archive for support.
//!
//! The modem is read once more by itself, so that its conversation is that of `opensim status` and nothing else: whoever
//! replays it sees what the customer saw. Nothing here decides what may leave: `ops` takes out what is private.

use std::path::Path;

use tokio_util::sync::CancellationToken;

use super::open_modem::OpenModem;
use super::output::{Output, kept_log, stopped};
use super::pin;
use super::settings::Settings;
use crate::document::{self, Body, Document};
use crate::error::Error;
use crate::i18n::{Catalogue, Lang};
use crate::link::tap::TraceCopy;
use crate::modem::connect::{self, Machine};
use crate::ops::{self, BundleParts, Finished};
use crate::os::clock;
use crate::os::files::named;
use crate::os::host::{devices, host, names};
use crate::report::{self, Format, Saved, Style};
use crate::store::Store;
use crate::store::bundle::{self, BundleError, Member, MemberName};

/// A configuration that is larger is none.
const LONGEST: u64 = 64_000;

/// Makes the bundle of a check-up that is over; whether it is written. What kept it from that is the document's error.
pub(super) async fn add<B: Body>(
    file: &Path,
    finished: &mut Finished<B>,
    settings: &Settings,
    output: &Output,
    cancel: CancellationToken,
) -> bool {
    report::fill(&mut finished.document, output.catalogue());
    match make(file, &finished.document, settings, output, cancel).await {
        Ok(()) => true,
        Err(error) => {
            finished.document.error.get_or_insert_with(|| error.fault());
            finished.exit = error.exit();
            false
        }
    }
}

/// Gathers and writes the bundle. `checked` is the document of the check-up, its words in it.
///
/// # Errors
/// When it cannot be written.
async fn make<B: Body>(
    file: &Path,
    checked: &Document<B>,
    settings: &Settings,
    output: &Output,
    cancel: CancellationToken,
) -> Result<(), Error> {
    let mut parts = BundleParts::default();
    parts.add(MemberName::document("doctor"), report::json(checked));
    let imei = add_status(&mut parts, settings, output, cancel).await;
    add_modems(&mut parts, output).await;
    let store = settings.store.clone();
    add_kept(&mut parts, &store, imei.as_deref(), output);
    for (name, path) in &settings.configurations {
        let name = MemberName::of(&format!("configuration/{name}.toml"));
        // What cannot be read was told of before anything was run.
        parts.add(
            name,
            named::read(path, LONGEST)
                .map(|(text, _)| text)
                .unwrap_or_default(),
        );
    }
    let programs = [
        ("modemmanager", ops::version_of("ModemManager").await),
        ("networkmanager", ops::version_of("NetworkManager").await),
    ];
    parts.add_machine(&store, &host(), &devices::devices(), &programs);
    parts.add(MemberName::of("log.txt"), kept_log());
    let mut members = parts.redacted(&names::names(), pin::known(settings));
    let at = clock::wall();
    add_lists(&mut members, &document::stamp(at));
    bundle::write(file, members, at).map_err(|source| Error::Bundle {
        file: file.display().to_string(),
        source,
    })
}

/// Whether the bundle can be written, before anything is asked.
///
/// # Errors
/// When it cannot.
pub(super) fn check(file: &Path) -> Result<(), Error> {
    named::check(file).map_err(|error| Error::Bundle {
        file: file.display().to_string(),
        source: BundleError::File(error),
    })
}

/// The modem's state and how it was read; gives its number, masked.
async fn add_status(
    parts: &mut BundleParts,
    settings: &Settings,
    output: &Output,
    cancel: CancellationToken,
) -> Option<String> {
    let copy = TraceCopy::default();
    let finished = match OpenModem::open_copied(settings, output, cancel, &copy).await {
        Ok(mut opened) => {
            let (modem, context) = opened.parts();
            let finished = ops::status(modem, &context).await;
            opened.close(finished).await
        }
        Err(error) => stopped(document::Status::default(), &error),
    };
    let modem = finished.document.body.modem.as_ref();
    let imei = modem.and_then(|modem| modem.imei.clone());
    let mut document = finished.document;
    report::fill(&mut document, output.catalogue());
    parts.add(MemberName::document("status"), report::json(&document));
    parts.add(MemberName::trace("status"), copy.text());
    imei
}

async fn add_modems(parts: &mut BundleParts, output: &Output) {
    let machine = Machine::default();
    let managed = connect::modems().await;
    let mut document = ops::modems(&machine.sysfs, &machine.proc, managed).document;
    report::fill(&mut document, output.catalogue());
    parts.add(MemberName::document("modems"), report::json(&document));
}

/// What was kept of earlier commands on this modem, or on any where none answered.
fn add_kept(parts: &mut BundleParts, store: &Store, imei: Option<&str>, output: &Output) {
    for kept in store.kept() {
        let saved = kept
            .document
            .as_deref()
            .and_then(|text| Saved::read(text).ok());
        let of = |text: &str| {
            let value: serde_json::Value = serde_json::from_str(text).ok()?;
            Some(value["modem"]["imei"].as_str()?.to_owned())
        };
        let other = kept.document.as_deref().and_then(of);
        if let (Some(own), Some(other)) = (imei, other)
            && own != other
        {
            continue;
        }
        if let Some(mut saved) = saved {
            saved.fill(output.catalogue());
            let text = saved.render(Format::Json, output.catalogue(), Style::default());
            parts.add(MemberName::document(&kept.command), text);
        }
        parts.add(
            MemberName::trace(&kept.command),
            kept.trace.unwrap_or_default(),
        );
    }
}

/// The list of what there is, in both languages.
fn add_lists(members: &mut Vec<Member>, at: &str) {
    let lists = [("LISEZMOI.txt", Lang::Fr), ("README.txt", Lang::En)];
    let there = |name: &MemberName| {
        let listed = lists.iter().any(|(list, _)| name.as_str() == *list);
        listed || name.as_str() == "index.json" || members.iter().any(|m| m.name == *name)
    };
    let names: Vec<MemberName> = MemberName::all().filter(there).collect();
    for (list, lang) in lists {
        let words = Catalogue::new(lang).in_zone(clock::zone());
        let text = report::bundle_index(&words, &names, at);
        members.extend(MemberName::of(list).map(|name| Member { name, text }));
    }
}
