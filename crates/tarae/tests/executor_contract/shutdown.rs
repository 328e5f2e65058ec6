// Included for executors that can be shut down.

#[test]
fn a_shutdown_that_finishes_runs_what_is_queued_and_refuses_the_rest() {
    watched(|| {
        let (executor, runs) = (make(), Count::default());
        let held = support::hold(&executor, executor.workers());
        let count = runs.clone();
        let queued = executor.submit(move || count.add());
        assert!(executor.shutdown(Shutdown::Finish, Duration::ZERO).is_err());
        let late = executor.submit(|| ());
        assert_eq!(*late.result().unwrap_err().kind(), tarae::task::ErrorKind::Rejected);
        assert_eq!(runs.get(), 0);
        held.release();
        executor.shutdown(Shutdown::Finish, None).unwrap();
        assert!(queued.result_within(Duration::ZERO).unwrap().is_ok());
        assert_eq!(runs.get(), 1);
        end(executor);
    });
}

#[test]
fn a_shutdown_that_cancels_ends_what_is_queued_and_lets_the_rest_finish() {
    watched(|| {
        let (executor, drops) = (make(), Count::default());
        let held = support::hold(&executor, executor.workers());
        let queued: Vec<_> = (0..20)
            .map(|_| {
                let capture = drops.on_drop();
                executor.submit(move || drop(capture))
            })
            .collect();
        let still = executor.shutdown(Shutdown::CancelPending, Duration::ZERO).unwrap_err();
        assert_eq!((still.tasks().len(), still.queued()), (executor.workers(), 0));
        assert_eq!(drops.get(), 20);
        for task in queued {
            assert!(task.result_within(Duration::ZERO).unwrap().unwrap_err().is_cancelled());
        }
        held.release();
        executor.shutdown(Shutdown::CancelPending, None).unwrap();
        end(executor);
    });
}

#[test]
fn a_shutdown_that_aborts_stops_what_runs() {
    watched(|| {
        let (executor, begun) = (make(), Count::default());
        let running: Vec<_> = (0..executor.workers())
            .map(|_| {
                let begun = begun.clone();
                executor.submit(move || {
                    let token = CancelToken::current();
                    begun.add();
                    std::iter::repeat_with(std::thread::yield_now).cancellable(&token).count()
                })
            })
            .collect();
        begun.reaches(executor.workers());
        executor.shutdown(Shutdown::Abort, None).unwrap();
        assert!(running.into_iter().all(|task| task.result().unwrap_err().is_cancelled()));
        end(executor);
    });
}
