//! What the command says to the person who runs it: errors, warnings and hints, on standard error.
//!
//! A message names its input first, then what is wrong; the hint says what to do. Standard output is for data alone, so nothing here
//! writes there.

use depeche::packs::PackError;
use depeche::record::Warning;
use depeche::{IntakeError, nlp};
use depeche_store::StoreError;
use indicatif::ProgressBar;
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, SourceSpan};
use std::fmt;
use std::io::{IsTerminal, Write};
use std::path::Path;

/// Something to tell: an error or a warning, with what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Diagnostic {
    pub(crate) severity: Severity,
    pub(crate) message: String,
    pub(crate) hint: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Severity {
    Error,
    Warning,
}

impl Diagnostic {
    pub(crate) fn error(message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Error, message: message.into(), hint: None }
    }

    pub(crate) fn warning(message: impl Into<String>) -> Diagnostic {
        Diagnostic { severity: Severity::Warning, message: message.into(), hint: None }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Diagnostic {
        self.hint = Some(hint.into());
        self
    }

    fn print(&self, out: &mut impl Write, colour: bool) -> std::io::Result<()> {
        let (word, code) = match self.severity {
            Severity::Error => ("error", "31"),
            Severity::Warning => ("warning", "33"),
        };
        let paint = |text: &str, code: &str| if colour { format!("\x1b[1;{code}m{text}\x1b[0m") } else { text.to_owned() };
        writeln!(out, "{}: {}", paint(word, code), self.message)?;
        match &self.hint {
            Some(hint) => writeln!(out, "  {}: {hint}", paint("hint", "36")),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl From<&IntakeError> for Diagnostic {
    fn from(error: &IntakeError) -> Self {
        let place = error.place();
        Diagnostic::error(format!("{place}: {}", error.message)).hint(&error.cure)
    }
}

impl From<StoreError> for Diagnostic {
    fn from(error: StoreError) -> Self {
        Diagnostic::error(error.message).hint(error.cure)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Failure::Fault(error.into())
    }
}

impl From<nlp::Error> for Diagnostic {
    fn from(error: nlp::Error) -> Self {
        // Its own words end with the cure, which has its line here.
        let told = error.to_string();
        let message = told.strip_suffix(&format!(" (hint: {})", error.cure())).unwrap_or(&told);
        Diagnostic::error(message).hint(error.cure())
    }
}

/// Why a command ended before its work was done.
pub(crate) enum Failure {
    /// The arguments make no sense together: exit code 2.
    Usage(Diagnostic),
    /// Exit code 1.
    Fault(Diagnostic),
    /// The reader of standard output has gone; there is nothing to tell and nobody to tell it to.
    OutputClosed,
}

impl From<Diagnostic> for Failure {
    fn from(diagnostic: Diagnostic) -> Self {
        Failure::Fault(diagnostic)
    }
}

impl From<PackError> for Failure {
    fn from(error: PackError) -> Self {
        let diagnostic = Diagnostic::error(render_pack_error(&error));
        Failure::Fault(diagnostic.hint("mend the file; `depeche packs check DIR` tells all that is wrong with a pack"))
    }
}

impl Failure {
    /// What a failure to write a file means.
    pub(crate) fn of_file(path: &Path, error: &std::io::Error) -> Failure {
        let told = match error.kind() {
            std::io::ErrorKind::NotFound => "its folder is not there".to_owned(),
            std::io::ErrorKind::PermissionDenied => "it cannot be written there".to_owned(),
            _ => error.to_string(),
        };
        let told = Diagnostic::error(format!("{}: {told}", path.display()));
        Failure::Fault(told.hint("check the path and the disk; what was there before is there still"))
    }

    /// What a failure to write the output means.
    pub(crate) fn of_output(error: &std::io::Error) -> Failure {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Failure::OutputClosed,
            _ => {
                Failure::Fault(Diagnostic::error(format!("standard output: {error}")).hint("check the disk or the program that it goes to"))
            }
        }
    }
}

/// Tells diagnostics without tearing a progress bar.
pub(crate) struct Teller {
    pub(crate) progress: ProgressBar,
    colour: bool,
}

impl Teller {
    pub(crate) fn new(progress: ProgressBar) -> Teller {
        Teller { progress, colour: colour_on(&std::io::stderr()) }
    }

    pub(crate) fn tell(&self, diagnostic: &Diagnostic) {
        self.progress.suspend(|| {
            // Where standard error is closed there is nobody to tell.
            let _ = diagnostic.print(&mut std::io::stderr().lock(), self.colour);
        });
    }

    /// The share of the input that was read, from 0 to 1, where its size is known.
    pub(crate) fn read(&self) -> Option<f64> {
        let length = self.progress.length().filter(|length| *length > 0)?;
        Some((self.progress.position() as f64 / length as f64).min(1.0))
    }

    /// Tells what a reader of the dispatch `id` should know.
    pub(crate) fn tell_warnings(&self, id: &str, warnings: &[Warning]) {
        for Warning { code, message } in warnings {
            self.tell(&Diagnostic::warning(format!("{id}: {message} [{code}]")));
        }
    }
}

/// Tells one diagnostic where no progress is shown.
pub(crate) fn tell(diagnostic: &Diagnostic) {
    Teller::new(ProgressBar::hidden()).tell(diagnostic);
}

/// Whether to colour what goes to a stream: on a terminal, unless `NO_COLOR` is set.
pub(crate) fn colour_on(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// A width at which no message is broken into lines.
const UNBROKEN: usize = 1 << 14;

/// A pack's error with the line at fault shown and underlined.
pub(crate) fn render_pack_error(error: &PackError) -> String {
    let Some(text) = &error.source_text else { return error.to_string() };
    let end = error.span.end.min(text.len());
    let start = error.span.start.min(end);
    // An underlined entry of many lines says less than its first.
    let end = text.get(start..end).and_then(|part| part.find('\n')).map_or(end, |length| start + length);
    let label = LabeledSpan::new_with_span(None, SourceSpan::new(start.into(), end - start));
    let mut told = MietteDiagnostic::new(error.to_string());
    told.labels = Some(vec![label]);
    let report = miette::Report::new(told).with_source_code(NamedSource::new(&error.file, text.to_string()));
    let theme = if colour_on(&std::io::stderr()) { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
    let mut rendered = String::new();
    match GraphicalReportHandler::new_themed(theme).with_width(UNBROKEN).with_links(false).render_report(&mut rendered, report.as_ref()) {
        Ok(()) => rendered.trim().trim_start_matches(['×', ' ']).to_owned(),
        Err(_) => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(diagnostic: &Diagnostic, expected: Expect) {
        let mut out = Vec::new();
        diagnostic.print(&mut out, false).unwrap();
        expected.assert_eq(&String::from_utf8(out).unwrap());
    }

    #[test]
    fn a_message_names_its_input_and_the_hint_its_cure() {
        check(
            &Diagnostic::error("a.bin: it is no text").hint("give it as text"),
            expect![[r#"
                error: a.bin: it is no text
                  hint: give it as text
            "#]],
        );
    }
}
