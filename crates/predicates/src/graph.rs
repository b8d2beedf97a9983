//! A parse in no treebank's terms: every content word hangs on the content word that governs it, with a neutral relation and
//! the preposition between them.
//!
//! In goes a [`Doc`] and a [`Grammar`]; out comes a [`Graph`], the same shape for Universal Dependencies (French) and for trees whose prepositions are
//! heads (English). Nothing is decided here about meaning.

use crate::Grammar;
use crate::grammar::WordClasses;
use depeche_nlp::{Doc, Token};
use depeche_packs::{Heads, Mood, Relation};

/// A token's place in the graph.
#[derive(Debug, Clone)]
struct Node {
    head: usize,
    relation: Relation,
    /// Dictionary form of the preposition that links it to its head; empty for none.
    preposition: String,
}

/// Two names coordinated as a subject stand no farther from their verb than so many words.
const LONGEST_SUBJECT: usize = 30;

/// What a participle opens a sentence with has no more words than this.
const LONGEST_OPENING: usize = 40;

/// So many words before a noun may hold its article.
const MOST_DETERMINERS: usize = 3;

/// The parse of a document in neutral terms.
#[derive(Debug)]
pub struct Graph<'doc> {
    doc: &'doc Doc,
    nodes: Vec<Node>,
    /// Children of all tokens, one after the other, and where each token's begin.
    children: Vec<usize>,
    first_child: Vec<usize>,
}

impl<'doc> Graph<'doc> {
    /// Reads a parse.
    pub fn new(doc: &'doc Doc, grammar: &Grammar) -> Graph<'doc> {
        let mut nodes: Vec<Node> = doc
            .tokens()
            .map(|token| Node { head: token.head_index(), relation: grammar.relation(token.dep()), preposition: String::new() })
            .collect();
        match grammar.heads {
            Heads::Content => read_case_children(doc, grammar, &mut nodes),
            Heads::Function => lift_over_prepositions(doc, grammar, &mut nodes),
        }
        fold_long_prepositions(doc, grammar, &mut nodes);
        join_subjects(doc, &mut nodes);
        if grammar.heads == Heads::Content {
            free_objects(doc, &mut nodes);
            restricted_objects(doc, grammar, &mut nodes);
            promote_verbs(doc, grammar, &mut nodes);
            close_openings(doc, &mut nodes);
        }
        let (children, first_child) = index_children(&nodes);
        Graph { doc, nodes, children, first_child }
    }

    /// The document.
    pub fn doc(&self) -> &'doc Doc {
        self.doc
    }

    /// The token at `index`.
    pub fn token(&self, index: usize) -> Token<'doc> {
        self.doc.token(index)
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// What governs a token; none for a root.
    pub fn head(&self, token: usize) -> Option<usize> {
        let head = self.nodes[token].head;
        (head != token).then_some(head)
    }

    /// Its relation to what governs it.
    pub fn relation(&self, token: usize) -> Relation {
        self.nodes[token].relation
    }

    /// The preposition that links it to what governs it, in dictionary form.
    pub fn preposition(&self, token: usize) -> Option<&str> {
        let preposition = self.nodes[token].preposition.as_str();
        (!preposition.is_empty()).then_some(preposition)
    }

    /// The tokens that it governs, in order of the text.
    pub fn children(&self, token: usize) -> &[usize] {
        &self.children[self.first_child[token]..self.first_child[token + 1]]
    }

