//! A name, taken apart once and compared often.
//!
//! In goes a name as it is written, in any script and order, with its titles; out come its tokens as they sound, each with what it is: family name,
//! patronymic, initial, common given name, legal form. Forms of address and particles are set aside. Nothing is refused: what has no letters is a name without
//! tokens, which is like no other. A name of more than [`MAX_TOKENS`] tokens, or a word of more than [`MAX_SOUNDS`](crate::MAX_SOUNDS) sounds, is cut there.

use crate::reading::{Raw, read};
use crate::romanise::Script;
use crate::sounds::{Sounds, coarse_bits, is_vowel, weight};
use crate::words::{Lexicon, skeleton};
use smol_str::{SmolStr, format_smolstr};

/// The most tokens of a name that are looked at.
pub const MAX_TOKENS: usize = 16;
/// The most ways to read a text that gives several names at once.
const MAX_READINGS: usize = 4;

/// Of what kind of thing a name is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A person.
    Person,
    /// An organisation, a company, a public body.
    Organisation,
    /// A ship.
    Vessel,
}

impl Kind {
    /// The kind of a schema of FollowTheMoney; nothing where the schema leaves it open.
    pub fn of_schema(schema: &str) -> Option<Kind> {
        Some(match schema {
            "Person" => Kind::Person,
            "Organization" | "Organisation" | "Company" | "PublicBody" => Kind::Organisation,
            "Vessel" | "Airplane" | "Vehicle" => Kind::Vessel,
            _ => return None,
        })
    }
}

/// What a token is within its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// A family name, as far as the writing tells.
    Family,
    /// A given or middle name, or what is not told apart.
    Given,
    /// A patronymic: Ivanovich.
    Patronymic,
    /// A single letter.
    Initial,
    /// A number, in figures or words.
    Number,
}

/// A word of a name.
#[derive(Debug, Clone, PartialEq)]
pub struct Token {
    /// As it is written.
    pub text: SmolStr,
    pub(crate) sounds: Sounds,
    /// How many sounds at the beginning may be a joined article.
    pub(crate) article: u8,
    /// How many sounds at the beginning say servant or father of: what follows is what tells.
    pub(crate) prefix: u8,
    /// What it is.
    pub role: Role,
    /// The given names that it is one of.
    pub(crate) group: u16,
    /// Whether very many bear it.
    pub(crate) common: bool,
    /// How much it tells of who is named, from 0 to 1.
    pub(crate) rarity: f32,
    /// Coarse classes of its sounds: those that it surely has, and those that it may have.
    pub(crate) coarse: (u32, u32),
    pub(crate) length: u16,
    pub(crate) unvocalised: bool,
    pub(crate) latin: bool,
    pub(crate) legal: u8,
    pub(crate) generic: u8,
    pub(crate) number: u16,
}

impl Token {
    /// Whether it names a father or mother of somebody, who has another name besides.
    pub(crate) fn is_kunya(&self) -> bool {
        self.prefix > 0 && !self.sounds.starts_with(b"abd")
    }
}

/// One way to read a name: its tokens in their order.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Reading {
    pub(crate) tokens: Vec<Token>,
    /// Words that were set aside.
    pub(crate) aside: Vec<SmolStr>,
    /// Whether the writing tells which token is the family name: capitals, or a comma behind it.
    pub(crate) family_told: bool,
    pub(crate) weight: f32,
}

/// A name ready to be compared.
#[derive(Debug, Clone, PartialEq)]
pub struct Name {
    pub(crate) readings: Vec<Reading>,
    pub(crate) kind: Option<Kind>,
    pub(crate) guessed: Kind,
    /// Its letters, lower case and without marks, for the case that two names are the same but for that.
    pub(crate) plain: Box<str>,
}

