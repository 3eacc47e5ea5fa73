//! The registry of sites: the operator's list of which home is where and whose, and those that are forgotten.
//!
//! A document says nothing of its place; the registry does, down to the commune and no finer. In rows a site has a number
//! that is made from its own with the fleet's key.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use arrow_array::ArrayRef;
use arrow_array::builder::{Float64Builder, StringBuilder};
use opensim::i18n::is_hidden;
use opensim_os::files::{self, Links, named};

use crate::columns::SITES;
use crate::disk;
use crate::error::Error;
use crate::folder::{Fleet, FleetKey};
use crate::lake;

const HEADER: [&str; 7] = ["site", "partner", "commune", "name", "region", "lat", "lon"];
/// The largest list that is read: some million sites.
const LONGEST: u64 = 200_000_000;
/// The longest text of a column.
const LONGEST_TEXT: usize = 80;

/// A site as it is registered.
#[derive(Debug, Clone, PartialEq)]
pub struct RegisteredSite {
    /// Its number in the rows.
    pub number: u64,
    /// Whose it is.
    pub partner: Option<String>,
    /// The commune's code.
    pub postcode: Option<String>,
    /// The commune's name.
    pub commune_name: Option<String>,
    /// The region.
    pub region: Option<String>,
    /// Where the commune is, in degrees, to two decimals.
    pub place: Option<(f64, f64)>,
}

/// All sites that are registered, by their numbers in the certificates, and those that are forgotten.
#[derive(Debug, Default)]
pub struct Registry {
    sites: BTreeMap<String, RegisteredSite>,
    forgotten: BTreeSet<u64>,
}

/// What registering gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Registered {
    /// How many sites are registered.
    pub sites: usize,
    /// How many of the list are not, since they are forgotten.
    pub forgotten: usize,
    /// How many that were registered before are not in the list.
    pub gone: usize,
}

/// Whether a text is a site's number in a certificate: 16 hexadecimal digits in small letters.
pub fn is_number(text: &str) -> bool {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    text.len() == 16 && text.bytes().all(is_digit)
}

/// Puts a list in the place of the one before. Nothing is changed where a line of it is not one.
///
/// # Errors
/// What is wrong with the list, or the disk.
pub fn register(fleet: &Fleet, list: &Path) -> Result<Registered, Error> {
    let key = fleet.key()?;
    let _held = fleet.lock()?;
    let (text, _) = named::read(list, LONGEST).map_err(|error| Error::file(list, &error))?;
    let mut sites = parsed(&text, list, &key)?;
    if sites.is_empty() {
        return Err(Error::Registry {
            file: list.to_owned(),
            line: 1,
            detail: "empty",
        });
    }
    let before = match Registry::open(fleet, &key) {
        // One that somebody spoilt by hand is what a new list is for.
        Err(Error::Registry { .. }) => Registry {
            forgotten: read_forgotten(fleet)?,
            ..Registry::default()
        },
        before => before?,
    };
    let listed = sites.len();
    sites.retain(|_, site| !before.is_forgotten(site.number));
    let gone = before.sites.iter();
    let gone = gone
        .filter(|(number, site)| !sites.contains_key(*number) && !before.is_forgotten(site.number));
    let registered = Registered {
        sites: sites.len(),
        forgotten: listed - sites.len(),
        gone: gone.count(),
    };
    // What is kept is written anew: it has the columns in their order, and none of the forgotten.
    disk::put(&fleet.sites_csv(), written(&sites, list)?.as_bytes())?;
    let registry = Registry {
        sites,
        forgotten: before.forgotten,
    };
    registry.write(fleet)?;
    Ok(registered)
}

/// The list as it is kept.
fn written(sites: &BTreeMap<String, RegisteredSite>, list: &Path) -> Result<String, Error> {
    let unwritten = |_| unwritten_list(list);
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER).map_err(unwritten)?;
    for (number, site) in sites {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let degrees = |of: fn((f64, f64)) -> f64| {
            site.place
                .map(|place| of(place).to_string())
                .unwrap_or_default()
        };
        let record = [
            number.clone(),
            text(&site.partner),
            text(&site.postcode),
            text(&site.commune_name),
            text(&site.region),
            degrees(|place| place.0),
            degrees(|place| place.1),
        ];
        writer.write_record(record).map_err(unwritten)?;
    }
    let bytes = writer.into_inner().map_err(|_| unwritten_list(list))?;
    String::from_utf8(bytes).map_err(|_| unwritten_list(list))
}