    /// Those of its children that have a relation.
    pub fn children_as(&self, token: usize, relation: Relation) -> impl Iterator<Item = usize> + '_ {
        self.children(token).iter().copied().filter(move |&child| self.relation(child) == relation)
    }

    /// The token and what is coordinated with it, if it comes first in the coordination.
    pub fn coordinated(&self, token: usize) -> Vec<usize> {
        let mut members = vec![token];
        let mut at = 0;
        while at < members.len() {
            let member = members[at];
            members.extend(self.children_as(member, Relation::Conjunct));
            // « l'Arabie saoudite et l'Iran »: a parse may hang the second name on the last word of the first.
            if at == 0 {
                for part in self.children(member).iter().copied().filter(|&child| {
                    let bare_name = self.relation(child) == Relation::NominalModifier
                        && self.preposition(child).is_none()
                        && self.token(child).pos() == "PROPN";
                    (matches!(self.relation(child), Relation::Adjective | Relation::Flat | Relation::Compound) || bare_name)
                        && child > member
                }) {
                    // « le président X et son homologue »: hung on the name of the first.
                    let of_name = self.token(part).pos() == "PROPN" && self.token(member).pos() == "NOUN";
                    let joined = |other: &usize| self.token(*other).pos() == "PROPN" || of_name && self.token(*other).pos() == "NOUN";
                    members.extend(self.children_as(part, Relation::Conjunct).filter(joined));
                }
            }
            at += 1;
        }
        members
    }

    /// The first member of the coordination that the token belongs to.
    pub fn first_conjunct(&self, token: usize) -> usize {
        let mut at = token;
        while self.relation(at) == Relation::Conjunct
            && let Some(head) = self.head(at)
        {
            at = head;
        }
        at
    }

    /// The token and all under it, in order of the text.
    pub fn subtree(&self, token: usize) -> Vec<usize> {
        self.subtree_without(token, |_| false)
    }

    /// The token and all under it but the tokens that are left out and what is under those, in order of the text.
    pub fn subtree_without(&self, token: usize, is_left_out: impl Fn(usize) -> bool) -> Vec<usize> {
        let mut members = vec![token];
        let mut at = 0;
        while at < members.len() {
            members.extend(self.children(members[at]).iter().copied().filter(|&child| !is_left_out(child)));
            at += 1;
        }
        members.sort_unstable();
        members
    }

    /// What governs the token, from near to far.
    pub fn ancestors(&self, token: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.head(token), |&at| self.head(at))
    }

    /// Lower-case form of a token, as the model read it.
    pub fn form(&self, token: usize) -> String {
        self.token(token).form().to_lowercase()
    }

    /// What jobs of grammar its form or lemma can do.
    pub fn classes(&self, token: usize, grammar: &Grammar) -> (WordClasses, WordClasses) {
        (grammar.classes(&self.form(token)), grammar.classes(self.token(token).lemma()))
    }
}

/// In trees of content heads a preposition is a child of its noun: names it there.
fn read_case_children(doc: &Doc, grammar: &Grammar, nodes: &mut [Node]) {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for token in doc.tokens() {
        if nodes[token.index()].relation == Relation::Case && !token.is_root() {
            found.push((nodes[token.index()].head, token.index()));
        }
    }
    for (noun, case) in found {
        let mut text = grammar.preposition(&doc.token(case).form().to_lowercase()).to_owned();
        for (offset, later) in nodes.get(case + 1..noun).unwrap_or_default().iter().enumerate() {
            if later.relation == Relation::Fixed && later.head == case {
                text.push(' ');
                text.push_str(grammar.preposition(&doc.token(case + 1 + offset).form().to_lowercase()));
            }
        }
        let known = grammar.long_preposition(&text).map_or(text.clone(), str::to_owned);
        let own = &mut nodes[noun].preposition;
        // « d'après des médias »: the article looks like one more preposition.
        let article = grammar.classes(&known).has(WordClasses::GENITIVE_PREPOSITION) && grammar.is_long_preposition(own);
        if article {
            continue;
        }
        if !own.is_empty() {
            own.push(' ');
        }
        own.push_str(&known);
        let joined = grammar.long_preposition(own).map(str::to_owned);
        if let Some(joined) = joined {
            nodes[noun].preposition = joined;
        }
    }
    // « réduisait de nouveau ses livraisons »: an adverb of several words is no preposition of the object after it.
    for node in nodes.iter_mut().filter(|node| matches!(node.relation, Relation::Oblique | Relation::Object)) {
        if grammar.classes(&node.preposition).has(WordClasses::ADVERB_PHRASE) {
            node.relation = Relation::Object;
            node.preposition.clear();
        }
    }
    // « l'attaque qui a eu lieu à Goma a fait trois morts »: what stands under a preposition of place is nobody's subject.
    for node in nodes.iter_mut().filter(|node| matches!(node.relation, Relation::Subject | Relation::PassiveSubject)) {
        if grammar.classes(&node.preposition).has(WordClasses::PLACE_PREPOSITION) {
            node.relation = Relation::Oblique;
        }
    }
}

