//! Builds command lines.
//!
//! Text goes between quotes only after a check: a quote or a line end in it would start a command of its own
//! (`x"\rATD112;`).

use at_commands::builder::CommandBuilder;

/// Room for a command line. V.250 5.2.1 asks modems for 40 characters and they take more; none here is near this.
const ROOM: usize = 160;

/// One parameter of a set command.
#[derive(Debug, Clone, Copy)]
pub(super) enum Parameter<'a> {
    /// As it is.
    Number(u8),
    /// Between quotes.
    Text(&'a str),
}

/// `AT<name>?`
pub(super) fn read(name: &str) -> String {
    let mut room = [0; ROOM];
    finished(
        CommandBuilder::create_query(&mut room, true)
            .named(name)
            .finish_with(END),
    )
}

/// `AT<name>`
pub(super) fn execute(name: &str) -> String {
    let mut room = [0; ROOM];
    finished(
        CommandBuilder::create_execute(&mut room, true)
            .named(name)
            .finish_with(END),
    )
}

/// `AT<name>=<parameters>`. A text that may not stand between quotes gives an empty line, which the engine refuses:
/// nothing of it reaches the port.
pub(super) fn set(name: &str, parameters: &[Parameter<'_>]) -> String {
    let mut room = [0; ROOM];
    let mut builder = CommandBuilder::create_set(&mut room, true).named(name);
    for parameter in parameters {
        builder = match parameter {
            Parameter::Number(n) => builder.with_int_parameter(*n),
            Parameter::Text(text) if is_quotable(text) => builder.with_string_parameter(text),
            Parameter::Text(_) => return String::new(),
        };
    }
    finished(builder.finish_with(END))
}

/// The builder always ends a line; the engine does that itself.
const END: &[u8] = b"\r";

fn finished(line: Result<&[u8], usize>) -> String {
    let line = line.ok().and_then(|bytes| std::str::from_utf8(bytes).ok());
    line.unwrap_or_default().trim_end_matches('\r').to_owned()
}

/// No quote, and nothing that a modem acts upon: line ends, Ctrl-Z, ESC and the other control characters.
fn is_quotable(text: &str) -> bool {
    text.bytes().all(|b| (0x20..0x7F).contains(&b) && b != b'"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_every_form() {
        assert_eq!(read("+COPS"), "AT+COPS?");
        assert_eq!(execute("+CSQ"), "AT+CSQ");
        let select = [
            Parameter::Number(1),
            Parameter::Number(2),
            Parameter::Text("20810"),
        ];
        assert_eq!(set("+COPS", &select), "AT+COPS=1,2,\"20810\"");
    }

    #[test]
    fn a_text_that_would_be_a_command_of_its_own_gives_no_line() {
        for text in ["x\"\rATD112;", "\"", "a\nb", "\u{1a}", "\u{1b}", "é", "\0"] {
            assert_eq!(set("+CSCS", &[Parameter::Text(text)]), "", "{text:?}");
        }
        assert_eq!(set("+CSCS", &[Parameter::Text(&"x".repeat(ROOM))]), "");
    }
}
