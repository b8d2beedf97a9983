//! Times in captions of pictures that are about something else, perhaps in another language.
//!
//! In go such captions of a coded dispatch; their times are laid among those of the text. Nothing else is read there, and what the text tells is
//! neither dated by them nor counted from them.

use crate::Intake;
use crate::language::Languages;
use crate::segments::Segments;
use depeche_record::{Block, BlockKind, CharIndex, CharSpan, CodedDispatch, Timex};
use std::collections::HashMap;

/// Adds the times of foreign captions to those of `coded`.
pub(crate) fn add_times(coded: &mut CodedDispatch, intake: &Intake, languages: &Languages) {
    let mut captions = coded.dispatch.blocks.iter().filter(|block| block.kind == BlockKind::ForeignCaption).peekable();
    if captions.peek().is_none() {
        return;
    }
    let index = CharIndex::new(&coded.dispatch.text);
    let found: Vec<Vec<Timex>> = captions.map(|caption| times(caption, coded, &index, intake, languages)).collect();
    if found.iter().any(|times| !times.is_empty()) {
        lay_among(coded, found);
    }
}

/// The times of one caption, by the pack of its language.
fn times(caption: &Block, coded: &CodedDispatch, index: &CharIndex, intake: &Intake, languages: &Languages) -> Vec<Timex> {
    let text = index.slice(&coded.dispatch.text, caption.span);
    let Some(Ok(recogniser)) = intake.language_of(text).and_then(|language| languages.times(&language)) else { return Vec::new() };
    // By itself: what stands before it need not be gone through once for every caption.
    let own = CharSpan::new(0, caption.span.len());
    let doc = Segments { spans: vec![own], cut: false }.chunks(text);
    let mut times = recogniser.resolve(&recogniser.recognise(&doc), &coded.dispatch.published, &doc).timexes;
    for timex in &mut times {
        timex.span = CharSpan::new(timex.span.start + caption.span.start, timex.span.end + caption.span.start);
    }
    times
}

/// Puts all times in the order of the text, and numbers them so.
fn lay_among(coded: &mut CodedDispatch, found: Vec<Vec<Timex>>) {
    let own = std::mem::take(&mut coded.timexes);
    let mut all: Vec<(usize, Timex)> =
        [own].into_iter().chain(found).enumerate().flat_map(|(from, times)| times.into_iter().map(move |timex| (from, timex))).collect();
    all.sort_by_key(|(_, timex)| timex.span);
    let numbers: HashMap<(usize, String), String> =
        all.iter().enumerate().map(|(at, (from, timex))| ((*from, timex.id.clone()), format!("t{}", at + 1))).collect();
    let renamed = |from: usize, id: &str| numbers.get(&(from, id.to_owned())).cloned();
    for (from, mut timex) in all {
        timex.id = renamed(from, &timex.id).unwrap_or(timex.id);
        timex.anchor = renamed(from, &timex.anchor).unwrap_or(timex.anchor);
        coded.timexes.push(timex);
    }
    for said_by in coded.events.iter_mut().filter_map(|event| event.when.as_mut()?.timex.as_mut()) {
        if let Some(id) = renamed(0, said_by) {
            *said_by = id;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Coder, CoderOptions, Layer, Layers, ReadOptions, Reader};

    #[test]
    fn times_of_a_foreign_caption_stand_among_those_of_the_text() {
        let text = "La ministre se rend à Bakou lundi pour une visite\n\n\
            Lawmakers talk with reporters on the steps of the old town hall on June 12, 2018 before the vote. (Agency photo)\n\
            La ministre est arrivée mardi 14 mai à Bakou, où elle doit rencontrer son homologue. Elle repartira le lendemain, a indiqué son \
            porte-parole, après avoir signé plusieurs accords de coopération.\n";
        let coder = Coder::new(CoderOptions { layers: Layers::NONE.with(Layer::Time), ..CoderOptions::default() }).expect("packs");
        let mut items = Reader::new(text.as_bytes(), "visit.txt", ReadOptions::default());
        let mut item = items.next().expect("an item").expect("a text");
        item.stated.published = Some("2024-05-14".to_owned());
        let coded = coder.code(&item);
        let told: Vec<_> = coded.timexes.iter().map(|timex| [timex.id.as_str(), &timex.text, &timex.anchor].join(" ")).collect();
        assert_eq!(told, ["t1 lundi published", "t2 June 12, 2018 none", "t3 mardi 14 mai published", "t4 le lendemain t3"]);
    }
}
