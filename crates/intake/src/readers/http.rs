//! A response of HTTP as an archive keeps it.
//!
//! In go the bytes of a response; out come its status, the header fields that matter, and its body with chunks and compression undone, both of
//! which an archive may have undone before without saying so. A body that stops early is given as far as it goes. What swells beyond the
//! bound is refused.

use brotli_decompressor::Decompressor;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::Read;

/// What is read of a response's header.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) media_type: Option<String>,
    /// Compressions, the last one outermost.
    pub(crate) encodings: Vec<String>,
    pub(crate) chunked: bool,
    /// How many bytes the header has.
    pub(crate) length: usize,
}

/// A body with all wrappings undone.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Body {
    pub(crate) bytes: Vec<u8>,
    /// Whether it stops early.
    pub(crate) cut: bool,
}

/// Why a body is not given.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoBody {
    TooLarge,
    Damaged(String),
    /// A compression that is not read.
    Unknown(String),
}

/// How many bytes a header has with the blank line that ends it; `None` where it does not end.
pub(crate) fn head_length(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).find_map(|at| match bytes.get(at + 1..)? {
        [b'\n', ..] => Some(at + 2),
        [b'\r', b'\n', ..] => Some(at + 3),
        _ => None,
    })
}

/// The fields of a header, its first line left out: names in lower case, values with their continuation lines.
pub(crate) fn fields(head: &[u8]) -> Vec<(String, String)> {
    let mut fields: Vec<(String, String)> = Vec::new();
    for line in head.split(|&byte| byte == b'\n').skip(1) {
        let words = String::from_utf8_lossy(line);
        if line.first().is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
            if let Some((_, value)) = fields.last_mut() {
                if !value.is_empty() {
                    value.push(' ');
                }
                value.push_str(words.trim());
            }
        } else if let Some((name, value)) = words.split_once(':') {
            fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    fields
}

impl Head {
    /// The header that some bytes begin with; `None` where they are no response.
    pub(crate) fn read(bytes: &[u8]) -> Option<Head> {
        let length = head_length(bytes).unwrap_or(bytes.len());
        let bytes = bytes.get(..length)?;
        let line = bytes.split(|&byte| byte == b'\n').next()?;
        let mut words = line.strip_prefix(b"HTTP/")?.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
        let status = std::str::from_utf8(words.nth(1)?).ok()?.parse().ok()?;
        let mut head = Head { status, length, ..Head::default() };
        let tokens = |value: &str| value.split(',').map(|token| token.trim().to_ascii_lowercase()).collect::<Vec<_>>();
        for (name, value) in fields(bytes) {
            match name.as_str() {
                "content-type" if head.media_type.is_none() => head.media_type = Some(value),
                "content-encoding" => head.encodings.extend(tokens(&value)),
                "transfer-encoding" => {
                    for token in tokens(&value) {
                        if token == "chunked" { head.chunked = true } else { head.encodings.push(token) }
                    }
                }
                _ => {}
            }
        }
        head.encodings.retain(|encoding| !matches!(encoding.as_str(), "" | "identity" | "none" | "utf-8"));
        Some(head)
    }

    /// The body that follows this header, `raw`, with its wrappings undone; no more than `max_bytes` of it.
    pub(crate) fn body(&self, raw: Vec<u8>, max_bytes: usize) -> Result<Body, NoBody> {
        let mut body = Body { bytes: raw, cut: false };
        if self.chunked
            && let Some(whole) = without_chunks(&body.bytes)
        {
            body = whole;
        }
        for encoding in self.encodings.iter().rev() {
            body = decompressed(body, encoding, max_bytes)?;
        }
        Ok(body)
    }
}

/// The chunks joined; `None` where the bytes do not begin with a chunk, for an archive may have joined them.
fn without_chunks(bytes: &[u8]) -> Option<Body> {
    let mut body = Body { bytes: Vec::new(), cut: false };
    let mut rest = bytes;
    let mut first = true;
    loop {
        let Some((size, after)) = chunk_size(rest) else {
            body.cut = true;
            return (!first).then_some(body);
        };
        if size == 0 {
            return Some(body);
        }
        first = false;
        let Some(chunk) = after.get(..size) else {
            body.bytes.extend_from_slice(after);
            body.cut = true;
            return Some(body);
        };
        body.bytes.extend_from_slice(chunk);
        rest = after.get(size..).unwrap_or_default();
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
    }
}

/// The size of the chunk that comes next, and what follows the line that says it.
fn chunk_size(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let end = memchr::memchr(b'\n', bytes.get(..256).unwrap_or(bytes))?;
    let line = std::str::from_utf8(bytes.get(..end)?).ok()?;
    let digits = line.split(';').next()?.trim();
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    Some((usize::from_str_radix(digits, 16).ok()?, bytes.get(end + 1..)?))
}

fn decompressed(body: Body, encoding: &str, max_bytes: usize) -> Result<Body, NoBody> {
    let raw = body.bytes.as_slice();
    let inflated = match encoding {
        // Both are told by their first bytes; an archive that has inflated them leaves the header as it was.
        "gzip" | "x-gzip" if raw.starts_with(b"\x1F\x8B") => inflate(MultiGzDecoder::new(raw), max_bytes),
        "deflate" if is_zlib(raw) => inflate(ZlibDecoder::new(raw), max_bytes),
        "deflate" if !is_markup(raw) => inflate(DeflateDecoder::new(raw), max_bytes),
        "br" if !is_markup(raw) => inflate(Decompressor::new(raw, 1 << 12), max_bytes),
        "gzip" | "x-gzip" | "deflate" | "br" => return Ok(body),
        _ if is_markup(raw) => return Ok(body),
        unknown => return Err(NoBody::Unknown(unknown.chars().take(40).collect())),
    };
    let (bytes, cut) = inflated.map_err(|no_body| match no_body {
        NoBody::Damaged(why) => NoBody::Damaged(format!("its `{encoding}` compression is damaged: {why}")),
        other => other,
    })?;
    Ok(Body { bytes, cut: cut || body.cut })
}

fn is_zlib(bytes: &[u8]) -> bool {
    let header = bytes.first().zip(bytes.get(1));
    header.is_some_and(|(&first, &second)| first & 0x0F == 8 && (u16::from(first) << 8 | u16::from(second)).is_multiple_of(31))
}

/// Whether bytes begin as markup does, which compressed ones hardly ever do.
fn is_markup(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    bytes.is_empty() || bytes.first() == Some(&b'<')
}

/// All that a decoder gives, and whether it stopped early. What came before a fault is kept, if anything did.
fn inflate(decoder: impl Read, max_bytes: usize) -> Result<(Vec<u8>, bool), NoBody> {
    let mut bytes = Vec::new();
    let read = decoder.take(max_bytes as u64 + 1).read_to_end(&mut bytes);
    match read {
        _ if bytes.len() > max_bytes => Err(NoBody::TooLarge),
        Ok(_) => Ok((bytes, false)),
        Err(_) if !bytes.is_empty() => Ok((bytes, true)),
        Err(error) => Err(NoBody::Damaged(error.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    const PAGE: &str = "<p>Rain in Oslo.</p>";

    #[track_caller]
    fn check(header: &str, raw: &[u8], expected: Result<(&str, bool), NoBody>) {
        let head = Head::read(format!("HTTP/1.1 200 OK\r\n{header}\r\n\r\n").as_bytes()).unwrap();
        let body = head.body(raw.to_vec(), 1000).map(|body| (String::from_utf8(body.bytes).unwrap(), body.cut));
        assert_eq!(body.as_ref().map(|(text, cut)| (text.as_str(), *cut)), expected.as_ref().map(|&(text, cut)| (text, cut)), "{header}");
    }

    #[test]
    fn headers() {
        let head = Head::read(b"HTTP/1.0 404\nContent-type:\n  text/html;\n\tcharset=x\nContent-Encoding: GZIP, br\n\nrest").unwrap();
        assert_eq!(head.status, 404);
        assert_eq!(head.media_type.as_deref(), Some("text/html; charset=x"));
        assert_eq!(head.encodings, ["gzip", "br"]);
        assert_eq!(Head::read(b"HTTP/1.1 200 OK\r\nServer: x").map(|head| (head.status, head.length)), Some((200, 26)));
        assert_eq!(Head::read(b"HTTP/1.1\r\n\r\n"), None);
        assert_eq!(Head::read(b"<html>"), None);
        assert_eq!(Head::read(b""), None);
    }

    #[test]
    fn chunks() {
        let header = "Transfer-Encoding: chunked";
        check(header, b"6\r\n<p>Rai\r\ne; x=y\r\nn in Oslo.</p>\r\n0\r\n\r\n", Ok((PAGE, false)));
        check(header, b"6\n<p>Rai\nE\nn in Oslo.</p>\n0\n", Ok((PAGE, false)));
        check(header, PAGE.as_bytes(), Ok((PAGE, false)));
        check(header, b"6\r\n<p>Rai\r\ne\r\nn in O", Ok(("<p>Rain in O", true)));
        check(header, b"6\r\n<p>Rai\r\nxyz", Ok(("<p>Rai", true)));
        check(header, b"ffffffffffffffffffff\r\nrain", Ok(("ffffffffffffffffffff\r\nrain", false)));
        check(header, b"ffffffff\r\nrain", Ok(("rain", true)));
    }

    #[test]
    fn compressions() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(PAGE.as_bytes()).unwrap();
        let gzip = gzip.finish().unwrap();
        let mut zlib = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
        zlib.write_all(PAGE.as_bytes()).unwrap();
        let zlib = zlib.finish().unwrap();
        let deflate = &zlib[2..zlib.len() - 4];
        check("Content-Encoding: gzip", &gzip, Ok((PAGE, false)));
        check("Content-Encoding: x-gzip, identity", &gzip, Ok((PAGE, false)));
        check("Content-Encoding: gzip", PAGE.as_bytes(), Ok((PAGE, false)));
        check("Content-Encoding: deflate", &zlib, Ok((PAGE, false)));
        check("Content-Encoding: deflate", deflate, Ok((PAGE, false)));
        check("Content-Encoding: deflate", PAGE.as_bytes(), Ok((PAGE, false)));
        check("Content-Encoding: gzip", &gzip[..gzip.len() - 3], Ok((PAGE, true)));
        // A metablock of 20 bytes that are not compressed, and the last one, which is empty.
        let brotli = [b"\x30\x01\x10", PAGE.as_bytes(), b"\x03"].concat();
        check("Content-Encoding: br", &brotli, Ok((PAGE, false)));
        check("Content-Encoding: br", PAGE.as_bytes(), Ok((PAGE, false)));
        check("Content-Encoding: zstd", b"\x28\xB5\x2F\xFD", Err(NoBody::Unknown("zstd".to_owned())));
        let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        bomb.write_all(&[b' '; 5000]).unwrap();
        check("Content-Encoding: gzip", &bomb.finish().unwrap(), Err(NoBody::TooLarge));
    }
}