impl Name {
    pub(crate) fn new(text: &str, kind: Option<Kind>, lexicon: &Lexicon) -> Name {
        let (raws, plain) = read(text, lexicon);
        let body = kind.is_none()
            && raws.iter().any(|raw| {
                let word = &raw.word;
                raw.bytes > 1
                    && (word.generic > 0 || word.legal > 0 && !word.article && !word.honorific && !word.particle && raws.len() > 1)
            });
        let guessed = kind.unwrap_or(if body { Kind::Organisation } else { Kind::Person });
        let readings = match guessed {
            Kind::Person => person_readings(&raws, lexicon),
            Kind::Organisation | Kind::Vessel => vec![body_reading(&raws, lexicon)],
        };
        Name { readings, kind, guessed, plain: plain.trim_end().into() }
    }

    /// The tokens that are compared, in the order in which they were written.
    pub fn tokens(&self) -> &[Token] {
        self.readings.first().map_or(&[], |reading| &reading.tokens)
    }

    /// Of what kind it is, stated or guessed.
    pub fn kind(&self) -> Kind {
        self.guessed
    }

    /// Words that are no part of the name itself: titles, forms of address, particles.
    pub fn aside(&self) -> impl Iterator<Item = &str> {
        self.readings.first().into_iter().flat_map(|reading| reading.aside.iter().map(|word| &**word))
    }
}

/// All ways to read the name of a person: as a whole, and where it gives several (behind commas, in two scripts) each of them.
fn person_readings(raws: &[Raw], lexicon: &Lexicon) -> Vec<Reading> {
    let mut readings = vec![person_reading(raws, lexicon)];
    let one_part = |pair: &[Raw]| matches!(pair, [one, other] if one.script == other.script && !other.after_comma);
    if raws.windows(2).all(one_part) {
        return readings;
    }
    let mut parts: Vec<&[Raw]> = raws.chunk_by(|one, other| one.script == other.script && !other.after_comma).collect();
    if parts.len() > 1 {
        let mut scripts: Vec<&[Raw]> = raws.chunk_by(|one, other| one.script == other.script).collect();
        if scripts.len() > 1 && scripts.len() < parts.len() {
            parts.append(&mut scripts);
        }
        let names = |part: &[Raw]| part.iter().filter(|raw| !raw.word.particle).count();
        let whole = |part: &&[Raw]| names(part) > 1;
        let alike = |parts: &[&[Raw]]| match parts {
            [[.., one], [.., other]] => skeleton(&one.sounds) == skeleton(&other.sounds),
            _ => false,
        };
        let many = alike(&parts) || parts.len() > 2 && parts.iter().all(|part| part.len() == 1 || names(part) == 1);
        for part in parts.iter().filter(|part| many || whole(part)).take(MAX_READINGS - 1) {
            readings.push(person_reading(part, lexicon));
        }
        readings.retain(|reading| !reading.tokens.is_empty());
        if readings.is_empty() {
            readings.push(Reading::default());
        }
    }
    readings
}

