//! Named, timed steps that go on after a failure, and the summary at their end.

use anyhow::Result;
use std::time::{Duration, Instant};

/// A run of steps and how each ended.
pub(crate) struct Steps {
    chore: &'static str,
    done: Vec<Step>,
}

struct Step {
    name: String,
    took: Duration,
    failure: Option<String>,
}

impl Steps {
    /// No step yet of `chore`.
    pub(crate) fn of(chore: &'static str) -> Steps {
        Steps { chore, done: Vec::new() }
    }

    /// Runs one step, under a heading; whether it succeeded.
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> bool {
        eprintln!("\n== {name}");
        let begun = Instant::now();
        let failure = work().err().map(|error| format!("{error:#}"));
        if let Some(failure) = &failure {
            eprintln!("failed: {failure}");
        }
        let passed = failure.is_none();
        self.done.push(Step { name: name.to_owned(), took: begun.elapsed(), failure });
        passed
    }

    /// Prints the summary to standard output, its last line the count; whether all passed.
    pub(crate) fn finish(self) -> bool {
        println!("\n{}", self.summary());
        self.done.iter().all(|step| step.failure.is_none())
    }

    fn summary(&self) -> String {
        let width = self.done.iter().map(|step| step.name.chars().count()).max().unwrap_or(0);
        let mut lines = Vec::new();
        for Step { name, took, failure } in &self.done {
            let verdict = if failure.is_some() { "FAILED" } else { "ok" };
            lines.push(format!("{name:width$}  {:>7.1} s  {verdict}", took.as_secs_f64()));
            lines.extend(failure.iter().map(|failure| format!("    {failure}")));
        }
        let failed = self.done.iter().filter(|step| step.failure.is_some()).count();
        lines.push(format!("{}: {} passed, {failed} failed", self.chore, self.done.len() - failed));
        lines.join("\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::bail;

    #[test]
    fn a_failed_step_is_counted_and_the_next_still_runs() {
        let mut steps = Steps::of("test");
        assert!(!steps.step("first", || bail!("no such file")));
        assert!(steps.step("second one", || Ok(())));
        let summary = steps.summary();
        assert!(summary.contains("first       "), "{summary}");
        assert!(summary.contains("FAILED\n    no such file"), "{summary}");
        assert!(summary.ends_with("test: 1 passed, 1 failed"), "{summary}");
        assert!(!steps.finish());
    }
}
