//! A page as a tree, in one arena.
//!
//! In goes decoded HTML; out comes a [`Tree`]: elements and texts in document order, linked by number, each with the place in the source of the
//! tag before it. Comments and processing instructions are dropped. Any text gives a tree in bounded time: what nests deeper than
//! [`MAX_DEPTH`] or counts beyond [`MAX_NODES`] is taken into the element around it, since the cost of parsing grows with the square of the depth.

use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName};
use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

/// How many elements may stand inside each other.
pub(crate) const MAX_DEPTH: u16 = 512;
/// How many elements and texts a page may have.
pub(crate) const MAX_NODES: usize = 2_000_000;

/// The number of a node in its tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct NodeId(u32);

const NONE: u32 = u32::MAX;

#[derive(Debug)]
enum Data {
    Document,
    Element { name: QualName, attributes: Vec<Attribute> },
    Text(StrTendril),
}

#[derive(Debug)]
struct Node {
    parent: u32,
    previous: u32,
    next: u32,
    first: u32,
    last: u32,
    depth: u16,
    source: u32,
    data: Data,
}

/// A parsed page.
#[derive(Debug)]
pub(crate) struct Tree {
    nodes: Vec<Node>,
}

impl Tree {
    /// Parses a page.
    pub(crate) fn parse(html: &str) -> Tree {
        let builder = TreeBuilder::new(Arena::new(), TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() });
        let sink = Bounded { builder, dropped: RefCell::default(), raw: Cell::default(), unclosed: RefCell::default() };
        let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
        let whole = StrTendril::from_slice(html);
        let queue = BufferQueue::default();
        let mut start = 0;
        // A piece for each tag: the tokenizer counts lines only, and the place of a node is that of the piece it comes from.
        while start < html.len() {
            let from = start + 1;
            let end = memchr::memchr(b'<', html.as_bytes().get(from..).unwrap_or_default()).map_or(html.len(), |at| from + at);
            tokenizer.sink.builder.sink.source.set(u32::try_from(start).unwrap_or(NONE));
            // Both numbers are below the length, which is that of a page.
            queue.push_back(whole.subtendril(start as u32, (end - start) as u32));
            let _ = tokenizer.feed(&queue);
            start = end;
            // What scripts, styles and drawings hold is half of many a page and no part of any article.
            if let Some(Raw { name, kept, nests }) = tokenizer.sink.raw.take() {
                let end = match end_of_raw(html.as_bytes(), start, name.as_bytes(), nests) {
                    Some(end) => end,
                    // Markup that is never closed is read as it comes, and its name not asked for again, which would cost the page's length each time.
                    None if nests => {
                        tokenizer.sink.unclosed.borrow_mut().push(name);
                        start
                    }
                    None => html.len(),
                };
                if kept {
                    queue.push_back(whole.subtendril(start as u32, (end - start) as u32));
                    let _ = tokenizer.feed(&queue);
                }
                start = end;
            }
        }
        let _ = tokenizer.feed(&queue);
        tokenizer.end();
        tokenizer.sink.builder.sink.finish()
    }

    fn node(&self, id: NodeId) -> Option<&Node> {
        self.nodes.get(id.0 as usize)
    }

    /// The document, which holds all others.
    pub(crate) fn root(&self) -> NodeId {
        NodeId(0)
    }

    /// The number of nodes; every [`NodeId`]'s [`index`](NodeId::index) is below it.
    pub(crate) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// The node around it.
    pub(crate) fn parent(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).and_then(|node| some(node.parent))
    }

    /// The first node in it.
    pub(crate) fn first_child(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).and_then(|node| some(node.first))
    }

    /// The node after it in the same parent.
    pub(crate) fn next_sibling(&self, id: NodeId) -> Option<NodeId> {
        self.node(id).and_then(|node| some(node.next))
    }

    /// The nodes directly in it.
    pub(crate) fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.first_child(id), |child| self.next_sibling(*child))
    }

    /// The nodes around it, the nearest first.
    pub(crate) fn ancestors(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.parent(id), |node| self.parent(*node))
    }

    /// The nodes in it at any depth, in document order, itself left out.
    pub(crate) fn descendants(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(self.first_child(id), move |node| self.first_child(*node).or_else(|| self.after(*node, id)))
    }

    /// The node that follows `node` and all in it, inside `top`, in document order.
    pub(crate) fn after(&self, node: NodeId, top: NodeId) -> Option<NodeId> {
        let mut here = node;
        while here != top {
            if let Some(next) = self.next_sibling(here) {
                return Some(next);
            }
            here = self.parent(here)?;
        }
        None
    }

    /// The name of an element, in lower case; nothing for a text.
    pub(crate) fn name(&self, id: NodeId) -> Option<&LocalName> {
        match &self.node(id)?.data {
            Data::Element { name, .. } => Some(&name.local),
            Data::Document | Data::Text(_) => None,
        }
    }

    /// The value of an element's attribute.
    pub(crate) fn attribute(&self, id: NodeId, attribute: &str) -> Option<&str> {
        self.attributes(id).find(|(name, _)| *name == attribute).map(|(_, value)| value)
    }

    /// An element's attributes in their order.
    pub(crate) fn attributes(&self, id: NodeId) -> impl Iterator<Item = (&str, &str)> {
        let attributes = match self.node(id).map(|node| &node.data) {
            Some(Data::Element { attributes, .. }) => attributes.as_slice(),
            _ => &[],
        };
        attributes.iter().map(|attribute| (&*attribute.name.local, &*attribute.value))
    }

    /// The words of a text node.
    pub(crate) fn text(&self, id: NodeId) -> Option<&str> {
        match &self.node(id)?.data {
            Data::Text(text) => Some(text),
            Data::Document | Data::Element { .. } => None,
        }
    }

    /// All text in a node, as it stands in the source.
    pub(crate) fn text_content(&self, id: NodeId) -> String {
        std::iter::once(id).chain(self.descendants(id)).filter_map(|node| self.text(node)).collect()
    }

    /// The byte in the source where the tag that opens the node, or stands before its text, begins.
    pub(crate) fn source(&self, id: NodeId) -> usize {
        self.node(id).map_or(0, |node| node.source as usize)
    }
}

