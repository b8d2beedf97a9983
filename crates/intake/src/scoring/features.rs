//! What the scorer knows of a block: a row of numbers.
//!
//! In go the pieces of a text, blocks of a page or lines of a plain text, with what their words alone say; out comes a row for each. What only
//! a page's markup can tell is missing (NaN) for the lines of a text, so that one scorer serves both.

use crate::html::{Element, GROUPS, NEAR, NEAR_NAMES};
use crate::line_shape::Ending;
use depeche_record::BlockKind;
use rustc_hash::{FxHashMap, FxHashSet};

/// A block or line before it has a kind.
#[derive(Debug, Clone)]
pub(crate) struct Piece<'text> {
    pub(crate) text: &'text str,
    pub(crate) words: usize,
    /// Characters but white space.
    pub(crate) letters: usize,
    /// Of these, how many are in links; nothing where no markup tells.
    pub(crate) linked: Option<usize>,
    pub(crate) ending: Ending,
    /// The kind that its words alone give it.
    pub(crate) lexical: Option<BlockKind>,
}

/// What a page says of its article outside its text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Hints {
    /// Its titles, folded.
    pub(crate) titles: Vec<String>,
    /// Shingles of its description.
    pub(crate) description: FxHashSet<u64>,
    /// Shingles of the article, where the page carries it a second time for machines.
    pub(crate) article: FxHashSet<u64>,
}