/// In trees of function heads a noun hangs on its preposition: hangs it on what governs that.
fn lift_over_prepositions(doc: &Doc, grammar: &Grammar, nodes: &mut [Node]) {
    for index in 0..nodes.len() {
        let carries = matches!(nodes[index].relation, Relation::Oblique | Relation::OpenComplement);
        let mut preposition = nodes[index].head;
        if !carries || preposition == index || doc.token(preposition).pos() == "VERB" {
            continue;
        }
        let original = |at: usize| grammar.relation(doc.token(at).dep());
        let first = preposition;
        let mut text = String::new();
        let mut relation = Relation::Other;
        // A chain such as “out of” hangs preposition on preposition.
        let mut steps = 0;
        while matches!(original(preposition), Relation::Case | Relation::Agent | Relation::IndirectObject) && steps < 8 {
            let form = doc.token(preposition).form().to_lowercase();
            text = if text.is_empty() { form } else { format!("{form} {text}") };
            relation = original(preposition);
            let above = doc.token(preposition).head_index();
            if above == preposition {
                break;
            }
            preposition = above;
            steps += 1;
        }
        if text.is_empty() || preposition == index {
            continue;
        }
        let clause = nodes[index].relation == Relation::OpenComplement;
        nodes[index].relation = match relation {
            _ if clause => Relation::AdverbialClause,
            Relation::Agent => Relation::Agent,
            Relation::IndirectObject => Relation::IndirectObject,
            _ if matches!(doc.token(preposition).pos(), "NOUN" | "PROPN" | "PRON" | "NUM" | "SYM") => Relation::NominalModifier,
            _ => Relation::Oblique,
        };
        nodes[index].head = preposition;
        nodes[index].preposition = grammar.long_preposition(&text).map_or(text, str::to_owned);
        nodes[first].head = index;
        nodes[first].relation = Relation::Case;
    }
    break_cycles(nodes);
}

/// « a rencontré mardi à Rome son homologue »: a noun with an article of its own and no preposition completes the verb, not the place before it.
/// « s'est engagé à ce que le pays … »: what the pronoun announces is the content of the verb.
fn free_objects(doc: &Doc, nodes: &mut [Node]) {
    for index in 0..nodes.len() {
        let above = nodes[index].head;
        let verb = nodes[above].head;
        if above >= index
            || verb >= above
            || doc.token(verb).pos() != "VERB"
            || nodes[above].preposition.is_empty()
            || nodes[above].relation != Relation::Oblique
        {
            continue;
        }
        let has = |relation: Relation| {
            (above + 1..index).rev().take(MOST_DETERMINERS).any(|at| nodes[at].head == index && nodes[at].relation == relation)
        };
        match nodes[index].relation {
            Relation::NominalModifier
                if nodes[index].preposition.is_empty() && has(Relation::Determiner) && doc.token(index).pos() == "NOUN" =>
            {
                (nodes[index].head, nodes[index].relation) = (verb, Relation::Object);
            }
            Relation::ModifierClause
                if doc.token(above).pos() == "PRON"
                    && above + 1 < nodes.len()
                    && nodes[above + 1].head == index
                    && nodes[above + 1].relation == Relation::Marker =>
            {
                (nodes[index].head, nodes[index].relation) = (verb, Relation::ContentClause);
            }
            _ => {}
        }
    }
}

/// « n'a effectué qu'une visite »: what follows the word of restriction is the object of the verb before it.
fn restricted_objects(doc: &Doc, grammar: &Grammar, nodes: &mut [Node]) {
    for only in 1..nodes.len() {
        let (verb, object) = (only - 1, nodes[only].head);
        let restricts = nodes[only].relation == Relation::Marker
            && grammar.classes(&doc.token(only).form().to_lowercase()).has(WordClasses::RESTRICTION);
        if !restricts || doc.token(verb).pos() != "VERB" || doc.token(object).pos() != "NOUN" || nodes[object].head == verb || object < only
        {
            continue;
        }
        let negated = (verb.saturating_sub(MOST_DETERMINERS)..verb)
            .any(|at| nodes[at].head == verb && grammar.classes(&doc.token(at).form().to_lowercase()).has(WordClasses::NEGATION));
        if negated {
            (nodes[object].head, nodes[object].relation) = (verb, Relation::Object);
            nodes[only].relation = Relation::Adverb;
        }
    }
    break_cycles(nodes);
}