impl NodeId {
    /// Its place among the nodes of its tree, from 0.
    pub(crate) fn index(self) -> usize {
        self.0 as usize
    }
}

fn some(id: u32) -> Option<NodeId> {
    (id != NONE).then_some(NodeId(id))
}

/// Where the element whose content begins at `from` is closed, if it is.
fn end_of_raw(html: &[u8], from: usize, name: &[u8], nests: bool) -> Option<usize> {
    let rest = html.get(from..).unwrap_or_default();
    let is_named = |at: usize| {
        let tag = rest.get(at..).unwrap_or_default();
        tag.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name))
            && tag.get(name.len()).is_none_or(|next| !next.is_ascii_alphanumeric())
    };
    let mut open = 0_usize;
    for at in memchr::memchr_iter(b'<', rest) {
        if rest.get(at + 1) == Some(&b'/') && is_named(at + 2) {
            if open == 0 {
                return Some(from + at);
            }
            open -= 1;
        } else if nests && is_named(at + 1) {
            open += 1;
        }
    }
    None
}

/// An element that has just been opened and whose content is not parsed.
struct Raw {
    name: LocalName,
    /// Whether its text says something of the page.
    kept: bool,
    /// Whether it holds markup, in which there may be others of its name.
    nests: bool,
}

/// What an element whose content is not read is to the parser.
fn raw(tag: &Tag) -> Option<Raw> {
    let nests = match &*tag.name {
        "script" | "style" | "iframe" | "noframes" | "noembed" | "xmp" => false,
        "svg" | "select" | "noscript" | "canvas" | "math" | "video" | "audio" => true,
        _ => return None,
    };
    let is_data =
        |attribute: &Attribute| &*attribute.name.local == "type" && attribute.value.trim().eq_ignore_ascii_case("application/ld+json");
    (!nests || !tag.self_closing).then(|| Raw { name: tag.name.clone(), kept: tag.attrs.iter().any(is_data), nests })
}

/// Tokens on their way to the builder, without those that would nest too deep.
struct Bounded {
    builder: TreeBuilder<NodeId, Arena>,
    /// The names of elements that were left out and not yet closed.
    dropped: RefCell<Vec<LocalName>>,
    raw: Cell<Option<Raw>>,
    /// The names of elements with markup that are not closed on this page.
    unclosed: RefCell<Vec<LocalName>>,
}

impl TokenSink for Bounded {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        let mut opened = None;
        match &token {
            Token::ParseError(_) | Token::CommentToken(_) => return TokenSinkResult::Continue,
            Token::TagToken(tag) => {
                let mut dropped = self.dropped.borrow_mut();
                match tag.kind {
                    TagKind::StartTag if self.builder.sink.is_full() => {
                        if !tag.self_closing && dropped.len() < MAX_NODES {
                            dropped.push(tag.name.clone());
                        }
                        return TokenSinkResult::Continue;
                    }
                    TagKind::EndTag if dropped.last() == Some(&tag.name) => {
                        dropped.pop();
                        return TokenSinkResult::Continue;
                    }
                    TagKind::StartTag if self.unclosed.borrow().contains(&tag.name) => {}
                    TagKind::StartTag => opened = raw(tag),
                    TagKind::EndTag => {
                        // The builder does not tell of every element that it closes; the next one inserted tells the depth exactly.
                        let depth = &self.builder.sink.depth;
                        depth.set(depth.get().saturating_sub(1));
                    }
                }
            }
            _ => {}
        }
        let result = self.builder.process_token(token, line);
        if opened.as_ref().is_some_and(|raw| raw.nests || matches!(result, TokenSinkResult::RawData(_))) {
            self.raw.set(opened);
        }
        result
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The nodes while they are made.
struct Arena {
    nodes: RefCell<Vec<Node>>,
    /// Where in the source the builder is.
    source: Cell<u32>,
    /// How deep it is.
    depth: Cell<u16>,
}

impl Arena {
    fn new() -> Arena {
        let arena = Arena { nodes: RefCell::default(), source: Cell::new(0), depth: Cell::new(0) };
        arena.add(Data::Document);
        arena
    }

