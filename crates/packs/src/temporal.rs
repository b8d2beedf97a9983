//! The temporal table of a language, `<lang>/time.toml`: words that name times, and the patterns that put them together.
//!
//! In goes a pack's file and whatever a user lays over it; out comes [`Temporal`], typed but not compiled: patterns are still text, which the
//! crate `time` compiles. What does not fit the shape is a [`PackError`] at its line. A user's file adds words and rules; its rules are tried
//! before ours where both read the same stretch of text.

pub use crate::holiday::{Holiday, OtherCalendar};
use crate::tense::Tense;
use crate::{PackError, PackFile, PackFiles};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Season,
    Half,
    Year,
    Decade,
    Century,
    Millennium,
}

/// A part of the day, or of nothing nearer than the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
    Daytime,
}

/// A season of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// A TIMEX3 modifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are those of the standard")]
pub enum Modifier {
    Start,
    Mid,
    End,
    Approx,
    MoreThan,
    LessThan,
    EqualOrMore,
    EqualOrLess,
}

/// Which of its kind: the one gone by, this one, the one to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Direction {
    Last,
    This,
    Next,
}

/// A vague time that only says on which side of the present it lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names are those of the standard")]
pub enum Reference {
    Past,
    Present,
    Future,
}

/// What a relative time counts from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Origin {
    /// The day of publication.
    Published,
    /// The last day told.
    Narrative,
}

/// How an expression is read when nothing in its fields says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Meaning {
    /// A stretch of a calendar or clock.
    Date,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
    /// The ten years that the year or number begins.
    Decade,
    /// The century that the ordinal counts.
    Century,
}

/// What an event has to do with the time that a preposition ties it to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// In or at it.
    #[default]
    At,
    /// From it on.
    Since,
    /// Up to it.
    Until,
    /// Earlier than it.
    Before,
    /// Later than it.
    After,
    /// All through it.
    During,
}

/// What is known of a time before it is placed on a calendar. Words and rules of a pack set fields; a longer expression has those of its parts.
#[derive(Debug, Clone, Copy, PartialEq, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Fields {
    /// Astronomical year.
    pub year: Option<i16>,
    /// The decade, as its years' first three digits: 196.
    pub decade: Option<i16>,
    /// The century, as its years' first two digits: 19 is the twentieth.
    pub century: Option<i16>,
    /// Half of the year, 1 or 2.
    pub half: Option<i8>,
    /// Quarter of the year, 1 to 4.
    pub quarter: Option<i8>,
    /// Season.
    pub season: Option<Season>,
    /// Month, 1 to 12.
    pub month: Option<i8>,
    /// Day of the month. Not yet checked against the month.
    pub day: Option<i8>,
    /// Weekday, 1 (Monday) to 7.
    pub weekday: Option<i8>,
    /// Named day.
    pub holiday: Option<Holiday>,
    /// So many days after the named day; -1 for its eve.
    pub days_after: Option<i8>,
    /// Whose the month, or the year alone, is where it is not the civil calendar's.
    pub calendar: Option<OtherCalendar>,
    /// Part of the day.
    pub part: Option<Part>,
    /// Hour, 0 to 24.
    pub hour: Option<i8>,
    /// Minute.
    pub minute: Option<i8>,
    /// Second.
    pub second: Option<i8>,
    /// Hours to add to hours 1 to 11 (12), or to take from hour 12 (0).
    pub meridiem: Option<i8>,
    /// Minutes east of Greenwich.
    pub zone: Option<i16>,
    /// How many units.
    pub number: Option<f64>,
    /// What to add to the number: 0.5 for « et demi ».
    pub plus: Option<f64>,
    /// Which one of a row, from 1.
    pub ordinal: Option<i16>,
    /// Unit counted.
    pub unit: Option<Unit>,
    /// Which of its kind.
    pub direction: Option<Direction>,
    /// TIMEX3 modifier.
    pub modifier: Option<Modifier>,
    /// Vague time.
    pub reference: Option<Reference>,
    /// So many units from the origin.
    pub offset: Option<i32>,
    /// Turns number and unit into an offset: 1 or -1.
    pub sign: Option<i8>,
    /// What the offset counts from; publication where not said.
    pub origin: Option<Origin>,
    /// How to read it.
    pub meaning: Option<Meaning>,
    /// An unstated number of units: « quelques jours ».
    pub vague: Option<bool>,
    /// An offset names the whole week that it leads to, not the day counted to: “two weeks ago”.
    pub whole: Option<bool>,
    /// It has the form of a date, and is none.
    pub invalid: Option<bool>,
}

