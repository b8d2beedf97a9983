//! Lines out of files as they are published: plain, gzipped or zipped.
//!
//! In go bytes, told by the first of them; out come lines, at constant memory, for an archive is unpacked as it comes. An archive has one file, as those of GDELT do, so that a line number says where a
//! row stands; what stands behind it in others is refused, and so is an archive that tells sizes only behind its files.

use super::lines::Lines;
use crate::Fault;
use flate2::bufread::MultiGzDecoder;
use std::io::{BufRead, BufReader, Read};
use zip::read::read_zipfile_from_stream;
use zip::result::ZipError;

/// Hands the lines of an input to `take`.
pub(super) fn lines<Answer>(
    input: impl Read,
    take: impl FnOnce(&mut Lines<&mut dyn BufRead>) -> Result<Answer, Fault>,
) -> Result<Answer, Fault> {
    let mut input = BufReader::with_capacity(1 << 16, input);
    match input.fill_buf()? {
        [0x1f, 0x8b, ..] => take(&mut Lines::of(&mut BufReader::new(MultiGzDecoder::new(input)) as &mut dyn BufRead)),
        [b'P', b'K', 3..=8, ..] => zipped(input, take),
        _ => take(&mut Lines::of(&mut input as &mut dyn BufRead)),
    }
}

fn zipped<Answer>(mut input: impl Read, take: impl FnOnce(&mut Lines<&mut dyn BufRead>) -> Result<Answer, Fault>) -> Result<Answer, Fault> {
    let Some(file) = read_zipfile_from_stream(&mut input).map_err(fault)? else {
        return Err(Fault::Format("the zip archive holds no file".to_owned()));
    };
    let name = file.name().map_err(fault)?.into_owned();
    let mut unpacked = BufReader::with_capacity(1 << 16, file);
    let answer = take(&mut Lines::of(&mut unpacked as &mut dyn BufRead))?;
    drop(unpacked);
    match read_zipfile_from_stream(&mut input).map_err(fault)? {
        None => Ok(answer),
        Some(_) => Err(Fault::Format(format!(
            "the zip archive holds several files, of which only the first, `{name}`, was read; unpack the others"
        ))),
    }
}

fn fault(error: ZipError) -> Fault {
    match error {
        ZipError::Io(error) => Fault::Output(error),
        other => Fault::Format(format!("the zip archive cannot be read as it comes: {other}; unpack it first")),
    }
}