    fn is_full(&self) -> bool {
        self.depth.get() >= MAX_DEPTH || self.nodes.borrow().len() >= MAX_NODES
    }

    fn add(&self, data: Data) -> NodeId {
        let mut nodes = self.nodes.borrow_mut();
        let id = NodeId(u32::try_from(nodes.len()).unwrap_or(NONE));
        nodes.push(Node { parent: NONE, previous: NONE, next: NONE, first: NONE, last: NONE, depth: 0, source: self.source.get(), data });
        id
    }

    /// Takes a node out of its parent.
    fn detach(&self, id: NodeId) {
        let mut nodes = self.nodes.borrow_mut();
        let Some(node) = nodes.get_mut(id.index()) else { return };
        let (parent, previous, next) = (node.parent, node.previous, node.next);
        (node.parent, node.previous, node.next) = (NONE, NONE, NONE);
        match nodes.get_mut(previous as usize) {
            Some(before) => before.next = next,
            None => {
                if let Some(parent) = nodes.get_mut(parent as usize) {
                    parent.first = next;
                }
            }
        }
        match nodes.get_mut(next as usize) {
            Some(after) => after.previous = previous,
            None => {
                if let Some(parent) = nodes.get_mut(parent as usize) {
                    parent.last = previous;
                }
            }
        }
    }

    /// Puts a node into `parent`, before `next` (at the end where that is [`NONE`]).
    fn insert(&self, id: NodeId, parent: u32, next: u32) {
        self.detach(id);
        let mut nodes = self.nodes.borrow_mut();
        let depth = nodes.get(parent as usize).map_or(0, |parent| parent.depth.saturating_add(1));
        let previous = match nodes.get(next as usize) {
            Some(next) => next.previous,
            None => nodes.get(parent as usize).map_or(NONE, |parent| parent.last),
        };
        if let Some(node) = nodes.get_mut(id.index()) {
            (node.parent, node.previous, node.next, node.depth) = (parent, previous, next, depth);
            if matches!(node.data, Data::Element { .. }) {
                self.depth.set(depth);
            }
        }
        match nodes.get_mut(previous as usize) {
            Some(before) => before.next = id.0,
            None => {
                if let Some(parent) = nodes.get_mut(parent as usize) {
                    parent.first = id.0;
                }
            }
        }
        match nodes.get_mut(next as usize) {
            Some(after) => after.previous = id.0,
            None => {
                if let Some(parent) = nodes.get_mut(parent as usize) {
                    parent.last = id.0;
                }
            }
        }
    }

    /// Puts a node or a text into `parent` before `next`; a text goes on with one that stands before it.
    fn put(&self, child: NodeOrText<NodeId>, parent: u32, next: u32) {
        match child {
            NodeOrText::AppendNode(id) => self.insert(id, parent, next),
            NodeOrText::AppendText(text) => {
                let before = {
                    let nodes = self.nodes.borrow();
                    match nodes.get(next as usize) {
                        Some(next) => next.previous,
                        None => nodes.get(parent as usize).map_or(NONE, |parent| parent.last),
                    }
                };
                if let Some(Node { data: Data::Text(already), .. }) = self.nodes.borrow_mut().get_mut(before as usize) {
                    already.push_tendril(&text);
                    return;
                }
                let id = self.add(Data::Text(text));
                self.insert(id, parent, next);
            }
        }
    }
}

impl TreeSink for Arena {
    type Handle = NodeId;
    type Output = Tree;
    type ElemName<'name> = Ref<'name, QualName>;

    fn finish(self) -> Tree {
        Tree { nodes: self.nodes.into_inner() }
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        NodeId(0)
    }

    fn elem_name<'name>(&'name self, target: &'name NodeId) -> Ref<'name, QualName> {
        static OTHER: QualName = QualName { prefix: None, ns: html5ever::ns!(), local: html5ever::local_name!("") };
        Ref::map(self.nodes.borrow(), |nodes| match nodes.get(target.index()).map(|node| &node.data) {
            Some(Data::Element { name, .. }) => name,
            _ => &OTHER,
        })
    }

