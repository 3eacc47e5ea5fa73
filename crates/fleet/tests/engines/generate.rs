//! A fleet that never was, with a planted truth: which carrier got worse at which home in the last week.
//!
//! The same numbers make the same rows. Levels wander as they do in the field, by a few decibels from day to day, a carrier
//! below what a modem hears has no level at all, and what is planted falls by 9 to 20 dB: so some of it falls off the air.

use std::collections::BTreeSet;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int16Builder, Int32Builder, Int64Builder,
    StringBuilder, TimestampMicrosecondBuilder,
};
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use jiff::ToSpan as _;
use jiff::civil::{Date, date};
use opensim_fleet::columns::{ColumnKind, Table};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::properties::WriterProperties;

/// The last day that there is something of.
pub(crate) const LAST: Date = date(2026, 11, 30);
const CARRIERS: [(&str, &str); 3] = [("bouygues", "20820"), ("orange", "20801"), ("sfr", "20810")];
const REGIONS: [&str; 6] = ["BRE", "PDL", "NOR", "CVL", "IDF", "HDF"];
const BANDS: [&str; 4] = ["B20", "B3", "B7", "B28"];
/// Below this a modem hears nothing.
const FLOOR: f64 = -124.0;
/// Rows in memory at a time.
const GROUP: usize = 120_000;

/// What is to be made.
pub(crate) struct Recipe {
    pub(crate) sites: u64,
    pub(crate) days: u32,
    /// Whether something gets worse in the last week.
    pub(crate) is_worse: bool,
}

/// Writes the month files; gives what was planted, as home and carrier.
pub(crate) fn generate(folder: &Path, recipe: &Recipe) -> BTreeSet<(String, String)> {
    let first = LAST
        .checked_sub((i64::from(recipe.days) - 1).days())
        .expect("a day");
    let mut day = first;
    while day <= LAST {
        let end = day.last_of_month().min(LAST);
        month(folder, recipe, day, end);
        day = end.tomorrow().expect("a day");
    }
    let planted = (0..recipe.sites).flat_map(|site| (0..3).map(move |carrier| (site, carrier)));
    let planted = planted.filter(|(site, carrier)| fall(recipe, *site, *carrier) > 0.0);
    planted
        .map(|(site, carrier)| (name(site), CARRIERS[carrier].0.to_owned()))
        .collect()
}

fn month(folder: &Path, recipe: &Recipe, from: Date, to: Date) {
    let folder = folder.join(format!("surveys/month={}", from.strftime("%Y-%m")));
    std::fs::create_dir_all(&folder).expect("a folder");
    let file = File::create(folder.join("part-0.parquet")).expect("a file");
    let properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(3).expect("a level")))
        .set_max_row_group_row_count(Some(GROUP))
        .build();
    let schema = schema();
    let mut writer =
        ArrowWriter::try_new(file, Arc::clone(&schema), Some(properties)).expect("a writer");
    let mut rows = Rows::default();
    // In the order of the files: by home, then by time.
    let mut sites: Vec<(String, u64)> = (0..recipe.sites).map(|site| (name(site), site)).collect();
    sites.sort();
    for (_, site) in sites {
        let mut day = from;
        while day <= to {
            survey(&mut rows, recipe, site, day);
            day = day.tomorrow().expect("a day");
        }
        if rows.count >= GROUP {
            writer
                .write(&std::mem::take(&mut rows).batch(&schema))
                .expect("rows written");
        }
    }
    writer.write(&rows.batch(&schema)).expect("rows written");
    writer.close().expect("a file closed");
}

/// How far a carrier falls at a home in the last week.
fn fall(recipe: &Recipe, site: u64, carrier: usize) -> f64 {
    let mut chance = Chance::of(&[1, site, carrier as u64]);
    let is_planted = recipe.is_worse && chance.unit() < 0.006;
    if is_planted {
        9.0 + 11.0 * chance.unit()
    } else {
        0.0
    }
}

fn name(site: u64) -> String {
    format!("{:016x}", Chance::of(&[2, site]).next())
}

