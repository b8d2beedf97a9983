//! Predicates that a frame names, with the frame that fits each best.
//!
//! Every verb and noun of the article's own blocks is looked up; a word with several senses gets the one whose conditions are met and
//! which says the most. What no frame fits is left alone.

use crate::backoff::Placed;
use crate::lexicon::{Lexicon, Sense};
use crate::participants::{Sides, sides};
use crate::reading::Reading;
use crate::status::{Standing, standing};
use depeche_packs::{Frame, Negated, Pick};
use depeche_predicates::{Mood, Predicate, Relation, Role, Tense, WordClasses, attribute, counted, is_undergoing, predicate};
use depeche_record::{EventType, Quad, Status};

/// How many words behind a verb a phrase may be completed by a word that does not hang on it.
const NEAR: usize = 8;

/// A predicate under the frame that fits it.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub(crate) frame: usize,
    pub(crate) predicate: Predicate,
    pub(crate) sides: Sides,
    pub(crate) status: Status,
    /// The word of a phrase that completes its verb.
    pub(crate) with: Option<usize>,
    /// How many senses its word has.
    pub(crate) senses: usize,
    /// How it was placed, where no frame names it.
    pub(crate) placed: Option<Placed>,
}

/// All candidates, in order of the text.
pub(crate) fn candidates(reading: &Reading<'_>, lexicon: &Lexicon) -> Vec<Candidate> {
    let mut found = Vec::new();
    for token in 0..reading.doc.len() {
        let pos = reading.doc.token(token).pos();
        if let Some(candidate) = adjective(reading, lexicon, token) {
            found.push(candidate);
            continue;
        }
        let head = reading.clauses.of_token(token).is_some_and(|clause| clause.head == token);
        // “the ousted president”: what stands before a noun like an adjective describes it.
        if pos == "VERB" && describes(reading, token) {
            continue;
        }
        if let Some(candidate) = obligation(reading, lexicon, token) {
            found.push(candidate);
            continue;
        }
        let senses = match pos {
            "VERB" | "AUX" => verb_senses(reading, lexicon, token),
            "NOUN" | "PROPN" | "ADJ" | "ADV" if head && reading.is_verb(token) => verb_senses(reading, lexicon, token),
            "NOUN" | "PROPN" => lexicon.noun(&reading.lemma(token)),
            _ => continue,
        };
        if senses.is_empty()
            || is_part_of_name(reading, token)
            || !reading.block_of(token).is_none_or(depeche_record::BlockKind::is_content)
        {
            continue;
        }
        if reading.clauses.of_token(token).is_some_and(|clause| clause.head == token && clause.auxiliary) {
            continue;
        }
        if is_undergoing(reading.graph, reading.clauses, reading.grammar, token) {
            continue;
        }
        let predicate = predicate(reading.graph, reading.clauses, reading.grammar, token);
        if let Some(candidate) = best(reading, lexicon, senses, predicate) {
            found.push(candidate);
        }
    }
    found
}

/// What an auxiliary makes of the verb that it goes with: “X must leave” is a demand where somebody else says it.
fn obligation(reading: &Reading<'_>, lexicon: &Lexicon, token: usize) -> Option<Candidate> {
    let of_speaker = |sense: &Sense| lexicon.frame(sense).actor.iter().any(|selector| selector.argument == Pick::Speaker);
    let demands = |child: usize| Some(lexicon.verb(&reading.lemma(child))).filter(|senses| senses.iter().any(of_speaker));
    let senses = reading.graph.children_as(token, Relation::Auxiliary).find_map(demands)?;
    if !reading.block_of(token).is_none_or(depeche_record::BlockKind::is_content) {
        return None;
    }
    let mut demand = best(reading, lexicon, senses, predicate(reading.graph, reading.clauses, reading.grammar, token))?;
    // The auxiliary makes the act a possibility; that it is demanded is a fact.
    demand.status = lexicon.frames()[demand.frame].status.unwrap_or(demand.status);
    Some(demand)
}

