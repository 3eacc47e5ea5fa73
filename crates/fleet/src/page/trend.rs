//! A partner's months as bars, a panel for each carrier: in how many of the measured surveys it sufficed.

use maud::{Markup, html};
use opensim::i18n::Catalogue;

use super::facts::{MonthOf, PartnerFacts};
use super::frame::percent;
use super::mark::Mark;

/// Pixels: a month, its bar below its name.
const MONTH: usize = 46;
const BAR: usize = 22;
const THICK: usize = 9;

pub(super) fn trend(facts: &PartnerFacts, words: &Catalogue) -> Markup {
    let carriers = facts.carriers();
    html! {
        div.panels.(format!("of-{}", carriers.len())) {
            @for (at, carrier) in carriers.iter().enumerate() {
                @let months: Vec<&MonthOf> = facts.months.iter().filter(|m| m.carrier == *carrier).collect();
                (panel(at, carrier, &months, words))
            }
        }
    }
}

fn panel(at: usize, carrier: &str, months: &[&MonthOf], words: &Catalogue) -> Markup {
    let name = words.carrier(carrier);
    let (title, desc) = (format!("trend-{at}"), format!("trend-{at}-said"));
    let told = |month: &&MonthOf| {
        let share = month.suitable.map(|share| percent(share, words));
        let homes = words.text_of("page-homes", [("count", month.homes)]);
        let share = share.unwrap_or_else(|| "none".to_owned());
        words.text_of("page-trend-value", [("share", share), ("homes", homes)])
    };
    let said: Vec<String> = months
        .iter()
        .map(|month| {
            let values = [
                ("month", month_name(&month.month, words)),
                ("said", told(month)),
            ];
            words.text_of("page-trend-said", values)
        })
        .collect();
    html! {
        div.panel {
            h3 { (name) }
            svg role="img" aria-labelledby=(title) aria-describedby=(desc) width="100%" height=(months.len() * MONTH) {
                title id=(title) { (words.text_of("page-trend-of", [("name", name.clone())])) }
                desc id=(desc) { (said.join(" ")) }
                g.(Mark::of(carrier).class()) aria-hidden="true" {
                    @for (at, month) in months.iter().enumerate() {
                        @let top = at * MONTH;
                        text.name x="0" y=(top + 15) { (month_name(&month.month, words)) }
                        text.value.none[month.suitable.is_none()] x="100%" y=(top + 15) text-anchor="end" { (told(month)) }
                        rect.track x="0" y=(top + BAR) width="100%" height=(THICK) rx="4" {}
                        @if let Some(share) = month.suitable.filter(|share| *share > 0.0) {
                            rect.part x="0" y=(top + BAR) width=(percent_of_width(share)) height=(THICK) rx="4" {}
                        }
                    }
                }
            }
        }
    }
}

fn percent_of_width(share: f64) -> String {
    format!("{:.1}%", share.clamp(0.0, 1.0) * 100.0)
}

/// `2026-11` as the language writes it.
pub(super) fn month_name(month: &str, words: &Catalogue) -> String {
    let Some((year, number)) = month.split_once('-') else {
        return month.to_owned();
    };
    let name = words.family("page-month", number);
    words.text_of("page-month_of", [("name", name), ("year", year.to_owned())])
}
