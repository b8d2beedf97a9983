//! Copies: which dispatches carry one report, and which of them is its source.
//!
//! In go dossiers in which copies are linked; out come groups with their originals: the earliest, an agency before those that reprint it on the same day.

use crate::groups::Links;
use crate::resolver::Resolver;
use crate::similarity::{Read, share_key};
use crate::{CopyGroup, CopyKind, CopyMember};

/// The groups of copies among dispatches that are sorted by id.
pub(crate) fn groups(resolver: &Resolver, reads: &[&Read]) -> Vec<CopyGroup> {
    let mut links = Links::new(reads.len());
    for (at, one) in reads.iter().enumerate() {
        for (to, other) in reads.iter().enumerate().skip(at + 1) {
            if one.is_copy_of(other) && share_key(&one.story_keys, &other.story_keys) {
                links.link(at, to);
            }
        }
    }
    let mut groups: Vec<CopyGroup> = links
        .groups()
        .into_iter()
        .filter_map(|group| {
            let mut members: Vec<&Read> = group.into_iter().filter_map(|at| reads.get(at).copied()).collect();
            members.sort_by_key(|read| order(resolver, read));
            let original = *members.first()?;
            let kind = |read: &Read| member_kind(resolver, original, read);
            let members = members.iter().map(|read| CopyMember { dispatch: read.dossier.id.clone(), kind: kind(read) }).collect();
            Some(CopyGroup { id: original.dossier.id.clone(), members })
        })
        .collect();
    groups.sort_by(|one, other| one.id.cmp(&other.id));
    groups
}

fn is_agency(resolver: &Resolver, read: &Read) -> bool {
    read.dossier.publisher.as_deref().and_then(|id| resolver.publishers.get(id)).is_some_and(|facts| facts.agency)
}

/// What comes first: the earlier, then who names no agency but itself, then an agency, then by id.
pub(crate) fn order<'a>(resolver: &Resolver, read: &'a Read) -> (Option<depeche_record::Date>, bool, bool, &'a str) {
    let dossier = &read.dossier;
    let reprints = dossier.agency.is_some() && dossier.agency != dossier.publisher;
    (dossier.first.or(Some(depeche_record::Date::MAX)), reprints, !is_agency(resolver, read), &dossier.id)
}

fn member_kind(resolver: &Resolver, original: &Read, read: &Read) -> CopyKind {
    let (first, own) = (&original.dossier, &read.dossier);
    if first.id == own.id {
        return CopyKind::Original;
    }
    let other_hands = first.publisher != own.publisher;
    if other_hands && (is_agency(resolver, original) || (own.agency.is_some() && own.agency != own.publisher)) {
        return CopyKind::Reprint;
    }
    match (&first.fingerprint, &own.fingerprint) {
        (Some(one), Some(other)) if one.is_copy_of(other) => CopyKind::Copy,
        _ => CopyKind::NearCopy,
    }
}