fn unwritten_list(list: &Path) -> Error {
    Error::file(list, &std::io::ErrorKind::InvalidData.into())
}

impl Registry {
    /// The fleet's; an empty one where none was given yet.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn open(fleet: &Fleet, key: &FleetKey) -> Result<Self, Error> {
        let file = fleet.sites_csv();
        let sites = match files::read(&file, LONGEST, Links::Refused) {
            Ok((text, _)) => parsed(&text, &file, key)?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => BTreeMap::new(),
            Err(error) => return Err(Error::read(&file, &error)),
        };
        Ok(Self {
            sites,
            forgotten: read_forgotten(fleet)?,
        })
    }

    /// The sites that are not forgotten, by their numbers in the certificates.
    pub fn sites(&self) -> impl Iterator<Item = (&str, &RegisteredSite)> {
        let sites = self
            .sites
            .iter()
            .filter(|(_, site)| !self.is_forgotten(site.number));
        sites.map(|(number, site)| (number.as_str(), site))
    }

    /// How many sites it has that are not forgotten.
    pub fn len(&self) -> usize {
        self.sites().count()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A site by its number in the certificate.
    pub fn site(&self, number: &str) -> Option<&RegisteredSite> {
        self.sites.get(number)
    }

    /// A site by its number in the certificate, or by that of the rows; the first of the two with it.
    pub fn find(&self, number: &str) -> Option<(&str, &RegisteredSite)> {
        let number = number.to_ascii_lowercase();
        let in_rows = u64::from_str_radix(&number, 16).ok();
        let mut sites = self.sites();
        sites.find(|(own, site)| *own == number || Some(site.number) == in_rows)
    }

    /// Whether nothing of a site, by its number in the rows, is taken in.
    pub fn is_forgotten(&self, number: u64) -> bool {
        self.forgotten.contains(&number)
    }

    /// Notes that nothing of a site is taken in any more, and takes it out of the list.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn forget(&mut self, fleet: &Fleet, site: &str, key: &FleetKey) -> Result<u64, Error> {
        let number = key.pseudonym(site);
        if self.forgotten.insert(number) {
            let lines: Vec<String> = self
                .forgotten
                .iter()
                .map(|n| {
                    format!(
                        "{n:016x}
"
                    )
                })
                .collect();
            disk::put(&fleet.forgotten(), lines.concat().as_bytes())?;
        }
        Ok(number)
    }

    /// Takes a site's line out of the list, and its row out of the table.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn strike(&mut self, fleet: &Fleet, site: &str) -> Result<(), Error> {
        // The table first: while its line is there, a run that was stopped is known to have something left to do.
        self.write(fleet)?;
        if self.sites.remove(site).is_none() {
            return Ok(());
        }
        let file = fleet.sites_csv();
        disk::put(&file, written(&self.sites, &file)?.as_bytes())
    }

    /// The table of the sites, in the order of their numbers.
    fn write(&self, fleet: &Fleet) -> Result<(), Error> {
        let mut sites: Vec<&RegisteredSite> = self.sites.values().collect();
        sites.retain(|site| !self.forgotten.contains(&site.number));
        sites.sort_by_key(|site| site.number);
        let text = |of: &dyn Fn(&RegisteredSite) -> Option<String>| -> ArrayRef {
            let mut column = StringBuilder::new();
            for site in &sites {
                column.append_option(of(site));
            }
            Arc::new(column.finish())
        };
        let degrees = |of: fn((f64, f64)) -> f64| -> ArrayRef {
            let mut column = Float64Builder::new();
            let places = sites.iter().map(|site| site.place.map(of));
            places.for_each(|place| column.append_option(place));
            Arc::new(column.finish())
        };
        let columns = vec![
            text(&|site| Some(format!("{:016x}", site.number))),
            text(&|site| site.partner.clone()),
            text(&|site| site.postcode.clone()),
            text(&|site| site.commune_name.clone()),
            text(&|site| site.region.clone()),
            degrees(|place| place.0),
            degrees(|place| place.1),
        ];
        lake::write_whole(&fleet.sites_parquet(), SITES, columns)
    }
}

