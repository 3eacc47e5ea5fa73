//! What a person reads, in French and in English: each quirk of the virtual modem, and no sentence that is not so.

use super::*;