impl Fields {
    /// Takes over every field that `other` has.
    pub fn lay(&mut self, other: &Fields) {
        macro_rules! lay {
            ($($field:ident)*) => { $( if other.$field.is_some() { self.$field = other.$field; } )* };
        }
        lay!(year decade century half quarter season month day weekday holiday days_after calendar part hour minute second meridiem zone number plus ordinal
             unit direction modifier reference offset sign origin meaning vague whole invalid);
    }
}

/// A class of words that a pattern may ask for, `<month>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each sets the field of its name")]
pub enum Class {
    Month,
    Weekday,
    Season,
    Unit,
    Number,
    Ordinal,
    Part,
    Direction,
    Modifier,
    Holiday,
    Zone,
    /// Sets the month, and that it is a Persian one.
    PersianMonth,
    /// Sets the month, and that it is a Hijri one.
    HijriMonth,
}

impl Class {
    /// The class of a name.
    pub fn named(name: &str) -> Option<Class> {
        use serde::de::IntoDeserializer;
        let name: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = name.into_deserializer();
        Class::deserialize(name).ok()
    }
}

/// The order of day and month in dates written in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumericOrder {
    /// 31/12/2024.
    #[default]
    DayFirst,
    /// 12/31/2024; read the other way where it can only be so.
    MonthFirst,
}

/// A word or phrase that belongs to a class, and what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct LexicalEntry {
    /// Class.
    pub class: Class,
    /// The phrase, in small letters.
    pub form: String,
    /// What it sets.
    pub fields: Fields,
}

/// A pattern and what a stretch of text that fits it means.
#[derive(Debug, Clone)]
pub struct TemporalRule {
    /// Name by which later patterns may call it; several rules may share one.
    pub name: Option<String>,
    /// The pattern, in the language told at the head of the file.
    pub pattern: String,
    /// What it sets, over what its parts set.
    pub set: Fields,
    /// One for each bracketed extent, in order.
    pub bounds: Vec<Bound>,
    /// Whether what it fits is tagged, or only serves other patterns.
    pub emit: bool,
    /// Whether what it fits is no time, whatever else would fit.
    pub none: bool,
    /// `text → extent = value; …`, read with 2024-05-15 (a Wednesday) as day of publication.
    pub examples: Vec<String>,
    /// File and bytes, for messages.
    pub place: RulePlace,
}

/// Where a rule stands.
#[derive(Debug, Clone)]
pub struct RulePlace {
    /// Index into [`Temporal::files`].
    pub file: usize,
    /// Bytes of the pattern.
    pub span: Range<usize>,
}

