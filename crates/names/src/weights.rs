//! The weights of what an alignment shows, learnt by `training/names/train.py`: do not edit.

/// Weights of the features of persons.
pub(crate) const PERSON: [f32; 43] = [
    0.0641,  // rare_same
    0.6656,  // rare_near
    -0.0992, // rare_weak
    -0.7023, // rare_poor
    -0.1955, // common_same
    -0.0857, // common_near
    3.0956,  // common_weak
    -2.4278, // common_poor
    -0.4720, // patronymic_like
    -2.4624, // patronymic_conflict
    0.0911,  // family_same
    -0.9262, // family_differs
    0.2128,  // family_differs_told
    0.3942,  // given_differs
    0.1983,  // left_less
    -0.0017, // left_more
    -2.1681, // conflict
    -1.0477, // conflict_twice
    -0.1577, // part_one
    0.1324,  // part_more
    2.2975,  // whole
    -1.4021, // part_one_common
    -0.3045, // cover_less
    0.9509,  // cover_more
    2.0358,  // worst
    0.6429,  // initial_conflict
    -0.3084, // two_names
    -0.7700, // unvocalised_left
    -0.1638, // unvocalised
    0.8115,  // scripts
    -0.6461, // joined
    -0.4319, // swapped
    -1.1714, // lone
    -7.2341, // whole_unlike
    0.0194,  // initials
    -0.5336, // common_conflict
    -2.0472, // slavic_given_differs
    -0.8975, // slavic_family_differs
    -0.6673, // family_same_given_differs
    -0.4798, // short_conflict
    -1.1099, // short_part
    6.0693,  // lone_family
    2.4445,  // slavic_whole
];
/// What is added to their sum.
pub(crate) const PERSON_BIAS: f32 = -0.4856;
/// Weights of the features of bodies.
pub(crate) const BODY: [f32; 20] = [
    0.3982,  // distinctive_less
    1.8805,  // distinctive_more
    -0.8661, // distinctive_left_less
    0.8911,  // distinctive_left_more
    -1.6008, // worst
    2.3799,  // generic_less
    -9.3379, // generic_left_less
    -1.0692, // generic_left_more
    -0.4241, // legal_same
    -4.8256, // legal_conflict
    0.1036,  // number_conflict
    -0.6010, // number_left
    4.7224,  // acronym
    -3.0307, // no_distinctive
    0.6761,  // whole
    -0.8787, // vessel
    -0.4632, // first_like
    3.8488,  // distinctive_like_square
    0.7544,  // short_unlike
    0.0478,  // conflict
];
/// What is added to their sum.
pub(crate) const BODY_BIAS: f32 = -4.6978;
