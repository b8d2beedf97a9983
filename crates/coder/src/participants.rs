//! Who stands at the places that a frame names: selectors applied to a predicate's arguments.

use crate::attribution::{MOST_CLAUSES_ABOVE, is_put_before};
use crate::reading::Reading;
use depeche_actors::MentionId;
use depeche_packs::{Frame, Genitive, Part, Pick, Selector};
use depeche_predicates::{Mood, Predicate, Quotation, Relation, Role, WordClasses, counted, predicate};
use depeche_record::{EventType, Quad};

/// A longer list of those on one side is cut: who is named after so many is no party that anybody counts.
const MOST_ON_A_SIDE: usize = 64;

/// So many words before a colon are the heading of a sentence; more are a sentence of their own.
const LONGEST_HEADING: usize = 5;

/// A quotation of fewer words is a word used with reserve.
const FEWEST_QUOTED: usize = 4;

/// Of a longer quotation the beginning is read for whom it is about.
const MOST_QUOTED: usize = 60;

/// The two sides of an event.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Sides {
    pub(crate) actors: Vec<MentionId>,
    pub(crate) recipients: Vec<MentionId>,
}

/// Fills a frame's sides from a predicate.
pub(crate) fn sides(reading: &Reading<'_>, frame: &Frame, predicate: &Predicate) -> Sides {
    let mut sides = Sides::default();
    for selector in &frame.actor {
        if selector.argument == Pick::Clause && !sides.actors.is_empty() {
            continue;
        }
        let mut found = select(reading, frame, predicate, selector, &[]);
        // “a strike by X killed”: a thing gives way to whom a later selector names.
        let is_party = |mention: &MentionId| reading.actors.country_of(*mention).is_some() || reading.actors.is_political(*mention);
        if selector.part == Part::Of && !sides.actors.iter().any(is_party) && found.iter().any(is_party) {
            sides.actors.clear();
            found.retain(is_party);
        }
        extend(reading, &mut sides.actors, found, &[]);
        if sides.actors.iter().any(is_party) && (!frame.reciprocal || sides.actors.len() > 1) {
            break;
        }
    }
    for selector in &frame.recipient {
        let mut found = select(reading, frame, predicate, selector, &sides.actors);
        if selector.argument == Pick::Rest || selector.part == Part::Within {
            // Whoever is merely named nearby is the other side only if not of the actor's own.
            let own: Vec<_> = sides.actors.iter().filter_map(|&mention| reading.actors.country_of(mention)).collect();
            found.retain(|&mention| reading.actors.country_of(mention).is_none_or(|country| !own.contains(&country)));
        }
        let mut named = Vec::new();
        extend(reading, &mut named, found, &sides.actors);
        // Things and nameless persons give way to whom a later selector names.
        let is_party = |mention: &MentionId| reading.actors.country_of(*mention).is_some() || reading.actors.is_political(*mention);
        let found_party = named.iter().any(is_party);
        let of_country = named.iter().any(|&mention| reading.actors.country_of(mention).is_some());
        let nationless = sides.recipients.iter().any(is_party);
        // “dissidents from Myanmar”: a phrase that the parse hangs on the verb tells whose they are.
        if nationless && of_country && selector.part == Part::Within && matches!(selector.argument, Pick::Preposition(_)) {
            let before = std::mem::take(&mut sides.recipients);
            extend(reading, &mut named, before, &sides.actors);
            sides.recipients = named;
            break;
        }
        if found_party && !nationless || sides.recipients.is_empty() {
            sides.recipients = named;
        }
        if of_country {
            break;
        }
    }
    // « faire l'objet de sanctions »: what is done to the subject of a noun's clause.
    let faces = |mention: &MentionId| reading.actors.country_of(*mention).is_some() || reading.actors.is_political(*mention);
    if !reading.is_verb(predicate.token) && predicate.carrier.is_some() && !frame.reciprocal && !sides.recipients.iter().any(faces) {
        let suffers = predicate.role(Role::Object).flat_map(|argument| reading.graph.coordinated(argument.token));
        let found: Vec<MentionId> =
            suffers.flat_map(|token| [who(reading, token), complements(reading, token)].concat()).filter(faces).collect();
        if !found.is_empty() {
            sides.recipients.clear();
            extend(reading, &mut sides.recipients, found, &sides.actors);
        }
    }
    // « retirer ses troupes »: nobody withdraws from what is his own.
    if frame.kind == EventType::Retreat {
        let own: Vec<_> = sides.actors.iter().filter_map(|&mention| reading.actors.country_of(mention)).collect();
        let is_possessed = |mention: &MentionId| {
            reading
                .graph
                .children(reading.actors.mention(*mention).head)
                .iter()
                .any(|&child| reading.grammar.classes(&reading.graph.form(child)).has(WordClasses::POSSESSIVE))
        };
        sides
            .recipients
            .retain(|mention| !is_possessed(mention) || reading.actors.country_of(*mention).is_none_or(|country| !own.contains(&country)));
    }
    if sides.recipients.is_empty() && frame.kind.quad() == Quad::MaterialConflict && frame.kind != EventType::Sanction {
        let found = heading(reading, predicate);
        extend(reading, &mut sides.recipients, found, &sides.actors);
    }
    if sides.recipients.is_empty() && !sides.actors.is_empty() && !frame.reciprocal && names_recipient(frame) {
        sides.recipients = first_other(reading, predicate, &sides.actors);
    }
    if frame.reciprocal && !reading.is_verb(predicate.token) {
        // « la réunion avec X et Y »: the parse may hang Y on the meeting itself.
        let group = |mention: &MentionId| reading.graph.first_conjunct(reading.actors.mention(*mention).head);
        let beside: Vec<usize> = sides.recipients.iter().map(group).collect();
        let (misplaced, actors) = std::mem::take(&mut sides.actors).into_iter().partition(|mention| beside.contains(&group(mention)));
        sides.actors = actors;
        extend(reading, &mut sides.recipients, misplaced, &[]);
        // Whoever speaks of a meeting with others was at it.
        if sides.actors.is_empty() && !sides.recipients.is_empty() {
            sides.actors.extend(reading.actors.speaker_at(predicate.token));
        }
    }
    if sides.actors.is_empty() && !sides.recipients.is_empty() && (frame.reciprocal || frame.kind == EventType::Support) {
        sides.actors = signatories(reading, predicate, &sides.recipients);
    }
    if sides.actors.is_empty() && names_actor(frame) {
        sides.actors = announcers(reading, predicate, &sides.recipients);
    }
    sides
}

