//! Programs that must not compile, each with the message that it must get.
//!
//! Each says at its head which danger it stands for. `TRYBUILD=overwrite cargo test --test refused` writes the messages
//! anew: read them before they are kept, since a program may be refused for a wrong reason.

#[test]
#[cfg_attr(miri, ignore = "runs the compiler")]
fn programs_that_must_not_compile() {
    let tests = trybuild::TestCases::new();
    tests.compile_fail("tests/refused/*.rs");
    tests.pass("tests/refused/control/*.rs");
}
