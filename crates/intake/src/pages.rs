//! The packs' words about pages, ready to be asked.
//!
//! In go the `page.toml` files of all languages at once, since a French page carries English buttons; out comes, for a line, the kind that
//! its words alone give it. Where the line stands on the page is not looked at here.

use crate::line_shape as shape;
use aho_corasick::AhoCorasick;
use depeche_packs::temporal::{Class, NumericOrder, Temporal};
use depeche_packs::{LinePhrases, PackError, PackFiles, PageWords};
use depeche_record::BlockKind;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use unicode_normalization::char::{decompose_canonical, is_combining_mark};

/// How much of a line is compared, in bytes: more than any line that is known by its words.
const COMPARED_BYTES: usize = 1024;

/// The words by which the lines of a page are told, in all languages that have a pack.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    common: BTreeMap<String, HashSet<String>>,
    dates: HashSet<String>,
    agencies: HashSet<String>,
    brackets: HashSet<String>,
    citing: Vec<String>,
    whole: HashMap<String, BlockKind>,
    /// By their first word.
    openers: HashMap<String, Vec<(String, BlockKind)>>,
    holds: Vec<(String, BlockKind)>,
    /// The phrases of `holds`, to be looked for together.
    automaton: Option<AhoCorasick>,
    examples: Vec<Example>,
    months: HashMap<String, i8>,
    month_first: BTreeSet<String>,
}

#[derive(Debug, Clone)]
struct Example {
    file: String,
    line: String,
    kind: BlockKind,
    is_of_kind: bool,
}

/// How many words of a text are common ones, by language.
pub(crate) struct CommonWords<'pages> {
    pub(crate) words: usize,
    hits: Vec<(&'pages str, usize)>,
}

impl<'pages> CommonWords<'pages> {
    pub(crate) fn hits(&self, language: &str) -> usize {
        self.hits.iter().find(|(code, _)| *code == language).map_or(0, |&(_, hits)| hits)
    }

    /// The language whose common words are at least one word in eight and three times those of any other.
    pub(crate) fn clear_winner(&self) -> Option<&'pages str> {
        let &(code, best) = self.hits.iter().max_by_key(|(_, hits)| *hits)?;
        let others = self.hits.iter().filter(|(other, _)| *other != code).map(|&(_, hits)| hits).max().unwrap_or(0);
        (best >= 2 && best * 8 >= self.words && best >= others * 3).then_some(code)
    }
}

impl Pages {
    /// Reads `page.toml` of every language, and from its `time.toml` how days are written.
    ///
    /// # Errors
    /// When one of them is damaged.
    pub fn load(files: &PackFiles) -> Result<Pages, PackError> {
        let mut pages = Pages::default();
        for language in files.languages() {
            let words = PageWords::load(files, &language)?;
            if words != PageWords::default() {
                pages.add(&language, &words);
            }
            pages.add_days(&Temporal::load(files, &language)?);
        }
        // The longest opener first, so that it is the one that is found.
        for openers in pages.openers.values_mut() {
            openers.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
            openers.dedup_by(|(a, _), (b, _)| a == b);
        }
        // Some hundred short phrases always make an automaton.
        pages.automaton = AhoCorasick::new(pages.holds.iter().map(|(phrase, _)| phrase)).ok();
        Ok(pages)
    }

    fn add(&mut self, language: &str, words: &PageWords) {
        let folded = |list: &[String]| list.iter().map(|word| fold(word)).collect::<Vec<_>>();
        self.common.entry(language.to_owned()).or_default().extend(folded(&words.common_words));
        self.dates.extend(folded(&words.date_words));
        self.agencies.extend(folded(&words.agencies));
        self.brackets.extend(folded(&words.caption_brackets));
        self.citing.extend(folded(&words.citing));
        for (kind, phrases) in kinds(words) {
            for phrase in folded(&phrases.is) {
                self.whole.entry(phrase).or_insert(kind);
            }
            for phrase in folded(&phrases.opens) {
                self.openers.entry(first_word(&phrase).to_owned()).or_default().push((phrase, kind));
            }
            self.holds.extend(folded(&phrases.holds).into_iter().map(|phrase| (phrase, kind)));
            for (lines, is_of_kind) in [(&phrases.examples, true), (&phrases.counterexamples, false)] {
                let file = format!("{language}/page.toml");
                self.examples.extend(lines.iter().map(|line| Example { file: file.clone(), line: line.clone(), kind, is_of_kind }));
            }
        }
    }

    fn add_days(&mut self, temporal: &Temporal) {
        if temporal.numeric_order == NumericOrder::MonthFirst {
            self.month_first.insert(temporal.language.clone());
        }
        for entry in temporal.lexicon.iter().filter(|entry| entry.class == Class::Month) {
            if let Some(month) = entry.fields.month {
                self.months.entry(fold(&entry.form)).or_insert(month);
            }
        }
    }

    /// Runs every example of the packs; an error for each that does not give what its table says.
    pub fn check(&self) -> Vec<PackError> {
        let failing = self.examples.iter().filter(|example| (self.kind_of(&example.line) == Some(example.kind)) != example.is_of_kind);
        failing
            .map(|example| {
                let found = self.kind_of(&example.line);
                let ought = if example.is_of_kind { "must give" } else { "must not give" };
                PackError::of_file(
                    example.file.clone(),
                    format!("the line “{}” {ought} {:?}, and gives {found:?}", example.line, example.kind),
                )
            })
            .collect()
    }

