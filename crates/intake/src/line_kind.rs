//! The kind of every line of a page.
//!
//! In go the lines with what their words alone say; out comes a kind for each, by where a line stands: before the article's first
//! paragraph are menus, title, standfirst, pictures; between its paragraphs, subheads and links; after its last, other articles, signatures
//! and the source. It refuses nothing: a line of which nothing is known is the article's.

use crate::captions::{ArticleWords, content_words, is_own_text};
use crate::language;
use crate::line_shape::{self as shape, Ending, is_name};
use crate::lines::Line;
use crate::pages::{Pages, fold};
use depeche_record::BlockKind;
use rustc_hash::FxHashSet;
use std::ops::Range;

/// Words from which a line that ends like a sentence is a paragraph.
const PROSE_WORDS: usize = 8;
/// Words from which a line is a paragraph however it ends.
const LONG_WORDS: usize = 35;
/// Words above which a line is no title.
const TITLE_WORDS: usize = 34;
/// Words above which a line is no subhead.
const SUBHEAD_WORDS: usize = 14;
/// Lines other than paragraphs and lists that part one article from the next.
const PARTING_LINES: usize = 8;
/// Lines before the article above which the first is rather a menu than a title.
const FEW_HEAD_LINES: usize = 6;
/// Lines among which a caption of the article's first picture is looked for.
const TOP_LINES: usize = 12;
/// Lines before which a title is looked for.
const HEAD_LINES: usize = 200;

/// Lines, and lines known by their words as debris, from which on a text is a whole page copied out, of the sort that the scorer knows.
pub(crate) const WHOLE_PAGE: usize = 60;
const KNOWN_DEBRIS: usize = 5;
/// Scores that outweigh a line's place.
const SURELY_NOT: f32 = 0.4;
const SURELY: f32 = 0.6;

/// What is known of a page's lines.
pub(crate) struct Kinds<'page> {
    pub(crate) text: &'page str,
    pub(crate) lines: &'page [Line],
    pub(crate) language: Option<&'page str>,
    /// How likely each is the article's; none where they are fewer than [`WHOLE_PAGE`].
    pub(crate) scores: &'page [f32],
    pub(crate) pages: &'page Pages,
}

/// Where the article's own paragraphs begin and end.
#[derive(Debug, Clone, Copy)]
struct Core {
    first: usize,
    last: usize,
}

