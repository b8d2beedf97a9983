//! How text looks: emphasis and colour on a terminal, plain marks elsewhere; and its breaking into lines.

use depeche::record::Quad;
use std::io::{IsTerminal, stdout};

/// The widest that running text is set, on however wide a terminal.
const WIDEST: usize = 110;
/// The width where nobody says.
const USUAL: usize = 100;

/// How to set text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Style {
    pub(crate) colour: bool,
    pub(crate) width: usize,
}

impl Style {
    /// Plain, for pipes and files.
    pub(crate) const PLAIN: Style = Style { colour: false, width: USUAL };

    /// What suits standard output.
    pub(crate) fn of_stdout() -> Style {
        if !stdout().is_terminal() {
            return Style::PLAIN;
        }
        let width = terminal_size::terminal_size().map_or(USUAL, |(width, _)| usize::from(width.0));
        Style { colour: crate::diagnostics::colour_on(&stdout()), width: width.clamp(40, WIDEST) }
    }

    fn paint(self, text: &str, code: &str) -> String {
        if self.colour { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }

    pub(crate) fn bold(self, text: &str) -> String {
        self.paint(text, "1")
    }

    pub(crate) fn dim(self, text: &str) -> String {
        self.paint(text, "2")
    }

    /// In the colour of a quad class: cooperation cool, conflict warm.
    pub(crate) fn of_quad(self, text: &str, quad: Quad) -> String {
        let code = match quad {
            Quad::VerbalCooperation => "1;36",
            Quad::MaterialCooperation => "1;32",
            Quad::VerbalConflict => "1;33",
            Quad::MaterialConflict => "1;31",
        };
        self.paint(text, code)
    }

    /// The words that matter in a sentence: bold, or in brackets where nothing is bold.
    pub(crate) fn mark(self, text: &str) -> String {
        if self.colour { self.paint(text, "1;4") } else { format!("[{text}]") }
    }
}

/// Text in lines of at most `width` characters, broken at spaces. What stands between [`Style::mark`]'s escapes counts as it shows.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut taken = 0;
    for word in text.split_whitespace() {
        let long = shown_width(word);
        if taken > 0 && taken + 1 + long > width {
            lines.push(std::mem::take(&mut line));
            taken = 0;
        }
        if taken > 0 {
            line.push(' ');
            taken += 1;
        }
        line.push_str(word);
        taken += long;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// The characters of a word that show, terminal escapes not counted.
fn shown_width(word: &str) -> usize {
    let mut width = 0;
    let mut in_escape = false;
    for character in word.chars() {
        match character {
            '\x1b' => in_escape = true,
            'm' if in_escape => in_escape = false,
            _ if !in_escape => width += 1,
            _ => {}
        }
    }
    width
}

/// Text for one line of a terminal: white space as single spaces, control characters left out, so that no dispatch can steer a terminal.
pub(crate) fn one_line(text: &str) -> String {
    let shown: String = text.chars().filter(|character| !character.is_control() || character.is_whitespace()).collect();
    shown.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_take_no_room() {
        let style = Style { colour: true, width: 20 };
        let text = format!("one {} three four", style.mark("two"));
        assert_eq!(wrap(&text, 13), [format!("one {} three", style.mark("two")), "four".to_owned()]);
    }

    #[test]
    fn a_dispatch_cannot_steer_the_terminal() {
        assert_eq!(one_line("a\u{1b}[2J\u{7}  b\n\tc"), "a[2J b c");
    }
}
