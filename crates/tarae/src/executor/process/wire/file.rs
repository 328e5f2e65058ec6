//! Files without a name: for what two processes share.

use std::fs::File;
use std::io;

/// A new, empty one, in memory where the system can do that.
#[cfg(target_os = "linux")]
pub(crate) fn nameless() -> io::Result<File> {
    use rustix::fs::{MemfdFlags, memfd_create};
    Ok(memfd_create("tarae", MemfdFlags::CLOEXEC | MemfdFlags::ALLOW_SEALING)?.into())
}

/// A new, empty one: a temporary file whose name is taken away at once.
#[cfg(not(target_os = "linux"))]
pub(crate) fn nameless() -> io::Result<File> {
    use std::sync::atomic::{AtomicU64, Ordering};
    static NUMBER: AtomicU64 = AtomicU64::new(0);
    loop {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("tarae-{}-{number}", std::process::id()));
        match File::options().read(true).write(true).create_new(true).open(&path) {
            Ok(file) => {
                std::fs::remove_file(&path)?;
                return Ok(file);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
}

/// Nobody can make it shorter or longer any more.
#[cfg(target_os = "linux")]
pub(crate) fn keep_size(file: &File) -> io::Result<()> {
    use rustix::fs::{SealFlags, fcntl_add_seals};
    Ok(fcntl_add_seals(file, SealFlags::SHRINK | SealFlags::GROW | SealFlags::SEAL)?)
}

/// Elsewhere nobody keeps a worker from it, and none does it.
#[cfg(not(target_os = "linux"))]
pub(crate) fn keep_size(_: &File) -> io::Result<()> {
    Ok(())
}
