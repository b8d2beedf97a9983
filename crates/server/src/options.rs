//! What is served, to whom, and within which bounds.

use sha2::{Digest, Sha256};
use std::path::PathBuf;
use std::time::Duration;
use subtle::ConstantTimeEq;

/// What is served and within which bounds.
#[derive(Debug, Clone)]
pub struct Options {
    /// The record.
    pub record: PathBuf,
    /// What a visitor must know; none where all who can connect may read.
    pub token: Option<Token>,
    /// How many questions are answered at a time.
    pub readers: usize,
    /// How many more may wait for one of these.
    pub waiting: usize,
    /// How many texts are coded at a time.
    pub coders: usize,
    /// How many exports are written at a time.
    pub exports: usize,
    /// How many streams of new happenings are open at a time.
    pub streams: usize,
    /// How many connections are open at a time.
    pub connections: usize,
    /// How long a request may take, its body included.
    pub request_time: Duration,
    /// How long the head of a request may take, and how long a connection may lie idle.
    pub head_time: Duration,
    /// The most bytes of a body.
    pub body_bytes: usize,
    /// How often the record is looked at for news.
    pub watch_every: Duration,
    /// Where the models lie that `/code` codes with; the user's folder where nothing is said.
    pub models: Option<PathBuf>,
}

impl Options {
    /// The usual bounds over a record.
    pub fn new(record: impl Into<PathBuf>) -> Options {
        let processors = std::thread::available_parallelism().map_or(2, usize::from);
        Options {
            record: record.into(),
            token: None,
            readers: processors.max(4),
            waiting: 256,
            coders: processors.min(2),
            exports: 4,
            streams: 64,
            connections: 1024,
            request_time: Duration::from_secs(30),
            head_time: Duration::from_secs(10),
            body_bytes: 20 << 20,
            watch_every: Duration::from_secs(1),
            models: None,
        }
    }
}

/// What a visitor must know. Only its hash is kept.
#[derive(Clone)]
pub struct Token([u8; 32]);

impl std::fmt::Debug for Token {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Token")
    }
}

impl Token {
    /// A token of at least sixteen characters.
    ///
    /// # Errors
    /// When it is shorter, with what to do.
    pub fn new(text: &str) -> Result<Token, String> {
        let text = text.trim();
        if text.chars().count() < 16 {
            return Err(
                "a token has at least 16 characters: take some that nobody guesses, such as those of `openssl rand -hex 16`".to_owned()
            );
        }
        Ok(Token(Sha256::digest(text).into()))
    }

    /// Whether it is the token, told in the same time whatever differs.
    pub(crate) fn is(&self, text: &str) -> bool {
        let hash: [u8; 32] = Sha256::digest(text.trim()).into();
        hash.ct_eq(&self.0).into()
    }

    /// What a browser keeps in its place, from which it cannot be told.
    pub(crate) fn pass(&self) -> String {
        let mut hash = Sha256::new();
        hash.update(b"depeche pass");
        hash.update(self.0);
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Whether it is what a browser keeps.
    pub(crate) fn is_pass(&self, text: &str) -> bool {
        text.as_bytes().ct_eq(self.pass().as_bytes()).into()
    }
}