/// « Recevant à Rome le ministre de X, le président de Y a salué … »: a comma ends what a participle opens, so what stands before it is no subject of the verb, and what stands behind it is.
fn close_openings(doc: &Doc, nodes: &mut [Node]) {
    let comma = |from: usize, to: usize| (from..to).any(|at| doc.token(at).pos() == "PUNCT" && doc.token(at).form() == ",");
    for opening in 0..nodes.len() {
        let verb = nodes[opening].head;
        let opens =
            nodes[opening].relation == Relation::AdverbialClause && doc.token(opening).pos() == "VERB" && doc.token(opening).sent_start();
        if !opens || verb <= opening || verb - opening > LONGEST_OPENING {
            continue;
        }
        let Some(taken) = (opening + 1..verb).find(|&at| nodes[at].head == verb && nodes[at].relation == Relation::Subject) else {
            continue;
        };
        let hangs = |at: usize| nodes[at].head == taken || nodes[nodes[at].head].head == taken;
        let behind = (taken + 1..verb).rev().find(|&at| {
            hangs(at) && matches!(nodes[at].relation, Relation::Apposition | Relation::Conjunct) && nodes[at].preposition.is_empty()
        });
        if let Some(subject) = behind.filter(|&behind| !comma(opening, taken) && comma(taken, behind) && !comma(behind, verb)) {
            (nodes[taken].head, nodes[taken].relation) = (opening, Relation::Object);
            (nodes[subject].head, nodes[subject].relation) = (verb, Relation::Subject);
        }
    }
    break_cycles(nodes);
}

/// « X et Y ont signé »: a parser may take X for the head of the sentence and the verb for what is coordinated with it.
fn join_subjects(doc: &Doc, nodes: &mut [Node]) {
    let is_name = |at: usize| matches!(doc.token(at).pos(), "PROPN" | "NOUN");
    for verb in 0..nodes.len() {
        let first = nodes[verb].head;
        let astray = nodes[verb].relation == Relation::Conjunct && first < verb && is_name(first) && doc.token(verb).pos() == "VERB";
        if !astray || verb - first > LONGEST_SUBJECT || (first + 1..verb).any(|at| doc.token(at).pos() == "VERB") {
            continue;
        }
        let child = |relation: Relation| (first + 1..verb).find(|&at| nodes[at].head == verb && nodes[at].relation == relation);
        let (Some(coordinator), Some(second)) = (child(Relation::Coordinator), child(Relation::Subject)) else { continue };
        if coordinator > second || !is_name(second) {
            continue;
        }
        let (above, relation) = (nodes[first].head, nodes[first].relation);
        nodes[verb].head = if above == first { verb } else { above };
        nodes[verb].relation = relation;
        (nodes[first].head, nodes[first].relation) = (verb, Relation::Subject);
        (nodes[second].head, nodes[second].relation) = (first, Relation::Conjunct);
        nodes[coordinator].head = second;
    }
    break_cycles(nodes);
}

/// A noun inside a preposition of several words (« au cours de », « en présence de ») gives its place to the noun that follows.
fn fold_long_prepositions(doc: &Doc, grammar: &Grammar, nodes: &mut [Node]) {
    for index in 0..nodes.len() {
        let above = nodes[index].head;
        if above == index || nodes[index].preposition.is_empty() || nodes[above].head == above || index < above {
            continue;
        }
        // « lors d'une réunion », « auprès de l'Australie »: an adverb with its preposition.
        if doc.token(above).pos() == "ADV" && nodes[above].preposition.is_empty() {
            let text = format!("{} {}", doc.token(above).form().to_lowercase(), nodes[index].preposition);
            if let Some(name) = grammar.long_preposition(&text).map(str::to_owned) {
                let noun = matches!(doc.token(nodes[above].head).pos(), "NOUN" | "PROPN");
                give_place(nodes, above, index, if noun { Relation::NominalModifier } else { Relation::Oblique }, name);
            }
            continue;
        }
        if nodes[index].relation != Relation::NominalModifier || nodes[above].preposition.is_empty() {
            continue;
        }
        let between = |determiner: &str| {
            format!("{} {determiner}{} {}", nodes[above].preposition, doc.token(above).form().to_lowercase(), nodes[index].preposition)
        };
        let determiner = (0..above)
            .rev()
            .take(2)
            .find(|&at| nodes[at].head == above && nodes[at].relation == Relation::Determiner)
            .map(|at| {
                let form = doc.token(at).form().to_lowercase();
                if form.ends_with('\'') { form } else { form + " " }
            })
            .unwrap_or_default();
        let Some(name) = grammar.long_preposition(&between(&determiner)).map(str::to_owned) else { continue };
        let relation = nodes[above].relation;
        give_place(nodes, above, index, relation, name);
    }
    break_cycles(nodes);
}

