//! `depeche serve`: a record opened to browsers and programs.
//!
//! In go a record, an address and perhaps a token; out goes the address as the first line of standard output, and answers until the command is told to end.

use crate::Outcome;
use crate::arguments::{LogFormat, ServeArguments};
use crate::diagnostics::{Diagnostic, Failure};
use depeche_server::{Options, Token};
use depeche_store::Reader;
use std::io::{self, Write};

pub(crate) fn run(arguments: &ServeArguments) -> Result<Outcome, Failure> {
    let token = token(arguments)?;
    if token.is_none() && !arguments.address.ip().is_loopback() {
        let told = Diagnostic::error(format!("other machines could read the record at {} without a token", arguments.address));
        return Err(Failure::Usage(told.hint("give one with `--token-file FILE`, or listen on 127.0.0.1")));
    }
    // A file that is no record is told as everywhere.
    Reader::open(&arguments.record.db)?;
    match arguments.log {
        LogFormat::Text => tracing_subscriber::fmt().with_writer(io::stderr).with_ansi(false).init(),
        LogFormat::Json => tracing_subscriber::fmt().json().with_writer(io::stderr).init(),
    }
    let mut options = Options::new(&arguments.record.db);
    options.token = token;
    if let Some(jobs) = arguments.jobs {
        options.readers = jobs.get();
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| failed("the server cannot be started", &error))?;
    let served = runtime.block_on(async {
        let listener = tokio::net::TcpListener::bind(arguments.address).await;
        let listener = listener.map_err(|error| {
            let told = Diagnostic::error(format!("nothing can listen on {}: {error}", arguments.address));
            Failure::Fault(told.hint("take another port with `--address 127.0.0.1:PORT`; port 0 takes a free one"))
        })?;
        let address = listener.local_addr().map_err(|error| failed("the server cannot be started", &error))?;
        let mut out = io::stdout().lock();
        writeln!(out, "http://{address}").and_then(|()| out.flush()).map_err(|error| Failure::of_output(&error))?;
        drop(out);
        depeche_server::serve(options, listener, told_to_end()).await.map_err(|error| failed("the server ended", &error))
    });
    runtime.shutdown_background();
    served.map(|()| Outcome::Complete)
}

fn failed(what: &str, error: &io::Error) -> Failure {
    Failure::Fault(Diagnostic::error(format!("{what}: {error}")))
}

fn token(arguments: &ServeArguments) -> Result<Option<Token>, Failure> {
    let text = match (&arguments.token, &arguments.token_file) {
        (Some(token), _) => token.clone(),
        (None, Some(path)) => std::fs::read_to_string(path).map_err(|error| Failure::of_file(path, &error))?,
        (None, None) => return Ok(None),
    };
    Token::new(&text).map(Some).map_err(|cure| Failure::Usage(Diagnostic::error("the token is too short").hint(cure)))
}

/// Done when the user or the system wants the command to end.
async fn told_to_end() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut interrupted), Ok(mut ended)) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate())) {
            tokio::select! {
                _ = interrupted.recv() => {}
                _ = ended.recv() => {}
            }
            return;
        }
    }
    let _ = tokio::signal::ctrl_c().await;
}
