//! A month's file: its rows one after the other, and back.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::builder::{
    BooleanBuilder, Date32Builder, Float64Builder, Int16Builder, Int32Builder, Int64Builder,
    StringBuilder, TimestampMicrosecondBuilder,
};
use arrow_array::cast::AsArray as _;
use arrow_array::types::{
    Date32Type, Float64Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType,
};
use arrow_array::{Array as _, ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema, SchemaRef, TimeUnit};
use opensim_os::fault;
use opensim_os::files::{self, Links};
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use parquet::arrow::{ArrowWriter, ProjectionMask};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;

use super::row::{Datum, Symbols, TableRow};
use crate::columns::{Column, ColumnKind, Table};
use crate::disk::Draft;
use crate::error::Error;

/// How many rows are made columns at a time. Part of what makes the same rows the same bytes.
const BATCH: usize = 8192;

/// The zone of every point in time.
const ZONE: &str = "UTC";

/// A month's rows, in the order of the file.
pub struct MonthReader {
    file: PathBuf,
    reader: ParquetRecordBatchReader,
    /// Of each column of the table, its place in the file.
    places: Vec<Option<usize>>,
    columns: &'static [Column],
    batch: Option<RecordBatch>,
    at: usize,
}

/// Writes a month's rows, which are given in the order of the file.
pub(super) struct MonthWriter {
    draft: Draft,
    writer: ArrowWriter<File>,
    schema: SchemaRef,
    columns: &'static [Column],
    waiting: Vec<TableRow>,
}

fn kind(of: ColumnKind) -> DataType {
    match of {
        ColumnKind::Text | ColumnKind::Hex => DataType::Utf8,
        ColumnKind::Short => DataType::Int16,
        ColumnKind::Int => DataType::Int32,
        ColumnKind::Long => DataType::Int64,
        ColumnKind::Float => DataType::Float64,
        ColumnKind::Flag => DataType::Boolean,
        ColumnKind::Moment => DataType::Timestamp(TimeUnit::Microsecond, Some(ZONE.into())),
        ColumnKind::Day => DataType::Date32,
    }
}

fn schema(columns: &[Column]) -> SchemaRef {
    let field = |column: &Column| Field::new(column.name, kind(column.kind), column.nullable);
    Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()))
}

fn properties() -> WriterProperties {
    // A level that exists; the default of a library may change, and with it every file.
    let level = ZstdLevel::try_new(3).unwrap_or_default();
    WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        .set_created_by("opensim-fleet".to_owned())
        .build()
}

/// A damaged file, and what is wrong with it.
fn torn(file: &Path, error: &ParquetError) -> Error {
    let detail = match error {
        ParquetError::External(source) => source
            .downcast_ref::<std::io::Error>()
            .map_or_else(|| source.to_string(), fault::detail),
        other => other.to_string(),
    };
    Error::torn(file, detail)
}

fn open(file: &Path) -> Result<Option<File>, Error> {
    match files::open(file, OpenOptions::new().read(true), Links::Refused) {
        Ok(opened) => Ok(Some(opened)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::read(file, &error)),
    }
}

/// Reads what a month's file says of itself: how many rows it has.
///
/// # Errors
/// When it is damaged.
pub fn check(file: &Path) -> Result<u64, Error> {
    let Some(opened) = open(file)? else {
        return Ok(0);
    };
    let builder = ParquetRecordBatchReaderBuilder::try_new(opened);
    let builder = builder.map_err(|error| torn(file, &error))?;
    let rows = builder.metadata().file_metadata().num_rows();
    Ok(u64::try_from(rows).unwrap_or(0))
}

/// How many rows of a site a month's file has; of no other column is anything read.
///
/// # Errors
/// When it is damaged.
pub fn holds_site(file: &Path, site: u64) -> Result<u64, Error> {
    let Some(opened) = open(file)? else {
        return Ok(0);
    };
    let wrong = |error: &ParquetError| torn(file, error);
    let builder = ParquetRecordBatchReaderBuilder::try_new(opened).map_err(|e| wrong(&e))?;
    let mask = ProjectionMask::columns(builder.parquet_schema(), ["site"]);
    let reader = builder.with_projection(mask).with_batch_size(BATCH);
    let site = format!("{site:016x}");
    let mut rows = 0;
    for batch in reader.build().map_err(|e| wrong(&e))? {
        let batch = batch.map_err(|error| Error::torn(file, error.to_string()))?;
        let texts = batch
            .columns()
            .first()
            .and_then(|c| c.as_string_opt::<i32>());
        let texts = texts.ok_or_else(|| Error::torn(file, "site".to_owned()))?;
        rows += texts.iter().filter(|text| *text == Some(&site)).count() as u64;
    }
    Ok(rows)
}

