//! What each feature of a pair of events weighs, in log-odds: the output of `training/happenings/fit.py`.

/// In the order of [`crate::FEATURES`].
pub(crate) const WEIGHTS: [f64; crate::pair::COUNT] = [
    -5.040, // bias
    5.160, // same type
    -0.291, // one quadrant of types
    0.114, // same mode
    -0.963, // other mode
    0.612, // actors' countries shared
    0.087, // recipients' countries shared
    0.331, // all countries shared
    -1.496, // actors of other countries
    -0.803, // recipients of other countries
    -0.564, // sides exchanged
    0.484, // actors unknown
    0.375, // recipients unknown
    0.716, // share of the persons
    -2.557, // a person of the same side who is another
    -2.702, // a meeting of two and a visit
    -2.555, // meetings of other persons
    0.737, // bodies or places shared
    0.485, // same day
    0.025, // overlapping days
    0.508, // a day apart
    -3.529, // two or three days apart
    -5.934, // more days apart
    -1.934, // weeks apart
    0.772, // one without a day
    0.602, // both without a day
    -0.659, // undated, published apart
    0.475, // undated, published near the other's day
    -1.370, // undated, published days from the other's day
    -1.495, // undated, published far from the other's day
    -0.141, // published apart
    0.096, // same place
    -1.139, // other place
    0.111, // same country of place
    -0.067, // a place unknown
    0.677, // words of the sentence shared
    0.266, // other language
    0.257, // names of the sentence shared
    0.149, // numbers shared
    -0.014, // likeness of the dispatches
    -0.058, // runs of words shared by the dispatches
    -3.328, // one dispatch
    0.226, // same status
    -1.071, // planned and come true
    1.287, // denied by one
    1.437, // one sentence in a copy
    -1.621, // another sentence in a copy
    0.120, // likeness across languages
    -1.323, // undated and nothing of the sentence shared
];
