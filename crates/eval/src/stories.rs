//! The stories that dispatches are put into, against gold's clusters: B-cubed precision, recall and F. A dispatch without a story is a story of its own.

use crate::Sheet;
use crate::mistake::Mistake;
use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A dispatch and the happening that it tells of.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GoldDispatch {
    /// The dispatch.
    pub id: String,
    /// Any name or number that the dispatches of one happening share.
    pub cluster: Value,
}

/// A dispatch and its story.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct InStory {
    /// The dispatch.
    pub id: String,
    /// Any name or number that the dispatches of one story share.
    #[serde(default)]
    pub story: Value,
}

/// Scores stories against clusters. Of an id that is given twice the last counts.
pub fn score(gold: &[GoldDispatch], stories: &[InStory]) -> Sheet {
    let clusters: BTreeMap<&str, String> = gold.iter().map(|dispatch| (dispatch.id.as_str(), dispatch.cluster.to_string())).collect();
    let given: BTreeMap<&str, String> = stories.iter().map(|dispatch| (dispatch.id.as_str(), dispatch.story.to_string())).collect();
    // Apart from every given story, whatever its name.
    let story = |id: &str| given.get(id).map_or_else(|| (id.to_owned(), true), |story| (story.clone(), false));
    let (mut by_cluster, mut by_story) = (BTreeMap::<&str, BTreeSet<&str>>::new(), BTreeMap::<(String, bool), BTreeSet<&str>>::new());
    for (&id, cluster) in &clusters {
        by_cluster.entry(cluster).or_default().insert(id);
        by_story.entry(story(id)).or_default().insert(id);
    }
    let none = BTreeSet::new();
    let (mut precision, mut recall) = (0.0, 0.0);
    for (&id, cluster) in &clusters {
        let (wanted, found) = (by_cluster.get(cluster.as_str()).unwrap_or(&none), by_story.get(&story(id)).unwrap_or(&none));
        let both = wanted.intersection(found).count() as f64;
        precision += both / found.len().max(1) as f64;
        recall += both / wanted.len().max(1) as f64;
    }
    let all = clusters.len().max(1) as f64;
    let (precision, recall) = (precision / all, recall / all);
    let f = if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 };
    let headline = format!("dispatches {} stories {} | B3 P {precision:.3} R {recall:.3} F {f:.3}", clusters.len(), by_story.len());
    let mut sheet = Sheet { headline, ..Sheet::default() };
    for (name, value) in [("B3 P", precision), ("B3 R", recall), ("B3 F", f)] {
        sheet.figure(name, value);
    }
    let mistake = |verdict, name: &str, members: &BTreeSet<&str>, others: BTreeSet<String>| Mistake {
        verdict,
        id: members.iter().copied().collect::<Vec<_>>().join(" "),
        kind: String::new(),
        gold: if verdict == "split" { name.to_owned() } else { others.iter().map(String::as_str).collect::<Vec<_>>().join(" ") },
        coded: if verdict == "split" { others.iter().map(String::as_str).collect::<Vec<_>>().join(" ") } else { name.to_owned() },
        gold_span: None,
        coded_span: None,
        sentence: String::new(),
    };
    for (cluster, members) in &by_cluster {
        let others: BTreeSet<String> = members.iter().map(|id| story(id).0).collect();
        if others.len() > 1 {
            sheet.mistakes.push(mistake("split", cluster, members, others));
        }
    }
    for ((name, _), members) in &by_story {
        let others: BTreeSet<String> = members.iter().filter_map(|id| clusters.get(id).cloned()).collect();
        if others.len() > 1 {
            sheet.mistakes.push(mistake("mixed", name, members, others));
        }
    }
    sheet
}
