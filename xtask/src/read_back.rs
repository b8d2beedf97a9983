//! `cargo xtask test --all`: exports are read back by the programs that they are for.
//!
//! In goes the project; a record is made of coded dispatches, and `crates/exchange/tests/read_back.py` reads what `depeche export` makes of it with pyarrow, DuckDB, the library of FollowTheMoney and
//! feedparser, from a virtual environment below the build folder that is made on first need.

use crate::project::{Project, run};
use crate::python;
use anyhow::{Context, Result};

/// What the script wants, at versions that were seen to work together.
const PACKAGES: [&str; 4] = ["pyarrow==26.0.1", "duckdb>=1.4,<2", "followthemoney==4.11.2", "feedparser==6.0.14"];
const DISPATCHES: &str = "crates/store/tests/dispatches/coded.jsonl.gz";

/// Makes a record and reads its exports back.
pub(crate) fn run_script(project: &Project) -> Result<()> {
    let python = python::environment(project, "python", &PACKAGES)?;
    run(&mut project.cargo(&["build", "--package", "depeche-cli", "--features", "depeche-cli/parquet"]))?;
    let depeche = project.target.join("debug").join(format!("depeche{}", std::env::consts::EXE_SUFFIX));
    let folder = project.target.join("read-back");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).with_context(|| format!("{} could not be removed", folder.display()))?;
    }
    std::fs::create_dir_all(&folder).with_context(|| format!("{} could not be made", folder.display()))?;
    run(project.command(&depeche).args(["ingest", "--from", "coded", DISPATCHES, "--db"]).arg(folder.join("news.depeche")))?;
    run(project.command(python).arg("crates/exchange/tests/read_back.py").arg(&depeche).arg(&folder))
}