/// What an adjective says of the subject that a verb links it to: « la Suède est favorable à … ».
fn adjective(reading: &Reading<'_>, lexicon: &Lexicon, token: usize) -> Option<Candidate> {
    // A participle has the lemma of its verb: « le Chili est opposé à … ».
    let senses = match lexicon.adjective(&reading.lemma(token)) {
        [] => lexicon.adjective(&reading.graph.form(token)),
        senses => senses,
    };
    if senses.is_empty() || !reading.block_of(token).is_none_or(depeche_record::BlockKind::is_content) {
        return None;
    }
    best(reading, lexicon, senses, attribute(reading.graph, reading.clauses, reading.grammar, token)?)
}

/// Whether a word is inside somebody's name without heading it: « Forces de soutien rapide » support nobody.
pub(crate) fn is_part_of_name(reading: &Reading<'_>, token: usize) -> bool {
    reading.name_around(token).is_some_and(|mention| mention.head != token && !reading.is_verb(token))
}

/// “the ousted president”: whether what stands before a noun like an adjective describes it.
fn describes(reading: &Reading<'_>, token: usize) -> bool {
    reading.graph.relation(token) == Relation::Adjective && reading.graph.head(token).is_some_and(|noun| noun > token)
}

/// The senses of a verb by its lemma, or by what its ending makes likely where the model's lemma is no verb of ours.
fn verb_senses<'a>(reading: &Reading<'_>, lexicon: &'a Lexicon, token: usize) -> &'a [Sense] {
    let senses = lexicon.verb(&reading.lemma(token));
    if !senses.is_empty() {
        return senses;
    }
    let form = reading.graph.form(token);
    reading.grammar.dictionary_forms(&form).map(|verb| lexicon.verb(&verb)).find(|senses| !senses.is_empty()).unwrap_or_default()
}

/// The sense that fits and says the most; the first of those that say as much.
fn best(reading: &Reading<'_>, lexicon: &Lexicon, senses: &[Sense], predicate: Predicate) -> Option<Candidate> {
    let standing = standing(reading, &predicate);
    let mut best: Option<(i32, Candidate)> = None;
    for sense in senses {
        let frame = lexicon.frame(sense);
        let Some((weight, candidate)) = fit(reading, frame, sense, &predicate, standing) else { continue };
        if best.as_ref().is_none_or(|(known, _)| weight > *known) {
            best = Some((weight, candidate));
        }
    }
    best.map(|(_, candidate)| Candidate { senses: senses.len(), ..candidate })
}

