//! A page as a tree, in one arena.
//!
//! In goes decoded HTML; out comes a [`Tree`]: elements and texts in document order, linked by number, each with the place in the source of the
//! tag before it. Comments and processing instructions are dropped. Any text gives a tree in bounded time: what nests deeper than
//! [`MAX_DEPTH`] or counts beyond [`MAX_NODES`] is taken into the element around it, since the cost of parsing grows with the square of the depth.

mod parse;

use html5ever::tendril::StrTendril;
use html5ever::{Attribute, LocalName, QualName};

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
