//! Scorers and reports.
