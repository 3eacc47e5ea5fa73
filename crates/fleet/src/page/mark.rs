//! A carrier's mark in a picture: a shape and a colour that say the same, so that colour alone says nothing.

use maud::{Markup, html};

/// A mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A disc.
    Orange,
    /// A square.
    Sfr,
    /// A triangle.
    Bouygues,
    /// A diamond.
    Other,
    /// A ring: nothing was measured that would do.
    Unknown,
}

impl Mark {
    /// That of a carrier.
    pub(super) fn of(carrier: &str) -> Self {
        match carrier {
            "orange" => Self::Orange,
            "sfr" => Self::Sfr,
            "bouygues" => Self::Bouygues,
            _ => Self::Other,
        }
    }

    /// What its colour is under in the style.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::Orange => "c-orange",
            Self::Sfr => "c-sfr",
            Self::Bouygues => "c-bouygues",
            Self::Other => "c-other",
            Self::Unknown => "c-unknown",
        }
    }

    fn shape(self) -> Markup {
        html! {
            @match self {
                Self::Orange => { circle.dot r="7" {} },
                Self::Sfr => { rect.dot x="-6.5" y="-6.5" width="13" height="13" {} },
                Self::Bouygues => { path.dot d="M0-8 8 6H-8z" {} },
                Self::Other => { path.dot d="M0-8 8 0 0 8-8 0z" {} },
                Self::Unknown => { circle.dot.hollow r="6" {} },
            }
        }
    }

    /// It at a place of a picture.
    pub(super) fn at(self, (x, y): (f64, f64)) -> Markup {
        let round = |value: f64| (value * 10.0).round() / 10.0;
        html! { svg.at.(self.class()) x=(round(x)) y=(round(y)) { (self.shape()) } }
    }

    /// It beside a text that says what it is.
    pub(super) fn key(self) -> Markup {
        html! { svg width="18" height="18" aria-hidden="true" { (self.at((9.0, 9.0))) } }
    }
}
