//! How long a record takes to take dispatches as it grows: `grow CODED [BATCH]` prints, for every tenth of them, microseconds a dispatch for dossiers and for decisions.

use depeche_packs::PackFiles;
use depeche_record::CodedDispatch;
use depeche_resolve::{MemoryShelf, Resolver, UserDecisions};
use std::error::Error;
use std::io::BufReader;
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let path = arguments.first().ok_or("grow CODED [BATCH]")?;
    let batch: usize = arguments.get(1).map_or(Ok(200), |batch| batch.parse())?;
    let resolver = Resolver::load(&PackFiles::built_in())?;
    let coded: Vec<CodedDispatch> = depeche_eval::read_lines(BufReader::new(std::fs::File::open(path)?))?;
    let mut shelf = MemoryShelf::default();
    let user = UserDecisions::default();
    for tenth in coded.chunks(coded.len().div_ceil(10).max(1)) {
        let (mut reading, mut deciding, mut groups) = (Duration::ZERO, Duration::ZERO, [0; 5]);
        for batch in tenth.chunks(batch.max(1)) {
            let begun = Instant::now();
            let dossiers: Vec<_> = batch.iter().map(|dispatch| resolver.dossier(dispatch)).collect();
            let ids: Vec<String> = dossiers.iter().map(|dossier| dossier.id.clone()).collect();
            let forms: Vec<String> = dossiers.into_iter().flat_map(|dossier| shelf.put(&resolver, dossier)).collect();
            reading += begun.elapsed();
            let begun = Instant::now();
            let Ok(decided) = resolver.decide(&shelf, &ids, &forms, &user);
            deciding += begun.elapsed();
            let counts =
                [decided.copies.len(), decided.stories.len(), decided.happenings.len(), decided.threads.len(), decided.actors.len()];
            for (sum, count) in groups.iter_mut().zip(counts) {
                *sum += count;
            }
        }
        let each = |time: Duration| time.as_micros() / tenth.len().max(1) as u128;
        println!("dossiers {} µs, decisions {} µs a dispatch; groups {groups:?}", each(reading), each(deciding));
    }
    Ok(())
}
