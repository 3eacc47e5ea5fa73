//! The pages of modems found, of the profile's carriers, and of raw answers.

use super::{Sheet, View, code};
use crate::document::{At, Carriers, ModemRow, Modems, Unbegun};
use crate::domain::codes::Code;
use crate::i18n::Catalogue;
use crate::report::layout::{TableCell, TableColumn, Tone};

impl View for Modems {
    fn is_bare(&self) -> bool {
        self.modems.is_empty() && self.unusable.is_empty() && self.warnings.is_empty()
    }

    fn draw(&self, _at: &str, sheet: &mut Sheet<'_>) {
        if self.modems.is_empty() && self.unusable.is_empty() {
            sheet.page.paragraph(&sheet.word("modems-none"));
        }
        let mut warned = self.warnings.iter();
        let free = if warned.any(|note| note.code == Code::MODEMS_HOLDERS_UNKNOWN) {
            "modems-held_unknown"
        } else {
            "modems-free"
        };
        for modem in &self.modems {
            sheet.page.gap();
            draw_modem(modem, free, sheet);
        }
        for stick in &self.unusable {
            sheet.page.gap();
            sheet.page.heading(&stick.id);
            sheet.page.item(0, &stick.hint, Tone::Plain);
        }
        sheet.warnings(&self.warnings);
    }

    fn title(&self, words: &Catalogue) -> String {
        words.text("modems-title")
    }
}

fn draw_modem(modem: &ModemRow, free: &str, sheet: &mut Sheet<'_>) {
    let usb = modem.usb.as_ref();
    // Whoever manages it asked it; what its USB says is often its chip's.
    let maker = (modem.manufacturer.as_deref()).or(usb.and_then(|u| u.manufacturer.as_deref()));
    let model = (modem.model.as_deref()).or(usb.and_then(|u| u.product.as_deref()));
    let name: Vec<&str> = [maker, model].into_iter().flatten().collect();
    sheet
        .page
        .heading(&format!("{}  {}", modem.id, name.join(" ")));
    let ids = usb.map(|u| format!("USB\u{a0}{}:{}", u.vendor_id, u.product_id));
    let dialect = modem
        .dialect
        .as_ref()
        .map(|dialect| match &modem.dialect_because {
            Some(because) => {
                let values = [("dialect", dialect.clone()), ("because", because.clone())];
                sheet.say("modems-dialect", values)
            }
            None => sheet.say("modems-dialect_plain", [("dialect", dialect.clone())]),
        });
    let net = modem
        .net_interface
        .as_ref()
        .map(|i| sheet.say("modems-net", [("interface", i.clone())]));
    let managed = modem
        .managed_by
        .as_ref()
        .map(|_| sheet.word("modems-managed"));
    for line in [ids, dialect, net, managed].into_iter().flatten() {
        sheet.page.item(0, &line, Tone::Plain);
    }
    let columns = [
        TableColumn::left(format!("  {}", sheet.word("modems-port"))).title(),
        TableColumn::left(sheet.word("modems-role")),
        TableColumn::left(sheet.word("modems-held")),
    ];
    let rows = modem.ports.iter().map(|port| {
        let held = port.held_by.clone().unwrap_or_else(|| sheet.word(free));
        vec![
            format!("  {}", port.path).into(),
            sheet.words.family("role", &code(&port.role)).into(),
            held.into(),
        ]
    });
    let rows: Vec<Vec<TableCell>> = rows.collect();
    if !rows.is_empty() {
        sheet.page.table(&columns, rows);
    }
}

impl View for Carriers {
    fn is_bare(&self) -> bool {
        self.carriers.is_empty()
    }

    fn draw(&self, _at: &str, sheet: &mut Sheet<'_>) {
        let all = self.carriers.iter().any(|c| !c.in_profile);
        let mut columns = vec![
            TableColumn::left(sheet.word("carriers-name")).title(),
            TableColumn::left(sheet.word("carriers-type")),
            TableColumn::left(sheet.word("carriers-plmns")),
            TableColumn::left(sheet.word("carriers-bands")),
        ];
        if all {
            columns.push(TableColumn::left(sheet.word("carriers-in_profile")));
        }
        let rows = self.carriers.iter().map(|carrier| {
            let plmns: Vec<String> = carrier.plmns.iter().map(ToString::to_string).collect();
            let mut row: Vec<TableCell> = vec![
                TableCell::toned(carrier.name.clone(), Tone::Strong),
                carrier.id.clone().into(),
                plmns.join(" ").into(),
                carrier.bands.join(" ").into(),
            ];
            let answer = if carrier.in_profile {
                "carriers-yes"
            } else {
                "carriers-no"
            };
            row.extend(all.then(|| TableCell::from(sheet.word(answer))));
            row
        });
        let rows: Vec<Vec<TableCell>> = rows.collect();
        sheet.page.table(&columns, rows);
    }

    fn title(&self, words: &Catalogue) -> String {
        words.text("carriers-title")
    }
}

impl View for At {
    fn is_bare(&self) -> bool {
        self.answers.is_empty() && self.warnings.is_empty()
    }

    /// As the modem said it, line by line: support reads and copies this.
    fn draw(&self, _at: &str, sheet: &mut Sheet<'_>) {
        for answer in &self.answers {
            sheet.page.verbatim(&answer.command);
            for line in &answer.lines {
                sheet.page.verbatim(line);
            }
            sheet.page.verbatim(&answer.result);
        }
        sheet.warnings(&self.warnings);
    }

    fn title(&self, words: &Catalogue) -> String {
        words.text("at-title")
    }
}

impl View for Unbegun {
    fn is_bare(&self) -> bool {
        true
    }

    /// There is nothing but the error.
    fn draw(&self, _at: &str, _sheet: &mut Sheet<'_>) {}

    fn title(&self, words: &Catalogue) -> String {
        words.text("failed-title")
    }
}
