//! The weights of what an alignment shows, learnt by `training/names/train.py`: do not edit.

/// Weights of the features of persons.
pub(crate) const PERSON: [f32; 43] = [
    0.1948,  // rare_same
    1.0424,  // rare_near
    -0.8761, // rare_weak
    -1.7481, // rare_poor
    -0.3160, // common_same
    -0.1894, // common_near
    1.6296,  // common_weak
    -3.1982, // common_poor
    -0.0880, // patronymic_like
    -2.4686, // patronymic_conflict
    -0.0119, // family_same
    -0.4358, // family_differs
    0.0959,  // family_differs_told
    0.3809,  // given_differs
    -0.3808, // left_less
    -0.0317, // left_more
    -2.2862, // conflict
    -1.1653, // conflict_twice
    0.1325,  // part_one
    0.2930,  // part_more
    2.3679,  // whole
    -2.0313, // part_one_common
    -0.3511, // cover_less
    -0.0687, // cover_more
    2.4858,  // worst
    0.6412,  // initial_conflict
    -0.2350, // two_names
    -2.3671, // unvocalised_left
    0.0225,  // unvocalised
    0.9499,  // scripts
    -0.8260, // joined
    -0.3265, // swapped
    -0.9661, // lone
    -6.6809, // whole_unlike
    0.3003,  // initials
    -0.5501, // common_conflict
    -1.8246, // slavic_given_differs
    -1.0961, // slavic_family_differs
    -0.4812, // family_same_given_differs
    -0.3036, // short_conflict
    -1.0107, // short_part
    5.9822,  // lone_family
    2.2488,  // slavic_whole
];
/// What is added to their sum.
pub(crate) const PERSON_BIAS: f32 = -0.0592;
/// Weights of the features of bodies.
pub(crate) const BODY: [f32; 20] = [
    0.5034,  // distinctive_less
    1.8380,  // distinctive_more
    -0.8545, // distinctive_left_less
    0.8501,  // distinctive_left_more
    -1.5709, // worst
    2.3857,  // generic_less
    -9.1819, // generic_left_less
    -0.9064, // generic_left_more
    -0.4240, // legal_same
    -4.8297, // legal_conflict
    0.1330,  // number_conflict
    -0.4211, // number_left
    4.6024,  // acronym
    -3.0770, // no_distinctive
    0.8088,  // whole
    -0.9689, // vessel
    -0.4714, // first_like
    3.4900,  // distinctive_like_square
    0.6082,  // short_unlike
    -0.0387, // conflict
];
/// What is added to their sum.
pub(crate) const BODY_BIAS: f32 = -3.5015;
