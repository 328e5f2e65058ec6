// Included for executors with `WORKERS` threads.

#[test]
fn queued_tasks_can_be_cancelled_and_limits_end() {
    watched(|| {
        let executor = make();
        let held = support::hold(&executor, WORKERS);
        let runs = Count::default();
        let count = runs.clone();
        let cancelled = executor.submit(move || count.add());
        let kept = executor.submit(|| 1);
        assert!(!kept.wait_within(Duration::ZERO));
        assert!(!kept.wait_within(Duration::from_millis(1)));
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
    watched(|| {
        let executor = make();
        support::hold(&executor, WORKERS).release();
    });
}
