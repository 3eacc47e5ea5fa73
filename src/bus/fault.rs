//! What a call that failed means, as far as the bus and every daemon on it agree.

use std::time::Duration;

use super::call::MethodCall;
use crate::guard::Rule;

/// A call that failed.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{call}: {cause:?}")]
pub struct CallFault {
    /// The call, as messages name it: `Modem3gpp.Register`.
    pub(crate) call: String,
    /// Whom it was about: the daemon, or what a modem is known by.
    pub(crate) about: String,
    pub(crate) cause: Cause,
}

/// How a call failed.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cause {
    /// It was not sent.
    Guarded(Rule),
    /// No answer came in this time.
    Silent(Duration),
    /// There is no bus.
    NoBus(String),
    /// The daemon, or whoever carried the call, ended.
    Lost,
    /// There is no such object any more.
    Gone,
    /// The bus or the daemon does not let this user.
    Denied,
    /// The answer cannot be read.
    Unreadable(String),
    /// It was refused otherwise: the error's name, where it has one, and the words.
    Refused { name: String, detail: String },
}

impl CallFault {
    pub(crate) fn new(call: &MethodCall, about: &str, cause: Cause) -> Self {
        Self {
            call: call.name(),
            about: about.to_owned(),
            cause,
        }
    }

    /// Nothing has this name any more.
    pub(crate) fn gone(name: &str) -> Self {
        Self {
            call: String::new(),
            about: name.to_owned(),
            cause: Cause::Gone,
        }
    }

    /// The same fault of a call that was about something else than the daemon.
    pub(crate) fn about(self, name: &str) -> Self {
        Self {
            about: name.to_owned(),
            ..self
        }
    }

    /// What the bus's library says of a call.
    pub(super) fn of(call: &MethodCall, about: &str, error: zbus::Error) -> Self {
        let cause = match error {
            zbus::Error::MethodError(name, detail, _) => {
                let detail = detail.unwrap_or_default();
                // Properties are had of every object that is there; another call may be of an interface that it has not.
                let gone = call.is_of_any_object() || detail.starts_with("Object does not exist");
                if gone && name.as_str() == "org.freedesktop.DBus.Error.UnknownMethod" {
                    Cause::Gone
                } else {
                    Cause::named(name.as_str(), detail)
                }
            }
            zbus::Error::InputOutput(_) => Cause::Lost,
            other => Cause::Refused {
                name: String::new(),
                detail: other.to_string(),
            },
        };
        Self::new(call, about, cause)
    }
}

impl Cause {
    /// An error's name and text.
    pub(crate) fn named(name: &str, detail: String) -> Self {
        match name.rsplit('.').next().unwrap_or_default() {
            "ServiceUnknown" | "NameHasNoOwner" | "NoReply" | "Disconnected" => Self::Lost,
            "UnknownObject" => Self::Gone,
            "AccessDenied" | "AuthFailed" | "NotAuthorized" | "PermissionDenied" => Self::Denied,
            _ => Self::Refused {
                name: name.to_owned(),
                detail,
            },
        }
    }
}

/// What a daemon does not offer, or not to this user, is unknown; anything else is a fault.
pub(crate) fn known<T>(result: Result<T, CallFault>) -> Result<Option<T>, CallFault> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(fault) => match fault.cause {
            Cause::Denied | Cause::Refused { .. } | Cause::Unreadable(_) => Ok(None),
            _ => Err(fault),
        },
    }
}
