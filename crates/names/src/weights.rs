//! The weights of what an alignment shows, learnt by `training/names/train.py`: do not edit.

/// Weights of the features of persons.
pub(crate) const PERSON: [f32; 47] = [
    0.31191,  // rare_same
    1.27662,  // rare_near
    -0.90327, // rare_weak
    -1.40919, // rare_poor
    -0.09634, // common_same
    -0.03904, // common_near
    6.05926,  // common_weak
    -2.73084, // common_poor
    -0.10015, // patronymic_like
    -2.32579, // patronymic_conflict
    -0.18136, // family_same
    -0.78063, // family_differs
    0.14331,  // family_differs_told
    0.09855,  // given_differs
    -0.29152, // left_less
    -0.05752, // left_more
    -2.08347, // conflict
    -0.91006, // conflict_twice
    -0.12765, // part_one
    -0.02429, // part_more
    2.23800,  // whole
    -2.49026, // part_one_common
    -1.03901, // cover_less
    1.00982,  // cover_more
    1.82943,  // worst
    -1.11066, // initial_conflict
    -0.45800, // two_names
    -2.79852, // unvocalised_left
    0.31566,  // unvocalised
    0.70187,  // scripts
    0.98002,  // joined
    -0.41761, // swapped
    -1.52378, // lone
    -7.21966, // whole_unlike
    0.52364,  // initials
    -0.56673, // common_conflict
    -2.09707, // slavic_given_differs
    -1.12785, // slavic_family_differs
    -0.81644, // family_same_given_differs
    -0.27848, // short_conflict
    -0.57549, // short_part
    6.74380,  // lone_family
    2.17104,  // slavic_whole
    -0.84843, // beginning
    -0.41041, // middle_differs
    -2.38319, // second_surname
    2.90250,  // kunya_left
];
/// What is added to their sum.
pub(crate) const PERSON_BIAS: f32 = 0.02340;
/// Weights of the features of bodies.
pub(crate) const BODY: [f32; 20] = [
    0.52626,  // distinctive_less
    1.88990,  // distinctive_more
    -1.28018, // distinctive_left_less
    0.62054,  // distinctive_left_more
    -1.26789, // worst
    2.43565,  // generic_less
    -9.33941, // generic_left_less
    -0.75968, // generic_left_more
    -0.51894, // legal_same
    -4.94450, // legal_conflict
    0.13435,  // number_conflict
    -0.38128, // number_left
    4.64208,  // acronym
    -2.90906, // no_distinctive
    0.74385,  // whole
    -1.00819, // vessel
    -0.53846, // first_like
    3.23778,  // distinctive_like_square
    0.62290,  // short_unlike
    0.47508,  // conflict
];
/// What is added to their sum.
pub(crate) const BODY_BIAS: f32 = -3.57358;
