//! Laws of the catalogues.
