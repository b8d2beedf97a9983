//! What a scorer printed, as named figures.
//!
//! Scorers print lines of words and numbers, parted by bars: `gold 38 coded 41 | type P 0.610 R 0.658 F1 0.633 | status 0.8 of 24`. A number
//! is named by the words before it, and a later number of the same part by the part's first words and its own: here `gold`, `coded`, `type P`,
//! `type R`, `type F1`, `status`, `status of`. Anything that is no number is a word, without the
//! colon, comma or per cent sign at its end, and `103/121` is 0.851; a later line's figure replaces an earlier one's.

use std::collections::BTreeMap;

/// Figures by name.
#[derive(Debug, PartialEq)]
pub(super) struct Figures(BTreeMap<String, f64>);

impl Figures {
    /// The figures of all that a scorer printed.
    pub(super) fn parse(output: &str) -> Figures {
        let mut figures = BTreeMap::new();
        for part in output.lines().flat_map(|line| line.split('|')) {
            let mut subject: Option<Vec<&str>> = None;
            let mut words = Vec::new();
            for word in part.split_whitespace().map(|word| word.trim_end_matches([':', ',', '%'])) {
                let Some(number) = number(word) else {
                    words.push(word);
                    continue;
                };
                if words.is_empty() {
                    continue;
                }
                let name = subject.iter().flatten().chain(&words).copied().collect::<Vec<_>>().join(" ");
                figures.insert(name, number);
                subject.get_or_insert_with(|| match words.as_slice() {
                    [subject @ .., _] if !subject.is_empty() => subject.to_vec(),
                    _ => Vec::new(),
                });
                words.clear();
            }
        }
        Figures(figures)
    }

    /// Which figures of these are not those of another scorer to the third decimal, and by how much.
    pub(super) fn apart_from(&self, other: &Figures) -> Vec<String> {
        const APART: f64 = 0.0005;
        let told = |name: &String, figure: f64| match other.get(name) {
            Some(theirs) if (figure - theirs).abs() < APART => None,
            Some(theirs) => Some(format!("{name} {figure} and {theirs}")),
            None => Some(format!("{name} {figure} and none")),
        };
        self.0.iter().filter_map(|(name, &figure)| told(name, figure)).collect()
    }

    /// The figure of that name.
    pub(super) fn get(&self, name: &str) -> Option<f64> {
        self.0.get(name).copied()
    }
}

/// A number, or the value of a fraction such as `103/121`.
fn number(word: &str) -> Option<f64> {
    let number = match word.split_once('/') {
        None => word.parse().ok()?,
        Some((part, whole)) => part.parse::<f64>().ok()? / whole.parse::<f64>().ok()?,
    };
    Some(number).filter(|number| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(output: &str, expected: &[(&str, f64)]) {
        let expected = expected.iter().map(|&(name, figure)| (name.to_owned(), figure)).collect();
        assert_eq!(Figures::parse(output), Figures(expected));
    }

    #[test]
    fn a_figure_is_named_by_its_part_and_its_own_word() {
        check(
            "gold 38 coded 41 | type P 0.610 R 0.658 F1 0.633 | who P 0.5 R 0.6 F1 0.55",
            &[
                ("gold", 38.0),
                ("coded", 41.0),
                ("type P", 0.61),
                ("type R", 0.658),
                ("type F1", 0.633),
                ("who P", 0.5),
                ("who R", 0.6),
                ("who F1", 0.55),
            ],
        );
        check("tokens 12 | found 0.9981 pos 0.99 head 1.0000", &[("tokens", 12.0), ("found", 0.9981), ("pos", 0.99), ("head", 1.0)]);
        check("gold 3 | content and speaker F1 0.25", &[("gold", 3.0), ("content and speaker F1", 0.25)]);
        check("strict 83.0 | no time 4 tagged 1", &[("strict", 83.0), ("no time", 4.0), ("no tagged", 1.0)]);
        check("titles 3/4, dates 1/2", &[("titles", 0.75), ("dates", 0.5)]);
        check("traf: pages 491 F1 0.9270", &[("traf pages", 491.0), ("traf F1", 0.927)]);
    }

    #[test]
    fn figures_apart_are_told() {
        let apart = |one: &str, other: &str| Figures::parse(one).apart_from(&Figures::parse(other)).join("; ");
        assert_eq!(apart("a 0.5004 | b 2", "a 0.5 | b 2 | c 7"), "");
        assert_eq!(apart("a 0.501 | b 2", "a 0.5"), "a 0.501 and 0.5; b 2 and none");
    }

    #[test]
    fn what_is_no_figure_is_none() {
        check("Traceback (most recent call last):\n", &[]);
        check("12 of", &[]);
        check("and/or 1/0", &[]);
        check("status nan of 0", &[("status nan of", 0.0)]);
    }
}
