//! What the address of a page says of it.
//!
//! In goes an address, as the crawler or the page gives it; out come its host, the day that its path names, and other addresses resolved
//! against it. What is not of the web (`http`, `https`) is refused.

use super::dates;
use crate::pages::Pages;
use jiff::civil::Date;
use url::Url;

/// Longer addresses are none.
const MOST_BYTES: usize = 2048;

/// Reads an address of the web.
pub(super) fn web(address: &str) -> Option<Url> {
    let address = address.trim();
    if address.len() > MOST_BYTES {
        return None;
    }
    Url::parse(address).ok().filter(is_web)
}

/// Reads an address that a page gives, against the page's own where it is not whole.
pub(super) fn resolved(address: &str, page: Option<&Url>) -> Option<Url> {
    let address = address.trim();
    if address.is_empty() || address.len() > MOST_BYTES || address.starts_with('#') {
        return None;
    }
    match page {
        Some(page) => page.join(address).ok().filter(is_web),
        None => web(address),
    }
}

fn is_web(address: &Url) -> bool {
    matches!(address.scheme(), "http" | "https") && address.host_str().is_some_and(|host| host.contains('.'))
}

/// Whether it is the front page of its site.
pub(super) fn is_root(address: &Url) -> bool {
    address.path().len() <= 1 && address.query().is_none()
}

/// Whether two addresses are those of one page, told by what comes after the host.
pub(super) fn is_same_page(one: &Url, other: &Url) -> bool {
    let path = |address: &Url| address.path().trim_end_matches('/').to_owned();
    path(one) == path(other) && !is_root(one)
}

/// The host, without `www.`.
pub(super) fn host(address: &Url) -> Option<&str> {
    let host = address.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host))
}

/// The part of a host that names its owner: `fjord-news` of `www.fjord-news.co.uk`.
pub(super) fn owner(host: &str) -> &str {
    let labels: Vec<&str> = host.split('.').collect();
    let owners = labels.iter().rev().skip(1).find(|label| label.len() > 3).or_else(|| labels.iter().rev().nth(1));
    owners.copied().unwrap_or(host)
}

/// The day in a path: `/2021/05/03/`, `/2021-05-03-`, `_20210503`, `/2021/0503/`, `/2021/may/03/`.
pub(super) fn day(address: &Url, pages: &Pages) -> Option<Date> {
    let path = address.path();
    let mut runs: Vec<(usize, &str)> = Vec::new();
    let mut at = 0;
    while let Some(start) = path.get(at..).and_then(|rest| rest.find(|character: char| character.is_ascii_alphanumeric())).map(|on| at + on)
    {
        let Some(rest) = path.get(start..) else { break };
        let length = rest.find(|character: char| !character.is_ascii_alphanumeric()).unwrap_or(rest.len());
        runs.extend(rest.get(..length).map(|run| (start, run)));
        at = start + length;
    }
    let number = |run: &str, digits: std::ops::RangeInclusive<usize>| -> Option<i64> {
        (digits.contains(&run.len()) && run.bytes().all(|byte| byte.is_ascii_digit())).then(|| run.parse().ok())?
    };
    for (place, (start, run)) in runs.iter().enumerate() {
        let after = |on: usize| runs.get(place + on).map(|(_, run)| *run).unwrap_or_default();
        // The signs between two runs, of which there is one, the same between year, month and day.
        let sign = |on: usize| {
            let (before, run) = runs.get(place + on)?;
            path.get(before + run.len()..runs.get(place + on + 1)?.0).filter(|sign| matches!(*sign, "/" | "-" | "_" | "."))
        };
        let whole = number(run, 8..=8).and_then(|figure| dates::day(figure / 10_000, figure / 100 % 100, figure % 100));
        let apart = || {
            let year = number(run, 4..=4)?;
            let month = number(after(1), 1..=2).or_else(|| pages.month(after(1)).map(i64::from))?;
            (sign(0)? == sign(1)?).then(|| dates::day(year, month, number(after(2), 1..=2)?))?
        };
        let joined = || {
            let (year, figure) = (number(run, 4..=4)?, number(after(1), 4..=4)?);
            (sign(0)? == "/" && path.get(..*start).is_some_and(|before| before.ends_with('/')))
                .then(|| dates::day(year, figure / 100, figure % 100))?
        };
        if let Some(day) = whole.or_else(apart).or_else(joined) {
            return Some(day);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use depeche_packs::PackFiles;
    use proptest::prelude::*;

    #[test]
    fn days_in_paths() {
        let pages = Pages::load(&PackFiles::built_in()).unwrap();
        let cases = [
            ("https://news.example/2021/05/03/fish", Some("2021-05-03")),
            ("https://news.example/world/2021/5/3/", Some("2021-05-03")),
            ("https://news.example/fish-2021-05-03.html", Some("2021-05-03")),
            ("https://news.example/fish_20210503_77.html", Some("2021-05-03")),
            ("https://news.example/world/2021/may/03/fish", Some("2021-05-03")),
            ("https://news.example/2021/0503/1234567-fish", Some("2021-05-03")),
            ("https://news.example/2021/05/fish", None),
            ("https://news.example/2021-22-3", None),
            ("https://news.example/fish-99999999", None),
            ("https://news.example/fish-2021-05/03", None),
            ("https://news.example/", None),
        ];
        for (address, expected) in cases {
            let day = web(address).and_then(|address| day(&address, &pages)).map(|day| day.to_string());
            assert_eq!(day.as_deref(), expected, "{address}");
        }
    }

    #[test]
    fn the_owner_of_a_host() {
        let cases =
            [("fjordnews.example", "fjordnews"), ("www.fjord-news.co.uk", "fjord-news"), ("bbc.com", "bbc"), ("localhost", "localhost")];
        for (host, expected) in cases {
            assert_eq!(owner(host), expected, "{host}");
        }
    }

    #[test]
    fn addresses_are_resolved_and_those_of_no_web_refused() {
        let page = web("https://news.example/a/b");
        let told = |address: &str| resolved(address, page.as_ref()).map(String::from);
        assert_eq!(told("/c").as_deref(), Some("https://news.example/c"));
        assert_eq!(told("//other.example/d").as_deref(), Some("https://other.example/d"));
        assert_eq!(told("javascript:void(0)"), None);
        assert_eq!(told("#top"), None);
        assert_eq!(resolved("/c", None), None);
    }

    proptest! {
        #[test]
        fn no_address_makes_it_panic(address in any::<String>(), path in "[0-9a-z/_.-]{0,40}") {
            let pages = Pages::default();
            for address in [address, format!("http://a.example/{path}")] {
                if let Some(address) = web(&address) {
                    let _ = (day(&address, &pages), host(&address).map(owner), is_root(&address));
                }
            }
        }
    }
}