/// The temporal table of a language, its layers laid together.
#[derive(Debug, Clone, Default)]
pub struct Temporal {
    /// ISO 639-1.
    pub language: String,
    /// Order of numbers in dates.
    pub numeric_order: NumericOrder,
    /// Words by class.
    pub lexicon: Vec<LexicalEntry>,
    /// Words that join the parts of a number: « et », “and”.
    pub number_joints: Vec<String>,
    /// What may follow the digits of an ordinal: « er », “th”.
    pub ordinal_suffixes: Vec<String>,
    /// Forms that name a time only with a capital: “May”.
    pub capitalised: Vec<String>,
    /// Forms that alone name a time only in small letters: « mars ».
    pub uncapitalised: Vec<String>,
    /// Named pieces of patterns, `@article`.
    pub pieces: BTreeMap<String, String>,
    /// Words before an expression and what they make of it.
    pub prepositions: Vec<(Bound, String)>,
    /// What the forms around a time say of it.
    pub tense: Tense,
    /// The rules; where two fit the same stretch the first wins.
    pub rules: Vec<TemporalRule>,
    /// The files that it was read from.
    pub files: Vec<PackFile>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct TemporalFile {
    numeric_order: Option<NumericOrder>,
    number_joints: Vec<String>,
    ordinal_suffixes: Vec<String>,
    capitalised: Vec<String>,
    uncapitalised: Vec<String>,
    pieces: BTreeMap<String, String>,
    prepositions: BTreeMap<Bound, Vec<String>>,
    lexicon: BTreeMap<Class, BTreeMap<Spanned<String>, Vec<String>>>,
    rule: Vec<RuleFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    name: Option<String>,
    pattern: Spanned<String>,
    #[serde(default)]
    set: Fields,
    #[serde(default)]
    bounds: Vec<Bound>,
    #[serde(default = "yes")]
    emit: bool,
    #[serde(default)]
    none: bool,
    #[serde(default)]
    examples: Vec<String>,
}

fn yes() -> bool {
    true
}

impl Temporal {
    /// The table of `language`, with what users laid over it. A language without one gives an empty table.
    ///
    /// # Errors
    /// When a file is no TOML, has a key that no one reads, or a word's meaning that its class cannot have.
    pub fn load(files: &PackFiles, language: &str) -> Result<Temporal, PackError> {
        let mut temporal = Temporal { language: language.to_owned(), tense: Tense::load(files, language)?, ..Temporal::default() };
        for file in files.read(&format!("{language}/time.toml"))? {
            temporal.lay(file)?;
        }
        Ok(temporal)
    }