/// Whether a frame's act is one that its doer makes known; what befell somebody is told by others too.
fn names_actor(frame: &Frame) -> bool {
    !frame.actor.is_empty() && !matches!(frame.kind, EventType::Assault | EventType::Protest | EventType::Consult)
}

/// « X s'est engagé …, lors d'un accord signé avec Y »: whoever the clause is about signed what a participle in it tells of.
fn signatories(reading: &Reading<'_>, predicate: &Predicate, recipients: &[MentionId]) -> Vec<MentionId> {
    let own = reading.clauses.of[predicate.token].filter(|&at| {
        let clause = &reading.clauses.all[at];
        clause.head == predicate.token && clause.link == Relation::ModifierClause && clause.passive
    });
    let Some(around) = own.and_then(|at| reading.clauses.all[at].parent) else { return Vec::new() };
    political_subjects(reading, reading.clauses.all[around].head, recipients)
}

/// The political parties that a verb has for its subject, those on the other side left out.
fn political_subjects(reading: &Reading<'_>, verb: usize, others: &[MentionId]) -> Vec<MentionId> {
    let acting = predicate(reading.graph, reading.clauses, reading.grammar, verb);
    let mut named = Vec::new();
    for token in acting.role(Role::Subject).flat_map(|argument| reading.graph.coordinated(argument.token)) {
        let mut found = who(reading, token);
        found.retain(|&mention| reading.actors.is_political(mention));
        extend(reading, &mut named, found, others);
    }
    named
}