fn person_reading(raws: &[Raw], lexicon: &Lexicon) -> Reading {
    let mut reading = Reading { tokens: Vec::with_capacity(raws.len().min(MAX_TOKENS)), ..Reading::default() };
    let capitals = raws.iter().any(|raw| raw.capitals) && raws.iter().any(|raw| !raw.capitals && raw.letters > 1);
    let comma = raws.iter().position(|raw| raw.after_comma);
    let mut family = Family::default();
    let mut at = 0;
    while let Some(raw) = raws.get(at) {
        let word = raw.word;
        let next = raws.get(at + 1);
        let here = at;
        at += 1;
        if reading.tokens.len() == MAX_TOKENS {
            break;
        }
        if raw.initial {
            // « M. » in front of a name.
            let address = reading.tokens.is_empty()
                && raw.dotted
                && raws.len() == 2
                && raw.sounds.first().is_some_and(|&sound| lexicon.is_address(sound));
            if address {
                reading.aside.push(raw.text.clone());
                continue;
            }
        } else {
            if word.honorific {
                reading.aside.push(raw.text.clone());
                continue;
            }
            if word.servant && next.is_some() {
                // Abd, al, Rahman.
                let skip = raws.get(at).is_some_and(|raw| raw.word.article || raw.word.particle) && raws.len() > at + 1;
                let rest = if skip { raws.get(at + 1) } else { next };
                if let Some(rest) = rest {
                    at += 1 + usize::from(skip);
                    let mut sounds = Sounds::of(b"abd");
                    sounds.extend(rest.sounds.get(usize::from(rest.article())..).unwrap_or_default());
                    family.push(raw.capitals);
                    reading.tokens.push(token(join(raw, rest), sounds, raw.script, Role::Given, lexicon));
                    continue;
                }
            }
            if word.prefix
                && let Some(next) = next.filter(|next| !next.initial)
            {
                let skip = raws.get(at).is_some_and(|raw| raw.word.article || raw.word.particle) && raws.len() > at + 1;
                let rest = if skip { raws.get(at + 1).unwrap_or(next) } else { next };
                at += 1 + usize::from(skip);
                let mut sounds = raw.sounds;
                sounds.extend(rest.sounds.get(usize::from(rest.article())..).unwrap_or_default());
                family.push(false);
                let mut token = token(join(raw, rest), sounds, raw.script, Role::Given, lexicon);
                token.prefix = raw.sounds.len().min(3) as u8;
                token.article = 0;
                reading.tokens.push(token);
                continue;
            }
            if word.suffix
                && let Some(before) = reading.tokens.last_mut().filter(|before| before.role == Role::Given && before.sounds.len() > 1)
            {
                let skip = raw.sounds.starts_with(b"al") && raw.sounds.len() > 4
                    || raw.sounds.first() == Some(&b'a') && !raw.sounds.starts_with(b"al");
                let own = raw.sounds.get(if skip { if raw.sounds.starts_with(b"al") { 2 } else { 1 } } else { 0 }..).unwrap_or_default();
                let own = if own.first().is_some_and(|&sound| is_vowel(sound)) { own.get(1..).unwrap_or_default() } else { own };
                let mut sounds = before.sounds;
                sounds.extend(b"u");
                sounds.extend(own);
                *before = token(join_texts(&before.text, &raw.text), sounds, raw.script, Role::Given, lexicon);
                continue;
            }
            let article = word.article && next.is_some_and(|next| next.sounds.first() == raw.sounds.last() && next.sounds.len() > 2);
            if (word.particle && (next.is_some() || here > 0)) || article {
                reading.aside.push(raw.text.clone());
                continue;
            }
        }
        let role = if raw.initial { Role::Initial } else { Role::Given };
        family.push(if capitals { raw.capitals } else { comma.is_some_and(|comma| here < comma) });
        reading.tokens.push(token(raw.text.clone(), raw.sounds, raw.script, role, lexicon));
    }
    if reading.tokens.is_empty() {
        // Nothing but titles and particles: then they are the name.
        reading.aside.clear();
        for raw in raws.iter().take(MAX_TOKENS) {
            let role = if raw.initial { Role::Initial } else { Role::Given };
            family.push(false);
            reading.tokens.push(token(raw.text.clone(), raw.sounds, raw.script, role, lexicon));
        }
    }
    reading.tokens.retain(|token| !token.sounds.is_empty());
    reading.family_told = family.is_told();
    assign_roles(&mut reading, family, lexicon);
    for token in &mut reading.tokens {
        token.rarity = rarity(token);
    }
    reading.weight = reading.tokens.iter().map(|token| token.rarity).sum();
    reading
}

/// Which tokens the writing makes the family name, as bits.
#[derive(Debug, Clone, Copy, Default)]
struct Family {
    told: u32,
    count: u32,
}

impl Family {
    fn push(&mut self, told: bool) {
        self.told |= u32::from(told) << self.count.min(31);
        self.count += 1;
    }

