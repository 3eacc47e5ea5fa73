//! A survey as one page to print, send or keep: no script, nothing loaded from elsewhere.
//!
//! Names come from modems and files; `maud` escapes whatever is put in.

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::text::code;
use crate::document::{CarrierResult, Document, Scan};
use crate::domain::radio::{Rsrp, Sinr};
use crate::i18n::{Catalogue, clean, is_hidden, moment};

/// The page of a survey. Its messages are those that `fill` put in.
pub(super) fn html(doc: &Document<Scan>, words: &Catalogue) -> String {
    let scan = &doc.body;
    let title = match &scan.label {
        Some(label) => words.text_of("scan-title_place", [("label", clean(label))]),
        None => words.text("scan-title"),
    };
    let made = [("version", doc.opensim.clone()), ("at", moment(&doc.at))];
    let page = html! {
        (DOCTYPE)
        html lang=(words.lang().code()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { (title) }
                p.made { (words.text_of("html-made", made)) }
                @if let Some(error) = &doc.error {
                    p.warning { (error.message) @if let Some(hint) = &error.hint { " " (hint) } }
                }
                @if scan.carriers.is_empty() { p { (words.text("scan-none")) } } @else {
                    @if let Some(need) = scan.requirement.as_ref().filter(|_| super::text::is_measured(&scan.carriers)) {
                        p { (super::text::need_line(need, words)) }
                    }
                    p { strong { (super::text::headline(scan, words)) } }
                    (table(&scan.carriers, words))
                    (chart(&scan.carriers, words))
                    h2 { (words.text("scan-why")) }
                    (reasons(&scan.carriers))
                }
                @for warning in &scan.warnings { p.warning { (warning.message) } }
                @for line in super::text::closing(scan, words) { p { (line) } }
            }
        }
    };
    defused(&page.into_string())
}

/// Without what drives a terminal or hides in a text: messages and hints of a forged document come from anywhere.
fn defused(page: &str) -> String {
    let shown = page.chars().filter(|c| !is_hidden(*c));
    let plain = shown.map(|c| if c.is_control() && c != '\n' { ' ' } else { c });
    plain.collect()
}

const STYLE: &str = "\
body{font:16px/1.5 system-ui,sans-serif;max-width:66em;margin:2em auto;padding:0 1em;color:#111;background:#fff}\
h1{font-size:1.5em}h2{font-size:1.15em;margin-top:1.5em}.made{color:#555}\
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.35em .6em;border-bottom:1px solid #ccc}\
th{white-space:pre-line;vertical-align:bottom}.n{text-align:right;font-variant-numeric:tabular-nums}\
.warning{border-left:4px solid #b35c00;padding:.3em .8em}svg{width:100%;height:auto;margin-top:1em}\
.excellent,.good{fill:#1a7f37}.fair{fill:#b35c00}.poor,.unusable,.unknown{fill:#b42318}\
@media print{body{margin:0;max-width:none}h2,li,tr{break-inside:avoid}}";

