//! Who can see the function must be able to see its types.
#![forbid(unsafe_code)]
#![allow(unused, private_interfaces)]

mod inner {
    #[derive(serde::Serialize, serde::Deserialize)]
    struct Private;

    #[tarae::remote]
    pub fn argument(n: u8, value: Private) {}

    #[tarae::remote]
    pub fn result(n: u8) -> Option<Private> {
        None
    }
}

fn main() {}