/// Writes a table of its own at once.
///
/// # Errors
/// When the disk refuses.
pub fn write_whole(file: &Path, columns: &[Column], values: Vec<ArrayRef>) -> Result<(), Error> {
    let schema = schema(columns);
    let (draft, opened) = Draft::begin(file)?;
    let write = || -> Result<File, ParquetError> {
        let batch = RecordBatch::try_new(Arc::clone(&schema), values)?;
        let mut writer = ArrowWriter::try_new(opened, schema, Some(properties()))?;
        writer.write(&batch)?;
        writer.into_inner()
    };
    let opened = write().map_err(|error| unwritten(&draft, &error))?;
    draft.keep(&opened)
}

fn unwritten(draft: &Draft, error: &ParquetError) -> Error {
    let system = match error {
        ParquetError::External(source) => source.downcast_ref::<std::io::Error>(),
        _ => None,
    };
    let other = || std::io::Error::other(error.to_string());
    system.map_or_else(|| draft.failed(&other()), |error| draft.failed(error))
}

impl MonthReader {
    /// Opens a month; `None` where there is no file.
    ///
    /// # Errors
    /// When it is damaged.
    pub fn open(file: &Path, table: Table) -> Result<Option<Self>, Error> {
        let Some(opened) = open(file)? else {
            return Ok(None);
        };
        let wrong = |error: &ParquetError| torn(file, error);
        let builder = ParquetRecordBatchReaderBuilder::try_new(opened).map_err(|e| wrong(&e))?;
        let found = Arc::clone(builder.schema());
        let mut places = Vec::new();
        for column in table.columns() {
            let place = found.index_of(column.name).ok();
            let is_kind = place.is_none_or(|at| *found.field(at).data_type() == kind(column.kind));
            if !is_kind || place.is_none() && !column.nullable {
                return Err(Error::torn(file, column.name.to_owned()));
            }
            places.push(place);
        }
        let reader = builder
            .with_batch_size(BATCH)
            .build()
            .map_err(|e| wrong(&e))?;
        Ok(Some(Self {
            file: file.to_owned(),
            reader,
            places,
            columns: table.columns(),
            batch: None,
            at: 0,
        }))
    }

    /// The next row; `None` at the end.
    ///
    /// # Errors
    /// When the file is damaged.
    pub fn next(&mut self, symbols: &mut Symbols) -> Result<Option<TableRow>, Error> {
        while self
            .batch
            .as_ref()
            .is_none_or(|batch| self.at >= batch.num_rows())
        {
            let Some(batch) = self.reader.next() else {
                return Ok(None);
            };
            let batch = batch.map_err(|error| Error::torn(&self.file, error.to_string()))?;
            (self.batch, self.at) = (Some(batch), 0);
        }
        let at = self.at;
        self.at += 1;
        let Some(batch) = &self.batch else {
            return Ok(None);
        };
        let data = self
            .columns
            .iter()
            .zip(&self.places)
            .map(|(column, place)| {
                let array = place.map(|place| batch.column(place));
                array.map_or(Datum::Null, |array| datum(column.kind, array, at, symbols))
            });
        let data: Box<[Datum]> = data.collect();
        let of = |name: &str| {
            self.columns
                .iter()
                .position(|c| c.name == name)
                .map(|at| data[at])
        };
        let (Some(Datum::Hex(doc)), Some(Datum::Hex(site)), Some(Datum::Whole(seen_at))) =
            (of("doc"), of("site"), of("seen_at"))
        else {
            return Err(Error::torn(&self.file, "site".to_owned()));
        };
        Ok(Some(TableRow {
            site,
            seen_at,
            doc,
            data,
        }))
    }
}