fn table(carriers: &[CarrierResult], words: &Catalogue) -> Markup {
    let level = |v: Option<f64>| v.map_or_else(|| "–".to_owned(), |v| words.number(v));
    let measured = super::text::is_measured(carriers);
    html! {
        table {
            thead { tr {
                @for (key, number) in [
                    ("scan-col_rank", false), ("scan-col_carrier", false), ("scan-col_verdict", false),
                    ("scan-col_quality", false), ("scan-col_rsrp", true), ("scan-col_sinr", true),
                    ("scan-col_band", false),
                ] { th.n[number] scope="col" { (words.text(key)) } }
                // One or the other: both do not fit on a sheet of paper.
                @if !measured { th.n scope="col" { (words.text("scan-col_time")) } }
                @if measured {
                    @for key in ["scan-col_down", "scan-col_up", "scan-col_voice", "scan-col_data"] {
                        th.n scope="col" { (words.text(key)) }
                    }
                }
            } }
            tbody { @for carrier in carriers {
                @let radio = carrier.radio.as_ref();
                @let quality = radio.and_then(|r| r.quality);
                tr {
                    td { (super::text::rank(carrier)) }
                    th scope="row" { (clean(&carrier.name)) }
                    td { (words.family("verdict", &code(&carrier.verdict))) }
                    td { @match quality {
                        Some(q) => (words.family("quality", &code(&q))),
                        None => "–",
                    } }
                    td.n { (level(radio.and_then(|r| r.rsrp_dbm).map(Rsrp::value))) }
                    td.n { (level(radio.and_then(|r| r.sinr_db).map(Sinr::value))) }
                    td { (radio.and_then(|r| r.band).map_or_else(|| "–".to_owned(), |b| b.to_string())) }
                    @if !measured { td.n { (carrier.registered_in_s.map_or_else(|| "–".to_owned(), |s| words.text_of("duration-seconds", [("s", words.number(s.round()))]))) } }
                    @if measured { (measured_cells(carrier, words)) }
                }
            } }
        }
    }
}

/// Goodput both ways, the call, and what measuring cost.
fn measured_cells(carrier: &CarrierResult, words: &Catalogue) -> Markup {
    let throughput = carrier.throughput.as_ref();
    let ways = throughput.map_or([None, None], |t| [t.down.as_ref(), t.up.as_ref()]);
    let dash = || "–".to_owned();
    html! {
        @for way in ways {
            td.n { (way.and_then(|way| super::text::goodput_text(way, words)).unwrap_or_else(dash)) }
        }
        td.n { (carrier.voice.as_ref().and_then(|v| v.mos).map_or_else(dash, |mos| words.number(mos))) }
        td.n { (carrier.cost.map_or_else(dash, |cost| words.bytes(cost.bytes))) }
    }
}

/// A bar for each carrier's RSRP, from the weakest that is still of use to the strongest that is met.
fn chart(carriers: &[CarrierResult], words: &Catalogue) -> Markup {
    let levels: Vec<(&CarrierResult, Rsrp)> = carriers
        .iter()
        .filter_map(|c| Some((c, c.radio.as_ref()?.rsrp_dbm?)))
        .collect();
    let height = levels.len() * 28;
    html! {
        @if !levels.is_empty() {
            svg viewBox=(format!("0 0 600 {height}")) role="img" aria-label=(words.text("html-chart")) {
                title { (words.text("html-chart")) }
                @for (at, (carrier, rsrp)) in levels.iter().enumerate() {
                    @let quality = carrier.radio.as_ref().and_then(|r| r.quality);
                    @let class = quality.map_or_else(|| "unknown".to_owned(), |q| code(&q));
                    @let (top, width) = (at * 28, bar(*rsrp));
                    text x="0" y=(top + 18) font-size="14" { (clean(&carrier.name)) }
                    rect.(class) x="160" y=(top + 4) width=(width) height="18" {}
                    text x=(166 + width) y=(top + 18) font-size="14" { (words.number(rsrp.value())) " dBm" }
                }
            }
        }
    }
}

/// The bar's length: -125 dBm and less is the shortest, -65 dBm and more the longest.
fn bar(rsrp: Rsrp) -> i32 {
    let over = (rsrp.tenths() + 1250).clamp(10, 600);
    over * 350 / 600
}

fn reasons(carriers: &[CarrierResult]) -> Markup {
    html! {
        @for carrier in carriers {
            @let shown: Vec<&str> = carrier.why.iter().map(|why| why.message.as_str()).collect();
            @let error = carrier.error.as_ref().filter(|_| !super::text::says_the_error(carrier));
            p { strong { (super::text::rank(carrier)) " " (clean(&carrier.name)) } }
            ul {
                @for line in shown { li { (line) } }
                @if let Some(error) = error { li { (error.message) } }
            }
        }
    }
}