/// A survey of a home on a day: a row a carrier.
fn survey(rows: &mut Rows, recipe: &Recipe, site: u64, day: Date) {
    let (communes, partners) = (
        (recipe.sites / 12).max(3),
        (recipe.sites / 9).clamp(3, 1_300),
    );
    let mut home = Chance::of(&[3, site]);
    let commune = home.next() % communes;
    // Few partners have many homes.
    let rank = home.unit();
    let partner = whole(rank * rank * rank * partners as f64);
    let department = 1 + commune % 94;
    let (in_use, is_automatic) = (home.next() % 3, home.unit() < 0.03);
    let shares_cell = home.unit() < 0.08;
    let days = i64::from((day - date(1970, 1, 1)).get_days());
    let mut today = Chance::of(&[4, site, days.unsigned_abs()]);
    let second = 6 * 3600 + whole(14.0 * 3600.0 * today.unit()).cast_signed();
    let is_late = day >= LAST.checked_sub(6.days()).expect("a day");
    let mut seen: Vec<(usize, Seen)> = (0..3)
        .map(|carrier| {
            let place = if shares_cell && carrier == 2 {
                0
            } else {
                carrier as u64
            };
            let fell = if is_late {
                fall(recipe, site, carrier)
            } else {
                0.0
            };
            (
                carrier,
                Seen::of(site, carrier, fell, &mut today, (commune, place)),
            )
        })
        .collect();
    let better = |a: &Seen, b: &Seen| {
        let key = |seen: &Seen| (seen.verdict().0, -seen.rsrp);
        key(a)
            .partial_cmp(&key(b))
            .unwrap_or(std::cmp::Ordering::Equal)
    };
    seen.sort_by(|a, b| better(&a.1, &b.1));
    let ranks: Vec<usize> = seen.iter().map(|(carrier, _)| *carrier).collect();
    seen.sort_by_key(|(carrier, _)| *carrier);
    let home = Home {
        doc: format!("{:016x}", today.next()),
        site: name(site),
        partner: format!("p{partner:04}"),
        postcode: format!("{department:02}{:03}", commune / 94 % 1000),
        department,
        in_use,
        is_automatic,
        days,
        second,
    };
    for (carrier, seen) in &seen {
        let rank = 1 + ranks
            .iter()
            .position(|of| of == carrier)
            .unwrap_or_default();
        home.append(rows, *carrier, rank, seen);
        rows.voice[1]
            .append_option((seen.rsrp > FLOOR).then(|| 30.0 + whole(40.0 * today.unit()) as f64));
    }
}

/// A home on a day.
struct Home {
    doc: String,
    site: String,
    partner: String,
    postcode: String,
    department: u64,
    in_use: u64,
    is_automatic: bool,
    days: i64,
    second: i64,
}

impl Home {
    /// A row, but for the delay.
    fn append(&self, rows: &mut Rows, carrier: usize, rank: usize, seen: &Seen) {
        let (_, verdict, why) = seen.verdict();
        let is_there = seen.rsrp > FLOOR;
        let level = |value: f64| is_there.then_some((value * 10.0).round() / 10.0);
        let rate = |value: f64| is_there.then_some(whole(value / 1e3).cast_signed() * 1000);
        let number = |value: u64| is_there.then(|| i32::try_from(value).unwrap_or_default());
        let enodeb = seen.cell / 256;
        rows.count += 1;
        rows.texts[0].append_value(&self.doc);
        rows.schema_no.append_value(1);
        rows.texts[1].append_value("0.1.0");
        rows.seen_at
            .append_value((self.days * 86_400 + self.second) * 1_000_000);
        rows.day
            .append_value(i32::try_from(self.days).unwrap_or_default());
        rows.texts[2].append_value(&self.site);
        rows.texts[3].append_value(&self.partner);
        rows.texts[4].append_value(&self.postcode);
        rows.texts[5]
            .append_value(REGIONS[usize::try_from(self.department % 6).unwrap_or_default()]);
        rows.texts[6].append_value(CARRIERS[carrier].0);
        rows.texts[7].append_value(CARRIERS[carrier].1);
        rows.in_use.append_value(carrier as u64 == self.in_use);
        rows.texts[8].append_value(if self.is_automatic {
            "automatic"
        } else {
            "manual"
        });
        rows.rank
            .append_value(i32::try_from(rank).unwrap_or_default());
        rows.texts[9].append_value(verdict);
        rows.texts[10].append_value("lte");
        rows.texts[11].append_value(BANDS[usize::try_from(enodeb % 4).unwrap_or_default()]);
        rows.cell_id
            .append_option(is_there.then(|| seen.cell.cast_signed()));
        rows.numbers[0].append_option(number(enodeb));
        rows.numbers[1].append_option(number(self.department * 10));
        rows.numbers[2].append_option(number(enodeb % 504));
        let levels = [
            level(seen.rsrp),
            level(-18.0 + seen.sinr.clamp(-5.0, 25.0) * 0.4),
            level(seen.sinr),
            level(2.0),
        ];
        for (column, value) in rows.levels.iter_mut().zip(levels) {
            column.append_option(value);
        }
        let rates = [
            seen.down,
            seen.down * 0.82,
            seen.down * 1.2,
            seen.up,
            seen.up * 0.82,
        ];
        for (column, value) in rows.rates.iter_mut().zip(rates) {
            column.append_option(rate(value));
        }
        rows.voice[0].append_option(level(seen.mos));
        rows.voice[2].append_option(is_there.then_some(0.0));
        rows.texts[12].append_value(why);
    }
}

/// A carrier as it was at a moment.
struct Seen {
    rsrp: f64,
    sinr: f64,
    down: f64,
    up: f64,
    mos: f64,
    cell: u64,
}

