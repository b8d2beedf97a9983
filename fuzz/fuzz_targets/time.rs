//! Any text, with and without a day of publication: time expressions that lie in it, and days in order.
#![no_main]

use depeche_fuzz::{check_span, rough_doc};
use depeche_packs::PackFiles;
use depeche_record::{CharIndex, Date, Published};
use depeche_time::{Recogniser, Temporal};
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

static RECOGNISERS: LazyLock<[Recogniser; 2]> = LazyLock::new(|| {
    ["fr", "en"].map(|language| {
        let temporal = Temporal::load(&PackFiles::built_in(), language).expect("the built-in packs load");
        Recogniser::new(&temporal).expect("the built-in packs compile")
    })
});

fuzz_target!(|input: (bool, Option<(i16, u8, u8)>, &str)| {
    let (english, day, text) = input;
    let recogniser = &RECOGNISERS[usize::from(english)];
    let day = day.and_then(|(year, month, day)| Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok());
    let published =
        Published { value: day.map(|day| day.to_string()), earliest: day, latest: day, ..Published::default() };
    let doc = rough_doc(text);
    let index = CharIndex::new(text);
    let expressions = recogniser.recognise(&doc);
    for timex in recogniser.resolve(&expressions, &published, &doc).timexes {
        check_span(timex.span, &index);
        assert_eq!(index.slice(text, timex.span), timex.text);
        if let (Some(earliest), Some(latest)) = (timex.earliest, timex.latest) {
            assert!(earliest <= latest, "{timex:?}");
        }
    }
});
