//! What the pages of a site have in common: its menus, notices and promises, which are no article's.
//!
//! In goes a stream of items; out comes the same, each page with the runs of text that most pages of its site have as well. Some pages are held
//! back so that the first profit from those that come after. Only pages count that are not the same page once more, and a site is one host,
//! by the page's stated or own address. Memory is bounded: when too much is known all is forgotten. The same stream gives the same answer.

use crate::{Content, IntakeError, Item};
use memchr::{memchr, memmem};
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::collections::VecDeque;
use std::hash::Hasher;

/// Pages that are held back at most, and their bytes.
const WINDOW_PAGES: usize = 32;
const WINDOW_BYTES: usize = 8 << 20;
/// Runs of text that are remembered in all.
const MOST_RUNS: usize = 1 << 20;
/// Bytes from which a run of text says something, and up to which it is looked at.
const LEAST_RUN: usize = 16;
const LONGEST_RUN: usize = 1024;
/// Pages from which a run is a site's, and the share of all its pages: a paragraph of background comes back in some articles, a notice in all.
const LEAST_PAGES: u32 = 3;
const LEAST_SHARE: (u32, u32) = (2, 5);
/// How much of a page is searched for its address, in bytes.
const HEAD_BYTES: usize = 32 << 10;

/// The runs of a page's text that other pages of its site have too.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Repeated(Vec<u64>);

impl Repeated {
    /// Whether nothing is known to be repeated.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether the text after a tag is repeated, given the source from the tag on.
    pub(crate) fn has(&self, from_tag: &str) -> bool {
        let run = memchr(b'>', from_tag.as_bytes()).and_then(|end| from_tag.get(end + 1..)).unwrap_or(from_tag);
        let end = memchr(b'<', run.as_bytes()).unwrap_or(run.len());
        run_hash(run.get(..end).unwrap_or_default()).is_some_and(|hash| self.0.binary_search(&hash).is_ok())
    }
}

/// Items, each page told what its site repeats.
pub struct Repeats<I> {
    items: I,
    ended: bool,
    window: VecDeque<Waiting>,
    bytes: usize,
    sites: FxHashMap<String, Site>,
    runs: usize,
}

/// An item that is held back.
struct Waiting {
    item: Result<Item, IntakeError>,
    site: Option<String>,
    /// Whether its runs were counted.
    counted: bool,
}

/// What is known of a site.
#[derive(Default)]
struct Site {
    seen: u32,
    pages: u32,
    titles: FxHashSet<u64>,
    runs: FxHashMap<u64, u32>,
}

impl<I: Iterator<Item = Result<Item, IntakeError>>> Repeats<I> {
    /// Looks at the pages of a stream.
    pub fn of(items: I) -> Repeats<I> {
        Repeats { items, ended: false, window: VecDeque::new(), bytes: 0, sites: FxHashMap::default(), runs: 0 }
    }

    /// Takes one item into the window.
    fn take(&mut self) {
        let Some(item) = self.items.next() else {
            self.ended = true;
            return;
        };
        let site = item.as_ref().ok().and_then(site);
        self.bytes += item.as_ref().map_or(0, |item| item.content.len());
        self.window.push_back(Waiting { item, site: site.clone(), counted: false });
        let Some(name) = site else { return };
        if self.runs > MOST_RUNS {
            self.sites.clear();
            self.runs = 0;
        }
        let known = self.sites.entry(name.clone()).or_default();
        known.seen += 1;
        // The one page of a site is not worth the time.
        if known.seen >= 2 {
            for waiting in self.window.iter_mut().filter(|waiting| !waiting.counted && waiting.site.as_deref() == Some(name.as_str())) {
                if let Ok(item) = &waiting.item {
                    self.runs += known.count(item.content.as_str());
                }
                waiting.counted = true;
            }
        }
    }
}

impl<I: Iterator<Item = Result<Item, IntakeError>>> Iterator for Repeats<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<I::Item> {
        let waits = |window: &VecDeque<Waiting>| window.front().is_none_or(|first| first.site.is_some());
        while !self.ended && waits(&self.window) && self.window.len() < WINDOW_PAGES && self.bytes < WINDOW_BYTES {
            self.take();
        }
        let Waiting { mut item, site, .. } = self.window.pop_front()?;
        if let Ok(item) = &mut item {
            self.bytes -= item.content.len();
            if let Some(site) = site.and_then(|name| self.sites.get(&name)) {
                item.repeated = site.repeated(item.content.as_str());
            }
        }
        Some(item)
    }
}

impl Site {
    /// Counts the runs of a page; how many of them are new.
    fn count(&mut self, html: &str) -> usize {
        if !self.titles.insert(title_hash(html)) {
            return 0;
        }
        self.pages += 1;
        let before = self.runs.len();
        let runs: FxHashSet<u64> = run_hashes(html).collect();
        for run in runs {
            *self.runs.entry(run).or_default() += 1;
        }
        self.runs.len() - before
    }

    fn repeated(&self, html: &str) -> Repeated {
        let (share, of) = LEAST_SHARE;
        let is_repeated = |hash: &u64| self.runs.get(hash).is_some_and(|&pages| pages >= LEAST_PAGES && pages * of >= self.pages * share);
        if self.pages < LEAST_PAGES {
            return Repeated::default();
        }
        let mut runs: Vec<u64> = run_hashes(html).filter(is_repeated).collect();
        runs.sort_unstable();
        runs.dedup();
        Repeated(runs)
    }
}

/// The host of a page: by its stated address, else by the one that it gives itself.
fn site(item: &Item) -> Option<String> {
    let Content::Page(html) = &item.content else { return None };
    let host = |address: &str| Some(url::Url::parse(address).ok()?.host_str()?.trim_start_matches("www.").to_owned());
    item.stated.url.as_deref().and_then(host).or_else(|| host(own_address(html)?))
}