impl Kinds<'_> {
    /// A kind for every line, from those that the words alone gave.
    pub(crate) fn decide(&self, lexical: Vec<Option<BlockKind>>) -> Vec<BlockKind> {
        let mut kinds = lexical.clone();
        self.top_captions(&mut kinds);
        match self.core(&kinds) {
            Some(core) => {
                let core = self.head(core, &mut kinds);
                self.middle(core, &mut kinds);
                self.tail(core, &mut kinds);
            }
            None => self.without_prose(&mut kinds),
        }
        self.weigh(&lexical, &mut kinds);
        self.captions(&mut kinds);
        self.ledes(&mut kinds);
        kinds.into_iter().map(|kind| kind.unwrap_or(BlockKind::Body)).collect()
    }

    /// Where a text is a page copied out, with much around the article, the scorer corrects what place alone has given.
    fn weigh(&self, lexical: &[Option<BlockKind>], kinds: &mut [Option<BlockKind>]) {
        let known = lexical.iter().filter(|kind| kind.is_some()).count();
        if self.lines.len() < WHOLE_PAGE || known < KNOWN_DEBRIS {
            return;
        }
        for (at, &score) in self.scores.iter().enumerate() {
            let (Some(None), Some(&kind)) = (lexical.get(at), kinds.get(at)) else { continue };
            match kind {
                Some(BlockKind::Body | BlockKind::Subhead | BlockKind::Lede) if score < SURELY_NOT => {
                    let open = self.ending(at) == Ending::Open;
                    let kind = match self.count(at) {
                        0..=3 if open => BlockKind::Navigation,
                        _ if open => BlockKind::Related,
                        _ => BlockKind::Other,
                    };
                    set(kinds, at, kind);
                }
                Some(BlockKind::Other | BlockKind::Related | BlockKind::Navigation) if score > SURELY => set(kinds, at, BlockKind::Body),
                _ => {}
            }
        }
    }

    /// Near the top, a line that ends with an agency in brackets is a caption where paragraphs follow that do not.
    fn top_captions(&self, kinds: &mut [Option<BlockKind>]) {
        let closes = |at: usize| shape::ends_with_agency(self.words(at), self.pages);
        let is_open = |kinds: &[Option<BlockKind>], at: usize| kinds.get(at).is_some_and(Option::is_none);
        for at in (0..kinds.len().min(TOP_LINES)).filter(|&at| closes(at)) {
            let after = (at + 1..kinds.len()).filter(|&next| is_open(kinds, next) && self.is_prose(next) && !closes(next)).take(2).count();
            if is_open(kinds, at) && after == 2 {
                set(kinds, at, BlockKind::Caption);
            }
        }
    }

    fn words(&self, at: usize) -> &str {
        self.lines.get(at).and_then(|line| self.text.get(line.bytes.clone())).unwrap_or_default()
    }

    fn count(&self, at: usize) -> usize {
        self.lines.get(at).map_or(0, |line| line.words)
    }

    fn ending(&self, at: usize) -> Ending {
        self.lines.get(at).map_or(Ending::Open, |line| line.ending)
    }

    /// Whether a line reads like a paragraph. Scripts without spaces are measured by their bytes.
    fn is_prose(&self, at: usize) -> bool {
        let bytes = self.lines.get(at).map_or(0, |line| line.bytes.len());
        let (words, ending) = (self.count(at), self.ending(at));
        words >= LONG_WORDS || (ending != Ending::Open && words >= PROSE_WORDS) || (words < 4 && bytes >= 120 && ending == Ending::Sentence)
    }

    /// The article: the stretch of paragraphs with the most words, with its neighbours where they are long too. Menus, lists of headlines and
    /// buttons part a page into stretches.
    fn core(&self, kinds: &[Option<BlockKind>]) -> Option<Core> {
        let foreign = |at: usize| {
            at < HEAD_LINES
                && self.count(at) >= 6
                && self.language.is_some_and(|article| language::is_foreign(self.words(at), article, self.pages))
        };
        let is_prose = |at: usize| kinds.get(at).is_some_and(Option::is_none) && self.is_prose(at);
        let first = (0..kinds.len()).find(|&at| is_prose(at) && !foreign(at))?;
        let end = self.end_of_article(first, kinds);
        let mut stretches: Vec<(Core, usize)> = Vec::new();
        let mut debris = 0;
        for at in first..end {
            if is_prose(at) && !foreign(at) {
                match stretches.last_mut() {
                    Some((core, words)) if debris < PARTING_LINES => {
                        core.last = at;
                        *words += self.count(at);
                    }
                    _ => stretches.push((Core { first: at, last: at }, self.count(at))),
                }
                debris = 0;
            } else {
                debris += usize::from(self.parts(at, kinds));
            }
        }
        let longest = stretches.iter().map(|(_, words)| *words).max()?;
        let mut long = stretches.iter().filter(|(_, words)| words * 3 >= longest).map(|(core, _)| *core);
        let first = long.next()?;
        Some(Core { first: first.first, last: long.next_back().unwrap_or(first).last })
    }

    /// Whether a line is one of those that part an article from others: no item of a list, no caption.
    fn parts(&self, at: usize, kinds: &[Option<BlockKind>]) -> bool {
        match kinds.get(at).copied().flatten() {
            Some(kind) => matches!(kind, BlockKind::Navigation | BlockKind::Related | BlockKind::Share | BlockKind::Other),
            None => self.ending(at) == Ending::Open && !self.is_item(at),
        }
    }

    /// Whether a line is an item of a list, or what somebody said.
    fn is_item(&self, at: usize) -> bool {
        let words = self.words(at);
        words.starts_with(['-', '–', '—', '•', '*', '"', '«', '“', '‘'])
            || words.starts_with(|first: char| first.is_numeric() || first.is_lowercase())
    }

    /// The first line after the article: where a list of other articles begins, or what follows its source line late on the page.
    fn end_of_article(&self, first: usize, kinds: &[Option<BlockKind>]) -> usize {
        let prose_words = |at: usize| if kinds.get(at).is_some_and(Option::is_none) && self.is_prose(at) { self.count(at) } else { 0 };
        let total: usize = (first..kinds.len()).map(prose_words).sum();
        let mut before = 0;
        for (at, kind) in kinds.iter().enumerate().skip(first) {
            before += prose_words(at);
            let opens_list = *kind == Some(BlockKind::Related) && self.count(at) <= 6 && before * 5 >= total * 3;
            let closes = *kind == Some(BlockKind::Source) && before * 4 >= total * 3;
            let headlines = (at + 1..kinds.len())
                .take_while(|&next| kinds.get(next).is_some_and(Option::is_none) && self.is_headline(next))
                .take(3)
                .count();
            if closes || (opens_list && headlines >= 3) {
                return at;
            }
        }
        kinds.len()
    }

    fn is_headline(&self, at: usize) -> bool {
        self.ending(at) == Ending::Open && !self.is_prose(at) && self.count(at) >= 3
    }

    /// The lines before the first paragraph. Gives back the core without what turned out to be a title.
    fn head(&self, core: Core, kinds: &mut [Option<BlockKind>]) -> Core {
        let mut open: Vec<usize> = (0..core.first).filter(|&at| kinds.get(at).is_some_and(Option::is_none)).collect();
        if let Some(article) = self.language {
            open.retain(|&at| {
                let foreign = at < HEAD_LINES && self.count(at) >= 6 && language::is_foreign(self.words(at), article, self.pages);
                if foreign {
                    set(kinds, at, BlockKind::ForeignCaption);
                }
                !foreign
            });
        }
        let related = self.follow_related(&mut open, kinds);
        open.retain(|at| !related.contains(at));
        let title = self.title(&open, core);
        let Some(title) = title else {
            for at in open {
                set(kinds, at, if self.count(at) <= 3 { BlockKind::Navigation } else { BlockKind::Body });
            }
            return self.sentence_as_title(core, kinds);
        };
        set(kinds, title, BlockKind::Title);
        let title_folded = fold(self.words(title));
        let mut byline = kinds.contains(&Some(BlockKind::Byline));
        let short_after = open.iter().filter(|&&at| at > title && self.ending(at) == Ending::Open && self.count(at) <= 9).count();
        for at in open.into_iter().filter(|&at| at != title) {
            let kind = if fold(self.words(at)) == title_folded {
                BlockKind::Other
            } else if at < title {
                if self.is_prose(at) { BlockKind::Other } else { BlockKind::Navigation }
            } else if !byline && is_name(self.words(at), self.pages) {
                byline = true;
                BlockKind::Byline
            } else {
                match (self.count(at), self.ending(at)) {
                    (0..=2, Ending::Open) => BlockKind::Navigation,
                    (_, Ending::Open) if short_after > 3 => BlockKind::Navigation,
                    (3..=9, Ending::Open) => BlockKind::Subhead,
                    _ => BlockKind::Lede,
                }
            };
            set(kinds, at, kind);
        }
        core
    }

    /// Which of the lines before the article is its title: the first that has most of what any of them has in common with its first
    /// paragraphs; without that, on a page of few lines the first of some length, on one of many the last.
    fn title(&self, open: &[usize], core: Core) -> Option<usize> {
        let mut retold = FxHashSet::default();
        let mut bytes = 0;
        for at in (core.first..=core.last).filter(|&at| self.is_prose(at)).take(6) {
            let words = language::prefix(self.words(at), 1000);
            retold.extend(content_words(words, self.pages));
            bytes += words.len();
            if bytes > 3000 {
                break;
            }
        }
        let could_be: Vec<usize> =
            open.iter().copied().filter(|&at| (2..=TITLE_WORDS).contains(&self.count(at)) && !self.is_prose(at)).collect();
        let shared = |at: usize| content_words(self.words(at), self.pages).intersection(&retold).count();
        let most = could_be.iter().map(|&at| shared(at)).max().unwrap_or(0);
        if most >= 2 {
            return could_be.into_iter().find(|&at| shared(at) * 5 >= most * 3 && shared(at) >= 2);
        }
        let long: Vec<usize> = could_be.iter().copied().filter(|&at| self.count(at) >= 4).collect();
        let by_place = if could_be.len() <= FEW_HEAD_LINES { long.first() } else { long.last() };
        let one_word = || open.last().copied().filter(|&at| at + 1 == core.first && self.ending(at) == Ending::Sentence);
        by_place.copied().or_else(|| could_be.into_iter().max_by_key(|&at| (self.count(at), at))).or_else(one_word)
    }

    /// A first sentence is the title where it is short and what comes next says the same at more length.
    fn sentence_as_title(&self, core: Core, kinds: &mut [Option<BlockKind>]) -> Core {
        let next = (core.first + 1..=core.last).find(|&at| kinds.get(at).is_some_and(Option::is_none) && self.is_prose(at));
        let Some(next) = next else { return core };
        let (words, following) = (self.words(core.first), self.words(next));
        let bare = words.trim_end_matches(|character: char| !character.is_alphanumeric());
        let one_sentence = ![". ", "! ", "? "].into_iter().any(|mark| bare.contains(mark));
        let short = self.count(core.first) <= 18 && self.count(next) * 2 >= self.count(core.first) * 3;
        if !(one_sentence && short) || shape::inline_dateline(words, self.pages).is_some() {
            return core;
        }
        let told = content_words(words, self.pages);
        let retold = content_words(language::prefix(following, 600), self.pages);
        let shared = told.intersection(&retold).count();
        if shared >= 2 && shared * 5 >= told.len() * 2 {
            set(kinds, core.first, BlockKind::Title);
            return Core { first: next, last: core.last };
        }
        core
    }

    /// The lines between the first and the last paragraph.
    fn middle(&self, core: Core, kinds: &mut [Option<BlockKind>]) {
        let mut at = core.first;
        while at <= core.last {
            if kinds.get(at).is_some_and(Option::is_some) || self.is_prose(at) {
                if kinds.get(at).is_some_and(Option::is_none) {
                    set(kinds, at, BlockKind::Body);
                }
                at += 1;
                continue;
            }
            let run =
                (at..core.last).take_while(|&next| kinds.get(next).is_some_and(Option::is_none) && !self.is_prose(next)).count().max(1);
            self.short_run(at..at + run, kinds);
            at += run;
        }
    }

    /// Short lines in the midst of the article: a subhead, a linked headline, a list, a short sentence.
    fn short_run(&self, run: Range<usize>, kinds: &mut [Option<BlockKind>]) {
        let before = run.start.checked_sub(1).and_then(|at| kinds.get(at).copied().flatten());
        let link_open = before == Some(BlockKind::Related) && self.is_label(run.start - 1);
        let in_list = run.start.checked_sub(1).is_some_and(|at| self.ending(at) == Ending::Continued && before == Some(BlockKind::Body));
        let headings = run.len() <= 2;
        for (index, at) in run.clone().enumerate() {
            let words = self.words(at);
            let open = self.ending(at) == Ending::Open;
            let question = words.ends_with('?') && self.count(at) <= 10;
            // A link is one headline, or several without a blank line between.
            let linked = link_open && open && (index == 0 || !self.lines.get(at).is_none_or(|line| line.after_gap));
            let kind = if linked {
                BlockKind::Related
            } else if in_list || self.is_item(at) || (!open && !question) || self.count(at) > SUBHEAD_WORDS {
                BlockKind::Body
            } else if headings {
                BlockKind::Subhead
            } else if self.count(at) <= 2 {
                BlockKind::Navigation
            } else {
                BlockKind::Body
            };
            set(kinds, at, kind);
        }
    }

    /// Whether a related line only announces what follows.
    fn is_label(&self, at: usize) -> bool {
        self.count(at) <= 6
    }

    /// The lines after the last paragraph.
    fn tail(&self, core: Core, kinds: &mut [Option<BlockKind>]) {
        let mut open: Vec<usize> = (core.last + 1..kinds.len()).filter(|&at| kinds.get(at).is_some_and(Option::is_none)).collect();
        let related = self.follow_related(&mut open, kinds);
        open.retain(|at| !related.contains(at));
        let headlines = open.iter().filter(|&&at| self.is_headline(at)).count();
        let mut debris = 0;
        let mut previous = core.last;
        for at in open {
            debris += at - previous - 1;
            previous = at;
            let kind = match self.ending(at) {
                _ if debris == 0 && is_name(self.words(at), self.pages) => BlockKind::Byline,
                Ending::Open if self.count(at) <= 6 && shape::ends_with_agency_name(self.words(at), self.pages) => BlockKind::Byline,
                Ending::Sentence if debris <= 2 && self.count(at) >= 4 => BlockKind::Body,
                Ending::Sentence | Ending::Continued if debris == 0 => BlockKind::Body,
                Ending::Sentence => BlockKind::Other,
                Ending::Continued => BlockKind::Related,
                Ending::Open if self.count(at) >= 12 && headlines < 2 && debris == 0 => BlockKind::Body,
                Ending::Open if self.count(at) <= 3 => BlockKind::Navigation,
                Ending::Open => BlockKind::Related,
            };
            debris += usize::from(!matches!(kind, BlockKind::Body | BlockKind::Byline));
            set(kinds, at, kind);
        }
    }

    /// Marks the headlines after a label such as « lire aussi » at the top or bottom of a page, and says which they were.
    fn follow_related(&self, open: &mut [usize], kinds: &mut [Option<BlockKind>]) -> FxHashSet<usize> {
        let mut related = FxHashSet::default();
        for &mut at in open {
            let before = at.checked_sub(1).and_then(|before| kinds.get(before).copied().flatten());
            let announced = before == Some(BlockKind::Related) && (self.is_label(at - 1) || related.contains(&(at - 1)));
            // At the top the title stands after a gap.
            let apart = self.lines.get(at).is_none_or(|line| line.after_gap)
                && at < HEAD_LINES
                && kinds.iter().take(at).all(|kind| *kind != Some(BlockKind::Body));
            if announced && !apart && self.ending(at) == Ending::Open {
                set(kinds, at, BlockKind::Related);
                related.insert(at);
            }
        }
        related
    }

    /// A page without one paragraph: a title with a line or two, or a single line.
    fn without_prose(&self, kinds: &mut [Option<BlockKind>]) {
        let open: Vec<usize> = (0..kinds.len()).filter(|&at| kinds.get(at).is_some_and(Option::is_none)).collect();
        let [first, rest @ ..] = open.as_slice() else { return };
        let longest = rest.iter().map(|&at| self.count(at)).max();
        let titled = self.ending(*first) == Ending::Open
            && rest.iter().any(|&at| self.ending(at) == Ending::Sentence)
            && longest.is_some_and(|longest| longest >= 3);
        set(kinds, *first, if titled { BlockKind::Title } else { BlockKind::Body });
    }

    /// Tells an article's own captions from those of other articles.
    fn captions(&self, kinds: &mut [Option<BlockKind>]) {
        if !kinds.contains(&Some(BlockKind::Caption)) {
            return;
        }
        let own = kinds.iter().enumerate().filter(|(_, kind)| kind.is_none_or(is_own_text)).map(|(at, _)| self.words(at));
        let article = ArticleWords::of(own, self.language, self.pages);
        let mut above = None;
        for at in 0..kinds.len() {
            if kinds.get(at).copied().flatten() == Some(BlockKind::Caption) {
                let kind = article.kind_of_caption(self.words(at), above);
                set(kinds, at, kind);
                above = Some(kind);
                // A credit on a line of its own makes what stands right above it the caption.
                let before = at.checked_sub(1).filter(|_| self.count(at) <= 6 && !self.lines.get(at).is_none_or(|line| line.after_gap));
                if let Some(before) = before.filter(|&before| kinds.get(before).copied().flatten() == Some(BlockKind::Subhead)) {
                    set(kinds, before, kind);
                }
            } else {
                above = kinds.get(at).copied().flatten().filter(|kind| *kind == BlockKind::ForeignCaption);
            }
        }
    }

    /// The first paragraph is the lede where more follows or a title precedes; a text of one paragraph is body.
    fn ledes(&self, kinds: &mut [Option<BlockKind>]) {
        let mut body = (0..kinds.len()).filter(|&at| matches!(kinds.get(at), Some(None | Some(BlockKind::Body))));
        let (Some(first), second) = (body.next(), body.next()) else { return };
        let has = |wanted| kinds.contains(&Some(wanted));
        if !has(BlockKind::Lede) && (second.is_some() || has(BlockKind::Title)) {
            set(kinds, first, BlockKind::Lede);
        }
    }
}

fn set(kinds: &mut [Option<BlockKind>], at: usize, kind: BlockKind) {
    if let Some(slot) = kinds.get_mut(at) {
        *slot = Some(kind);
    }
}
