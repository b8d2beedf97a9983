//! A checksum that a whole model passes in a few milliseconds: eight lanes of multiply and rotate over 64-bit words.
//!
//! It notices accidents and careless edits, a single changed byte always; it is no signature.

const LANES: usize = 8;
const ODD: u64 = 0x9e37_79b9_7f4a_7c15;

/// The checksum of `bytes`.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    let mut lanes: [u64; LANES] = std::array::from_fn(|lane| ODD.wrapping_mul(2 * lane as u64 + 1));
    let (blocks, rest) = bytes.as_chunks::<{ LANES * 8 }>();
    for block in blocks {
        let (words, _) = block.as_chunks::<8>();
        for (lane, word) in lanes.iter_mut().zip(words) {
            *lane = step(*lane, u64::from_le_bytes(*word));
        }
    }
    let mut sum = bytes.len() as u64;
    for byte in rest {
        sum = step(sum, u64::from(*byte));
    }
    for lane in lanes {
        sum = step(sum, lane);
    }
    sum ^ (sum >> 29)
}

fn step(lane: u64, word: u64) -> u64 {
    (lane ^ word).wrapping_mul(ODD).rotate_left(27)
}

#[cfg(test)]
mod tests {
    use super::checksum;

    #[test]
    fn each_byte_counts() {
        let bytes: Vec<u8> = (0..200u8).collect();
        let sum = checksum(&bytes);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 0x40;
            assert_ne!(checksum(&changed), sum, "{at}");
        }
        assert_ne!(checksum(&bytes[..199]), sum);
        assert_ne!(checksum(&[]), checksum(&[0]));
    }
}