/// The predicate under a frame, and how much the frame says, where its conditions are met.
pub(crate) fn fit(
    reading: &Reading<'_>,
    frame: &Frame,
    sense: &Sense,
    predicate: &Predicate,
    standing: Standing,
) -> Option<(i32, Candidate)> {
    let own = reading.clauses.of_token(predicate.token).filter(|clause| clause.head == predicate.token);
    let is_verb = reading.is_verb(predicate.token);
    let mut weight = 0;
    if is_verb {
        let reflexive = own.is_some_and(|clause| clause.reflexive);
        if sense.reflexive && !reflexive {
            return None;
        }
        weight += i32::from(sense.reflexive == reflexive);
    }
    let mut predicate = predicate.clone();
    let mut with = None;
    if let Some(word) = &sense.with {
        let at = companion(reading, &predicate, word)?;
        with = Some(at);
        weight += 4;
        let inner = depeche_predicates::predicate(reading.graph, reading.clauses, reading.grammar, at);
        for argument in inner.arguments {
            if argument.role == Role::Oblique && !predicate.arguments.iter().any(|known| known.token == argument.token && !known.loose) {
                predicate.arguments.retain(|known| known.token != argument.token);
                predicate.arguments.push(argument);
            }
        }
    }
    let needs = &frame.needs;
    if needs.negation && !standing.negated || needs.affirmation && standing.negated {
        return None;
    }
    let role_has = |role: Role, words: &[String]| {
        predicate.role(role).any(|argument| {
            reading
                .graph
                .coordinated(argument.token)
                .into_iter()
                .any(|token| words.contains(&reading.lemma(token)) || words.contains(&reading.lemma(measured(reading, token))))
        })
    };
    if !needs.object.is_empty() && !role_has(Role::Object, &needs.object)
        || !needs.subject.is_empty() && !role_has(Role::Subject, &needs.subject)
    {
        return None;
    }
    let has_content = predicate.arguments.iter().any(|argument| matches!(argument.role, Role::Content | Role::Complement));
    if needs.content && !has_content || needs.no_content && has_content || needs.infinitive && !has_infinitive(reading, &predicate) {
        return None;
    }
    if !needs.words.is_empty() || !needs.no_words.is_empty() {
        let under = reading.under(predicate.carrier.unwrap_or(predicate.token));
        let has = |words: &[String]| {
            under.iter().any(|&token| words.contains(&reading.lemma(token)) || words.contains(&reading.graph.form(token)))
        };
        if !needs.words.is_empty() && !has(&needs.words) || has(&needs.no_words) {
            return None;
        }
    }
    let status = match (standing.negated, frame.negated) {
        (true, Negated::Nothing) => return None,
        (true, Negated::Denied) => Status::Denied,
        _ => standing.status,
    };
    let sides = sides(reading, frame, &predicate);
    let political = |side: &[depeche_actors::MentionId]| side.iter().any(|&mention| reading.actors.is_political(mention));
    // A noun that no verb states says by itself whose act it is: « l'attaque menée par X », « une frappe israélienne », « les menaces du Kremlin ».
    let hostile = matches!(frame.kind.quad(), Quad::VerbalConflict | Quad::MaterialConflict);
    let has_doer = || predicate.arguments.iter().any(|argument| !argument.loose && argument.role == Role::Subject);
    if needs.stated && !(predicate.stated || has_doer() || hostile && political(&sides.actors)) {
        return None;
    }
    // A country's company that cuts another state off acts for it.
    let for_state = |side: &[depeche_actors::MentionId]| side.iter().any(|&mention| reading.actors.country_of(mention).is_some());
    let acts = political(&sides.actors) || for_state(&sides.actors) && political(&sides.recipients);
    let suffers = political(&sides.recipients) || for_state(&sides.recipients) && political(&sides.actors);
    if needs.actor && !acts || needs.recipient && !suffers {
        return None;
    }
    if sides.actors.len() + sides.recipients.len() < needs.parties {
        return None;
    }
    // “a man suspected of …”: an accusation that nobody makes describes the noun that it modifies.
    let describes = own.is_some_and(|clause| clause.passive && clause.link == Relation::ModifierClause);
    if frame.kind == EventType::Accuse && describes && sides.actors.is_empty() {
        return None;
    }
    if needs.future && standing.status != Status::Planned || needs.present && !own.is_some_and(|clause| clause.tense == Tense::Present) {
        return None;
    }
    let countries = |side: &[depeche_actors::MentionId]| side.iter().map(|&mention| reading.actors.country_of(mention)).collect::<Vec<_>>();
    if needs.other && countries(&sides.actors).iter().any(|country| countries(&sides.recipients).contains(country)) {
        return None;
    }
    if !needs.actor_sector.is_empty()
        && !sides
            .actors
            .iter()
            .any(|&mention| reading.actors.participant(mention).sector.is_some_and(|sector| needs.actor_sector.contains(&sector)))
    {
        return None;
    }
    weight += [
        needs.negation,
        needs.affirmation,
        needs.actor,
        needs.recipient,
        needs.content,
        needs.infinitive,
        needs.future,
        needs.present,
        needs.other,
        needs.parties > 0,
        needs.no_content,
        needs.stated,
        !needs.no_words.is_empty(),
        !needs.actor_sector.is_empty(),
    ]
    .iter()
    .map(|&condition| i32::from(condition))
    .sum::<i32>();
    weight += 2 * [&needs.object, &needs.subject, &needs.words].iter().filter(|list| !list.is_empty()).count() as i32;
    weight += i32::from(!sides.actors.is_empty()) + i32::from(!sides.recipients.is_empty());
    // « justifier l'invasion de X par Y »: an act that the text takes for known took place, whatever is made of it.
    let known = !is_verb && hostile && status == Status::Hypothetical && political(&sides.actors) && is_definite(reading, predicate.token);
    let status = if known { Status::Occurred } else { status };
    let status = match (status, frame.status) {
        (Status::Occurred | Status::Planned, Some(fixed)) => fixed,
        (status, _) => status,
    };
    Some((weight, Candidate { frame: 0, predicate, sides, status, with, senses: 1, placed: None }.of(sense)))
}

