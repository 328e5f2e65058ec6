//! The timeline of the notebook's work lists: which file it goes to.

use std::ffi::OsString;
use std::path::PathBuf;

/// Takes `--timeline FILE` out of the arguments, wherever it stands; the last one counts.
///
/// # Errors
/// If no file follows.
pub(crate) fn take_file(arguments: &mut Vec<OsString>) -> Result<Option<PathBuf>, &'static str> {
    let mut file = None;
    while let Some(at) = arguments.iter().position(|argument| argument == "--timeline") {
        arguments.remove(at);
        if at == arguments.len() {
            return Err("--timeline needs a file, such as `--timeline run.svg`");
        }
        file = Some(PathBuf::from(arguments.remove(at)));
    }
    Ok(file)
}

/// Where it goes if nobody says.
pub(crate) fn usual_file() -> PathBuf {
    std::env::temp_dir().join("tarae-notebook.svg")
}
