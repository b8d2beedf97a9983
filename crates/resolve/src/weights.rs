//! What each feature of a pair of events weighs, in log-odds: the output of `training/happenings/fit.py`.

/// In the order of [`crate::FEATURES`].
pub(crate) const WEIGHTS: [f64; crate::pair::COUNT] = [
    -5.038, // bias
    5.178,  // same type
    -0.304, // one quadrant of types
    0.075,  // same mode
    -0.978, // other mode
    0.660,  // actors' countries shared
    0.093,  // recipients' countries shared
    0.377,  // all countries shared
    -1.523, // actors of other countries
    -0.793, // recipients of other countries
    -0.546, // sides exchanged
    0.471,  // actors unknown
    0.361,  // recipients unknown
    0.716,  // share of the persons
    -2.556, // a person of the same side who is another
    -2.702, // a meeting of two and a visit
    -2.554, // meetings of other persons
    0.799,  // bodies or places shared
    0.437,  // same day
    -0.037, // overlapping days
    0.473,  // a day apart
    -7.001, // two or three days apart
    -9.933, // more days apart
    -1.933, // weeks apart
    0.718,  // one without a day
    0.516,  // both without a day
    -0.658, // undated, published apart
    0.491,  // undated, published near the other's day
    -1.373, // undated, published days from the other's day
    -1.496, // undated, published far from the other's day
    -0.141, // published apart
    0.085,  // same place
    -1.147, // other place
    0.117,  // same country of place
    -0.050, // a place unknown
    0.686,  // words of the sentence shared
    0.301,  // other language
    0.205,  // names of the sentence shared
    0.161,  // numbers shared
    -0.011, // likeness of the dispatches
    -0.056, // runs of words shared by the dispatches
    -3.329, // one dispatch
    0.217,  // same status
    -1.035, // planned and come true
    1.296,  // denied by one
    1.470,  // one sentence in a copy
    -1.619, // another sentence in a copy
    0.062,  // likeness across languages
    -1.339, // undated and nothing of the sentence shared
];
