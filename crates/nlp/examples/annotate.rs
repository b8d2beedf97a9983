//! Annotates texts: `annotate MODEL IN.jsonl OUT.jsonl [PASSES]`.
//!
//! Each line of the input is `{"id", "text"}`, each of the output `{"id", "tokens", "ents"}`. With several passes the
//! texts are annotated as often, and what each pass took is told, in seconds of processor time where the system tells them.

use depeche_nlp::{Annotation, Pipeline};
use serde::{Deserialize, Serialize};
use std::io::{BufWriter, Write};
use std::time::Instant;

#[derive(Deserialize)]
struct Input {
    id: String,
    text: String,
}

#[derive(Serialize)]
struct Output<'a> {
    id: &'a str,
    #[serde(flatten)]
    annotation: Annotation,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [model, input, output, rest @ ..] = arguments.as_slice() else {
        return Err("usage: annotate MODEL IN.jsonl OUT.jsonl [PASSES]".into());
    };
    let passes: usize = rest.first().map_or(Ok(1), |passes| passes.parse())?;
    let begun = Instant::now();
    let pipeline = Pipeline::open(model)?;
    eprintln!("opened {} in {:.1} ms", pipeline.info().full_name(), begun.elapsed().as_secs_f64() * 1000.0);
    let text = std::fs::read_to_string(input)?;
    let inputs: Vec<Input> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let texts: Vec<&str> = inputs.iter().map(|input| input.text.as_str()).collect();
    let mut docs = Vec::new();
    for pass in 1..=passes {
        let begun = processor_seconds();
        docs = pipeline.annotate_batch(&texts);
        let seconds = processor_seconds() - begun;
        let tokens: usize = docs.iter().map(|doc| doc.len()).sum();
        println!("{{\"pass\": {pass}, \"tokens\": {tokens}, \"seconds\": {seconds:.4}}}");
    }
    let mut writer = BufWriter::new(std::fs::File::create(output)?);
    for (input, doc) in inputs.iter().zip(&docs) {
        serde_json::to_writer(&mut writer, &Output { id: &input.id, annotation: doc.to_annotation() })?;
        writeln!(writer)?;
    }
    writer.flush()?;
    Ok(())
}

/// What the process used of the processor, or the time of day where that is not known.
fn processor_seconds() -> f64 {
    let by_system = || {
        let status = std::fs::read_to_string("/proc/self/schedstat").ok()?;
        status.split_whitespace().next()?.parse::<f64>().ok().map(|nanoseconds| nanoseconds / 1e9)
    };
    by_system().unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        now.map_or(0.0, |since| since.as_secs_f64())
    })
}