macro_rules! scalars {
    ($($(#[doc = $doc:literal])* $name:ident,)*) => {
        /// The row of a block; NaN for what is not known.
        #[derive(Debug, Clone)]
        pub(crate) struct Features {
            $($(#[doc = $doc])* pub(crate) $name: f32,)*
            /// How far up the nearest element of each group of class words is.
            pub(crate) near_groups: [f32; GROUPS.len()],
            /// How far up the nearest element of each of [`NEAR`] is.
            pub(crate) near_elements: [f32; NEAR.len()],
        }

        const SCALARS: [&str; [$(stringify!($name)),*].len()] = [$(stringify!($name)),*];

        impl Features {
            /// Nothing known.
            pub(crate) fn unknown() -> Features {
                Features { $($name: f32::NAN,)* near_groups: [f32::NAN; GROUPS.len()], near_elements: [f32::NAN; NEAR.len()] }
            }

            /// The numbers, in the order of [`NAMES`].
            pub(crate) fn values(&self) -> [f32; NAMES.len()] {
                let mut values = [f32::NAN; NAMES.len()];
                let all = [$(self.$name),*].into_iter().chain(self.near_groups).chain(self.near_elements);
                for (slot, value) in values.iter_mut().zip(all) {
                    *slot = value;
                }
                values
            }
        }
    };
}

scalars! {
    letters,
    words,
    word_length,
    /// Marks that end a sentence.
    sentences,
    commas,
    /// Shares of its letters.
    digits,
    capitals,
    punctuation,
    /// Whether it ends like a sentence (2), with a colon or comma (1), open (0).
    ending,
    /// Whether its first letter is small (0), a capital (1), none (2).
    opening,
    quotes,
    newlines,
    link_density,
    links,
    lexical_share,
    lexical_related,
    lexical_navigation,
    lexical_source,
    lexical_byline,
    lexical_dateline,
    lexical_caption,
    lexical_other,
    is_prose,
    /// Its place, from 0 to 1, by blocks and by letters.
    place,
    place_in_letters,
    letters_before,
    /// Shares of the text's prose before and after it.
    prose_before,
    prose_after,
    /// Blocks from the first and to the last prose, negative outside.
    from_first_prose,
    to_last_prose,
    words_before_2,
    words_before_1,
    words_after_1,
    words_after_2,
    links_before_2,
    links_before_1,
    links_after_1,
    links_after_2,
    ending_before,
    ending_after,
    debris_before,
    debris_after,
    /// Letters of prose in the five blocks before and after.
    prose_near_before,
    prose_near_after,
    /// Blocks since one that is no prose, and until one.
    run_before,
    run_after,
    since_related,
    since_debris,
    /// Share of its longer words that other prose has.
    topic,
    /// How often its text stands on the page.
    copies,
    total_prose,
    total_blocks,
    /// Whether it is one of the page's titles, and the share of the title's words in it.
    is_title,
    title_words,
    /// Blocks since the last one that is a title.
    since_title,
    /// Share of its shingles in the page's description and in its own copy of the article.
    in_description,
    in_article,
    depth,
    level,
    since_heading,
    heading_is_debris,
    hidden,
    strong,
    continues,
    same_element_before,
    same_element_after,
    /// Of the blocks with the same path: their share of the prose, and how many they are.
    path_prose,
    path_blocks,
    parent_blocks,
    prose_0,
    prose_1,
    prose_2,
    prose_3,
    prose_5,
    density_0,
    density_1,
    density_2,
    density_3,
    density_5,
    letters_1,
    letters_2,
    letters_3,
    /// Steps up to what holds the candidate, and from there down to it.
    candidate_up,
    candidate_down,
}

impl Features {
    /// Whether it is a short link in a menu or a footer, half of what a page has, which no scorer need look at.
    pub(crate) fn is_menu(&self) -> bool {
        let is_in = |element: Element| {
            let distance = NEAR.iter().position(|near| *near == element).and_then(|at| self.near_elements.get(at));
            distance.is_some_and(|distance| !distance.is_nan())
        };
        self.link_density > 0.99 && self.words <= 6.0 && (is_in(Element::Navigation) || is_in(Element::Footer))
    }
}

/// The names of the features, in order.
pub(crate) const NAMES: [&str; SCALARS.len() + GROUPS.len() + NEAR_NAMES.len()] = {
    let mut names = [""; SCALARS.len() + GROUPS.len() + NEAR_NAMES.len()];
    let mut at = 0;
    while at < names.len() {
        names[at] = if at < SCALARS.len() {
            SCALARS[at]
        } else if at < SCALARS.len() + GROUPS.len() {
            GROUPS[at - SCALARS.len()]
        } else {
            NEAR_NAMES[at - SCALARS.len() - GROUPS.len()]
        };
        at += 1;
    }
    names
};

/// Words from which a piece that ends like a sentence is prose, and those from which it is however it ends.
const PROSE_WORDS: usize = 10;
const LONG_WORDS: usize = 25;

impl Piece<'_> {
    /// Whether it reads like a paragraph.
    pub(crate) fn is_prose(&self) -> bool {
        let long = self.words >= LONG_WORDS || (self.words >= PROSE_WORDS && self.ending != Ending::Open);
        // Scripts without spaces are measured by their letters.
        let unspaced = self.words * 15 < self.letters && self.letters >= 60 && self.ending == Ending::Sentence;
        (long || unspaced) && self.linked.unwrap_or(0) * 2 < self.letters && self.lexical.is_none()
    }

    fn link_density(&self) -> f32 {
        self.linked.map_or(f32::NAN, |linked| linked as f32 / self.letters.max(1) as f32)
    }
}

/// The hashes of the runs of three words of a text.
pub(crate) fn shingles(text: &str) -> impl Iterator<Item = u64> {
    runs_of_three(word_hashes(text).map(|word| word.hash))
}

fn runs_of_three(hashes: impl Iterator<Item = u64>) -> impl Iterator<Item = u64> {
    let mut last = [0_u64; 2];
    hashes.enumerate().filter_map(move |(seen, hash)| {
        let run = last[0].rotate_left(17) ^ last[1].rotate_left(41) ^ hash;
        last = [last[1], hash];
        (seen >= 2).then_some(run)
    })
}

/// A word by its hash.
#[derive(Debug, Clone, Copy)]
struct Word {
    hash: u64,
    /// Whether it is long enough to say something of the topic.
    tells: bool,
}

/// The words of a text in lower case, as hashes.
fn word_hashes(text: &str) -> impl Iterator<Item = Word> {
    text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()).map(|word| {
        // FNV-1a, which is short; nobody gains by words that collide.
        let step = |hash: u64, character: char| (hash ^ u64::from(character)).wrapping_mul(0x0100_0000_01B3);
        let start = 0xCBF2_9CE4_8422_2325;
        let hash = if word.is_ascii() {
            word.bytes().fold(start, |hash, byte| step(hash, char::from(byte.to_ascii_lowercase())))
        } else {
            word.chars().flat_map(char::to_lowercase).fold(start, step)
        };
        Word { hash, tells: word.len() >= TOPIC_BYTES }
    })
}

/// Bytes from which a word says something of the topic.
const TOPIC_BYTES: usize = 5;

/// The rows of all pieces. `in_core` says whose prose tells the topic; `markup` adds what a page's elements say.
pub(crate) fn rows(
    pieces: &[Piece],
    hints: &Hints,
    in_core: impl Fn(usize) -> bool,
    mut markup: impl FnMut(usize, &mut Features),
) -> Vec<Features> {
    let prose: Vec<bool> = pieces.iter().map(Piece::is_prose).collect();
    let prose_letters = |at: usize| if prose.get(at) == Some(&true) { pieces.get(at).map_or(0, |piece| piece.letters) } else { 0 };
    let total_letters: usize = pieces.iter().map(|piece| piece.letters).sum();
    let total_prose: usize = (0..pieces.len()).map(prose_letters).sum();
    let first_prose = prose.iter().position(|is| *is).unwrap_or(0);
    let last_prose = prose.iter().rposition(|is| *is).unwrap_or(0);
    let words: Vec<Vec<Word>> = pieces.iter().map(|piece| word_hashes(piece.text).collect()).collect();
    let topic = topic(&words, |at| prose.get(at) == Some(&true) && in_core(at));
    let mut copies: FxHashMap<&str, u32> = FxHashMap::default();
    for piece in pieces {
        *copies.entry(piece.text).or_default() += 1;
    }
    let title_words: FxHashSet<u64> =
        hints.titles.iter().flat_map(|title| word_hashes(title)).filter(|word| word.tells).map(|word| word.hash).collect();
    let (mut letters_before, mut prose_before) = (0, 0);
    let (mut since_related, mut since_debris, mut since_title) = (f32::NAN, f32::NAN, f32::NAN);
    let mut rows = Vec::with_capacity(pieces.len());
    for (at, piece) in pieces.iter().enumerate() {
        let mut row = Features::unknown();
        own(piece, &mut row);
        row.is_prose = flag(prose.get(at) == Some(&true));
        row.place = at as f32 / pieces.len() as f32;
        row.place_in_letters = letters_before as f32 / total_letters.max(1) as f32;
        row.letters_before = letters_before as f32;
        row.prose_before = prose_before as f32 / total_prose.max(1) as f32;
        letters_before += piece.letters;
        prose_before += prose_letters(at);
        row.prose_after = (total_prose - prose_before) as f32 / total_prose.max(1) as f32;
        row.from_first_prose = at as f32 - first_prose as f32;
        row.to_last_prose = last_prose as f32 - at as f32;
        row.total_prose = total_prose as f32;
        row.total_blocks = pieces.len() as f32;
        let near = |offset: isize| at.checked_add_signed(offset).and_then(|near| pieces.get(near));
        let words_of = |offset| near(offset).map_or(f32::NAN, |piece| piece.words as f32);
        let links_of = |offset| near(offset).map_or(f32::NAN, Piece::link_density);
        (row.words_before_2, row.words_before_1, row.words_after_1, row.words_after_2) =
            (words_of(-2), words_of(-1), words_of(1), words_of(2));
        (row.links_before_2, row.links_before_1, row.links_after_1, row.links_after_2) =
            (links_of(-2), links_of(-1), links_of(1), links_of(2));
        let ending_of = |offset| near(offset).map_or(f32::NAN, |piece| ending(piece.ending));
        (row.ending_before, row.ending_after) = (ending_of(-1), ending_of(1));
        let debris_of = |offset| near(offset).map_or(f32::NAN, |piece| flag(piece.lexical.is_some()));
        (row.debris_before, row.debris_after) = (debris_of(-1), debris_of(1));
        row.prose_near_before = (at.saturating_sub(5)..at).map(prose_letters).sum::<usize>() as f32;
        row.prose_near_after = (at + 1..at + 6).map(prose_letters).sum::<usize>() as f32;
        row.run_before = prose.iter().take(at).rev().take(20).take_while(|is| **is).count() as f32;
        row.run_after = prose.iter().skip(at + 1).take(20).take_while(|is| **is).count() as f32;
        row.since_related = since_related;
        row.since_debris = since_debris;
        row.since_title = since_title;
        row.topic = topic.get(at).copied().unwrap_or(f32::NAN);
        row.copies = copies.get(piece.text).copied().unwrap_or(1) as f32;
        if !hints.titles.is_empty() {
            let is_title = piece.words <= 40 && hints.titles.contains(&crate::pages::fold(piece.text));
            row.is_title = flag(is_title);
            let told: FxHashSet<u64> =
                words.get(at).into_iter().flatten().map(|word| word.hash).filter(|word| title_words.contains(word)).collect();
            row.title_words = told.len() as f32 / title_words.len().max(1) as f32;
            since_title = if is_title { 1.0 } else { since_title + 1.0 };
        }
        let own_words = words.get(at).map(Vec::as_slice).unwrap_or_default();
        row.in_description = share_in(own_words, &hints.description);
        row.in_article = share_in(own_words, &hints.article);
        markup(at, &mut row);
        since_related = if piece.lexical == Some(BlockKind::Related) { 1.0 } else { since_related + 1.0 };
        since_debris = if piece.lexical.is_some() { 1.0 } else { since_debris + 1.0 };
        rows.push(row);
    }
    rows
}

/// What a piece's own text says.
fn own(piece: &Piece, row: &mut Features) {
    let letters = piece.letters.max(1) as f32;
    row.letters = piece.letters as f32;
    row.words = piece.words as f32;
    row.word_length = letters / piece.words.max(1) as f32;
    let (mut sentences, mut commas, mut digits, mut capitals, mut punctuation, mut quotes, mut newlines) = (0, 0, 0, 0, 0, 0, 0);
    for character in piece.text.chars() {
        match character {
            '.' | '!' | '?' | '…' | '。' => sentences += 1,
            ',' | ';' | '、' | '،' => commas += 1,
            '"' | '«' | '»' | '“' | '”' | '„' => quotes += 1,
            '\n' => newlines += 1,
            _ if character.is_numeric() => digits += 1,
            _ if character.is_uppercase() => capitals += 1,
            _ if !character.is_alphanumeric() && !character.is_whitespace() => punctuation += 1,
            _ => {}
        }
    }
    row.sentences = sentences as f32;
    row.commas = commas as f32;
    row.digits = digits as f32 / letters;
    row.capitals = capitals as f32 / letters;
    row.punctuation = punctuation as f32 / letters;
    row.quotes = quotes as f32;
    row.newlines = newlines as f32;
    row.ending = ending(piece.ending);
    row.opening = match piece.text.chars().next() {
        Some(first) if first.is_lowercase() => 0.0,
        Some(first) if first.is_alphabetic() => 1.0,
        _ => 2.0,
    };
    row.link_density = piece.link_density();
    let is = |kind| flag(piece.lexical == Some(kind));
    row.lexical_share = is(BlockKind::Share);
    row.lexical_related = is(BlockKind::Related);
    row.lexical_navigation = is(BlockKind::Navigation);
    row.lexical_source = is(BlockKind::Source);
    row.lexical_byline = is(BlockKind::Byline);
    row.lexical_dateline = is(BlockKind::Dateline);
    row.lexical_caption = is(BlockKind::Caption);
    row.lexical_other = is(BlockKind::Other);
}

/// Of each piece, the share of its longer words that the prose of others has.
fn topic(words: &[Vec<Word>], is_core: impl Fn(usize) -> bool) -> Vec<f32> {
    let mut holders: FxHashMap<u64, (u32, usize)> = FxHashMap::default();
    for (at, words) in words.iter().enumerate().filter(|(at, _)| is_core(*at)) {
        for word in words.iter().filter(|word| word.tells) {
            let (count, last) = holders.entry(word.hash).or_insert((0, usize::MAX));
            *count += u32::from(*last != at);
            *last = at;
        }
    }
    let share = |(at, words): (usize, &Vec<Word>)| {
        let own = u32::from(is_core(at));
        let (mut all, mut shared) = (0, 0);
        for word in words.iter().filter(|word| word.tells) {
            all += 1;
            shared += u32::from(holders.get(&word.hash).is_some_and(|(count, _)| *count > own));
        }
        if all == 0 { f32::NAN } else { shared as f32 / all as f32 }
    };
    words.iter().enumerate().map(share).collect()
}

/// The share of the runs of three words that are in a set; NaN where the set is empty or the words too few.
fn share_in(words: &[Word], set: &FxHashSet<u64>) -> f32 {
    if set.is_empty() || words.len() < 3 {
        return f32::NAN;
    }
    let shared = runs_of_three(words.iter().map(|word| word.hash)).filter(|run| set.contains(run)).count();
    shared as f32 / (words.len() - 2) as f32
}

pub(crate) fn flag(is: bool) -> f32 {
    f32::from(u8::from(is))
}

fn ending(ending: Ending) -> f32 {
    match ending {
        Ending::Sentence => 2.0,
        Ending::Continued => 1.0,
        Ending::Open => 0.0,
    }
}
