//! The blocks of a page to one text, the dispatch's.
//!
//! In go a page's blocks with their kinds; out come the text, of the blocks that belong to the article in reading order with a blank line
//! between them, and where in it each stands. Captions are told from those of other articles, and a paragraph's dateline is cut off it.

use crate::captions::{ArticleWords, is_own_text, without_credit};
use crate::dateline_split::split_datelines;
use crate::html::PageBlock;
use crate::language;
use crate::lines::{Page, Part};
use crate::pages::Pages;
use crate::publisher::publisher_of;
use depeche_record::BlockKind;

/// Between two blocks.
const BETWEEN: &str = "\n\n";

/// Looks over all blocks of a page together: the title is put first where the page shows none, captions are told apart. Gives the language.
pub(crate) fn settle(blocks: &mut Vec<PageBlock>, title: Option<&str>, declared: Option<&str>, pages: &Pages) -> Option<String> {
    let has_title = blocks.iter().any(|block| block.belongs && block.kind == BlockKind::Title);
    let has_article = blocks.iter().any(|block| block.belongs);
    if let Some(title) = title.filter(|_| has_article && !has_title) {
        blocks.insert(0, PageBlock { text: title.to_owned(), kind: BlockKind::Title, score: 0.0, belongs: true, source: 0..0 });
    }
    let own = |block: &&PageBlock| block.belongs && is_own_text(block.kind);
    let language = declared.map(str::to_owned).or_else(|| {
        let prose = blocks.iter().filter(own).filter(|block| block.text.len() >= 40);
        language::of_text(prose.map(|block| block.text.as_str()), pages)
            .or_else(|| language::of_text(blocks.iter().filter(own).map(|block| block.text.as_str()), pages))
    });
    captions(blocks, language.as_deref(), pages);
    language
}

/// The text of a page's settled blocks and its parts; with `keep_all` also what is not the article's.
pub(crate) fn compose(blocks: &[PageBlock], language: Option<String>, keep_all: bool, pages: &Pages) -> (String, Page) {
    let (mut text, mut parts) = (String::new(), Vec::new());
    for block in blocks.iter().filter(|block| block.belongs || keep_all) {
        if !text.is_empty() {
            text.push_str(BETWEEN);
        }
        let start = text.len();
        text.push_str(&block.text);
        parts.push(Part { bytes: start..text.len(), kind: block.kind });
    }
    let publisher = publisher_of(&text, &parts, pages);
    let page = Page { parts: split_datelines(&text, parts, pages), language, publisher };
    (text, page)
}

/// Tells the article's own captions from those of other articles, and cuts off their credits.
fn captions(blocks: &mut [PageBlock], language: Option<&str>, pages: &Pages) {
    let is_caption = |block: &PageBlock| block.kind == BlockKind::Caption;
    if !blocks.iter().any(is_caption) {
        return;
    }
    let own = blocks.iter().filter(|block| block.belongs && is_own_text(block.kind)).map(|block| block.text.as_str());
    let article = ArticleWords::of(own, language, pages);
    let mut above = None;
    let mut kinds = Vec::with_capacity(blocks.len());
    for block in &*blocks {
        let kind = if is_caption(block) { article.kind_of_caption(&block.text, above) } else { block.kind };
        above = Some(kind).filter(|kind| is_caption(block) || *kind == BlockKind::ForeignCaption);
        kinds.push(kind);
    }
    for (block, kind) in blocks.iter_mut().zip(kinds) {
        if is_caption(block) {
            match without_credit(&block.text, pages).len() {
                // Nothing but a credit, which is no caption.
                0 => (block.kind, block.belongs) = (BlockKind::Other, false),
                bare => {
                    block.kind = kind;
                    block.text.truncate(bare);
                }
            }
        }
    }
}
