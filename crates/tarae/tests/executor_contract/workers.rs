// Included for executors with `WORKERS` threads. By full names: it may be the only part.

/// F60: one that is cancelled does not keep the executor.
#[test]
fn queued_tasks_can_be_cancelled_and_limits_end() {
    support::watched(|| {
        let executor = make();
        let held = support::hold(&executor, WORKERS);
        let runs = support::Count::default();
        let count = runs.clone();
        let cancelled = tarae::executor::Executor::submit(&executor, move || count.add());
        let kept = tarae::executor::Executor::submit(&executor, || 1);
        assert!(!kept.wait_within(std::time::Duration::ZERO));
        assert!(!kept.wait_within(std::time::Duration::from_millis(1)));
        assert!(cancelled.cancel());
        assert!(cancelled.result().unwrap_err().is_cancelled());
        held.release();
        assert_eq!(kept.result().unwrap(), 1);
        end(executor);
        assert_eq!(runs.get(), 0);
    });
}

#[test]
fn all_its_workers_run_at_once() {
    support::watched(|| {
        let executor = make();
        support::hold(&executor, WORKERS).release();
    });
}
