//! Greek letters to sounds, as Greek is spoken today.

use crate::sounds::Sound;
use unicode_normalization::UnicodeNormalization;

pub(super) fn read(word: &str, sounds: &mut Vec<Sound>) {
    let letters: Vec<char> = word.nfd().filter(|letter| letter.is_alphanumeric()).collect();
    let mut at = 0;
    while let Some(&letter) = letters.get(at) {
        let next = letters.get(at + 1).copied().unwrap_or(' ');
        let (own, taken): (&[u8], usize) = match (letter, next) {
            ('μ', 'π') => (b"b", 2),
            ('ν', 'τ') => (b"d", 2),
            ('γ', 'κ') => (b"g", 2),
            ('γ', 'γ') => (b"ng", 2),
            ('τ', 'σ') => (b"C", 2),
            ('τ', 'ζ') => (b"Y", 2),
            ('ο', 'υ') => (b"u", 2),
            ('α', 'υ') => (b"av", 2),
            ('ε', 'υ') => (b"ev", 2),
            ('ε', 'ι') | ('ο', 'ι') => (b"i", 2),
            ('α', 'ι') => (b"e", 2),
            ('α', _) => (b"a", 1),
            ('β', _) => (b"v", 1),
            ('γ', _) => (b"G", 1),
            ('δ', _) => (b"D", 1),
            ('ε', _) => (b"e", 1),
            ('ζ', _) => (b"z", 1),
            ('η' | 'ι' | 'υ', _) => (b"i", 1),
            ('θ', _) => (b"T", 1),
            ('κ', _) => (b"k", 1),
            ('λ', _) => (b"l", 1),
            ('μ', _) => (b"m", 1),
            ('ν', _) => (b"n", 1),
            ('ξ', _) => (b"ks", 1),
            ('ο' | 'ω', _) => (b"o", 1),
            ('π', _) => (b"p", 1),
            ('ρ', _) => (b"r", 1),
            ('σ' | 'ς', _) => (b"s", 1),
            ('τ', _) => (b"t", 1),
            ('φ', _) => (b"f", 1),
            ('χ', _) => (b"H", 1),
            ('ψ', _) => (b"ps", 1),
            _ => (b"", 1),
        };
        sounds.extend_from_slice(own);
        at += taken;
    }
}
