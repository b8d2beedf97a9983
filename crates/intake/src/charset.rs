//! The encoding that a page declares for itself.
//!
//! In go the first bytes of a page or a feed; out comes the label that its `<meta>` or its XML declaration gives, found as the HTML standard's
//! prescan finds it: comments and other tags are passed over, attributes read with or without quotes. Whether there is an encoding of that
//! name is not asked here.

/// How far a declaration is looked for. The standard stops at 1024 bytes, but browsers heed a later one too.
const SEARCHED: usize = 1 << 16;

/// The label that a page declares.
pub(crate) fn of_page(bytes: &[u8]) -> Option<String> {
    in_meta(bytes.get(..SEARCHED).unwrap_or(bytes)).or_else(|| of_xml(bytes))
}

/// The label that a document of XML declares. What stands in it, pages among it, does not count.
pub(crate) fn of_xml(bytes: &[u8]) -> Option<String> {
    in_xml_declaration(bytes.get(..SEARCHED).unwrap_or(bytes))
}

/// The label of a media type's parameter, as in `text/html; charset=utf-8`.
pub(crate) fn of_media_type(words: &str) -> Option<String> {
    let lower = words.to_ascii_lowercase();
    let mut from = 0;
    while let Some(at) = lower.get(from..)?.find("charset").map(|at| from + at + "charset".len()) {
        from = at;
        let Some(value) = lower.get(at..)?.trim_start().strip_prefix('=').map(str::trim_start) else { continue };
        let label = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value.get(1..)?.split(quote).next()?,
            _ => value.split(|character: char| character == ';' || character.is_whitespace()).next()?,
        };
        return Some(label.trim().to_owned()).filter(|label| !label.is_empty());
    }
    None
}

fn in_xml_declaration(head: &[u8]) -> Option<String> {
    let declaration = head.trim_ascii_start().strip_prefix(b"<?xml")?;
    let end = declaration.windows(2).position(|pair| pair == b"?>")?;
    let words = String::from_utf8_lossy(declaration.get(..end)?).to_ascii_lowercase();
    let (_, value) = words.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    value.get(1..)?.split(quote).next().map(|label| label.trim().to_owned()).filter(|label| !label.is_empty())
}

fn in_meta(head: &[u8]) -> Option<String> {
    let mut rest = head;
    while let Some(at) = memchr::memchr(b'<', rest) {
        rest = rest.get(at..)?;
        if rest.starts_with(b"<!--") {
            let end = memchr::memmem::find(rest.get(2..)?, b"-->")?;
            rest = rest.get(2 + end + 3..)?;
            continue;
        }
        let closing = usize::from(rest.get(1) == Some(&b'/'));
        let inside = rest.get(1 + closing..)?;
        match inside.first() {
            Some(first) if first.is_ascii_alphabetic() => {}
            Some(b'!' | b'?') => {
                rest = inside.get(memchr::memchr(b'>', inside)?..)?;
                continue;
            }
            _ => {
                rest = inside;
                continue;
            }
        }
        let name = inside.split(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>')).next()?;
        rest = inside.get(name.len()..)?;
        if closing == 0 && name.eq_ignore_ascii_case(b"body") {
            return None;
        }
        let is_meta = closing == 0 && name.eq_ignore_ascii_case(b"meta");
        let mut meta = Meta::default();
        while let Some((name, value)) = attribute(&mut rest) {
            if is_meta {
                meta.attribute(name, value);
            }
        }
        if let Some(label) = meta.label() {
            return Some(label);
        }
    }
    None
}

#[derive(Default)]
struct Meta {
    charset: Option<String>,
    content: Option<String>,
    is_content_type: bool,
}

impl Meta {
    fn attribute(&mut self, name: &[u8], value: &[u8]) {
        let value = || String::from_utf8_lossy(value).trim().to_owned();
        match name.to_ascii_lowercase().as_slice() {
            b"charset" => self.charset = self.charset.take().or_else(|| Some(value())),
            b"content" => self.content = of_media_type(&value()),
            b"http-equiv" => self.is_content_type |= value().eq_ignore_ascii_case("content-type"),
            _ => {}
        }
    }

    fn label(self) -> Option<String> {
        self.charset.or_else(|| self.content.filter(|_| self.is_content_type)).filter(|label| !label.is_empty())
    }
}

/// The next attribute of a tag, or `None` at its end, behind which `rest` then stands.
fn attribute<'a>(rest: &mut &'a [u8]) -> Option<(&'a [u8], &'a [u8])> {
    let passed = rest.iter().take_while(|byte| byte.is_ascii_whitespace() || **byte == b'/').count();
    let from = rest.get(passed..)?;
    *rest = from;
    if from.first().is_none_or(|&byte| byte == b'>') {
        return None;
    }
    // A name is a byte at least, so that `=` alone does not stop the search.
    let length = 1 + from.iter().skip(1).take_while(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'=')).count();
    let (name, after) = from.split_at_checked(length)?;
    let Some(value) = after.trim_ascii_start().strip_prefix(b"=").map(<[u8]>::trim_ascii_start) else {
        *rest = after;
        return Some((name, b""));
    };
    let (value, after) = match value.first() {
        Some(&quote @ (b'"' | b'\'')) => {
            let inside = value.get(1..)?;
            let end = memchr::memchr(quote, inside).unwrap_or(inside.len());
            (inside.get(..end)?, inside.get(end + 1..).unwrap_or_default())
        }
        _ => value.split_at_checked(value.iter().take_while(|byte| !byte.is_ascii_whitespace() && **byte != b'>').count())?,
    };
    *rest = after;
    Some((name, value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(head: &str, expected: Option<&str>) {
        assert_eq!(of_page(head.as_bytes()).as_deref(), expected, "{head}");
    }

    #[test]
    fn declarations() {
        check("<meta charset=utf-8>", Some("utf-8"));
        check("<META  CharSet = 'ISO-8859-1' />", Some("ISO-8859-1"));
        check("<meta name=x content=\"charset=koi8-r\">", None);
        check("<meta content='text/html; charset=windows-1251' http-equiv=Content-Type>", Some("windows-1251"));
        check("<meta http-equiv='content-type' content='text/html;charset=\"gbk\"'>", Some("gbk"));
        check("<!-- <meta charset=koi8-r> --><meta charset=big5>", Some("big5"));
        check("<title a='<meta charset=koi8-r>'></title><meta charset=big5>", Some("big5"));
        check("</meta charset=koi8-r><meta / charset=big5>", Some("big5"));
        check("<body><meta charset=big5>", None);
        check("<?xml version='1.0' encoding='ISO-8859-15'?><rss>", Some("iso-8859-15"));
        check("<?xml version='1.0' encoding=''?><rss>", None);
        check("<meta charset=", None);
        check("<meta charset='utf", Some("utf"));
        check("<meta =charset=x charset", None);
        check("<", None);
        check("", None);
        check("rain", None);
    }

    #[test]
    fn media_types() {
        assert_eq!(of_media_type("text/html; charset=UTF-8").as_deref(), Some("utf-8"));
        assert_eq!(of_media_type("text/html; charset = 'x-sjis' ; q").as_deref(), Some("x-sjis"));
        assert_eq!(of_media_type("text/html; charsets; charset=").as_deref(), None);
        assert_eq!(of_media_type("text/html").as_deref(), None);
    }
}