impl Seen {
    fn of(
        site: u64,
        carrier: usize,
        fell: f64,
        today: &mut Chance,
        (commune, place): (u64, u64),
    ) -> Self {
        let mut here = Chance::of(&[5, site, carrier as u64]);
        let base = -98.0 + 11.0 * here.normal();
        let clean = ((base + 120.0) * 0.75 - 4.0 + 2.0 * here.normal()).clamp(-8.0, 28.0);
        let sector = Chance::of(&[6, site, place]).next() % 4;
        let rsrp = (base + 2.5 * today.normal() - fell).max(-140.0);
        let sinr = clean + 1.8 * today.normal() - 0.6 * fell;
        let down = (sinr.clamp(-8.0, 28.0) * 0.16 + 12.1 + 0.35 * today.normal()).exp();
        let mos = 4.4 - (4.0 - sinr).max(0.0) * 0.22 + 0.05 * today.normal();
        Self {
            rsrp,
            sinr,
            down,
            up: down * (0.15 + 0.45 * today.unit()),
            mos: mos.clamp(1.0, 4.5),
            cell: (100_000 * (1 + place) + commune * 7 + sector / 2) * 256 + sector + 1,
        }
    }

    /// From best to worst, with its reason.
    fn verdict(&self) -> (u8, &'static str, &'static str) {
        let carries = |rate: f64| rate >= 200_000.0;
        if self.rsrp <= FLOOR {
            (3, "unavailable", "radio.unusable")
        } else if carries(self.down * 0.82) && carries(self.up * 0.82) && self.mos >= 3.6 {
            (0, "suitable", "")
        } else if carries(self.down * 1.2) && carries(self.up * 1.2) {
            (1, "uncertain", "rate.uncertain")
        } else {
            (2, "unsuitable", "rate.below")
        }
    }
}

/// Rows under way, a builder a column.
#[derive(Default)]
struct Rows {
    count: usize,
    texts: [StringBuilder; 13],
    schema_no: Int16Builder,
    seen_at: TimestampMicrosecondBuilder,
    day: Date32Builder,
    in_use: BooleanBuilder,
    rank: Int32Builder,
    cell_id: Int64Builder,
    numbers: [Int32Builder; 3],
    levels: [Float64Builder; 4],
    rates: [Int64Builder; 5],
    voice: [Float64Builder; 3],
}

impl Rows {
    fn batch(mut self, schema: &SchemaRef) -> RecordBatch {
        let seen_at = self.seen_at.finish().with_timezone("UTC");
        let mut texts = self
            .texts
            .iter_mut()
            .map(|t| Arc::new(t.finish()) as ArrayRef);
        let mut text = || texts.next().expect("a column");
        let mut all: Vec<ArrayRef> = vec![text(), Arc::new(self.schema_no.finish()), text()];
        all.push(Arc::new(seen_at));
        all.push(Arc::new(self.day.finish()));
        all.extend([text(), text(), text(), text(), text(), text()]);
        all.push(Arc::new(self.in_use.finish()));
        all.push(text());
        all.push(Arc::new(self.rank.finish()));
        all.extend([text(), text(), text()]);
        all.push(Arc::new(self.cell_id.finish()));
        all.extend(
            self.numbers
                .iter_mut()
                .map(|n| Arc::new(n.finish()) as ArrayRef),
        );
        all.extend(
            self.levels
                .iter_mut()
                .map(|n| Arc::new(n.finish()) as ArrayRef),
        );
        all.extend(
            self.rates
                .iter_mut()
                .map(|n| Arc::new(n.finish()) as ArrayRef),
        );
        all.extend(
            self.voice
                .iter_mut()
                .map(|n| Arc::new(n.finish()) as ArrayRef),
        );
        all.push(text());
        RecordBatch::try_new(Arc::clone(schema), all).expect("the columns of the table")
    }
}

/// The surveys' columns as Arrow has them.
pub(crate) fn schema() -> SchemaRef {
    let fields = Table::Surveys.columns().iter().map(|column| {
        let kind = match column.kind {
            ColumnKind::Text | ColumnKind::Hex => DataType::Utf8,
            ColumnKind::Short => DataType::Int16,
            ColumnKind::Int => DataType::Int32,
            ColumnKind::Long => DataType::Int64,
            ColumnKind::Float => DataType::Float64,
            ColumnKind::Flag => DataType::Boolean,
            ColumnKind::Moment => DataType::Timestamp(TimeUnit::Microsecond, Some("UTC".into())),
            ColumnKind::Day => DataType::Date32,
        };
        Field::new(column.name, kind, column.nullable)
    });
    Arc::new(Schema::new(fields.collect::<Vec<_>>()))
}

fn whole(value: f64) -> u64 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "what is made here is neither negative nor large"
    )]
    let whole = value as u64;
    whole
}

/// What is drawn by lot, the same for the same numbers.
struct Chance(u64);

impl Chance {
    fn of(seed: &[u64]) -> Self {
        let mut chance = Self(7);
        for part in seed {
            chance.0 ^= part.wrapping_mul(0x9e37_79b9_7f4a_7c15);
            chance.0 = chance.next();
        }
        chance
    }

    /// `SplitMix64`.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// About 0, by 1.
    fn normal(&mut self) -> f64 {
        let (a, b) = (self.unit().max(f64::MIN_POSITIVE), self.unit());
        (-2.0 * a.ln()).sqrt() * (std::f64::consts::TAU * b).cos()
    }
}
