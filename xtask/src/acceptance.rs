//! `cargo xtask acceptance FOLDER`: the measures of `eval/floors.toml` on the gold of a folder that is not part of the project.
//!
//! For each measure the optimised `depeche` reads what a dispatch's line may say of itself, never the gold's answers; a scorer of the folder
//! compares; each figure is held to its floor. Where the folder is absent there is nothing to measure and nothing fails.

mod figures;
mod gold;
mod measures;
mod record;

use crate::models;
use crate::project::{self, Project};
use crate::steps::Steps;
use anyhow::{Context, Result, bail};
use figures::Figures;
use measures::{Bound, Measure};
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Runs the measures named in `only`, or all; whether every figure kept to its floor and, where scorers are compared, none differs.
pub(crate) fn run(project: &Project, folder: &Path, only: &[String], compare: bool) -> Result<bool> {
    // The claims on a record are no measure with a floor.
    let (claims, named): (Vec<String>, Vec<String>) = only.iter().cloned().partition(|name| name == record::NAME);
    let chosen =
        if claims.is_empty() || !named.is_empty() { measures::load(&project.root.join("eval/floors.toml"), &named)? } else { Vec::new() };
    // cargo runs this program in the folder it was called from, to which a path as typed is relative.
    let Ok(folder) = folder.canonicalize() else {
        println!("{} is not there: nothing to measure against.", folder.display());
        println!("acceptance: 0 passed, 0 failed, {} skipped", chosen.len());
        return Ok(true);
    };
    let mut steps = Steps::of("acceptance");
    let mut table = Table::default();
    let mut bench = Bench { project, folder, depeche: PathBuf::new(), outputs: BTreeMap::new(), compare };
    let ready = steps.step("models", || {
        models::obtain(project, &[])?;
        bench.depeche = project.build_depeche()?;
        std::fs::create_dir_all(bench.place("")).context("no folder for the outputs")
    });
    if ready {
        for measure in &chosen {
            steps.step(&measure.name, || table.add(measure, &bench.measure(measure)?));
        }
        if (only.is_empty() || !claims.is_empty()) && bench.folder.join("dispatches").is_dir() {
            steps.step(record::NAME, || record::check(project, &bench.depeche, &bench.folder, &bench.place("record.depeche")));
        }
    }
    println!("\n{}", table.print());
    Ok(steps.finish())
}

/// What measures share: the program, the folder, and the outputs already made.
struct Bench<'project> {
    project: &'project Project,
    folder: PathBuf,
    depeche: PathBuf,
    outputs: BTreeMap<Made, PathBuf>,
    /// Whether every script's figures are held against those of `depeche eval`.
    compare: bool,
}

/// The figures that a scorer prints.
fn scored(scorer: &mut Command) -> Result<Figures> {
    let scored = scorer.output().context("the scorer could not be run")?;
    // A scorer's exit code speaks of floors of its own; whether it scored at all shows in its figures.
    let text = String::from_utf8_lossy(&scored.stdout);
    eprint!("{text}{}", String::from_utf8_lossy(&scored.stderr));
    Ok(Figures::parse(&text))
}

/// What an output depends on, so that two measures of one output make it once: the gold, what is kept and set of it, the command.
type Made = (String, Vec<String>, BTreeMap<String, String>, Vec<String>);