    fn create_element(&self, name: QualName, attributes: Vec<Attribute>, _flags: ElementFlags) -> NodeId {
        self.add(Data::Element { name, attributes })
    }

    fn create_comment(&self, _text: StrTendril) -> NodeId {
        self.add(Data::Text(StrTendril::new()))
    }

    fn create_pi(&self, _target: StrTendril, _data: StrTendril) -> NodeId {
        self.add(Data::Text(StrTendril::new()))
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.put(child, parent.0, NONE);
    }

    fn append_based_on_parent_node(&self, element: &NodeId, previous: &NodeId, child: NodeOrText<NodeId>) {
        let has_parent = self.nodes.borrow().get(element.index()).is_some_and(|node| node.parent != NONE);
        if has_parent { self.append_before_sibling(element, child) } else { self.append(previous, child) }
    }

    fn append_doctype_to_document(&self, _name: StrTendril, _public: StrTendril, _system: StrTendril) {}

    /// A template's content stands in the template.
    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        *target
    }

    fn same_node(&self, one: &NodeId, other: &NodeId) -> bool {
        one == other
    }

    fn set_quirks_mode(&self, _mode: QuirksMode) {}

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let parent = self.nodes.borrow().get(sibling.index()).map_or(NONE, |node| node.parent);
        self.put(child, parent, sibling.0);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, more: Vec<Attribute>) {
        if let Some(Node { data: Data::Element { attributes, .. }, .. }) = self.nodes.borrow_mut().get_mut(target.index()) {
            for attribute in more {
                if attributes.iter().all(|already| already.name != attribute.name) {
                    attributes.push(attribute);
                }
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.detach(*target);
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        loop {
            let first = self.nodes.borrow().get(node.index()).map_or(NONE, |node| node.first);
            let Some(first) = some(first) else { break };
            self.insert(first, new_parent.0, NONE);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tree as nested names and texts.
    fn outline(tree: &Tree) -> String {
        let mut out = String::new();
        let mut depth = 0;
        for node in tree.descendants(tree.root()) {
            let level = tree.ancestors(node).count();
            out.extend(std::iter::repeat_n(')', (depth + 1_usize).saturating_sub(level)));
            match (tree.name(node), tree.text(node)) {
                (Some(name), _) => out.extend(["(", &**name]),
                (None, Some(text)) => out.extend(["(", &format!("{:?}", text.trim())]),
                (None, None) => {}
            }
            depth = level;
        }
        out.extend(std::iter::repeat_n(')', depth));
        out
    }

    #[test]
    fn unclosed_and_misnested_tags_are_mended_as_browsers_do() {
        let tree = Tree::parse("<p>One<p>Two <b>three<div>four</b> five");
        assert_eq!(outline(&tree), r#"(html(head)(body(p("One"))(p("Two")(b("three")))(div(b("four"))("five"))))"#);
    }

    #[test]
    fn a_node_knows_its_place_in_the_source() {
        let html = "<title>x</title>\n<p class=a>One</p><!-- no --><p>Two</p>";
        let tree = Tree::parse(html);
        let places: Vec<&str> = tree
            .descendants(tree.root())
            .filter(|node| tree.name(*node).is_some_and(|name| &**name == "p"))
            .filter_map(|node| html.get(tree.source(node)..))
            .collect();
        assert_eq!(places, ["<p class=a>One</p><!-- no --><p>Two</p>", "<p>Two</p>"]);
    }

    #[test]
    fn depth_is_bounded_and_nothing_is_lost() {
        let html = format!("{}deep{}<p>after", "<ul><li>".repeat(64 << 10), "</li></ul>".repeat(64 << 10));
        let tree = Tree::parse(&html);
        let deepest = tree.descendants(tree.root()).map(|node| tree.node(node).map_or(0, |node| node.depth)).max();
        assert!(deepest <= Some(MAX_DEPTH + 2), "{deepest:?}");
        assert_eq!(tree.text_content(tree.root()), "deepafter");
        let after = tree.descendants(tree.root()).filter(|node| tree.name(*node).is_some_and(|name| &**name == "p")).last();
        assert_eq!(after.map(|node| tree.ancestors(node).count()), Some(3), "it stands in the body again");
    }

    #[test]
    fn attributes_are_found_by_name() {
        let tree = Tree::parse("<meta property='og:title' content='A &amp; B'>");
        let meta = tree.descendants(tree.root()).find(|node| tree.attribute(*node, "property") == Some("og:title"));
        assert_eq!(meta.and_then(|meta| tree.attribute(meta, "content")), Some("A & B"));
    }
}
