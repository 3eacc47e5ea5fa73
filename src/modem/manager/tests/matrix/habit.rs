//! What daemons do badly, and modems behind them: each once, to be put together.

use std::time::Duration;

use crate::domain::Plmn;

/// How a daemon, or the modem behind it, is odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Habit {
    /// It refuses registrations with this error.
    Refuses(No, When, Fate),
    /// It goes on showing the former network after a registration, for this long.
    ShowsFormer(Duration),
    /// What it shows in the place of the code of the network in use.
    Code(Code),
    /// The state that it shows while the modem is on a network.
    Stands(u32),
    /// The same until the first registration.
    StandsAtFirst(u32),
    /// How it is with levels.
    Levels(Levels),
    /// It answers a registration before the modem has even begun to move, this long before.
    AnswersEarly(Duration),
    /// It answers a registration this long after it was asked, and the modem moves only then.
    AnswersLate(Duration),
    /// It says that it is busy while a registration is under way; else a new one takes the place of the old.
    OneAtATime,
    /// The modem moves on to another network by itself after a registration.
    Strays(When),
    /// Its radio is switched off.
    RadioOff,
    /// It was never switched on.
    Disabled,
    /// It has a connection up, and registers nowhere else.
    Connected,
    /// How it is with the SIM.
    Card(Card),
    /// It says nothing unasked.
    Mute,
    /// How it is with the list of networks.
    List(List),
    /// It does not tell the modem's number.
    Numberless,
    /// The technologies that it shows.
    Access(u32),
    /// It tells nobody where the modem is.
    Placeless,
    /// It lists the serving cell.
    TellsCells,
    /// What becomes of it at its so-and-so-many-th call of a session.
    At(usize, End),
}

/// What it refuses with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum No {
    InProgress,
    WrongState,
    Unauthorized,
    Cancelled,
    Failed,
    Unknown,
    NotHeard,
    NotAllowed,
    Timeout,
    Unanswered,
}

impl No {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::InProgress => "org.freedesktop.ModemManager1.Error.Core.InProgress",
            Self::WrongState => "org.freedesktop.ModemManager1.Error.Core.WrongState",
            Self::Unauthorized => "org.freedesktop.ModemManager1.Error.Core.Unauthorized",
            Self::Cancelled => "org.freedesktop.ModemManager1.Error.Core.Cancelled",
            Self::Failed => "org.freedesktop.ModemManager1.Error.Core.Failed",
            Self::Unknown => "org.freedesktop.ModemManager1.Error.MobileEquipment.Unknown",
            Self::NotHeard => "org.freedesktop.ModemManager1.Error.MobileEquipment.NoNetwork",
            Self::NotAllowed => {
                "org.freedesktop.ModemManager1.Error.MobileEquipment.NetworkNotAllowed"
            }
            Self::Timeout => "org.freedesktop.ModemManager1.Error.MobileEquipment.NetworkTimeout",
            Self::Unanswered => "org.freedesktop.DBus.Error.NoReply",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Always,
    /// The first alone.
    Once,
    /// All but the first.
    Later,
}

impl When {
    /// Whether it concerns the registration of this number, from 1.
    pub(super) fn is(self, number: usize) -> bool {
        match self {
            Self::Always => true,
            Self::Once => number == 1,
            Self::Later => number > 1,
        }
    }
}

/// What became of the modem all the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It was not asked.
    Stayed,
    /// It moved.
    Moved,
    /// It left for the new network and got nowhere.
    Lost,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Code {
    Empty,
    /// A name.
    Name,
    /// A number, where a text belongs.
    Number,
    /// Nothing of the network at all.
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Levels {
    NotOffered,
    Refused,
    Denied,
    /// The rate is taken, and none ever come.
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Card {
    Absent,
    Puk,
    /// The second PIN, which concerns a few settings.
    Pin2,
    Untold,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum List {
    Refused,
    InProgress,
    Empty,
    /// None of it is said to be in use.
    Unmarked,
    Slow,
    NeverEnds,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// It leaves the bus; what it had asked of the modem goes on.
    Dies,
    /// It never answers that call.
    Hangs,
    /// It answers no call any more.
    Deaf,
    /// It has the modem no more.
    Loses,
}

/// As long as it runs.
pub(super) const FOR_GOOD: Duration = Duration::from_hours(999);

/// Each refusal with what may have become of the modem.
const REFUSALS: [(No, &[Fate]); 10] = [
    (No::InProgress, &[Fate::Stayed]),
    (No::WrongState, &[Fate::Stayed]),
    (No::Unauthorized, &[Fate::Stayed]),
    (No::Cancelled, &[Fate::Stayed, Fate::Moved, Fate::Lost]),
    (No::Failed, &[Fate::Stayed, Fate::Moved, Fate::Lost]),
    (No::Unknown, &[Fate::Stayed, Fate::Moved, Fate::Lost]),
    (No::NotHeard, &[Fate::Lost]),
    (No::NotAllowed, &[Fate::Lost]),
    (No::Timeout, &[Fate::Moved, Fate::Lost]),
    (No::Unanswered, &[Fate::Moved, Fate::Stayed]),
];

/// All of them.
pub(super) fn catalogue() -> Vec<Habit> {
    let seconds = Duration::from_secs;
    let mut all = Vec::new();
    for (no, fates) in REFUSALS {
        for fate in fates {
            for when in [When::Always, When::Once, When::Later] {
                all.push(Habit::Refuses(no, when, *fate));
            }
        }
    }
    all.extend([seconds(8), seconds(25), FOR_GOOD].map(Habit::ShowsFormer));
    all.extend([Code::Empty, Code::Name, Code::Number, Code::Nothing].map(Habit::Code));
    all.extend([0, 2, 3, 4, 6, 8].map(Habit::Stands));
    all.extend([0, 2, 3, 4, 6, 8].map(Habit::StandsAtFirst));
    let levels = [
        Levels::NotOffered,
        Levels::Refused,
        Levels::Denied,
        Levels::Never,
    ];
    all.extend(levels.map(Habit::Levels));
    all.extend([seconds(1), seconds(12), seconds(50)].map(Habit::AnswersEarly));
    all.extend([seconds(20), seconds(58), seconds(70), seconds(115)].map(Habit::AnswersLate));
    all.extend([When::Always, When::Once, When::Later].map(Habit::Strays));
    all.extend([
        Habit::OneAtATime,
        Habit::RadioOff,
        Habit::Disabled,
        Habit::Connected,
        Habit::Mute,
        Habit::Numberless,
        Habit::Placeless,
        Habit::TellsCells,
        Habit::Access(0),
        Habit::Access(u32::MAX),
        Habit::Access(1 << 15),
    ]);
    all.extend([Card::Absent, Card::Puk, Card::Pin2, Card::Untold].map(Habit::Card));
    let lists = [
        List::Refused,
        List::InProgress,
        List::Empty,
        List::Unmarked,
        List::Slow,
        List::NeverEnds,
    ];
    all.extend(lists.map(Habit::List));
    for end in [End::Dies, End::Hangs, End::Deaf, End::Loses] {
        all.extend([2, 9, 18, 23, 30, 42, 60].map(|call| Habit::At(call, end)));
    }
    all
}

/// Where a modem strays that was asked to go to `plmn`.
pub(super) fn astray(plmn: Plmn) -> Plmn {
    let code = if plmn.as_str() == "20820" {
        "20810"
    } else {
        "20820"
    };
    code.parse().unwrap()
}
