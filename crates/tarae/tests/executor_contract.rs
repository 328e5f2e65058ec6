//! What every executor does: one suite, run on each. A new executor adds a line.

#[path = "executor_contract/support.rs"]
mod support;

/// Every executor passes `every.rs`; those that run jobs on threads of their own pass `threads.rs` as well, and those that
/// can be shut down `shutdown.rs`.
macro_rules! contract {
    ($name:ident: $executor:ty = $make:expr; $($part:literal),+) => {
        mod $name {
            use super::support;
            type Made = $executor;
            fn make() -> Made {
                $make
            }
            /// Drops it; some are `Copy`.
            fn end(_: Made) {}
            $(include!($part);)+
        }
    };
}

contract!(inline: tarae::executor::Inline = tarae::executor::Inline; "executor_contract/every.rs");

macro_rules! contract_of_threads {
    ($name:ident, $workers:literal) => {
        contract!(
            $name: tarae::executor::ThreadPool = tarae::executor::ThreadPool::new($workers).unwrap();
            "executor_contract/every.rs", "executor_contract/threads.rs", "executor_contract/shutdown.rs"
        );
    };
}

contract_of_threads!(pool_of_one, 1);
contract_of_threads!(pool_of_two, 2);
contract_of_threads!(pool_of_four, 4);
