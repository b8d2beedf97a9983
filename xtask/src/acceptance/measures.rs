//! `eval/floors.toml`: what is measured, how, and how good it must be.

use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    measure: Vec<Measure>,
}

/// The scorer that stands for `depeche eval`.
pub(super) const OWN_SCORER: &str = "depeche eval";

/// The program's own scorer of the same task as a script `score_<task>.py`, with the same options; none where it is that already.
pub(super) fn own_scorer_for(scorer: &[String]) -> Option<Vec<String>> {
    let (script, options) = scorer.split_first()?;
    let task = Path::new(script).file_stem()?.to_str()?.strip_prefix("score_")?;
    Some([OWN_SCORER, task].map(str::to_owned).into_iter().chain(options.iter().cloned()).collect())
}

/// One comparison of what `depeche` makes with a gold file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Measure {
    /// What it is called, and its files with it.
    pub(super) name: String,
    /// The gold file, below the folder of the gold; JSON lines, gzip or plain, or tab-separated rows with a header.
    pub(super) gold: String,
    /// The keys of a gold line, or the columns of its rows, that the program may read.
    #[serde(default)]
    pub(super) keep: Vec<String>,
    /// What the program reads instead of the gold's lines, below the folder of the gold: pages that the gold speaks of.
    #[serde(default)]
    pub(super) input: Option<String>,
    /// Only the lines of the gold whose `page` has a number of this parity count.
    #[serde(default)]
    pub(super) half: Option<Half>,
    /// Keys that every line is given.
    #[serde(default)]
    pub(super) set: BTreeMap<String, String>,
    /// The command of `depeche`, to which the input's path is added.
    pub(super) command: Vec<String>,
    /// What is made of the coded dispatches before they are scored, as `crates/resolve/examples/resolve.rs` names it.
    #[serde(default)]
    pub(super) resolve: Option<String>,
    /// The scorer below the folder of the gold, or [`OWN_SCORER`] and its task; and its options.
    pub(super) scorer: Vec<String>,
    /// Figures that may only rise.
    #[serde(default)]
    floors: BTreeMap<String, f64>,
    /// Figures that may only fall.
    #[serde(default)]
    ceilings: BTreeMap<String, f64>,
    /// Figures that are printed and held to nothing.
    #[serde(default)]
    report: Vec<String>,
}

/// The parity of the numbers of pages: what is learnt from one half is checked on the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Half {
    Even,
    Odd,
}

/// What a figure is held to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Bound {
    /// At least this.
    Floor(f64),
    /// At most this.
    Ceiling(f64),
    /// Nothing.
    Reported,
}

impl Bound {
    /// Whether a figure is within it; none at all is not, where there is a limit.
    pub(super) fn kept_by(self, figure: Option<f64>) -> bool {
        match self {
            Bound::Floor(limit) => figure.is_some_and(|figure| figure >= limit),
            Bound::Ceiling(limit) => figure.is_some_and(|figure| figure <= limit),
            Bound::Reported => true,
        }
    }
}

/// What a figure beyond the bound is.
impl fmt::Display for Bound {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Bound::Floor(limit) => write!(formatter, "below its floor {limit}"),
            Bound::Ceiling(limit) => write!(formatter, "above its ceiling {limit}"),
            Bound::Reported => formatter.write_str("reported"),
        }
    }
}

impl Measure {
    /// Its figures with their bounds: ceilings, floors, then those only reported.
    pub(super) fn bounds(&self) -> impl Iterator<Item = (&str, Bound)> {
        let ceilings = self.ceilings.iter().map(|(name, &limit)| (name.as_str(), Bound::Ceiling(limit)));
        let floors = self.floors.iter().map(|(name, &limit)| (name.as_str(), Bound::Floor(limit)));
        ceilings.chain(floors).chain(self.report.iter().map(|name| (name.as_str(), Bound::Reported)))
    }
}

/// The measures of a file, all or those named in `only`.
pub(super) fn load(path: &Path, only: &[String]) -> Result<Vec<Measure>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} could not be read", path.display()))?;
    let measures = parse(&text).with_context(|| path.display().to_string())?;
    let known: Vec<&str> = measures.iter().map(|measure| measure.name.as_str()).collect();
    if let Some(unknown) = only.iter().find(|name| !known.contains(&name.as_str())) {
        bail!("there is no measure `{unknown}`; there are: {}", known.join(", "));
    }
    Ok(measures.into_iter().filter(|measure| only.is_empty() || only.contains(&measure.name)).collect())
}

/// The measures of a file's text. Two of one name, or one that holds nothing to anything, is a mistake.
pub(super) fn parse(text: &str) -> Result<Vec<Measure>> {
    let File { measure: measures } = toml::from_str(text)?;
    for (index, measure) in measures.iter().enumerate() {
        if measures[..index].iter().any(|other| other.name == measure.name) {
            bail!("two measures are called `{}`", measure.name);
        }
        if measure.bounds().next().is_none() {
            bail!("`{}` names no figure", measure.name);
        }
    }
    Ok(measures)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_floors_of_the_project_can_be_read() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../eval/floors.toml");
        let measures = load(&path, &[]).unwrap();
        assert!(measures.iter().any(|measure| measure.name == "parity-fr"));
        assert!(measures.iter().all(|measure| measure.keep.iter().all(|key| key != "events" && key != "timexes")));
        let error = load(&path, &["parity-xx".to_owned()]).err().unwrap().to_string();
        assert!(error.starts_with("there is no measure `parity-xx`; there are: parity-fr, "), "{error}");
    }

    #[test]
    fn a_script_has_an_own_scorer() {
        let words = |words: &[&str]| words.iter().map(|&word| word.to_owned()).collect::<Vec<_>>();
        assert_eq!(own_scorer_for(&words(&["eval/score_events.py", "--coarse"])), Some(words(&[OWN_SCORER, "events", "--coarse"])));
        assert_eq!(own_scorer_for(&words(&[OWN_SCORER, "entities"])), None);
    }

    #[test]
    fn a_measure_without_figures_is_refused() {
        let text = r#"measure = [{ name = "a", gold = "g", keep = [], command = [], scorer = [] }]"#;
        assert_eq!(parse(text).err().unwrap().to_string(), "`a` names no figure");
    }
}