fn read_forgotten(fleet: &Fleet) -> Result<BTreeSet<u64>, Error> {
    let file = fleet.forgotten();
    let text = match files::read(&file, LONGEST, Links::Refused) {
        Ok((text, _)) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(Error::read(&file, &error)),
    };
    let number = |line: &str| {
        // A line that is none would be a site that comes back.
        u64::from_str_radix(line, 16).map_err(|_| Error::Read {
            file: file.clone(),
            detail: "file.not_text".to_owned(),
        })
    };
    text.lines().map(number).collect()
}

/// Reads the whole list, or says which line is none.
fn parsed(
    text: &str,
    file: &Path,
    key: &FleetKey,
) -> Result<BTreeMap<String, RegisteredSite>, Error> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    // What a spreadsheet writes where numbers have a decimal comma.
    let is_semicolons = first.contains(';') && !first.contains(',');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(if is_semicolons { b';' } else { b',' })
        .from_reader(text.as_bytes());
    let mut sites = BTreeMap::new();
    let mut columns: Option<Columns> = None;
    for record in reader.records() {
        let wrong = |line: u64, detail| Error::Registry {
            file: file.to_owned(),
            line,
            detail,
        };
        let record = record.map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            wrong(line, "columns")
        })?;
        let line = record.position().map_or(1, csv::Position::line);
        let Some(columns) = &columns else {
            columns = Some(Columns::of(&record).ok_or_else(|| wrong(line, "header"))?);
            continue;
        };
        let found = of_record(&record, columns, key);
        let (number, site) = found.map_err(|detail| wrong(line, detail))?;
        if sites.insert(number, site).is_some() {
            return Err(wrong(line, "twice"));
        }
    }
    if columns.is_none() {
        return Err(Error::Registry {
            file: file.to_owned(),
            line: 1,
            detail: "header",
        });
    }
    Ok(sites)
}

/// Where in a line each of [`HEADER`] stands. A list has those that it knows, in its own order, and `site` always.
struct Columns {
    places: [Option<usize>; HEADER.len()],
    count: usize,
}

impl Columns {
    fn of(first: &csv::StringRecord) -> Option<Self> {
        let mut places = [None; HEADER.len()];
        for (at, name) in first.iter().enumerate() {
            let known = HEADER.iter().position(|known| *known == name.trim())?;
            if places[known].replace(at).is_some() {
                return None;
            }
        }
        places[0]?;
        Some(Self {
            places,
            count: first.len(),
        })
    }
}

fn of_record(
    record: &csv::StringRecord,
    columns: &Columns,
    key: &FleetKey,
) -> Result<(String, RegisteredSite), &'static str> {
    if record.len() != columns.count {
        return Err("columns");
    }
    let field = |at: usize| {
        let place = columns.places.get(at).copied().flatten();
        place
            .and_then(|place| record.get(place))
            .unwrap_or_default()
            .trim()
    };
    let number = field(0);
    if !is_number(number) {
        return Err("site");
    }
    let text = |at: usize| -> Result<Option<String>, &'static str> {
        let text = field(at);
        let is_shown = |c: char| !c.is_control() && !is_hidden(c);
        if text.chars().count() > LONGEST_TEXT || !text.chars().all(is_shown) {
            return Err("text");
        }
        Ok(Some(text.to_owned()).filter(|text| !text.is_empty()))
    };
    let commune = text(2)?;
    let is_code =
        |code: &String| code.len() == 5 && code.bytes().all(|b| b.is_ascii_alphanumeric());
    if !commune.as_ref().is_none_or(is_code) {
        return Err("commune");
    }
    let degrees = |at: usize, most: f64| -> Result<Option<f64>, &'static str> {
        if field(at).is_empty() {
            return Ok(None);
        }
        let degrees: f64 = field(at).replace(',', ".").parse().map_err(|_| "place")?;
        let is_on_earth = degrees.is_finite() && degrees.abs() <= most;
        // A house is not to be found by it, whatever the list says.
        is_on_earth
            .then(|| Some((degrees * 100.0).round() / 100.0))
            .ok_or("place")
    };
    let place = match (degrees(5, 90.0)?, degrees(6, 180.0)?) {
        (Some(lat), Some(lon)) => Some((lat, lon)),
        (None, None) => None,
        _ => return Err("place"),
    };
    let site = RegisteredSite {
        number: key.pseudonym(number),
        partner: text(1)?,
        postcode: commune,
        commune_name: text(3)?,
        region: text(4)?,
        place,
    };
    Ok((number.to_owned(), site))
}
