//! What every executor does: one suite, run on each. A new executor adds a line.

#[path = "executor_contract/support.rs"]
mod support;

#[path = "executor_contract/runtime.rs"]
mod runtime;

#[path = "executor_contract/in_scope.rs"]
mod in_scope;

/// Every executor passes `every.rs`; those that have a certain number of threads pass `workers.rs` as well, those that own
/// them `threads.rs`, and those that can be shut down `shutdown.rs`.
macro_rules! contract {
    ($name:ident: $executor:ty = $make:expr; $(workers $workers:literal;)? $($part:literal),+) => {
        mod $name {
            use super::support;
            type Made = $executor;
            fn make() -> Made {
                $make
            }
            $(const WORKERS: usize = $workers;)?
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
            workers $workers;
            "executor_contract/every.rs", "executor_contract/workers.rs", "executor_contract/threads.rs",
            "executor_contract/shutdown.rs"
        );
    };
}

contract_of_threads!(pool_of_one, 1);
contract_of_threads!(pool_of_two, 2);
contract_of_threads!(pool_of_four, 4);

macro_rules! contract_of_scopes {
    ($name:ident, $workers:literal) => {
        contract!(
            $name: super::in_scope::InScope = super::in_scope::InScope::new($workers);
            workers $workers;
            "executor_contract/every.rs", "executor_contract/workers.rs", "executor_contract/threads.rs"
        );
    };
}

contract_of_scopes!(scope_of_one, 1);
contract_of_scopes!(scope_of_two, 2);

#[cfg(not(miri))]
macro_rules! contract_of_rayon {
    ($name:ident, $workers:literal) => {
        contract!(
            $name: tarae::executor::Rayon<rayon::ThreadPool> = {
                let pool = rayon::ThreadPoolBuilder::new().num_threads($workers);
                tarae::executor::Rayon::new(pool.build().unwrap())
            };
            workers $workers;
            "executor_contract/every.rs", "executor_contract/workers.rs"
        );
    };
}

// Not under Miri, where its idle threads take minutes to look for work: executor/rayon.rs has enough of it.
#[cfg(not(miri))]
contract_of_rayon!(rayon_of_one, 1);
#[cfg(not(miri))]
contract_of_rayon!(rayon_of_three, 3);

// With as many threads as it likes to start, and with two.
contract!(tokio: super::runtime::Runtime = super::runtime::Runtime::new(512); "executor_contract/every.rs");
contract!(
    tokio_of_two: super::runtime::Runtime = super::runtime::Runtime::new(2);
    workers 2;
    "executor_contract/workers.rs"
);

// Somebody else's: a thread that knows nothing of tasks but `Runnable::run`.
contract!(
    one_thread: support::OneThread = support::OneThread::new();
    workers 1;
    "executor_contract/every.rs", "executor_contract/workers.rs"
);
