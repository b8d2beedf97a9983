//! NumPy arrays and msgpack, as spaCy's files carry them.
//!
//! In msgpack an array is a map with the keys `nd`, `type`, `shape` and `data`; on its own it is an `.npy` file.
//! Only little-endian numbers of four bytes and rows in C order are read, which is what spaCy writes.

use crate::error::Error;
use rmpv::Value;

/// An array of numbers with its shape.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Array {
    pub(super) shape: Vec<usize>,
    pub(super) data: Vec<f32>,
}

impl Array {
    fn new(shape: Vec<usize>, bytes: &[u8]) -> Result<Array, Error> {
        let count = shape.iter().try_fold(1usize, |product, &side| product.checked_mul(side));
        let (words, rest) = bytes.as_chunks::<4>();
        if count != Some(words.len()) || !rest.is_empty() {
            return Err(Error::damaged(format!("an array of shape {shape:?} has {} bytes", bytes.len())));
        }
        Ok(Array { shape, data: words.iter().map(|word| f32::from_le_bytes(*word)).collect() })
    }
}

/// Reads one msgpack value.
pub(super) fn msgpack(mut bytes: &[u8]) -> Result<Value, Error> {
    rmpv::decode::read_value(&mut bytes).map_err(|error| Error::damaged(format!("msgpack: {error}")))
}

/// The value of a text key of a map.
pub(super) fn field<'a>(value: &'a Value, name: &str) -> Option<&'a Value> {
    let is_name = |key: &Value| key.as_str().map(str::as_bytes).or(key.as_slice()) == Some(name.as_bytes());
    value.as_map()?.iter().find(|(key, _)| is_name(key)).map(|(_, value)| value)
}

/// The array that a msgpack value is, if it is one.
pub(super) fn array(value: &Value) -> Result<Option<Array>, Error> {
    if field(value, "nd").and_then(Value::as_bool) != Some(true) {
        return Ok(None);
    }
    let kind = field(value, "type").and_then(Value::as_str).unwrap_or("");
    if kind != "<f4" {
        return Err(Error::unsupported(format!("numbers of type `{kind}`")));
    }
    let sides = field(value, "shape").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let shape = sides.iter().map(|side| side.as_u64().and_then(|side| usize::try_from(side).ok())).collect();
    let shape: Option<Vec<usize>> = shape;
    let data = field(value, "data").and_then(Value::as_slice);
    match (shape, data) {
        (Some(shape), Some(data)) => Array::new(shape, data).map(Some),
        _ => Err(Error::damaged("an array without shape or data")),
    }
}

/// Reads an `.npy` file.
pub(super) fn npy(bytes: &[u8]) -> Result<Array, Error> {
    let damaged = || Error::damaged("the vectors are no `.npy` file");
    let rest = bytes.strip_prefix(b"\x93NUMPY").ok_or_else(damaged)?;
    let (&major, rest) = rest.split_first().ok_or_else(damaged)?;
    let rest = rest.get(1..).ok_or_else(damaged)?;
    let size = if major == 1 { 2 } else { 4 };
    let length = rest.get(..size).ok_or_else(damaged)?.iter().rev().fold(0usize, |sum, &byte| sum << 8 | usize::from(byte));
    let header = rest.get(size..).and_then(|rest| rest.get(..length)).ok_or_else(damaged)?;
    let data = &rest[size + length..];
    let header = std::str::from_utf8(header).map_err(|_| damaged())?;
    if !header.contains("'descr': '<f4'") || !header.contains("'fortran_order': False") {
        return Err(Error::unsupported("vectors of another type than 32-bit floats in C order"));
    }
    let shape = header.split_once("'shape': (").and_then(|(_, rest)| rest.split_once(')')).ok_or_else(damaged)?.0;
    let sides: Result<Vec<usize>, _> = shape.split(',').map(str::trim).filter(|side| !side.is_empty()).map(str::parse).collect();
    Array::new(sides.map_err(|_| damaged())?, data)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sample_npy(shape: &str, data: &[f32]) -> Vec<u8> {
        let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({shape}), }}\n");
        let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
        bytes.extend((header.len() as u16).to_le_bytes());
        bytes.extend(header.as_bytes());
        bytes.extend(data.iter().flat_map(|number| number.to_le_bytes()));
        bytes
    }

    #[test]
    fn npy_gives_shape_and_rows() {
        let bytes = sample_npy("2, 3", &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
        let array = npy(&bytes).expect("array");
        assert_eq!(array.shape, [2, 3]);
        assert_eq!(array.data[4], 5.0);
        assert!(npy(&bytes[..bytes.len() - 4]).is_err());
        assert!(npy(&sample_npy("99999999999, 99999999999", &[1.0])).is_err());
    }

    #[test]
    fn msgpack_arrays() {
        let key = |name: &str| Value::Binary(name.as_bytes().to_vec());
        let map = Value::Map(vec![
            (key("nd"), Value::Boolean(true)),
            (key("type"), Value::from("<f4")),
            (key("shape"), Value::Array(vec![Value::from(2)])),
            (key("data"), Value::Binary([0.5f32, 1.5].iter().flat_map(|number| number.to_le_bytes()).collect())),
        ]);
        assert_eq!(array(&map).expect("read"), Some(Array { shape: vec![2], data: vec![0.5, 1.5] }));
        assert_eq!(array(&Value::from(3)).expect("read"), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = npy(&bytes);
            if let Ok(value) = msgpack(&bytes) {
                let _ = array(&value);
            }
        }
    }
}