/// Whoever announces the act that a noun names, when nobody else is named as its doer: « X a annoncé l'envoi de troupes ».
fn announcers(reading: &Reading<'_>, predicate: &Predicate, recipients: &[MentionId]) -> Vec<MentionId> {
    let noun = reading.graph.first_conjunct(predicate.token);
    let verb = reading.graph.head(noun).filter(|_| !reading.is_verb(predicate.token) && reading.graph.relation(noun) == Relation::Object);
    let Some(verb) = verb.filter(|&verb| reading.grammar.classes(reading.doc.token(verb).lemma()).has(WordClasses::ANNOUNCING)) else {
        return Vec::new();
    };
    political_subjects(reading, verb, recipients)
}

/// Whoever a heading names before its colon: « Kaboul : un attentat fait six morts ».
fn heading(reading: &Reading<'_>, predicate: &Predicate) -> Vec<MentionId> {
    let sentence = &reading.sentences()[reading.sentence_of(predicate.token)];
    let start = sentence.start;
    let colon = (start..sentence.end.min(start + LONGEST_HEADING)).find(|&at| reading.graph.form(at) == ":");
    let Some(colon) = colon.filter(|&colon| colon < predicate.token) else { return Vec::new() };
    (start..colon).flat_map(|at| who(reading, at)).collect()
}

/// Whether a frame's act is done to somebody.
fn names_recipient(frame: &Frame) -> bool {
    // Who is asked or accused in a clause is named there or nowhere.
    frame.recipient.iter().any(|selector| selector.argument != Pick::Content)
        && !matches!(frame.kind, EventType::Agree | EventType::Consult | EventType::Retreat)
}

/// « …, a réaffirmé le président »: a finite verb right behind a comma tells who says it, not what is said.
fn is_put_behind(reading: &Reading<'_>, verb: usize) -> bool {
    let finite = reading.clauses.of_token(verb).is_some_and(|clause| clause.mood == Mood::Indicative && clause.marker.is_empty());
    let auxiliary = |&child: &usize| matches!(reading.graph.relation(child), Relation::Auxiliary | Relation::Reflexive);
    let first = reading.graph.children(verb).iter().copied().filter(auxiliary).min().unwrap_or(verb).min(verb);
    finite && first > 0 && reading.doc.token(first - 1).pos() == "PUNCT"
}

/// Whoever of the first other country is named after the predicate within its own words: « déployer des navires pour surveiller ceux de X ».
fn first_other(reading: &Reading<'_>, predicate: &Predicate, actors: &[MentionId]) -> Vec<MentionId> {
    let own: Vec<_> = actors.iter().filter_map(|&mention| reading.actors.country_of(mention)).collect();
    let other =
        |mention: &MentionId| reading.actors.country_of(*mention).is_some_and(|country| country.is_country() && !own.contains(&country));
    let found = rest(reading, predicate, actors).into_iter().find(|mention| other(mention) && reading.actors.is_political(*mention));
    found.into_iter().collect()
}

/// Adds mentions whose entity is not there yet.
fn extend(reading: &Reading<'_>, side: &mut Vec<MentionId>, found: Vec<MentionId>, taken: &[MentionId]) {
    for mention in found {
        // « le ministre allemand » is one party, not two.
        let same = |other: &MentionId| *other == mention || reading.same_entity(*other, mention) || is_inside(reading, mention, *other);
        if side.len() < MOST_ON_A_SIDE && !side.iter().any(same) && !taken.iter().any(same) {
            side.push(mention);
        }
    }
}