    fn has(self, at: usize) -> bool {
        at < 32 && self.told >> at & 1 == 1
    }

    /// Whether some are and some are not.
    fn is_told(self) -> bool {
        self.told != 0 && self.told.count_ones() < self.count
    }
}

/// Tells patronymics and the family name from the rest.
fn assign_roles(reading: &mut Reading, family: Family, lexicon: &Lexicon) {
    let count = reading.tokens.len();
    let told = reading.family_told;
    let is_family = |at: usize| told && family.has(at);
    let mut patronymic = None;
    if count > 1 {
        // The one in the middle is the patronymic where several words end so; of two words the second is a family name unless it is told otherwise.
        let order = (1..count).chain([0]);
        for at in order {
            let Some(token) = reading.tokens.get(at) else { continue };
            if is_family(at)
                || token.role != Role::Given
                || (count == 2 && !told)
                || (at + 1 == count && count > 2 && !told && patronymic.is_some())
            {
                continue;
            }
            if let Some(group) = lexicon.patronymic(&token.sounds) {
                patronymic = Some((at, group));
                break;
            }
        }
    }
    if let Some((at, group)) = patronymic {
        if let Some(token) = reading.tokens.get_mut(at) {
            token.role = Role::Patronymic;
            token.group = group;
        }
        // What has a patronymic was written in Cyrillic once, where kh and h are one letter.
        for token in &mut reading.tokens {
            if token.sounds.contains(&b'x') {
                token.sounds.replace(b'x', b'H');
                token.coarse = token.sounds.iter().map(|&sound| coarse_bits(sound)).fold((0, 0), |all, own| (all.0 | own.0, all.1 | own.1));
            }
        }
    }
    let last = match patronymic {
        Some((at, _)) if at + 1 == count => 0,
        _ => count.saturating_sub(1),
    };
    for (at, token) in reading.tokens.iter_mut().enumerate() {
        if token.role == Role::Given && count > 1 && (is_family(at) || !told && at == last) {
            token.role = Role::Family;
        }
    }
}

fn rarity(token: &Token) -> f32 {
    let length = f32::from(token.length) / 100.0;
    let base = (0.15 + 0.17 * length).min(1.0);
    match token.role {
        Role::Initial => 0.15,
        Role::Patronymic => 0.5,
        Role::Number => 0.4,
        _ if token.common => 0.6 * base,
        _ if token.prefix > 0 => 0.8 * base,
        Role::Family | Role::Given => base,
    }
}

fn join_texts(one: &str, other: &str) -> SmolStr {
    format_smolstr!("{one} {other}")
}

fn join(one: &Raw, other: &Raw) -> SmolStr {
    join_texts(&one.text, &other.text)
}

fn token(text: SmolStr, mut sounds: Sounds, script: Script, role: Role, lexicon: &Lexicon) -> Token {
    // A title joined to its name: the Persian sayyid.
    if let Some(rest) = sounds.strip_prefix(b"sId").filter(|rest| script == Script::Arabic && rest.len() > 2) {
        sounds = Sounds::of(rest);
    }
    let unvocalised = script.unvocalised();
    // Servants of God are written in one word too: Abdulrahman, Abderrahmane.
    if let Some(rest) = sounds.strip_prefix(b"abd")
        && rest.len() > 4
    {
        let vowels = rest.iter().take_while(|&&sound| is_vowel(sound)).count().min(1);
        let after = rest.get(vowels..).unwrap_or_default();
        let after = after.strip_prefix(b"l").filter(|_| vowels > 0).unwrap_or(after);
        let after = if unvocalised { rest.strip_prefix(b"al").unwrap_or(rest) } else { after };
        if after.len() > 2 && !after.first().is_some_and(|&first| is_vowel(first) && first != b'i') {
            let mut servant = Sounds::of(b"abd");
            servant.extend(after);
            sounds = servant;
        }
    }
    let article = match sounds[..] {
        [b'a' | b'e', b'l', third, _, ..] if sounds.len() > 4 && !is_vowel(third) => 2,
        [b'a', b'l', _, _, ..] if unvocalised && sounds.len() > 3 => 2,
        _ => 0,
    };
    let prefix =
        if (sounds.starts_with(b"abd") || sounds.starts_with(b"abu") || sounds.starts_with(b"abU")) && sounds.len() > 6 { 3 } else { 0 };
    let (group, common) = lexicon.given(&sounds, unvocalised);
    let group = if role == Role::Initial { 0 } else { group };
    let (mut coarse, mut length) = ((0, 0), 0);
    for &sound in sounds.iter() {
        let own: (u32, u32) = coarse_bits(sound);
        coarse = (coarse.0 | own.0, coarse.1 | own.1);
        length += weight(sound);
    }
    Token {
        coarse,
        length,
        text,
        common,
        sounds,
        article,
        prefix,
        role,
        group,
        rarity: 0.0,
        unvocalised,
        latin: script == Script::Latin,
        legal: 0,
        generic: 0,
        number: 0,
    }
}

