//! Source to tree: html5ever's parser, kept within bounds and spared what no reader sees.
//!
//! In goes decoded HTML; out comes its [`Tree`]. Scripts, styles, drawings and lists of choices are passed over unparsed, but for linked data;
//! tags that would nest too deep are left out before the parser sees them.

use super::{Data, MAX_DEPTH, MAX_NODES, NONE, Node, NodeId, Tree, some};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{Attribute, LocalName, QualName};
use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

/// How much of a page is parsed, in bytes.
const MOST_BYTES: usize = 1 << 31;

impl Tree {
    /// Parses a page, as much of it as numbers of 32 bits can count.
    pub(crate) fn parse(html: &str) -> Tree {
        let html = html.get(..html.floor_char_boundary(MOST_BYTES)).unwrap_or(html);
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
