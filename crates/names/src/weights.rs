//! The weights of what an alignment shows, learnt by `training/names/train.py`: do not edit.

/// Weights of the features of persons.
pub(crate) const PERSON: [f32; 43] = [
    0.1860,  // rare_same
    1.2589,  // rare_near
    -1.0782, // rare_weak
    -1.8885, // rare_poor
    -0.3657, // common_same
    -0.3850, // common_near
    1.3440,  // common_weak
    -3.3321, // common_poor
    -0.0447, // patronymic_like
    -2.4460, // patronymic_conflict
    -0.0681, // family_same
    -0.5312, // family_differs
    0.0942,  // family_differs_told
    0.4663,  // given_differs
    -0.3933, // left_less
    -0.1141, // left_more
    -2.2638, // conflict
    -1.1262, // conflict_twice
    1.0448,  // part_one
    0.1651,  // part_more
    2.3162,  // whole
    -3.0968, // part_one_common
    -0.8293, // cover_less
    0.3772,  // cover_more
    2.2859,  // worst
    -1.1198, // initial_conflict
    -0.3609, // two_names
    -2.2812, // unvocalised_left
    -0.1016, // unvocalised
    0.9478,  // scripts
    0.8789,  // joined
    -0.4117, // swapped
    -1.8507, // lone
    -6.5020, // whole_unlike
    0.2131,  // initials
    -0.5305, // common_conflict
    -1.8944, // slavic_given_differs
    -1.1248, // slavic_family_differs
    -0.6219, // family_same_given_differs
    -0.2640, // short_conflict
    -0.9998, // short_part
    6.7736,  // lone_family
    2.2261,  // slavic_whole
];
/// What is added to their sum.
pub(crate) const PERSON_BIAS: f32 = 0.3512;
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
