//! What each feature of a pair of events weighs, in log-odds: the output of `training/happenings/fit.py`.

/// In the order of [`crate::FEATURES`].
pub(crate) const WEIGHTS: [f64; crate::pair::COUNT] = [
    -5.300, // bias
    4.653,  // same type
    -0.145, // one quadrant of types
    0.564,  // same mode
    -2.471, // other mode
    0.131,  // actors' countries shared
    0.073,  // recipients' countries shared
    0.792,  // all countries shared
    -1.622, // actors of other countries
    -0.936, // recipients of other countries
    -0.375, // sides exchanged
    0.067,  // actors unknown
    0.014,  // recipients unknown
    -0.102, // share of the persons
    -2.475, // a person of the same side who is another
    -2.071, // a meeting of two and a visit
    -2.485, // meetings of other persons
    1.915,  // a meeting of the same two
    0.984,  // a visit of the same to one place
    0.449,  // bodies or places shared
    0.844,  // same day
    0.356,  // overlapping days
    0.083,  // a day apart
    -7.001, // two or three days apart
    -9.964, // more days apart
    -1.988, // weeks apart
    0.489,  // one without a day
    0.379,  // both without a day
    -0.561, // undated, published apart
    0.486,  // undated, published near the other's day
    -1.464, // undated, published days from the other's day
    -1.505, // undated, published far from the other's day
    0.067,  // published apart
    0.753,  // same place
    -1.435, // other place
    0.053,  // same country of place
    0.006,  // a place unknown
    2.065,  // words around the trigger shared
    0.531,  // other language
    0.325,  // names of the sentence shared
    0.316,  // numbers shared
    0.091,  // likeness of the dispatches
    -0.067, // runs of words shared by the dispatches
    -4.855, // one dispatch
    -0.110, // same status
    -0.329, // planned and come true
    -0.221, // denied by one
    2.010,  // one sentence in a copy
    -2.340, // another sentence in a copy
    0.153,  // likeness across languages
    -1.391, // undated and nothing of the sentence shared
    5.072,  // one dispatch, denied by one
    0.639,  // matters shared
    -0.634, // other matters
    0.999,  // planned by one, denied by the other
    -2.062, // a meeting of two states and one of more
];
