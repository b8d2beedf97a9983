//! Converts a spaCy pipeline to a model file: `convert WHEEL_OR_FOLDER OUT`.

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [source, out] = arguments.as_slice() else {
        return Err("usage: convert WHEEL_OR_FOLDER OUT".into());
    };
    let mut tell = |progress: depeche_nlp::Progress| eprintln!("{}/{} {}", progress.done, progress.of, progress.step);
    let info = depeche_nlp::convert(Path::new(source), Path::new(out), &mut tell)?;
    println!("{} {} ({}), {} vectors", info.full_name(), info.version, info.license, info.vectors);
    Ok(())
}
