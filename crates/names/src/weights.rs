//! The weights of what an alignment shows, learnt by `training/names/train.py`: do not edit.

/// Weights of the features of persons.
pub(crate) const PERSON: [f32; 43] = [
    0.1924,  // rare_same
    1.2796,  // rare_near
    -0.8694, // rare_weak
    -1.4066, // rare_poor
    -0.3445, // common_same
    -0.2270, // common_near
    6.2127,  // common_weak
    -2.9732, // common_poor
    -0.0488, // patronymic_like
    -2.2705, // patronymic_conflict
    -0.2121, // family_same
    -0.8991, // family_differs
    0.1722,  // family_differs_told
    0.0855,  // given_differs
    -0.1824, // left_less
    -0.1124, // left_more
    -2.2009, // conflict
    -1.0475, // conflict_twice
    -0.1321, // part_one
    0.0456,  // part_more
    2.3483,  // whole
    -2.5532, // part_one_common
    -1.3718, // cover_less
    1.0586,  // cover_more
    1.9744,  // worst
    -1.1217, // initial_conflict
    -0.4076, // two_names
    -2.4826, // unvocalised_left
    0.2132,  // unvocalised
    0.6875,  // scripts
    0.7659,  // joined
    -0.4280, // swapped
    -1.5774, // lone
    -6.9774, // whole_unlike
    0.4734,  // initials
    -0.5566, // common_conflict
    -1.6620, // slavic_given_differs
    -1.1775, // slavic_family_differs
    -0.6422, // family_same_given_differs
    -0.2839, // short_conflict
    -0.6202, // short_part
    6.7792,  // lone_family
    2.1056,  // slavic_whole
];
/// What is added to their sum.
pub(crate) const PERSON_BIAS: f32 = 0.1591;
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
