//! A command line taken apart as V.250 5.2 says: basic commands run together, extended ones between semicolons.
//!
//! This is the modem's side, written apart from the host's on purpose: two readings of the standard check each other.

/// One command of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AtCommand {
    /// Its name in capitals, with its sign: `+COPS`, `E`, `&F`, `S3`. Empty for what is no command.
    pub(crate) name: String,
    /// What is asked of it.
    pub(crate) form: Form,
}

/// What is asked of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    /// `AT+X`
    Exec,
    /// `AT+X?`
    Read,
    /// `AT+X=?`
    Test,
    /// `AT+X=...`
    Set(Vec<Param>),
}

/// One parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Param {
    /// Its text, without quotes.
    pub(crate) text: String,
    /// Whether it stood in quotes.
    pub(crate) quoted: bool,
}

impl AtCommand {
    /// What is no command.
    pub(super) fn unreadable() -> Self {
        Self {
            name: String::new(),
            form: Form::Exec,
        }
    }

    /// The parameters of a `Set`; none of the other forms.
    pub(crate) fn params(&self) -> &[Param] {
        match &self.form {
            Form::Set(params) => params,
            Form::Exec | Form::Read | Form::Test => &[],
        }
    }

    /// A parameter as a number; `None` when it is left out or none.
    pub(crate) fn number(&self, index: usize) -> Option<u32> {
        self.params().get(index)?.text.parse().ok()
    }

    /// A parameter's text; `None` when it is left out or empty.
    pub(crate) fn text(&self, index: usize) -> Option<&str> {
        let text = self.params().get(index)?.text.as_str();
        (!text.is_empty()).then_some(text)
    }
}

/// The commands of what follows `AT`. What cannot be read becomes a command without a name, so that what stands
/// before it still runs.
pub(crate) fn commands(body: &str) -> Vec<AtCommand> {
    let mut rest = Rest(body);
    let mut found = Vec::new();
    loop {
        rest.skip_blanks();
        match rest.0.chars().next() {
            None => return found,
            Some(';') => rest.advance(1),
            Some('+' | '^' | '$' | '%' | '*' | '#' | '!') => found.push(rest.extended()),
            Some(_) => {
                found.push(rest.basic());
            }
        }
        if found.last().is_some_and(|c| c.name.is_empty()) {
            return found;
        }
    }
}

/// The parts of what follows `AT`, between semicolons outside quotes.
pub(super) fn parts(body: &str) -> Vec<&str> {
    let mut in_quotes = false;
    body.split(|c| {
        in_quotes ^= c == '"';
        c == ';' && !in_quotes
    })
    .map(str::trim)
    .filter(|part| !part.is_empty())
    .collect()
}

struct Rest<'a>(&'a str);

impl Rest<'_> {
    fn advance(&mut self, bytes: usize) {
        self.0 = self.0.get(bytes..).unwrap_or("");
    }

    fn skip_blanks(&mut self) {
        self.0 = self.0.trim_start_matches([' ', '\t']);
    }

    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &str {
        let end = self.0.find(|c| !fits(c)).unwrap_or(self.0.len());
        let (taken, rest) = self.0.split_at(end);
        self.0 = rest;
        taken
    }

    fn extended(&mut self) -> AtCommand {
        let sign = self.0[..1].to_owned();
        self.advance(1);
        let name = self.take_while(|c| c.is_ascii_alphanumeric() || "-_/.".contains(c));
        let name = sign + &name.to_ascii_uppercase();
        self.skip_blanks();
        let form = if self.0.starts_with('?') {
            self.advance(1);
            Form::Read
        } else if let Some(rest) = self.0.strip_prefix('=') {
            if rest.trim_start().starts_with('?') {
                let skipped = self.0.len() - rest.trim_start().len();
                self.advance(skipped + 1);
                Form::Test
            } else {
                self.advance(1);
                Form::Set(self.params())
            }
        } else {
            Form::Exec
        };
        self.skip_blanks();
        if self.0.is_empty() || self.0.starts_with(';') {
            AtCommand { name, form }
        } else {
            AtCommand::unreadable()
        }
    }

    /// Parameters up to a semicolon outside quotes.
    fn params(&mut self) -> Vec<Param> {
        let mut params = vec![Param {
            text: String::new(),
            quoted: false,
        }];
        let mut in_quotes = false;
        let mut used = 0;
        for c in self.0.chars() {
            if c == ';' && !in_quotes {
                break;
            }
            used += c.len_utf8();
            let Some(last) = params.last_mut() else { break };
            match c {
                '"' => {
                    in_quotes = !in_quotes;
                    last.quoted = true;
                }
                ',' if !in_quotes => params.push(Param {
                    text: String::new(),
                    quoted: false,
                }),
                ' ' if !in_quotes => {}
                _ => last.text.push(c),
            }
        }
        self.advance(used);
        params
    }

    fn basic(&mut self) -> AtCommand {
        let mut name = self
            .take_while(|c| c == '&')
            .get(..1)
            .unwrap_or("")
            .to_owned();
        let letter = self.0.chars().next().filter(char::is_ascii_alphabetic);
        let Some(letter) = letter else {
            return AtCommand::unreadable();
        };
        self.advance(1);
        name.push(letter.to_ascii_uppercase());
        if name == "D" {
            let number = std::mem::take(&mut self.0).to_owned();
            return AtCommand {
                name,
                form: set(number),
            };
        }
        let digits = self.take_while(|c| c.is_ascii_digit()).to_owned();
        if name != "S" {
            let form = if digits.is_empty() {
                Form::Exec
            } else {
                set(digits)
            };
            return AtCommand { name, form };
        }
        let form = if self.0.starts_with('?') {
            self.advance(1);
            Form::Read
        } else if self.0.starts_with('=') {
            self.advance(1);
            set(self.take_while(|c| c.is_ascii_digit()).to_owned())
        } else {
            return AtCommand::unreadable();
        };
        name.push_str(&digits);
        AtCommand { name, form }
    }
}

fn set(text: String) -> Form {
    Form::Set(vec![Param {
        text,
        quoted: false,
    }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(body: &str) -> Vec<String> {
        commands(body).into_iter().map(|c| c.name).collect()
    }

    #[test]
    fn basic_and_extended_commands_run_together() {
        assert_eq!(
            names("E0V1+CMEE=1;+CREG?;&C1 X4"),
            ["E", "V", "+CMEE", "+CREG", "&C", "X"]
        );
        assert_eq!(names("+cops=?"), ["+COPS"]);
        assert_eq!(names("S3=13S0?"), ["S3", "S0"]);
        assert_eq!(names(""), [""; 0]);
    }

    #[test]
    fn parameters_keep_commas_and_semicolons_in_quotes() {
        let all = commands(r#"+COPS=1,2,"208;1,0",7;+CSQ"#);
        assert_eq!(all.len(), 2);
        assert_eq!(all[0].text(2), Some("208;1,0"));
        assert_eq!(all[0].number(3), Some(7));
        assert_eq!(all[0].number(9), None);
    }

    #[test]
    fn what_cannot_be_read_ends_the_line_in_its_place() {
        assert_eq!(names("E0+COPS?x;+CSQ"), ["E", ""]);
        assert_eq!(names("é"), [""]);
        assert_eq!(names("D*99#;+CSQ"), ["D"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_taken_apart(body: String) {
            let _ = commands(&body);
        }
    }
}