impl Bench<'_> {
    fn measure(&mut self, measure: &Measure) -> Result<Figures> {
        let mut output = self.output(measure)?;
        if let Some(what) = &measure.resolve {
            let resolved = self.place(&format!("{}.resolved.jsonl", measure.name));
            let file = File::create(&resolved).with_context(|| format!("{} could not be made", resolved.display()))?;
            let run = ["run", "--quiet", "--package", "depeche-resolve", "--example", "resolve", "--", what];
            project::run(self.project.cargo(&run).arg(&output).stdout(file))?;
            output = resolved;
        }
        let mut gold = self.folder.join(&measure.gold);
        if let Some(half) = measure.half {
            let part = self.place(&format!("{}.gold.jsonl", measure.name));
            gold::write_half(&gold, half, &part)?;
            gold = part;
        }
        // Rows of pairs go back under the gold's answers; their scorer reads one file.
        let files = if gold.extension().is_some_and(|extension| extension == "tsv") {
            let scored_rows = self.place(&format!("{}.scored.tsv", measure.name));
            gold::write_scored(&gold, &output, &scored_rows)?;
            vec![scored_rows]
        } else {
            vec![gold, output]
        };
        let figures = scored(self.scorer(&measure.scorer)?.args(&files))?;
        if let Some(own) = measures::own_scorer_for(&measure.scorer).filter(|_| self.compare) {
            let by_own = scored(self.scorer(&own)?.args(&files))?;
            // A script may print numbers of single mistakes too; the program's own scorer is asked for its figures alone.
            let apart = by_own.apart_from(&figures);
            if !apart.is_empty() {
                bail!("`depeche eval` and the script differ: {}", apart.join("; "));
            }
        }
        Ok(figures)
    }

    /// A scorer, to which gold and output are to be added: a script of the folder, or the program's own.
    fn scorer(&self, scorer: &[String]) -> Result<Command> {
        let (script, options) = scorer.split_first().context("the scorer is empty")?;
        Ok(if script == measures::OWN_SCORER {
            let mut scorer = self.project.command(&self.depeche);
            scorer.arg("eval").args(options).arg("--figures");
            scorer
        } else {
            let mut scorer = self.project.command("python3");
            scorer.arg(self.folder.join(script)).args(options);
            scorer
        })
    }

    /// The file that the measure's command made of its gold.
    fn output(&mut self, measure: &Measure) -> Result<PathBuf> {
        let read = measure.input.clone().unwrap_or_else(|| measure.gold.clone());
        let made = (read, measure.keep.clone(), measure.set.clone(), measure.command.clone());
        if let Some(path) = self.outputs.get(&made) {
            return Ok(path.clone());
        }
        let input = match &measure.input {
            Some(input) => self.folder.join(input),
            None => {
                let gold = self.folder.join(&measure.gold);
                if gold.extension().is_some_and(|extension| extension == "tsv") {
                    let input = self.place(&format!("{}.in.tsv", measure.name));
                    gold::write_columns(&gold, measure, &input)?;
                    input
                } else {
                    let input = self.place(&format!("{}.in.jsonl", measure.name));
                    gold::write_input(&gold, measure, &input)?;
                    input
                }
            }
        };
        let output = self.place(&format!("{}.out.jsonl", measure.name));
        let file = File::create(&output).with_context(|| format!("{} could not be made", output.display()))?;
        project::run(self.project.command(&self.depeche).args(&measure.command).arg(&input).stdout(file))?;
        self.outputs.insert(made, output.clone());
        Ok(output)
    }

    fn place(&self, name: &str) -> PathBuf {
        self.project.target.join("acceptance").join(name)
    }
}

/// Figures beside their bounds.
#[derive(Default)]
struct Table {
    rows: Vec<[String; 5]>,
}

impl Table {
    /// Adds the figures of a measure; an error when one is missing or beyond its bound.
    fn add(&mut self, measure: &Measure, figures: &Figures) -> Result<()> {
        let mut wrong = Vec::new();
        for (name, bound) in measure.bounds() {
            let figure = figures.get(name);
            let kept = bound.kept_by(figure);
            if !kept {
                wrong.push(figure.map_or_else(|| format!("the scorer gave no `{name}`"), |figure| format!("{name} {figure} is {bound}")));
            }
            let shown = match bound {
                Bound::Reported => String::new(),
                Bound::Floor(limit) => format!("≥ {limit}"),
                Bound::Ceiling(limit) => format!("≤ {limit}"),
            };
            let figure = figure.map_or_else(|| "none".to_owned(), |figure| figure.to_string());
            let verdict = if kept { "" } else { "FAILED" };
            self.rows.push([measure.name.clone(), name.to_owned(), figure, shown, verdict.to_owned()]);
        }
        if wrong.is_empty() { Ok(()) } else { bail!("{}", wrong.join("; ")) }
    }

    fn print(&self) -> String {
        let heading = ["measure", "figure", "is", "must be", ""].map(str::to_owned);
        let rows: Vec<&[String; 5]> = std::iter::once(&heading).chain(&self.rows).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..heading.len()).map(width).collect();
        let line = |row: &&[String; 5]| {
            let cells: Vec<String> = row.iter().zip(&widths).map(|(cell, &width)| format!("{cell:width$}")).collect();
            cells.join("  ").trim_end().to_owned()
        };
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measure() -> Measure {
        measures::parse(
            r#"
            [[measure]]
            name = "seeds"
            gold = "gold/seeds.jsonl"
            keep = ["id", "text"]
            command = ["code"]
            scorer = ["eval/score_events.py"]
            floors = { "type F1" = 0.7 }
            ceilings = { tagged = 0 }
            report = ["status"]
            "#,
        )
        .unwrap()
        .remove(0)
    }

    fn check(output: &str, expected: Result<(), &str>) {
        let mut table = Table::default();
        let got = table.add(&measure(), &Figures::parse(output)).map_err(|error| error.to_string());
        assert_eq!(got, expected.map_err(str::to_owned));
    }

    #[test]
    fn figures_are_held_to_their_bounds() {
        check("type P 0.1 R 0.2 F1 0.70 | status 0.5 of 2 | tagged 0", Ok(()));
        check("type P 0.1 R 0.2 F1 0.69 | status 0.5 of 2 | tagged 0", Err("type F1 0.69 is below its floor 0.7"));
        check("type P 0.1 R 0.2 F1 0.9 | status 0.5 of 2 | tagged 3", Err("tagged 3 is above its ceiling 0"));
        check("Traceback", Err("the scorer gave no `tagged`; the scorer gave no `type F1`"));
        check("type F1 nan | status 0.5 | tagged 0", Err("the scorer gave no `type F1`"));
    }
}
