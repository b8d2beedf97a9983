//! What each feature of a pair of events weighs, in log-odds: the output of `training/happenings/fit.py`.

/// In the order of [`crate::FEATURES`].
pub(crate) const WEIGHTS: [f64; crate::pair::COUNT] = [
    -4.880, // bias
    5.160, // same type
    -0.136, // one quadrant of types
    0.034, // same mode
    -2.452, // other mode
    0.383, // actors' countries shared
    -0.052, // recipients' countries shared
    0.404, // all countries shared
    -1.620, // actors of other countries
    -0.933, // recipients of other countries
    -0.573, // sides exchanged
    0.092, // actors unknown
    0.081, // recipients unknown
    0.614, // share of the persons
    -2.531, // a person of the same side who is another
    -2.150, // a meeting of two and a visit
    -2.530, // meetings of other persons
    2.001, // a meeting of the same two
    1.001, // a visit of the same to one place
    0.837, // bodies or places shared
    0.634, // same day
    -0.002, // overlapping days
    0.546, // a day apart
    -7.001, // two or three days apart
    -9.967, // more days apart
    -1.967, // weeks apart
    0.845, // one without a day
    0.574, // both without a day
    -0.651, // undated, published apart
    0.469, // undated, published near the other's day
    -1.433, // undated, published days from the other's day
    -1.497, // undated, published far from the other's day
    -0.129, // published apart
    0.287, // same place
    -1.371, // other place
    -0.017, // same country of place
    0.033, // a place unknown
    0.871, // words of the sentence shared
    0.458, // other language
    0.218, // names of the sentence shared
    0.143, // numbers shared
    0.056, // likeness of the dispatches
    -0.056, // runs of words shared by the dispatches
    -3.925, // one dispatch
    0.068, // same status
    -0.417, // planned and come true
    -0.093, // denied by one
    1.703, // one sentence in a copy
    -1.886, // another sentence in a copy
    0.122, // likeness across languages
    -1.324, // undated and nothing of the sentence shared
];
