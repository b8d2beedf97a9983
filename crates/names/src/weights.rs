//! The weights of what an alignment shows, learnt by `training/names/train.py`: do not edit.

/// Weights of the features of persons.
pub(crate) const PERSON: [f32; 43] = [
    0.1933,  // rare_same
    1.3533,  // rare_near
    -0.8367, // rare_weak
    -1.3843, // rare_poor
    -0.3706, // common_same
    -0.2026, // common_near
    1.6822,  // common_weak
    -2.8485, // common_poor
    -0.0590, // patronymic_like
    -2.3801, // patronymic_conflict
    0.0551,  // family_same
    -0.5972, // family_differs
    0.1711,  // family_differs_told
    0.3420,  // given_differs
    -0.4776, // left_less
    -0.0992, // left_more
    -2.2577, // conflict
    -1.0273, // conflict_twice
    0.9196,  // part_one
    -0.0054, // part_more
    2.3558,  // whole
    -3.1925, // part_one_common
    -1.1146, // cover_less
    0.5467,  // cover_more
    2.9671,  // worst
    -1.1371, // initial_conflict
    -0.2463, // two_names
    -2.4701, // unvocalised_left
    0.1019,  // unvocalised
    0.6632,  // scripts
    0.9003,  // joined
    -0.3557, // swapped
    -1.8358, // lone
    -6.7525, // whole_unlike
    0.3814,  // initials
    -0.5626, // common_conflict
    -1.7050, // slavic_given_differs
    -1.0833, // slavic_family_differs
    -0.7591, // family_same_given_differs
    -0.2440, // short_conflict
    -0.9425, // short_part
    6.7718,  // lone_family
    2.0534,  // slavic_whole
];
/// What is added to their sum.
pub(crate) const PERSON_BIAS: f32 = -0.5625;
/// Weights of the features of bodies.
pub(crate) const BODY: [f32; 20] = [
    0.4804,  // distinctive_less
    1.8411,  // distinctive_more
    -0.8513, // distinctive_left_less
    0.8479,  // distinctive_left_more
    -1.5553, // worst
    2.4050,  // generic_less
    -9.2530, // generic_left_less
    -0.7441, // generic_left_more
    -0.4251, // legal_same
    -4.8334, // legal_conflict
    0.1387,  // number_conflict
    -0.4257, // number_left
    4.5295,  // acronym
    -3.0549, // no_distinctive
    0.8144,  // whole
    -0.9699, // vessel
    -0.4623, // first_like
    3.4765,  // distinctive_like_square
    0.6474,  // short_unlike
    -0.0454, // conflict
];
/// What is added to their sum.
pub(crate) const BODY_BIAS: f32 = -3.6217;