fn datum(kind: ColumnKind, array: &ArrayRef, at: usize, symbols: &mut Symbols) -> Datum {
    if array.is_null(at) {
        return Datum::Null;
    }
    let whole = |number: i64| Datum::Whole(number);
    match kind {
        ColumnKind::Text => symbols.of(array.as_string::<i32>().value(at)),
        ColumnKind::Hex => {
            let text = array.as_string::<i32>().value(at);
            u64::from_str_radix(text, 16).map_or(Datum::Null, Datum::Hex)
        }
        ColumnKind::Short => whole(array.as_primitive::<Int16Type>().value(at).into()),
        ColumnKind::Int => whole(array.as_primitive::<Int32Type>().value(at).into()),
        ColumnKind::Long => whole(array.as_primitive::<Int64Type>().value(at)),
        ColumnKind::Float => Datum::Float(array.as_primitive::<Float64Type>().value(at)),
        ColumnKind::Flag => Datum::Flag(array.as_boolean().value(at)),
        ColumnKind::Moment => whole(array.as_primitive::<TimestampMicrosecondType>().value(at)),
        ColumnKind::Day => whole(array.as_primitive::<Date32Type>().value(at).into()),
    }
}

impl MonthWriter {
    pub(super) fn begin(file: &Path, table: Table) -> Result<Self, Error> {
        let schema = schema(table.columns());
        let (draft, opened) = Draft::begin(file)?;
        let writer = ArrowWriter::try_new(opened, Arc::clone(&schema), Some(properties()));
        let writer = writer.map_err(|error| unwritten(&draft, &error))?;
        Ok(Self {
            draft,
            writer,
            schema,
            columns: table.columns(),
            waiting: Vec::with_capacity(BATCH),
        })
    }

    pub(super) fn push(&mut self, row: TableRow, symbols: &Symbols) -> Result<(), Error> {
        self.waiting.push(row);
        if self.waiting.len() == BATCH {
            self.flush(symbols)?;
        }
        Ok(())
    }

    /// Puts the file in its place.
    pub(super) fn end(mut self, symbols: &Symbols) -> Result<(), Error> {
        self.flush(symbols)?;
        let Self { draft, writer, .. } = self;
        let file = writer.into_inner();
        let file = file.map_err(|error| unwritten(&draft, &error))?;
        draft.keep(&file)
    }

    fn flush(&mut self, symbols: &Symbols) -> Result<(), Error> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let columns = self.columns.iter().enumerate();
        let columns = columns.map(|(at, column)| array(column.kind, &self.waiting, at, symbols));
        let batch = RecordBatch::try_new(Arc::clone(&self.schema), columns.collect());
        let written = batch
            .map_err(ParquetError::from)
            .and_then(|batch| self.writer.write(&batch));
        self.waiting.clear();
        written.map_err(|error| unwritten(&self.draft, &error))
    }
}

/// One column of rows.
fn array(kind: ColumnKind, rows: &[TableRow], at: usize, symbols: &Symbols) -> ArrayRef {
    let data = rows.iter().map(|row| row.data[at]);
    let whole = |datum: Datum| match datum {
        Datum::Whole(number) => Some(number),
        _ => None,
    };
    macro_rules! built {
        ($builder:expr, $of:expr) => {{
            let mut builder = $builder;
            data.map($of).for_each(|value| builder.append_option(value));
            Arc::new(builder.finish())
        }};
    }
    match kind {
        ColumnKind::Text => built!(StringBuilder::new(), |datum| symbols.text(datum)),
        ColumnKind::Hex => built!(StringBuilder::new(), |datum| match datum {
            Datum::Hex(bits) => Some(format!("{bits:016x}")),
            _ => None,
        }),
        ColumnKind::Short => built!(Int16Builder::new(), |datum| whole(datum)
            .and_then(|number| i16::try_from(number).ok())),
        ColumnKind::Int => built!(Int32Builder::new(), |datum| whole(datum)
            .and_then(|number| i32::try_from(number).ok())),
        ColumnKind::Long => built!(Int64Builder::new(), whole),
        ColumnKind::Float => built!(Float64Builder::new(), |datum| match datum {
            Datum::Float(number) => Some(number),
            _ => None,
        }),
        ColumnKind::Flag => built!(BooleanBuilder::new(), |datum| match datum {
            Datum::Flag(flag) => Some(flag),
            _ => None,
        }),
        ColumnKind::Moment => built!(
            TimestampMicrosecondBuilder::new().with_timezone(ZONE),
            whole
        ),
        ColumnKind::Day => built!(Date32Builder::new(), |datum| whole(datum)
            .and_then(|number| i32::try_from(number).ok())),
    }
}
