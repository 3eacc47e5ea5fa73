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
    let sites = parsed(&text, list, &key)?;
    let registry = Registry {
        sites,
        forgotten: read_forgotten(fleet)?,
    };
    disk::put(&fleet.sites_csv(), text.as_bytes())?;
    registry.write(fleet)?;
    let forgotten = registry.sites.values();
    let forgotten = forgotten.filter(|site| registry.forgotten.contains(&site.number));
    let forgotten = forgotten.count();
    Ok(Registered {
        sites: registry.sites.len() - forgotten,
        forgotten,
    })
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

    /// How many sites it has that are not forgotten.
    pub fn len(&self) -> usize {
        let sites = self.sites.values();
        sites.filter(|site| !self.is_forgotten(site.number)).count()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A site by its number in the certificate.
    pub fn site(&self, number: &str) -> Option<&RegisteredSite> {
        self.sites.get(number)
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
        let (text, _) = files::read(&file, LONGEST, Links::Refused)
            .map_err(|error| Error::read(&file, &error))?;
        let is_its = |line: &&str| {
            let first = line.trim_start_matches(['"', ' ', '\t', '\u{feff}']);
            first.starts_with(site)
        };
        let lines = text.split_inclusive('\n').filter(|line| !is_its(line));
        disk::put(&file, lines.collect::<String>().as_bytes())
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
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut sites = BTreeMap::new();
    let mut is_first = true;
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
        if std::mem::take(&mut is_first) {
            if record.iter().map(str::trim).ne(HEADER) {
                return Err(wrong(line, "header"));
            }
            continue;
        }
        let (number, site) = of_record(&record, key).map_err(|detail| wrong(line, detail))?;
        if sites.insert(number, site).is_some() {
            return Err(wrong(line, "twice"));
        }
    }
    if is_first {
        return Err(Error::Registry {
            file: file.to_owned(),
            line: 1,
            detail: "header",
        });
    }
    Ok(sites)
}

fn of_record(
    record: &csv::StringRecord,
    key: &FleetKey,
) -> Result<(String, RegisteredSite), &'static str> {
    if record.len() != HEADER.len() {
        return Err("columns");
    }
    let field = |at: usize| record.get(at).unwrap_or_default().trim();
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
        let degrees: f64 = field(at).parse().map_err(|_| "place")?;
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
