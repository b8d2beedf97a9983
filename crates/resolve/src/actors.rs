//! Actors over time: which forms are one actor's.
//!
//! In go forms in the order of their ids and what a user decided; out come groups. Forms are linked as `depeche_actors::link` judges them; what a user splits is never in one group,
//! what a user merges always is, where no split forbids it.

use crate::closure::ACTORS;
use crate::extract::form_id;
use crate::keys::hash;
use crate::resolver::Resolver;
use crate::words::without_marks;
use crate::{Form, FormId, UserDecisions};
use depeche_actors::{Profile, names_alike, score as score_of};
use depeche_names::Kind;
use depeche_record::{CharSpan, EntityKind, Role};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

/// The most that one pair of forms says for or against, in log-odds.
pub(crate) const SURE: f64 = 4.0;
/// What a user's word says, so that no number of pairs outweighs it.
const DECIDED: f64 = 1e6;

/// A form ready to be compared.
#[derive(Debug)]
pub struct ReadForm {
    pub(crate) form: Form,
    profile: Profile,
    /// A hash of its kind and names.
    names: u64,
    class: Option<i64>,
}

impl ReadForm {
    /// The form.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// What it has in common with forms that are surely the same actor's, as they differ from it in offices alone; none where its names do not make it sure. Of a class one is enough to find all, also for
    /// those of another class.
    pub fn class(&self) -> Option<i64> {
        self.class
    }
}

/// How much the names of pairs of forms are alike, kept while a decision lasts: an actor has many forms of few names.
#[derive(Default)]
pub(crate) struct Alike(RefCell<FxHashMap<(u64, u64), f64>>);

impl Resolver {
    /// The form of a person whom a table names without a dispatch, so that it is linked to those of dispatches. None where the name may be somebody else's: one of a single word, of a body, or with
    /// something in brackets behind it, as what is only told by what it does has in ICEWS: « Citizen (Kenya) ».
    pub fn person_form(&self, name: &str, country: Option<&str>) -> Option<Form> {
        let read = self.matcher.name(name, None);
        if read.kind() != Kind::Person || read.tokens().len() < 2 || name.contains(['(', ')', '/', ',', ';']) {
            return None;
        }
        let mut form = Form {
            id: String::new(),
            kind: EntityKind::Person,
            names: vec![name.to_owned()],
            country: country.map(str::to_owned),
            wikidata: None,
            offices: Vec::new(),
        };
        form.id = form_id(&form);
        Some(form)
    }

    /// Makes a form ready to be compared, once for all comparisons.
    pub fn read_form(&self, form: Form) -> ReadForm {
        let role = |(office, country, year): &(String, Option<String>, Option<String>)| Role {
            entity: String::new(),
            office: office.clone(),
            body: None,
            country: country.clone(),
            as_of: year.clone(),
            span: CharSpan::new(0, 0),
        };
        let offices = form.offices.iter().map(role).collect();
        // Marks that tell sounds apart are often left out: Djuric for Đurić.
        let mut names = form.names.clone();
        names.extend(form.names.iter().map(|name| without_marks(name)).filter(|plain| !form.names.contains(plain)));
        let profile = Profile::new(form.kind, form.country.clone(), form.wikidata.clone(), &names, offices, &self.matcher);
        let called = format!("{:?}|{}", form.kind, form.names.join("|"));
        // Of one who is known by more than a surname, offices speak for what is there already, and never against.
        let is_sure = form.wikidata.is_some() || (!profile.is_bare() && names_alike(&profile, &profile, &self.matcher) >= 1.0);
        let class = is_sure.then(|| hash(&format!("{called}|{:?}|{:?}", form.country, form.wikidata)) as i64);
        ReadForm { names: hash(&called), form, profile, class }
    }

    /// The log-odds that two forms are one actor's; 0 is the threshold.
    pub(crate) fn same_actor(&self, one: &ReadForm, other: &ReadForm, alike: &Alike) -> f64 {
        self.same_class(one, other, alike)
            .unwrap_or_else(|| log_odds(score_of(&one.profile, &other.profile, true, || self.alike(one, other, alike))))
    }

    /// The same, where all forms of the one class have it with all of the other: names and countries are enough for one actor, or nothing is for names so unlike. Offices are not asked then.
    pub(crate) fn same_class(&self, one: &ReadForm, other: &ReadForm, alike: &Alike) -> Option<f64> {
        one.class.and(other.class)?;
        let names = self.alike(one, other, alike);
        let strength = log_odds(score_of(&one.profile, &other.profile, false, || names));
        (names < 0.5 || strength >= ACTORS.threshold).then_some(strength)
    }

    fn alike(&self, one: &ReadForm, other: &ReadForm, alike: &Alike) -> f64 {
        let pair = (one.names.min(other.names), one.names.max(other.names));
        *alike.0.borrow_mut().entry(pair).or_insert_with(|| names_alike(&one.profile, &other.profile, &self.matcher))
    }
}

fn log_odds(score: f64) -> f64 {
    let score = score.clamp(1e-9, 1.0 - 1e-9);
    (score / (1.0 - score)).ln().clamp(-SURE, SURE)
}

/// What a user's word makes of two forms, whatever is known of them.
pub(crate) fn decided(one: &FormId, other: &FormId, user: &UserDecisions) -> Option<f64> {
    let named = |pairs: &BTreeSet<(FormId, FormId)>| {
        !pairs.is_empty() && (pairs.contains(&(one.clone(), other.clone())) || pairs.contains(&(other.clone(), one.clone())))
    };
    if named(&user.splits) {
        return Some(-DECIDED * DECIDED);
    }
    named(&user.merges).then_some(DECIDED)
}

/// The score of two of these forms.
pub(crate) fn score(resolver: &Resolver, forms: &[Arc<ReadForm>], one: usize, other: usize, user: &UserDecisions, alike: &Alike) -> f64 {
    match (forms.get(one), forms.get(other)) {
        (Some(one), Some(other)) => decided(&one.form.id, &other.form.id, user).unwrap_or_else(|| resolver.same_actor(one, other, alike)),
        _ => -DECIDED,
    }
}