/// What a page's head gives as its address, found without parsing.
fn own_address(html: &str) -> Option<&str> {
    let head = html.get(..html.floor_char_boundary(HEAD_BYTES)).unwrap_or(html);
    let named = ["canonical", "og:url"].into_iter().find_map(|name| {
        let at = memmem::find(head.as_bytes(), name.as_bytes())?;
        let start = head.get(..at)?.rfind('<')?;
        head.get(start..start + memchr(b'>', head.as_bytes().get(start..)?)?)
    })?;
    let address = named.get(named.find("http")?..)?;
    address.get(..address.find(['"', '\'', ' '])?)
}

fn title_hash(html: &str) -> u64 {
    let bytes = html.as_bytes();
    let title = memmem::find(bytes, b"<title").and_then(|at| {
        let end = at + memmem::find(bytes.get(at..)?, b"</title")?;
        html.get(at..end)
    });
    hash(title.unwrap_or(html))
}

/// The runs of text between tags, but those in scripts and styles.
fn run_hashes(html: &str) -> impl Iterator<Item = u64> {
    let bytes = html.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let tag = at + memchr(b'<', bytes.get(at..)?)?;
            let name = bytes.get(tag + 1..tag + 7).unwrap_or_default();
            let end = tag + memchr(b'>', bytes.get(tag..)?)? + 1;
            let close: Option<&[u8]> = match name {
                _ if name.eq_ignore_ascii_case(b"script") => Some(b"</script"),
                _ if name.get(..5).is_some_and(|name| name.eq_ignore_ascii_case(b"style")) => Some(b"</style"),
                _ => None,
            };
            if let Some(close) = close {
                at = end + memmem::find(bytes.get(end..)?, close)?;
                continue;
            }
            let next = memchr(b'<', bytes.get(end..)?).map_or(bytes.len(), |next| end + next);
            at = next;
            if let Some(hash) = html.get(end..next).and_then(run_hash) {
                return Some(hash);
            }
        }
    })
}

/// The hash of a run of text that is long enough to say something.
fn run_hash(run: &str) -> Option<u64> {
    let run = run.trim();
    (LEAST_RUN..=LONGEST_RUN).contains(&run.len()).then(|| hash(run))
}

fn hash(text: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(text.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Pages, ReadOptions, Reader, dispatch};
    use depeche_packs::PackFiles;
    use std::io::Cursor;

    const NOTICE: &str = "The harbour paper is read in every port of the northern coast, and has been written by sailors since the first lamp was lit there.";

    fn page(number: usize) -> String {
        let story = [
            "The ferry to the islands was stopped on Monday by a storm from the west, its master told this paper in the evening.",
            "Two trawlers came home with broken masts on Tuesday, and the third is still looked for by the coast guard's planes.",
            "The council gave the new lighthouse its last lamp on Wednesday, which will burn without any oil for a hundred nights.",
            "On Thursday the fish market opened again after a winter in which hardly a boat had dared to leave the harbour mouth.",
        ];
        let paragraph = story[number % story.len()];
        format!(
            "<html><head><title>Story {number}</title><link rel=canonical href='https://www.harbour.example/{number}'></head><body><main>\
             <h1>Story {number}</h1><p>{paragraph}</p><p>{NOTICE}</p><p>{paragraph} It was not the first time in story {number}, the paper says.</p></main></body></html>"
        )
    }

    fn texts(pages: &[String]) -> Result<Vec<String>, Box<dyn std::error::Error>> {
        let known = Pages::load(&PackFiles::built_in())?;
        let items = pages.iter().flat_map(|page| Reader::new(Cursor::new(page.clone().into_bytes()), "page.html", ReadOptions::default()));
        Repeats::of(items).map(|item| Ok(dispatch(&item?, &known).0.text)).collect()
    }

    #[test]
    fn what_all_pages_of_a_site_say_is_no_article() -> Result<(), Box<dyn std::error::Error>> {
        let pages: Vec<String> = (0..4).map(page).collect();
        let read = texts(&pages)?;
        assert_eq!(read.len(), 4);
        assert!(read.iter().all(|text| !text.contains(NOTICE)), "{read:#?}");
        assert!(read[0].contains("The ferry to the islands was stopped"), "{read:#?}");
        Ok(())
    }

    #[test]
    fn one_page_read_again_and_again_repeats_nothing() -> Result<(), Box<dyn std::error::Error>> {
        let pages: Vec<String> = (0..6).map(|_| page(1)).collect();
        assert!(texts(&pages)?.iter().all(|text| text.contains(NOTICE)));
        assert!(texts(&[page(1), page(2)])?.iter().all(|text| text.contains(NOTICE)), "two pages are no rule");
        Ok(())
    }

    #[test]
    fn a_text_does_not_wait_for_pages() {
        let mut asked = 0;
        let lines: Vec<_> =
            Reader::new(Cursor::new(b"{\"text\":\"a\"}\n{\"text\":\"b\"}\n".to_vec()), "-", ReadOptions::default()).collect();
        let mut repeats = Repeats::of(lines.into_iter().inspect(|_| asked += 1));
        assert!(repeats.next().is_some());
        drop(repeats);
        assert_eq!(asked, 1);
    }

    #[test]
    fn an_address_is_found_in_the_head() {
        assert_eq!(own_address("<link rel=\"canonical\" href=\"https://a.example/1\" />"), Some("https://a.example/1"));
        assert_eq!(own_address("<meta content='http://a.example/é' property='og:url'>"), Some("http://a.example/é"));
        assert_eq!(own_address("<link rel=canonical>"), None);
        assert_eq!(own_address(""), None);
    }
}