/// Whether a noun has the definite article and is of nothing that is planned or feared: « l'invasion », not « la menace d'une invasion ».
fn is_definite(reading: &Reading<'_>, noun: usize) -> bool {
    let owned = reading.graph.preposition(noun).is_some_and(|word| reading.grammar.classes(word).has(WordClasses::GENITIVE_PREPOSITION));
    !owned && reading.graph.children_as(noun, Relation::Determiner).any(|child| reading.doc.token(child).feature("Definite") == Some("Def"))
}

/// Whether an infinitive completes a predicate.
fn has_infinitive(reading: &Reading<'_>, predicate: &Predicate) -> bool {
    let completes = |role: Role| matches!(role, Role::Content | Role::Complement | Role::Adverbial);
    let heads = predicate.arguments.iter().filter(|argument| completes(argument.role) && argument.token > predicate.token);
    let infinitive =
        |token: usize| reading.clauses.of_token(token).is_some_and(|clause| clause.head == token && clause.mood == Mood::Infinitive);
    heads.map(|argument| argument.token).any(infinitive)
}

impl Candidate {
    fn of(mut self, sense: &Sense) -> Candidate {
        self.frame = sense.frame;
        self
    }
}

/// The argument, particle or adverb of a verb that has a lemma or form, or the preposition of that form that marks one.
fn companion(reading: &Reading<'_>, predicate: &Predicate, word: &str) -> Option<usize> {
    let is = |token: usize| reading.is_word(token, word);
    let undergoes = predicate
        .role(Role::Object)
        .any(|argument| reading.grammar.classes(reading.doc.token(argument.token).lemma()).has(WordClasses::UNDERGOING_NOUN));
    predicate
        .arguments
        .iter()
        // What the parse hung elsewhere completes the verb only where it stands near.
        .filter(|argument| !argument.loose || argument.token < predicate.token + NEAR)
        // « fait l'objet de pressions » is no « fait pression ».
        .filter(|argument| argument.role != Role::Oblique || !undergoes)
        // « Au cours de ces discussions, X s'est engagé »: what goes on meanwhile completes nothing.
        .filter(|argument| {
            let meanwhile = |word: &str| {
                let classes = reading.grammar.classes(word);
                classes.has(WordClasses::DURING_PREPOSITION) || classes.has(WordClasses::CIRCUMSTANCE_PREPOSITION)
            };
            !argument.preposition.as_deref().is_some_and(meanwhile)
        })
        .filter(|argument| match argument.role {
            Role::Subject => false,
            // « D'après des médias, X a suspendu »: what opens the sentence completes nothing.
            Role::Oblique if argument.token < predicate.token => false,
            // “hold X responsible”: an adjective in the place of a clause.
            Role::Content => reading.doc.token(argument.token).pos() == "ADJ",
            _ => true,
        })
        .flat_map(|argument| reading.graph.coordinated(argument.token))
        .flat_map(|token| [token, measured(reading, token)])
        .find(|&token| is(token))
        .or_else(|| {
            reading.graph.children(predicate.token).iter().copied().find(|&child| {
                matches!(reading.graph.relation(child), Relation::Adverb | Relation::Particle | Relation::Attribute | Relation::Adjective)
                    && is(child)
            })
        })
        .or_else(|| {
            // “call for calm”, “lash out at a neighbour”: what completes the verb is the first word of an argument's preposition.
            let marked = predicate.arguments.iter().find(|argument| {
                let follows = !argument.loose && argument.token > predicate.token && reading.timex_of(argument.token).is_none();
                follows && argument.preposition.as_deref().is_some_and(|text| text.split(' ').next() == Some(word))
            })?;
            reading.graph.children_as(marked.token, Relation::Case).find(|&case| is_first_word(reading, case, word))
        })
        // « mettre en garde X »: the parse has the words for a preposition of X.
        .or_else(|| {
            let behind = predicate.token + 1..reading.doc.len().min(predicate.token + 4);
            { behind }.find(|&token| reading.graph.relation(token) == Relation::Fixed && is(token))
        })
}

/// What a noun of quantity measures; any other word itself.
fn measured(reading: &Reading<'_>, token: usize) -> usize {
    counted(reading.graph, reading.grammar, token)
}

/// Whether a token is the word, or the last of a chain of prepositions that begins with it.
fn is_first_word(reading: &Reading<'_>, case: usize, word: &str) -> bool {
    reading.graph.form(case) == word || case.checked_sub(1).is_some_and(|before| reading.graph.form(before) == word)
}