/// Whether the words of a mention are a part of another's, of the same country.
fn is_inside(reading: &Reading<'_>, inner: MentionId, outer: MentionId) -> bool {
    let (tokens, around) = (&reading.actors.mention(inner).tokens, &reading.actors.mention(outer).tokens);
    around.start <= tokens.start && tokens.end <= around.end && reading.actors.country_of(inner) == reading.actors.country_of(outer)
}

/// The mentions that a selector picks, in order of the text.
fn select(reading: &Reading<'_>, frame: &Frame, predicate: &Predicate, selector: &Selector, taken: &[MentionId]) -> Vec<MentionId> {
    if selector.argument == Pick::Rest {
        return rest(reading, predicate, taken);
    }
    if selector.argument == Pick::Speaker {
        return speaker(reading, predicate.token);
    }
    let heads = picked(reading, frame, predicate, &selector.argument);
    if selector.argument == Pick::Content && selector.part == Part::Within && heads.is_empty() {
        return quoted(reading, predicate.token);
    }
    let mut mentions = Vec::new();
    for head in heads {
        for token in reading.graph.coordinated(head) {
            match selector.part {
                Part::Itself => {
                    let found = who(reading, token);
                    let measured = counted(reading.graph, reading.grammar, token);
                    mentions.extend(if found.is_empty() && measured != token { who(reading, measured) } else { found });
                }
                Part::Of => {
                    mentions.extend(complements(reading, token));
                    let measured = counted(reading.graph, reading.grammar, token);
                    if measured != token {
                        mentions.extend(complements(reading, measured));
                    }
                }
                Part::Within => {
                    for under in reading.under(token) {
                        mentions.extend(who(reading, under));
                    }
                }
                Part::Subject | Part::Object => {
                    let clause = self::predicate(reading.graph, reading.clauses, reading.grammar, token);
                    let role = if selector.part == Part::Subject { Role::Subject } else { Role::Object };
                    let mut inner: Vec<usize> = clause.role(role).map(|argument| argument.token).collect();
                    if inner.is_empty() && role == Role::Subject {
                        // “hold X responsible”: a clause without a verb still has its subject.
                        inner.extend(reading.graph.children_as(token, Relation::Subject));
                    }
                    for token in inner.into_iter().flat_map(|token| reading.graph.coordinated(token)) {
                        mentions.extend(who(reading, token));
                    }
                }
            }
        }
    }
    mentions
}

/// Whoever is named in the quotation that a verb stands beside: « … », a promis X.
fn quoted(reading: &Reading<'_>, verb: usize) -> Vec<MentionId> {
    let sentence = &reading.sentences()[reading.sentence_of(verb)];
    let outside =
        |quotation: &&Quotation| !(quotation.start..quotation.end).contains(&verb) && quotation.end - quotation.start > FEWEST_QUOTED;
    let Some(beside) = reading.quotations_beside(sentence).iter().filter(outside).min_by_key(|quotation| quotation.start.abs_diff(verb))
    else {
        return Vec::new();
    };
    (beside.start..beside.end).take(MOST_QUOTED).flat_map(|token| who(reading, token)).collect()
}

/// Whoever says what a token stands in: the speaker of its quotation, else the subject of the verb whose content its clause is.
fn speaker(reading: &Reading<'_>, token: usize) -> Vec<MentionId> {
    if let Some(speaker) = reading.actors.speaker_at(token) {
        return vec![speaker];
    }
    let Some(own) = reading.clauses.of[token] else { return Vec::new() };
    let mut pairs = reading.clauses.chain(own).zip(reading.clauses.chain(own).skip(1)).take(MOST_CLAUSES_ABOVE);
    let said = pairs.find(|&(below, above)| {
        let (below, above) = (&reading.clauses.all[below], &reading.clauses.all[above]);
        matches!(below.link, Relation::ContentClause | Relation::Parataxis) || is_put_before(below, above)
    });
    // « …, a déclaré X »: the verb of speech may hang on what is said.
    let after = || {
        let hangs = |&child: &usize| child > token && reading.graph.relation(child) == Relation::Parataxis;
        reading.graph.children(reading.clauses.all[own].head).iter().copied().find(hangs)
    };
    let Some(verb) = said.map(|(_, above)| reading.clauses.all[above].head).or_else(after) else { return Vec::new() };
    let saying = self::predicate(reading.graph, reading.clauses, reading.grammar, verb);
    let behind = saying.role(Role::Object).filter(|argument| argument.token > verb).take(1);
    let subject = saying.role(Role::Subject).filter(|argument| argument.token != token).chain(behind).next();
    subject.map(|argument| who(reading, argument.token)).unwrap_or_default()
}

