//! What a support bundle holds, for a person who looks into it before it is sent.

use unicode_width::UnicodeWidthStr as _;

use crate::i18n::Catalogue;
use crate::report::{Style, text};
use crate::store::bundle::{MemberKind, MemberName};

/// As wide as a text is read well, whatever shows it.
const WIDTH: usize = 76;

/// The list of members, in the words of one language. `at` is when the bundle was made, RFC 3339.
pub fn bundle_index(words: &Catalogue, names: &[MemberName], at: &str) -> String {
    let title = [("version", crate::VERSION.into()), ("since", at.into())];
    let title = title.map(|(name, value): (&str, serde_json::Value)| (name.to_owned(), value));
    let mut paragraphs = vec![
        words.text_with("bundle-title", &title.into()),
        words.text("bundle-purpose"),
        words.text("bundle-removed"),
        words.text("bundle-kept"),
    ];
    let has_trace = names.iter().any(|name| name.kind() == MemberKind::Trace);
    paragraphs.push(words.text(if has_trace {
        "bundle-replay"
    } else {
        "bundle-no_exchange"
    }));
    let style = Style {
        width: WIDTH,
        ..Style::default()
    };
    let wrapped = paragraphs.iter().map(|words| text::notice(words, style));
    let wrapped: Vec<String> = wrapped.map(|text| text.trim_end().to_owned()).collect();
    let mut page = wrapped.join("\n\n");
    page.push_str("\n\n");
    page.push_str(&words.text("bundle-contents"));
    page.push('\n');
    let longest = names.iter().map(|name| name.as_str().width()).max();
    for name in names {
        let what = words.text(what(*name));
        let pad = longest.unwrap_or(0) - name.as_str().width();
        let row = ["  ", name.as_str(), &" ".repeat(pad), "  ", &what, "\n"];
        page.push_str(&row.concat());
    }
    page
}

/// The key of what a member is.
fn what(name: MemberName) -> &'static str {
    match (name.kind(), name.as_str()) {
        (MemberKind::ReadMe, _) => "bundle-what_readme",
        (MemberKind::Index, _) => "bundle-what_index",
        (MemberKind::Document, "documents/doctor.json") => "bundle-what_doctor",
        (MemberKind::Document, "documents/status.json") => "bundle-what_status",
        (MemberKind::Document, "documents/modems.json") => "bundle-what_modems",
        (MemberKind::Document, _) => "bundle-what_document",
        (MemberKind::Trace, _) => "bundle-what_trace",
        (MemberKind::System, "system/devices.json") => "bundle-what_devices",
        (MemberKind::System, _) => "bundle-what_versions",
        (MemberKind::Configuration, _) => "bundle-what_configuration",
        (MemberKind::Changes, _) => "bundle-what_changes",
        (MemberKind::Log, _) => "bundle-what_log",
    }
}
