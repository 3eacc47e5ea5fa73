//! What a page is drawn by.

/// How a page is drawn; the caller knows the terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// Whether colour repeats what the words say.
    pub color: bool,
    /// Whether the terminal knows ASCII alone.
    pub ascii: bool,
    /// How many columns there are; tables fit 80, and are told as lists where they do not.
    pub width: usize,
    /// Whether everything is told in the order in which it is read: tables as lists, for whoever is read to.
    pub in_order: bool,
    /// Whether what went wrong stands under the page.
    pub with_error: bool,
}

impl Style {
    /// For a page that is kept: plain, and whole by itself.
    #[must_use]
    pub fn kept(self) -> Self {
        Self {
            color: false,
            with_error: true,
            width: 80,
            in_order: false,
            ..self
        }
    }

    /// For a page that was kept and is shown again: what went wrong then belongs to it.
    #[must_use]
    pub fn again(self) -> Self {
        Self {
            with_error: true,
            ..self
        }
    }
}

impl Default for Style {
    fn default() -> Self {
        Self {
            color: false,
            ascii: false,
            width: 80,
            in_order: false,
            with_error: false,
        }
    }
}