    fn lay(&mut self, file: PackFile) -> Result<(), PackError> {
        let read: TemporalFile = file.parse()?;
        if let Some(order) = read.numeric_order {
            self.numeric_order = order;
        }
        self.number_joints.extend(read.number_joints);
        self.ordinal_suffixes.extend(read.ordinal_suffixes);
        self.capitalised.extend(read.capitalised);
        self.uncapitalised.extend(read.uncapitalised);
        self.pieces.extend(read.pieces);
        for (bound, phrases) in read.prepositions {
            self.prepositions.extend(phrases.into_iter().map(|phrase| (bound, phrase)));
        }
        for (class, meanings) in read.lexicon {
            for (meaning, forms) in meanings {
                if class == Class::Holiday
                    && let Err(message) = Holiday::parse(meaning.get_ref())
                {
                    return Err(file.error(meaning.span(), message));
                }
                let Some(fields) = lexical_fields(class, meaning.get_ref()) else {
                    return Err(file.error(meaning.span(), format!("`{}` cannot be the meaning of a {class:?}", meaning.get_ref())));
                };
                self.lexicon.extend(forms.into_iter().map(|form| LexicalEntry { class, form: form.to_lowercase(), fields }));
            }
        }
        let place = self.files.len();
        let rules = read.rule.into_iter().map(|rule| TemporalRule {
            name: rule.name,
            place: RulePlace { file: place, span: rule.pattern.span() },
            pattern: rule.pattern.into_inner(),
            set: rule.set,
            bounds: rule.bounds,
            emit: rule.emit,
            none: rule.none,
            examples: rule.examples,
        });
        self.rules.splice(0..0, rules);
        self.files.push(file);
        Ok(())
    }
}

/// What a word of `class` sets, from the key it stands under.
fn lexical_fields(class: Class, key: &str) -> Option<Fields> {
    fn word<T: for<'de> Deserialize<'de>>(key: &str) -> Option<T> {
        use serde::de::IntoDeserializer;
        let key: serde::de::value::StrDeserializer<'_, serde::de::value::Error> = key.into_deserializer();
        T::deserialize(key).ok()
    }
    let mut fields = Fields::default();
    match class {
        Class::Month => fields.month = Some(key.parse().ok().filter(|month| (1..=12).contains(month))?),
        Class::Weekday => fields.weekday = Some(key.parse().ok().filter(|day| (1..=7).contains(day))?),
        Class::Season => fields.season = Some(word(key)?),
        Class::Unit => fields.unit = Some(word(key)?),
        Class::Number => fields.number = Some(key.parse().ok().filter(|number: &f64| number.is_finite() && *number >= 0.0)?),
        Class::Ordinal => fields.ordinal = Some(key.parse().ok()?),
        Class::Part => fields.part = Some(word(key)?),
        Class::Direction => fields.direction = Some(word(key)?),
        Class::Modifier => fields.modifier = Some(word(key)?),
        Class::Holiday => fields.holiday = Some(Holiday::parse(key).ok()?),
        Class::PersianMonth | Class::HijriMonth => {
            fields.month = Some(key.parse().ok().filter(|month| (1..=12).contains(month))?);
            fields.calendar = Some(if class == Class::PersianMonth { OtherCalendar::Persian } else { OtherCalendar::Hijri });
        }
        Class::Zone => fields.zone = Some(key.parse().ok().filter(|minutes: &i16| minutes.abs() <= 14 * 60)?),
    }
    Some(fields)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> PackFile {
        PackFile { name: "xx/time.toml".into(), text: text.into(), built_in: false }
    }

    #[test]
    fn words_have_the_meaning_of_their_key() {
        let mut temporal = Temporal::default();
        temporal.lay(file("[lexicon.month]\n2 = ['feb', 'Februarius']\n[lexicon.holiday]\n'easter+1' = ['x']")).unwrap();
        assert_eq!(temporal.lexicon[1].form, "februarius");
        assert_eq!(temporal.lexicon[1].fields.month, Some(2));
        assert_eq!(temporal.lexicon[2].fields.holiday, Some(Holiday::Easter(1)));
    }

    #[test]
    fn a_month_that_is_none_is_pointed_at() {
        let error = Temporal::default().lay(file("[lexicon.month]\n1 = ['a']\n13 = ['b']")).unwrap_err();
        assert_eq!(error.line(), 3);
    }

    #[test]
    fn months_of_other_calendars_say_whose_they_are() {
        let mut temporal = Temporal::default();
        temporal.lay(file("[lexicon.hijri_month]\n9 = ['x']\n[lexicon.persian_month]\n1 = ['y']")).unwrap();
        let told: Vec<_> = temporal.lexicon.iter().map(|entry| (entry.fields.month, entry.fields.calendar)).collect();
        assert_eq!(told, [(Some(1), Some(OtherCalendar::Persian)), (Some(9), Some(OtherCalendar::Hijri))]);
    }

    #[test]
    fn a_holiday_of_no_form_is_pointed_at() {
        let error = Temporal::default().lay(file("[lexicon.holiday]\n'12-25' = ['a']\n'hijri 13' = ['b']")).unwrap_err();
        assert_eq!(error.line(), 3);
        assert!(error.to_string().contains("no month 13"), "{error}");
    }

    #[test]
    fn a_users_rules_come_first() {
        let mut temporal = Temporal::default();
        temporal.lay(file("[[rule]]\npattern = 'ours'")).unwrap();
        temporal.lay(file("[[rule]]\npattern = 'theirs'")).unwrap();
        let patterns: Vec<&str> = temporal.rules.iter().map(|rule| rule.pattern.as_str()).collect();
        assert_eq!(patterns, ["theirs", "ours"]);
    }

    #[test]
    fn the_tables_that_we_ship_are_read() {
        for language in ["fr", "en"] {
            let temporal = Temporal::load(&PackFiles::built_in(), language).unwrap();
            assert!(temporal.lexicon.len() > 100 && temporal.rules.len() > 30, "{language}");
        }
    }
}
