//! Why a document is not taken in.

use std::fmt;

/// The reasons, each with the name of its folder in the quarantine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Refusal {
    /// Longer than any document.
    Size,
    /// Not UTF-8.
    Utf8,
    /// Not JSON, or an archive that is none.
    Json,
    /// Not a document of opensim.
    SchemaUnknown,
    /// Not what its schema says.
    SchemaInvalid,
    /// From before there was opensim, or from the future.
    Clock,
    /// A value that cannot be.
    Range,
    /// A network's code that is none.
    Plmn,
    /// More carriers than there are, the same twice, or one whose id is none.
    Carriers,
    /// The site is not registered.
    SiteUnknown,
    /// The site is forgotten. Nothing of the document is kept.
    SiteForgotten,
    /// The name is not the document's: its digest differs, it is a link, or it leads elsewhere.
    Name,
}

impl Refusal {
    /// All of them, in the order in which a document is looked at.
    pub const ALL: [Self; 12] = [
        Self::SiteForgotten,
        Self::SiteUnknown,
        Self::Size,
        Self::Utf8,
        Self::Json,
        Self::Name,
        Self::SchemaUnknown,
        Self::SchemaInvalid,
        Self::Clock,
        Self::Carriers,
        Self::Plmn,
        Self::Range,
    ];

    /// As the folder is named, and the JSON says it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Size => "size",
            Self::Utf8 => "utf8",
            Self::Json => "json",
            Self::SchemaUnknown => "schema.unknown",
            Self::SchemaInvalid => "schema.invalid",
            Self::Clock => "clock",
            Self::Range => "range",
            Self::Plmn => "plmn",
            Self::Carriers => "carriers",
            Self::SiteUnknown => "site.unknown",
            Self::SiteForgotten => "site.forgotten",
            Self::Name => "name",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
