//! `depeche export`: a record in a format that others read.
//!
//! In go a record, a format and what it is narrowed to; out go its bytes to standard output, or into a file that is there whole or not at all.

use crate::Outcome;
use crate::arguments::ExportArguments;
use crate::commands::query::filter;
use crate::diagnostics::{Diagnostic, Failure};
use depeche::packs::PackFiles;
use depeche_exchange::{Countries, ExportFormat, Fault, What, export};
use depeche_store::{Filter, Reader};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

pub(crate) fn run(arguments: &ExportArguments) -> Result<Outcome, Failure> {
    if !arguments.to.is_built() {
        let told = Diagnostic::error("this depeche was built without Parquet");
        return Err(Failure::Usage(told.hint("build it with `cargo install --path crates/cli --features parquet`")));
    }
    if !arguments.to.takes(arguments.what) {
        let told = format!("{} has room for happenings alone, not for {}", arguments.to.name(), arguments.what.name());
        return Err(Failure::Usage(Diagnostic::error(told).hint("take `--to csv`, `--to jsonl` or `--to parquet` for it")));
    }
    let reader = Reader::open(&arguments.record.db)?;
    let asked = Asked { filter: filter(&arguments.filter), what: arguments.what, format: arguments.to, countries: countries()? };
    match &arguments.output {
        Some(path) => asked.write_file(&reader, path)?,
        None if arguments.to == ExportFormat::Parquet && io::stdout().is_terminal() => {
            return Err(Failure::Usage(Diagnostic::error("Parquet is nothing to read").hint("name a file with `--output`, or pipe it")));
        }
        None => asked.write(&reader, &mut BufWriter::with_capacity(1 << 16, io::stdout())).map_err(|fault| failure(fault, None))?,
    }
    Ok(Outcome::Complete)
}

/// The countries of the packs built in; the English names first, which ICEWS and RSS readers know.
pub(crate) fn countries() -> Result<Countries, Failure> {
    Ok(Countries::load(&PackFiles::built_in(), &["en", "fr"])?)
}

/// What is written.
struct Asked {
    filter: Filter,
    what: What,
    format: ExportFormat,
    countries: Countries,
}

impl Asked {
    fn write(&self, reader: &Reader, out: &mut (impl Write + Send)) -> Result<(), Fault> {
        export(reader, &self.filter, self.what, self.format, &self.countries, out).map(|_| ())
    }

    fn write_file(&self, reader: &Reader, path: &Path) -> Result<(), Failure> {
        let at = |error: &io::Error| Failure::of_file(path, error);
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let file = tempfile::NamedTempFile::new_in(folder).map_err(|error| at(&error))?;
        let mut out = BufWriter::with_capacity(1 << 16, file);
        self.write(reader, &mut out).map_err(|fault| failure(fault, Some(path)))?;
        let file = out.into_inner().map_err(|error| at(error.error()))?;
        readable(file.as_file()).map_err(|error| at(&error))?;
        file.persist(path).map_err(|error| at(&error.error))?;
        Ok(())
    }
}

/// Files of other programs can be read by all who may read the folder; temporary ones cannot.
#[cfg(unix)]
fn readable(file: &std::fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable(_: &std::fs::File) -> io::Result<()> {
    Ok(())
}

/// What a fault means, of a file or of standard output.
fn failure(fault: Fault, path: Option<&Path>) -> Failure {
    match (fault, path) {
        (Fault::Store(error), _) => error.into(),
        (Fault::Output(error), Some(path)) => Failure::of_file(path, &error),
        (Fault::Output(error), None) => Failure::of_output(&error),
        (Fault::Format(message), _) => Failure::Usage(Diagnostic::error(message)),
    }
}
