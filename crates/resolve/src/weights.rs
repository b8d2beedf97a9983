//! What each feature of a pair of events weighs, in log-odds: the output of `training/happenings/fit.py`.

/// In the order of [`crate::FEATURES`].
pub(crate) const WEIGHTS: [f64; crate::pair::COUNT] = [
    -5.590, // bias
    4.586,  // same type
    -0.027, // one quadrant of types
    0.746,  // same mode
    -2.422, // other mode
    0.135,  // actors' countries shared
    0.123,  // recipients' countries shared
    0.865,  // all countries shared
    -1.578, // actors of other countries
    -0.889, // recipients of other countries
    -0.382, // sides exchanged
    0.162,  // actors unknown
    0.011,  // recipients unknown
    -0.017, // share of the persons
    -2.474, // a person of the same side who is another
    -2.255, // a meeting of two and a visit
    -0.806, // nobody named where two meet
    -2.462, // meetings of other persons
    1.779,  // a meeting of the same two
    0.952,  // a visit of the same to one place
    0.556,  // bodies or places shared
    0.775,  // same day
    0.223,  // overlapping days
    -0.038, // a day apart
    -7.002, // two or three days apart
    -9.850, // more days apart
    -1.925, // weeks apart
    0.540,  // one without a day
    0.298,  // both without a day
    -0.367, // undated, published apart
    0.435,  // undated, published near the other's day
    -1.421, // undated, published days from the other's day
    -1.524, // undated, published far from the other's day
    -0.024, // published apart
    0.657,  // same place
    -1.398, // other place
    -0.050, // same country of place
    -0.025, // a place unknown
    2.110,  // words around the trigger shared
    -0.389, // other language
    0.503,  // names of the sentence shared
    0.306,  // numbers shared
    -0.230, // likeness of the dispatches
    -0.137, // runs of words shared by the dispatches
    -4.860, // one dispatch
    0.023,  // same status
    -0.394, // planned and come true
    -0.156, // denied by one
    2.090,  // one sentence in a copy
    -2.270, // another sentence in a copy
    -0.086, // likeness across languages
    2.950,  // meanings around the trigger shared
    -1.287, // undated and nothing of the sentence shared
    5.084,  // one dispatch, denied by one
    0.734,  // matters shared
    -0.550, // other matters
    0.998,  // planned by one, denied by the other
    -2.158, // a meeting of two states and one of more
    4.001,  // a meeting and its refusal
    0.274,  // one type in dispatches alike
    1.428,  // foreseen for a stretch and held within it
    -5.007, // told as past before the other's day
    -3.952, // still to come after the other's day
    1.581,  // an undated denial of the like in a dispatch alike
];