/// The name of a body: every word but articles and particles counts, and what a word stands for is told.
fn body_reading(raws: &[Raw], lexicon: &Lexicon) -> Reading {
    let mut reading = Reading::default();
    let mut at = 0;
    while let Some(raw) = raws.get(at) {
        if reading.tokens.len() == MAX_TOKENS {
            break;
        }
        let rest = raws.get(at..).unwrap_or_default();
        let phrase = lexicon
            .legal_phrases
            .iter()
            .find(|(words, _)| rest.len() >= words.len() && rest.iter().zip(words).all(|(raw, word)| *raw.sounds == **word));
        if let Some((words, legal)) = phrase {
            let text = rest.iter().take(words.len()).map(|raw| &*raw.text).collect::<Vec<_>>().join(" ");
            let mut token = token(text.into(), Sounds::of(&words.concat()), raw.script, Role::Given, lexicon);
            token.legal = *legal;
            token.rarity = 0.1;
            reading.tokens.push(token);
            at += words.len();
            continue;
        }
        // A. B. C. is one word.
        let letters = rest.iter().take_while(|raw| raw.initial).count();
        if letters > 1 {
            let text: String = rest.iter().take(letters).map(|raw| &*raw.text).collect();
            let sounds = rest.iter().take(letters).flat_map(|raw| raw.sounds.iter().copied()).collect::<Vec<_>>();
            at += letters;
            let word = lexicon.word(&sounds);
            let mut token = token(text.into(), Sounds::of(&sounds), raw.script, Role::Given, lexicon);
            token.group = 0;
            token.legal = word.legal;
            token.rarity = if word.legal > 0 { 0.1 } else { 0.9 };
            reading.tokens.push(token);
            continue;
        }
        let word = raw.word;
        at += 1;
        if word.particle && !raw.initial && raw.bytes > 1 && raws.len() > 1 && word.legal == 0 {
            reading.aside.push(raw.text.clone());
            continue;
        }
        let mut token = token(raw.text.clone(), raw.sounds, raw.script, Role::Given, lexicon);
        token.group = 0;
        token.legal = if reading.tokens.is_empty() && raws.len() == 1 { 0 } else { word.legal };
        token.generic = word.generic;
        token.number = raw.figures.unwrap_or(u16::from(word.number));
        token.role = if token.number > 0 { Role::Number } else { Role::Given };
        let length = f32::from(token.length) / 100.0;
        token.rarity = match token.role {
            Role::Number => 0.3,
            _ if token.legal > 0 => 0.1,
            _ if token.generic > 0 => 0.35,
            _ => (0.5 + 0.12 * length).min(1.1),
        };
        if !token.sounds.is_empty() {
            reading.tokens.push(token);
        }
    }
    reading.weight = reading.tokens.iter().map(|token| token.rarity).sum();
    reading
}