/// Whoever the noun phrase at a token stands for.
fn who(reading: &Reading<'_>, token: usize) -> Vec<MentionId> {
    let denoted = reading.actors.denoted(token).to_vec();
    if denoted.is_empty() && reading.actors.is_first_person(token) {
        return reading.actors.speaker_at(token).into_iter().collect();
    }
    denoted
}

/// The head words of the argument that a selector names; direct ones before those that the parse hung elsewhere.
fn picked(reading: &Reading<'_>, frame: &Frame, predicate: &Predicate, pick: &Pick) -> Vec<usize> {
    let role = |role: Role| predicate.role(role).map(|argument| argument.token).collect::<Vec<_>>();
    let is_noun =
        reading.clauses.of_token(predicate.token).is_none_or(|clause| clause.head != predicate.token) || !reading.is_verb(predicate.token);
    let owners = || {
        let mut owners = role(Role::Possessor);
        owners.extend(role(Role::Modifier));
        owners
    };
    match pick {
        Pick::Subject => {
            let mut found = role(Role::Subject);
            let nameless = found.iter().all(|&token| who(reading, token).is_empty());
            if is_noun && nameless {
                // « l'invasion russe de l'Ukraine »: nationality names the doer, whatever the complement is.
                let national = role(Role::Modifier);
                if national.iter().any(|&token| !who(reading, token).is_empty()) {
                    found.extend(national);
                } else if frame.genitive == Genitive::Subject || has_marked_recipient(reading, frame, predicate) {
                    found.extend(owners());
                }
            }
            if !is_noun && nameless {
                found.extend(found.first().map(|&document| authors(reading, predicate.token, document)).unwrap_or_default());
            }
            found
        }
        Pick::Object => {
            let mut found = role(Role::Object);
            // « l'invasion de X par Y »: with a doer of its own the complement is who suffers it.
            let done_by = |argument: &depeche_predicates::Argument| {
                argument.preposition.as_deref().is_some_and(|word| reading.grammar.classes(word).has(WordClasses::AGENT_PREPOSITION))
                    && !who(reading, argument.token).is_empty()
            };
            if is_noun && predicate.arguments.iter().any(done_by) {
                found.extend(role(Role::Possessor));
            }
            let national = || role(Role::Modifier).iter().any(|&token| !who(reading, token).is_empty());
            if is_noun && frame.genitive == Genitive::Subject && national() {
                found.extend(role(Role::Possessor));
            }
            if is_noun && frame.genitive == Genitive::Object && !has_marked_recipient(reading, frame, predicate) {
                let complements = role(Role::Possessor);
                found.extend(if complements.is_empty() && role(Role::Subject).iter().any(|&token| !who(reading, token).is_empty()) {
                    owners()
                } else {
                    complements
                });
            }
            found
        }
        Pick::Indirect => role(Role::IndirectObject),
        Pick::Content => {
            let mut found = role(Role::Content);
            found.extend(role(Role::Complement));
            let adverbial = predicate.role(Role::Adverbial).map(|argument| argument.token);
            found.extend(adverbial.filter(|&token| token > predicate.token && !is_put_behind(reading, token)));
            found
        }
        Pick::Preposition(name) => {
            let marked = |loose: bool| {
                predicate
                    .arguments
                    .iter()
                    .filter(|argument| argument.loose == loose && argument.preposition.as_deref() == Some(name.as_str()))
                    .filter(|argument| matches!(argument.role, Role::Oblique | Role::Subject | Role::Possessor | Role::IndirectObject))
                    .map(|argument| argument.token)
                    .collect::<Vec<_>>()
            };
            let direct = marked(false);
            if direct.iter().any(|&token| !who(reading, token).is_empty()) { direct } else { [direct, marked(true)].concat() }
        }
        Pick::Clause => reading
            .clauses
            .of_token(predicate.token)
            .map(|clause| clause.head)
            .filter(|&head| head != predicate.token)
            .into_iter()
            .collect(),
        Pick::Rest | Pick::Speaker => Vec::new(),
    }
}

