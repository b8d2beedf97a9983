//! What each feature of a pair of events weighs, in log-odds: the output of `training/happenings/fit.py`.

/// In the order of [`crate::FEATURES`].
pub(crate) const WEIGHTS: [f64; crate::pair::COUNT] = [
    -5.072, // bias
    5.014,  // same type
    -0.130, // one quadrant of types
    0.115,  // same mode
    -2.450, // other mode
    0.334,  // actors' countries shared
    -0.177, // recipients' countries shared
    0.493,  // all countries shared
    -1.702, // actors of other countries
    -1.071, // recipients of other countries
    -0.537, // sides exchanged
    0.070,  // actors unknown
    0.075,  // recipients unknown
    0.743,  // share of the persons
    -2.529, // a person of the same side who is another
    -2.142, // a meeting of two and a visit
    -2.528, // meetings of other persons
    2.001,  // a meeting of the same two
    1.001,  // a visit of the same to one place
    0.822,  // bodies or places shared
    0.681,  // same day
    -0.031, // overlapping days
    0.582,  // a day apart
    -7.001, // two or three days apart
    -9.967, // more days apart
    -1.967, // weeks apart
    0.750,  // one without a day
    0.425,  // both without a day
    -0.632, // undated, published apart
    0.457,  // undated, published near the other's day
    -1.434, // undated, published days from the other's day
    -1.494, // undated, published far from the other's day
    -0.117, // published apart
    0.362,  // same place
    -1.370, // other place
    -0.048, // same country of place
    0.015,  // a place unknown
    1.953,  // words around the trigger shared
    0.490,  // other language
    0.171,  // names of the sentence shared
    0.057,  // numbers shared
    0.040,  // likeness of the dispatches
    -0.069, // runs of words shared by the dispatches
    -4.259, // one dispatch
    0.129,  // same status
    -0.437, // planned and come true
    -0.102, // denied by one
    1.550,  // one sentence in a copy
    -1.911, // another sentence in a copy
    0.135,  // likeness across languages
    -1.352, // undated and nothing of the sentence shared
    5.125,  // one dispatch, denied by one
    0.468,  // matters shared
    -0.305, // other matters
    0.0,    // planned by one, denied by the other
    0.0,    // a meeting of two states and one of more
];