/// « Moscou expulse deux diplomates »: a finite verb that the parse hung on its subject, as if it modified it, heads the sentence.
fn promote_verbs(doc: &Doc, grammar: &Grammar, nodes: &mut [Node]) {
    for verb in 1..nodes.len() {
        let subject = nodes[verb].head;
        let modifies = matches!(
            nodes[verb].relation,
            Relation::Adjective | Relation::ModifierClause | Relation::NominalModifier | Relation::Apposition | Relation::Other
        );
        let far = verb.saturating_sub(subject) > LONGEST_SUBJECT;
        if !modifies || far || subject >= verb || nodes[subject].relation != Relation::Root || doc.token(verb).pos() != "VERB" {
            continue;
        }
        let token = doc.token(verb);
        let finite = grammar
            .tense(&token.form().to_lowercase(), token.lemma(), token.morph())
            .is_some_and(|(_, mood)| matches!(mood, Mood::Indicative | Mood::Conditional));
        let noun = matches!(doc.token(subject).pos(), "NOUN" | "PROPN") && nodes[subject].preposition.is_empty();
        // Only the subject's own words stand between the two.
        let between = (subject + 1..verb).all(|at| doc.token(at).pos() != "PUNCT" || doc.token(at).text() == "-");
        let from = verb.saturating_sub(LONGEST_SUBJECT);
        let marked = (from..verb).any(|at| {
            nodes[at].head == verb && matches!(nodes[at].relation, Relation::Subject | Relation::PassiveSubject | Relation::Marker)
        });
        if !finite || !noun || !between || marked {
            continue;
        }
        nodes[verb].head = verb;
        nodes[verb].relation = Relation::Root;
        nodes[subject].head = verb;
        nodes[subject].relation = Relation::Subject;
        let mut has_object =
            (verb..nodes.len().min(verb + LONGEST_SUBJECT)).any(|at| nodes[at].head == verb && nodes[at].relation == Relation::Object);
        for (at, node) in nodes.iter_mut().enumerate().skip(verb + 1) {
            if doc.token(at).sent_start() {
                break;
            }
            if node.head != subject {
                continue;
            }
            node.head = verb;
            let nominal = matches!(node.relation, Relation::NominalModifier | Relation::Apposition | Relation::Other | Relation::Adjective);
            if nominal && !node.preposition.is_empty() {
                node.relation = Relation::Oblique;
            } else if nominal && !has_object && matches!(doc.token(at).pos(), "NOUN" | "PROPN" | "PRON") {
                node.relation = Relation::Object;
                has_object = true;
            }
        }
    }
    break_cycles(nodes);
}

/// Hangs `index` where `above` hung, and `above` on it as part of its preposition.
fn give_place(nodes: &mut [Node], above: usize, index: usize, relation: Relation, preposition: String) {
    nodes[index].head = nodes[above].head;
    nodes[index].relation = relation;
    nodes[index].preposition = preposition;
    nodes[above].head = index;
    nodes[above].relation = Relation::Case;
    nodes[above].preposition.clear();
}

/// Makes a root of any token that would govern itself; damaged parses must not hang their readers.
fn break_cycles(nodes: &mut [Node]) {
    // 0: not seen, 1: on the way up from here, 2: known to reach a root.
    let mut state = vec![0u8; nodes.len()];
    let mut way = Vec::new();
    for start in 0..nodes.len() {
        let mut at = start;
        while state[at] == 0 {
            state[at] = 1;
            way.push(at);
            let head = nodes[at].head;
            if head == at {
                break;
            }
            if state[head] == 1 {
                nodes[at].head = at;
                nodes[at].relation = Relation::Root;
                break;
            }
            at = head;
        }
        for passed in way.drain(..) {
            state[passed] = 2;
        }
    }
}

fn index_children(nodes: &[Node]) -> (Vec<usize>, Vec<usize>) {
    let mut first_child = vec![0; nodes.len() + 1];
    for (index, node) in nodes.iter().enumerate() {
        if node.head != index {
            first_child[node.head + 1] += 1;
        }
    }
    for index in 0..nodes.len() {
        first_child[index + 1] += first_child[index];
    }
    let mut next = first_child.clone();
    let mut children = vec![0; first_child[nodes.len()]];
    for (index, node) in nodes.iter().enumerate() {
        if node.head != index {
            children[next[node.head]] = index;
            next[node.head] += 1;
        }
    }
    (children, first_child)
}
