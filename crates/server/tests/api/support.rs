//! What the tests share: a record, a server over it, and the least of an HTTP client.

use depeche_packs::PackFiles;
use depeche_record::CodedDispatch;
use depeche_resolve::Resolver;
use depeche_server::Options;
use depeche_store::{Prepared, Run, Store};
use flate2::read::GzDecoder;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

static RESOLVER: LazyLock<Resolver> = LazyLock::new(|| Resolver::load(&PackFiles::built_in()).unwrap());

/// Thirty coded dispatches.
pub(crate) fn dispatches() -> Vec<CodedDispatch> {
    let mut json = String::new();
    let stored = include_bytes!("../../../store/tests/dispatches/coded.jsonl.gz");
    GzDecoder::new(&stored[..]).read_to_string(&mut json).unwrap();
    json.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Puts dispatches into a record.
pub(crate) fn ingest(path: &Path, dispatches: Vec<CodedDispatch>) {
    let mut store = Store::open(path).unwrap();
    let run = Run { program: "0.0.0".to_owned(), packs: "aaaa".to_owned(), models: BTreeMap::new() };
    let run = store.run(&run).unwrap();
    let prepared = dispatches.into_iter().map(|coded| Prepared::new(coded, &RESOLVER).unwrap()).collect();
    store.ingest(prepared, run, &RESOLVER).unwrap();
}

/// A server over a record in a folder of its own.
pub(crate) struct Served {
    folder: tempfile::TempDir,
    address: SocketAddr,
    end: Option<oneshot::Sender<()>>,
    done: Option<std::thread::JoinHandle<std::io::Result<()>>>,
}

impl Served {
    /// A server over the thirty dispatches.
    pub(crate) fn usual() -> Served {
        Served::over(dispatches(), |_| {})
    }

    /// A server over these, with options changed.
    pub(crate) fn over(dispatches: Vec<CodedDispatch>, change: impl FnOnce(&mut Options)) -> Served {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("record.depeche");
        ingest(&path, dispatches);
        let mut options = Options::new(&path);
        options.watch_every = Duration::from_millis(50);
        options.models = Some(folder.path().join("models"));
        change(&mut options);
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let (end, ended) = oneshot::channel();
        let done = std::thread::spawn(move || {
            runtime.block_on(depeche_server::serve(options, listener, async {
                let _ = ended.await;
            }))
        });
        Served { folder, address, end: Some(end), done: Some(done) }
    }

    pub(crate) fn record(&self) -> PathBuf {
        self.folder.path().join("record.depeche")
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        stream
    }

    /// Sends a request as it stands and reads what comes back until the end.
    pub(crate) fn raw(&self, request: &[u8]) -> Answer {
        let mut stream = self.connect();
        // A server that refuses may close before it has read all.
        let _ = stream.write_all(request);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::of(&bytes)
    }

    pub(crate) fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
        if !headers.iter().any(|(name, _)| *name == "Host") {
            request.push_str(&format!("Host: {}\r\n", self.address));
        }
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        request.push_str("\r\n");
        self.raw(&[request.as_bytes(), body].concat())
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], b"")
    }

    /// The JSON of an answer that must be one.
    pub(crate) fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.text());
        answer.json()
    }

    pub(crate) fn post_json(&self, path: &str, body: &Value) -> Answer {
        self.send("POST", path, &[("Content-Type", "application/json")], body.to_string().as_bytes())
    }

    /// All rows of a list, page by page.
    pub(crate) fn all_pages(&self, path: &str, limit: usize) -> Vec<Value> {
        let mut rows = Vec::new();
        let mut cursor = String::new();
        loop {
            let sign = if path.contains('?') { '&' } else { '?' };
            let page = self.json(&format!("{path}{sign}limit={limit}{cursor}"));
            let found = page["rows"].as_array().unwrap();
            assert!(found.len() <= limit);
            rows.extend(found.iter().cloned());
            match page["next"].as_str() {
                Some(next) => cursor = format!("&cursor={}", encoded(next)),
                None => return rows,
            }
            assert!(!found.is_empty(), "{path}: an empty page that is not the last");
        }
    }

    /// Ends the server; it must end well and soon.
    pub(crate) fn end(mut self) {
        self.stop();
    }

    fn stop(&mut self) {
        if let Some(end) = self.end.take() {
            let _ = end.send(());
        }
        if let Some(done) = self.done.take() {
            done.join().unwrap().unwrap();
        }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        if !std::thread::panicking() {
            self.stop();
        }
    }
}

/// Percent-encoded, all but letters and figures.
pub(crate) fn encoded(text: &str) -> String {
    let escape = |byte: u8| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(escape).collect()
}

/// A response.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn of(bytes: &[u8]) -> Answer {
        let end = bytes.windows(4).position(|window| window == b"\r\n\r\n");
        let Some(end) = end else { return Answer { status: 0, headers: BTreeMap::new(), body: bytes.to_vec() } };
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let mut lines = head.lines();
        let status = lines.next().unwrap().split(' ').nth(1).unwrap().parse().unwrap();
        let headers: BTreeMap<String, String> =
            lines.filter_map(|line| line.split_once(": ")).map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        let mut body = bytes[end + 4..].to_vec();
        if headers.get("transfer-encoding").is_some_and(|coding| coding == "chunked") {
            body = unchunked(&body);
        }
        Answer { status, headers, body }
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", String::as_str)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub(crate) fn json(&self) -> Value {
        assert!(self.header("content-type").starts_with("application/json"), "{:?}", self.headers);
        serde_json::from_slice(&self.body).unwrap()
    }

    /// That it is a refusal of this status that says what to do.
    pub(crate) fn assert_refused(&self, status: u16, what: &str) {
        assert_eq!(self.status, status, "{what}: {}", self.text());
        let told = self.json();
        for key in ["error", "cure"] {
            assert!(told[key].as_str().is_some_and(|text| text.len() > 3), "{what}: {told}");
        }
    }
}

fn unchunked(mut rest: &[u8]) -> Vec<u8> {
    let mut body = Vec::new();
    while let Some(end) = rest.windows(2).position(|window| window == b"\r\n") {
        let size = std::str::from_utf8(&rest[..end]).ok().and_then(|size| usize::from_str_radix(size.trim(), 16).ok()).unwrap_or(0);
        if size == 0 || rest.len() < end + 2 + size {
            break;
        }
        body.extend_from_slice(&rest[end + 2..end + 2 + size]);
        rest = rest.get(end + 4 + size..).unwrap_or_default();
    }
    body
}