    /// The kind that the words of a line alone give it.
    ///
    /// ```
    /// use depeche_intake::Pages;
    /// use depeche_packs::PackFiles;
    /// use depeche_record::BlockKind;
    /// let pages = Pages::load(&PackFiles::built_in())?;
    /// assert_eq!(pages.kind_of("Partager sur Facebook"), Some(BlockKind::Share));
    /// assert_eq!(pages.kind_of("Rain is expected in Bergen."), None);
    /// # Ok::<(), depeche_packs::PackError>(())
    /// ```
    pub fn kind_of(&self, line: &str) -> Option<BlockKind> {
        shape::kind_of(line, self)
    }

    /// Whether a language has a pack.
    pub(crate) fn knows(&self, language: &str) -> bool {
        self.common.contains_key(language)
    }

    pub(crate) fn common_words(&self, text: &str) -> CommonWords<'_> {
        let mut counted = CommonWords { words: 0, hits: self.common.keys().map(|code| (code.as_str(), 0)).collect() };
        for word in text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty()) {
            counted.words += 1;
            let word = fold(word);
            for ((_, hits), words) in counted.hits.iter_mut().zip(self.common.values()) {
                *hits += usize::from(words.contains(&word));
            }
        }
        counted
    }

    pub(crate) fn is_common_word(&self, folded: &str) -> bool {
        self.common.values().any(|words| words.contains(folded))
    }

    pub(crate) fn is_date_word(&self, folded: &str) -> bool {
        self.dates.contains(folded)
    }

    /// The month that a word names in one of the languages.
    pub(crate) fn month(&self, word: &str) -> Option<i8> {
        // Names of months are short; most words of a path or a line are not worth folding.
        (word.len() <= 24 && word.starts_with(char::is_alphabetic)).then(|| self.months.get(&fold(word)).copied())?
    }

    /// Whether the month stands first where a language writes a day in figures.
    pub(crate) fn writes_month_first(&self, language: &str) -> bool {
        self.month_first.contains(language)
    }

    pub(crate) fn is_agency(&self, folded: &str) -> bool {
        self.agencies.contains(folded)
    }

    pub(crate) fn is_caption_bracket(&self, folded: &str) -> bool {
        self.brackets.contains(folded)
    }

    /// What opens a sentence that cites an outlet, folded.
    pub(crate) fn citing(&self) -> &[String] {
        &self.citing
    }

    pub(crate) fn whole(&self, folded: &str) -> Option<BlockKind> {
        self.whole.get(folded).copied()
    }

    /// The longest phrase that the line begins with, at the end of a word.
    pub(crate) fn opener(&self, folded: &str) -> Option<(&str, BlockKind)> {
        let openers = self.openers.get(first_word(folded))?;
        openers.iter().find(|(phrase, _)| begins(folded, phrase)).map(|(phrase, kind)| (phrase.as_str(), *kind))
    }

    pub(crate) fn holds(&self, folded: &str) -> Option<BlockKind> {
        let found = self.automaton.as_ref()?.find_overlapping_iter(folded).filter(|found| {
            let before = folded.get(..found.start()).unwrap_or_default();
            let after = folded.get(found.end()..).unwrap_or_default();
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
        });
        // Of several the one that the packs have first.
        let first = found.map(|found| found.pattern().as_usize()).min()?;
        self.holds.get(first).map(|&(_, kind)| kind)
    }
}

fn kinds(words: &PageWords) -> [(BlockKind, &LinePhrases); 8] {
    [
        (BlockKind::Share, &words.share),
        (BlockKind::Related, &words.related),
        (BlockKind::Source, &words.source),
        (BlockKind::Byline, &words.byline),
        (BlockKind::Dateline, &words.dateline),
        (BlockKind::Caption, &words.caption),
        (BlockKind::Other, &words.other),
        (BlockKind::Navigation, &words.navigation),
    ]
}

fn begins(folded: &str, phrase: &str) -> bool {
    folded.strip_prefix(phrase).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

fn first_word(folded: &str) -> &str {
    let end =
        folded.find(|character: char| !character.is_alphanumeric() && !matches!(character, '#' | '\'' | '-' | '©')).unwrap_or(folded.len());
    folded.get(..end).unwrap_or(folded)
}

/// A line as it is compared: its beginning in lower case, without accents and outer punctuation, spaces single, numbers as `#`.
pub(crate) fn fold(line: &str) -> String {
    let line = crate::language::prefix(line, COMPARED_BYTES);
    let mut folded = String::with_capacity(line.len());
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            'A'..='Z' => folded.push(character.to_ascii_lowercase()),
            'a'..='z' => folded.push(character),
            character if character.is_numeric() => {
                if !folded.ends_with('#') {
                    folded.push('#');
                }
            }
            // 1,234 and 1.234 are one number.
            '.' | ',' if folded.ends_with('#') && characters.peek().is_some_and(|next| next.is_numeric()) => {}
            character if character.is_whitespace() => {
                if !folded.ends_with(' ') && !folded.is_empty() {
                    folded.push(' ');
                }
            }
            '’' | '‘' | 'ʼ' | '`' => folded.push('\''),
            '‐' | '‑' => folded.push('-'),
            '©' => folded.push_str("© "),
            'œ' | 'Œ' => folded.push_str("oe"),
            character if character.is_control() || character == '\u{200B}' || character == '\u{FEFF}' => {}
            character if character.is_ascii() => folded.push(character),
            character => decompose_canonical(character, |part| {
                if !is_combining_mark(part) {
                    folded.extend(part.to_lowercase());
                }
            }),
        }
    }
    let outer = |character: char| !character.is_alphanumeric() && !matches!(character, '#' | '©');
    folded.trim_matches(outer).to_owned()
}
