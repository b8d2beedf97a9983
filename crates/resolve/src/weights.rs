//! What each feature of a pair of events weighs, in log-odds: the output of `training/happenings/fit.py`.

/// In the order of [`crate::FEATURES`].
pub(crate) const WEIGHTS: [f64; crate::pair::COUNT] = [
    -5.168, // bias
    4.600,  // same type
    0.145,  // one quadrant of types
    0.205,  // same mode
    -1.346, // other mode
    0.459,  // actors' countries shared
    0.101,  // recipients' countries shared
    1.056,  // all countries shared
    -1.485, // actors of other countries
    -0.943, // recipients of other countries
    -0.442, // sides exchanged
    0.272,  // actors unknown
    0.326,  // recipients unknown
    0.550,  // share of the persons
    -2.658, // a person of the same side who is another
    -1.521, // a person for one, none for the other
    0.890,  // bodies or places shared
    1.140,  // same day
    0.459,  // overlapping days
    0.232,  // a day apart
    -1.273, // two or three days apart
    -3.000, // more days apart
    -3.000, // weeks apart
    0.134,  // one without a day
    0.440,  // both without a day
    -0.594, // undated, published apart
    0.494,  // undated, published near the other's day
    -2.000, // undated, published far from the other's day
    -0.184, // published apart
    0.445,  // same place
    -1.550, // other place
    -0.145, // same country of place
    0.080,  // a place unknown
    1.375,  // words of the sentence shared
    0.267,  // other language
    0.737,  // names of the sentence shared
    0.245,  // numbers shared
    -0.548, // likeness of the dispatches
    -0.422, // runs of words shared by the dispatches
    -4.955, // one dispatch
    0.301,  // same status
    -0.805, // planned and come true
    0.190,  // denied by one
    2.345,  // one sentence in a copy
    -2.340, // another sentence in a copy
    -0.549, // likeness across languages
];
