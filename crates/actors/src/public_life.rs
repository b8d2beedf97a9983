//! What the table of holders of office adds to persons whom the text only names.
//!
//! In goes the state of [`crate::coreference`] once the text's own words are read; what comes out is written into it: country, sector and
//! that the person's deeds are politics. The text has the first word: a person whom it gives another country than the table is somebody
//! else. No office comes from the table, since the text does not say it.

use crate::coreference::Resolver;
use crate::mention::EntityId;
use crate::reading::{Basis, is_political};
use depeche_packs::PublicPerson;
use std::collections::{HashMap, HashSet};

impl Resolver<'_, '_> {
    /// Completes the persons whose names the table knows.
    pub(crate) fn recognise_public_persons(&mut self) {
        let offices_told = self.told_offices();
        let mut known: HashMap<EntityId, PublicPerson> = HashMap::new();
        for (at, draft) in self.drafts.iter_mut().enumerate() {
            let (Basis::Person(_), Some(entity)) = (&draft.basis, self.entity[at]) else { continue };
            let data = &mut self.register.entities[entity.index()];
            let person = known.get(&entity).copied().or_else(|| {
                let person = self.directory.holders.public_person(&data.name, offices_told.contains(&entity));
                person.filter(|person| data.country.is_none_or(|country| country == person.country))
            });
            let Some(person) = person else { continue };
            known.insert(entity, person);
            data.country = Some(person.country);
            if data.wikidata.is_none() {
                data.wikidata = self.directory.holders.wikidata(&data.name, person.country).map(str::to_owned);
            }
            // An ayatollah or a businessman who holds an office acts as its holder.
            if draft.sector.is_some_and(|sector| !is_political(sector)) {
                draft.sector = Some(person.sector);
                data.sector = draft.sector;
            }
            data.sector = data.sector.or(Some(person.sector));
            draft.political = true;
        }
    }

    /// The persons whom the text tells to hold a political office.
    fn told_offices(&self) -> HashSet<EntityId> {
        let told = self.drafts.iter().zip(&self.entity).filter(|(draft, _)| {
            matches!(draft.basis, Basis::Person(_)) && draft.offices.iter().any(|fact| !fact.name.is_empty() && is_political(fact.sector))
        });
        told.filter_map(|(_, entity)| *entity).collect()
    }
}
