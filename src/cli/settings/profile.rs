//! The SIM's carriers: the three of the trade or those that `carriers` lists, with those of `[[carrier]]`.

use std::ops::Range;

use toml::Spanned;

use crate::cli::config::{CarrierKeys, ConfigFile};
use crate::domain::carrier::NotACarrier;
use crate::domain::codes::Detail;
use crate::domain::{Carrier, Profile};
use crate::error::Error;

/// The profile that the user's file and the machine's give together.
///
/// # Errors
/// When a carrier is none, or there is none at all.
pub(super) fn of(user: &ConfigFile, machine: &ConfigFile) -> Result<Profile, Error> {
    let tables = either(user, machine, |file| file.keys.carrier.is_some());
    let own: Vec<Carrier> = tables
        .keys
        .carrier
        .iter()
        .flatten()
        .map(|table| carrier(table, tables))
        .collect::<Result<_, _>>()?;
    let list = either(user, machine, |file| file.keys.carriers.is_some());
    let (mut carriers, place) = match &list.keys.carriers {
        Some(words) => (listed(words, &own, list)?, words.span()),
        None => (Profile::default().carriers, Range::default()),
    };
    for carrier in own {
        put(&mut carriers, carrier);
    }
    if carriers.is_empty() {
        return Err(list.fault(&place, Detail::CONFIG_NO_CARRIER));
    }
    Ok(Profile { carriers })
}

fn either<'a>(
    user: &'a ConfigFile,
    machine: &'a ConfigFile,
    has: impl Fn(&ConfigFile) -> bool,
) -> &'a ConfigFile {
    if has(user) { user } else { machine }
}

/// The carriers of a list, each once.
fn listed(
    words: &Spanned<Vec<Spanned<String>>>,
    own: &[Carrier],
    file: &ConfigFile,
) -> Result<Vec<Carrier>, Error> {
    let known = Profile {
        carriers: own.to_vec(),
    };
    let mut carriers = Vec::new();
    for word in words.get_ref() {
        let named = known.named(word.get_ref());
        put(
            &mut carriers,
            named.map_err(|_| file.fault(&word.span(), Detail::CONFIG_NOT_CARRIER))?,
        );
    }
    Ok(carriers)
}

/// Behind the others, or in the place of the one of the same name.
fn put(carriers: &mut Vec<Carrier>, carrier: Carrier) {
    let same = |other: &&mut Carrier| other.id.eq_ignore_ascii_case(&carrier.id);
    match carriers.iter_mut().find(same) {
        Some(former) => *former = carrier,
        None => carriers.push(carrier),
    }
}

fn carrier(table: &Spanned<CarrierKeys>, file: &ConfigFile) -> Result<Carrier, Error> {
    let keys = table.get_ref();
    let id = keys.id.as_ref().map(|id| id.trim().to_owned());
    let Some(id) = id.filter(|id| !id.is_empty() && !keys.plmns.is_empty()) else {
        return Err(file.fault(&table.span(), Detail::CONFIG_CARRIER_INCOMPLETE));
    };
    if let Err(NotACarrier::Automatic(_)) = Profile::default().named(&id) {
        return Err(file.fault(&table.span(), Detail::CONFIG_CARRIER_RESERVED));
    }
    Ok(Carrier {
        name: keys.name.clone().unwrap_or_else(|| id.clone()),
        plmns: keys.plmns.iter().map(|plmn| plmn.0).collect(),
        bands: keys.bands.clone(),
        id,
    })
}
