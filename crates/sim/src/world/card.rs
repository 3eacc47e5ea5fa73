//! The SIM card: its numbers, its PIN and the tries that are left.

/// A SIM card, or the empty slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Card {
    state: CardState,
    held: bool,
    /// The card's number.
    pub iccid: String,
    /// The subscription's number.
    pub imsi: String,
    /// The telephone number written on it, in international form.
    pub number: Option<String>,
    pin: String,
    puk: String,
    /// Whether the PIN is asked for at start.
    pub locked_at_start: bool,
    /// Tries left for the PIN.
    pub pin_tries: u8,
    /// Tries left for the PUK.
    pub puk_tries: u8,
}

/// What the card asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CardState {
    /// Nothing: it works.
    Ready,
    /// The PIN.
    Pin,
    /// The PUK, after three wrong PINs.
    Puk,
    /// It is blocked for good.
    Blocked,
    /// There is none.
    Absent,
    /// The modem does not let it be used: it is read still, or something is wrong with it.
    Held,
}

/// Why a secret was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// It is wrong; a try is gone.
    Wrong,
    /// The card asks for no secret, or for another one.
    NotAsked,
}

/// Tries for a PIN on a fresh card (TS 31.101 9.5).
pub(crate) const PIN_TRIES: u8 = 3;
/// Tries for a PUK on a fresh card.
pub(crate) const PUK_TRIES: u8 = 10;

impl Card {
    /// A card that works, without a lock.
    pub fn new(iccid: String, imsi: String) -> Self {
        Self {
            state: CardState::Ready,
            held: false,
            iccid,
            imsi,
            number: None,
            pin: "0000".to_owned(),
            puk: "12345678".to_owned(),
            locked_at_start: false,
            pin_tries: PIN_TRIES,
            puk_tries: PUK_TRIES,
        }
    }

    /// The same in another state.
    pub fn in_state(self, state: CardState) -> Self {
        Self { state, ..self }
    }

    /// The same with these secrets.
    pub fn with_secrets(self, pin: Option<String>, puk: Option<String>) -> Self {
        Self {
            pin: pin.unwrap_or(self.pin),
            puk: puk.unwrap_or(self.puk),
            ..self
        }
    }

    /// What it asks for.
    pub fn state(&self) -> CardState {
        if self.held {
            CardState::Held
        } else {
            self.state
        }
    }

    /// Keeps it from being used, or lets it be used again.
    pub fn hold(&mut self, held: bool) {
        self.held = held;
    }

    /// Whether it works.
    pub fn is_ready(&self) -> bool {
        self.state() == CardState::Ready
    }

    /// A restart of the modem: the lock is back where it is on.
    pub fn power_cycle(&mut self) {
        if self.state == CardState::Ready && self.locked_at_start {
            self.state = CardState::Pin;
        }
    }

    /// Gives the PIN that the card asks for.
    pub fn enter_pin(&mut self, pin: &str) -> Result<(), Refused> {
        if self.state != CardState::Pin {
            return Err(Refused::NotAsked);
        }
        self.check_pin(pin)?;
        self.state = CardState::Ready;
        Ok(())
    }

    /// Checks the PIN of a card that works or asks for it; a wrong one costs a try.
    fn check_pin(&mut self, pin: &str) -> Result<(), Refused> {
        if pin == self.pin {
            self.pin_tries = PIN_TRIES;
            return Ok(());
        }
        self.pin_tries = self.pin_tries.saturating_sub(1);
        if self.pin_tries == 0 {
            self.state = CardState::Puk;
        }
        Err(Refused::Wrong)
    }

    /// Gives the PUK and a new PIN.
    pub fn enter_puk(&mut self, puk: &str, new_pin: &str) -> Result<(), Refused> {
        if self.state != CardState::Puk {
            return Err(Refused::NotAsked);
        }
        if puk == self.puk {
            new_pin.clone_into(&mut self.pin);
            (self.pin_tries, self.puk_tries) = (PIN_TRIES, PUK_TRIES);
            self.state = CardState::Ready;
            return Ok(());
        }
        self.puk_tries = self.puk_tries.saturating_sub(1);
        if self.puk_tries == 0 {
            self.state = CardState::Blocked;
        }
        Err(Refused::Wrong)
    }

    /// Turns the question for the PIN at start on or off.
    pub fn set_lock(&mut self, on: bool, pin: &str) -> Result<(), Refused> {
        if self.state != CardState::Ready {
            return Err(Refused::NotAsked);
        }
        self.check_pin(pin)?;
        self.locked_at_start = on;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locked() -> Card {
        let mut card = Card::new("8933010000000012346".into(), "208010000000012".into())
            .with_secrets(Some("1234".into()), Some("87654321".into()))
            .in_state(CardState::Pin);
        card.locked_at_start = true;
        card
    }

    #[test]
    fn three_wrong_pins_ask_for_the_puk() {
        let mut card = locked();
        for left in [2, 1, 0] {
            assert_eq!(card.enter_pin("9999"), Err(Refused::Wrong));
            assert_eq!(card.pin_tries, left);
        }
        assert_eq!(card.state(), CardState::Puk);
        assert_eq!(card.enter_pin("1234"), Err(Refused::NotAsked));
        assert_eq!(card.enter_puk("87654321", "4321"), Ok(()));
        assert_eq!((card.state(), card.pin_tries), (CardState::Ready, 3));
    }

    #[test]
    fn the_right_pin_gives_the_tries_back_and_lasts_until_the_restart() {
        let mut card = locked();
        assert_eq!(card.enter_pin("0000"), Err(Refused::Wrong));
        assert_eq!(card.enter_pin("1234"), Ok(()));
        assert_eq!((card.state(), card.pin_tries), (CardState::Ready, 3));
        card.power_cycle();
        assert_eq!(card.state(), CardState::Pin);
    }

    #[test]
    fn ten_wrong_puks_block_the_card() {
        let mut card = locked().in_state(CardState::Puk);
        for _ in 0..10 {
            assert_eq!(card.enter_puk("00000000", "1234"), Err(Refused::Wrong));
        }
        assert_eq!(card.state(), CardState::Blocked);
    }
}
