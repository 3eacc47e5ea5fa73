//! A selection by hand that the modem refuses out of habit, whatever the network would say.

use super::VirtualModem;
use crate::line::AtCommand;
use crate::persona::{Answer, common};
use crate::quirks::{AfterRefusal, RefusalWords};

impl VirtualModem {
    /// The refusal of a selection by hand; `None` where this one is taken.
    pub(super) fn refuse(&mut self, command: &AtCommand) -> Option<Answer> {
        let quirks = &self.state.quirks;
        let refusal = quirks.refuse_selection;
        let words = refusal.words?;
        let mode = command.number(0).filter(|mode| matches!(mode, 1 | 4))?;
        let (plmn, access) = common::wanted(command, &self.state)?;
        let of = &quirks.refuse_selection_of;
        if !of.is_empty() && !of.iter().any(|code| code == plmn.as_str()) {
            return None;
        }
        let times = quirks.refuse_selection_times;
        if times != 0 && self.refused >= times {
            return None;
        }
        self.refused = self.refused.saturating_add(1);
        let (world, now) = (&mut self.state.world, self.state.now);
        match refusal.then {
            AfterRefusal::Stays => {}
            AfterRefusal::Lost => world.lose(now, plmn, access),
            AfterRefusal::Registers => world.select(now, plmn, access, mode == 4),
        }
        Some(match words {
            RefusalWords::Error => Answer::error(),
            RefusalWords::Cme(code) => Answer::cme(code),
        })
    }
}