/// Who wrote or adopted what a participle modifies: « une résolution de X condamnant Y », « X a adopté une résolution condamnant Y ».
fn authors(reading: &Reading<'_>, participle: usize, document: usize) -> Vec<usize> {
    let modifies = reading.graph.head(participle) == Some(document) && reading.graph.relation(participle) == Relation::ModifierClause;
    let Some(verb) = reading.graph.head(document).filter(|_| modifies && reading.graph.relation(document) == Relation::Object) else {
        return Vec::new();
    };
    let adopting = self::predicate(reading.graph, reading.clauses, reading.grammar, verb);
    adopting.role(Role::Subject).map(|argument| argument.token).collect()
}

/// Whether a preposition names the other side, so that a complement of the noun is the doer: « l'attaque de X contre Y ».
fn has_marked_recipient(reading: &Reading<'_>, frame: &Frame, predicate: &Predicate) -> bool {
    frame.recipient.iter().any(|selector| match &selector.argument {
        Pick::Preposition(name) => predicate.arguments.iter().any(|argument| {
            !argument.loose
                && argument.role == Role::Oblique
                && argument.preposition.as_deref() == Some(name)
                && !reading.grammar.classes(name).has(WordClasses::PLACE_PREPOSITION)
                && !who(reading, argument.token).is_empty()
        }),
        _ => false,
    })
}

/// Complements, possessors and nationality of a noun.
fn complements(reading: &Reading<'_>, noun: usize) -> Vec<MentionId> {
    let mut mentions = Vec::new();
    // “the Israeli bombardment of Gaza”: nationality names the doer, and the complement whom it is done to.
    let national = reading
        .graph
        .children_as(noun, Relation::Adjective)
        .any(|child| who(reading, child).iter().any(|&mention| reading.actors.country_of(mention).is_some()));
    for &child in reading.graph.children(noun) {
        let of = match reading.graph.relation(child) {
            Relation::Possessor | Relation::Adjective | Relation::Compound | Relation::Determiner => true,
            Relation::NominalModifier if national => false,
            Relation::NominalModifier => reading.graph.preposition(child).is_some_and(|preposition| {
                let classes = reading.grammar.classes(preposition);
                classes.has(WordClasses::GENITIVE_PREPOSITION) || classes.has(WordClasses::AGENT_PREPOSITION)
            }),
            _ => false,
        };
        if of {
            for token in reading.graph.coordinated(child) {
                mentions.extend(who(reading, token));
            }
        }
    }
    mentions
}

/// Whoever is named after the predicate in its sentence, before the next clause that is not under it.
fn rest(reading: &Reading<'_>, predicate: &Predicate, taken: &[MentionId]) -> Vec<MentionId> {
    let sentence = &reading.sentences()[reading.sentence_of(predicate.token)];
    let mut mentions: Vec<MentionId> = Vec::new();
    for token in reading.under(predicate.carrier.unwrap_or(predicate.token)) {
        if token <= predicate.token || !sentence.contains(&token) {
            continue;
        }
        for mention in who(reading, token) {
            if !taken.iter().any(|&other| other == mention || reading.same_entity(other, mention)) && !mentions.contains(&mention) {
                mentions.push(mention);
            }
        }
    }
    mentions
}
