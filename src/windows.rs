//! What Windows allows in the names of files, because lessons and packets go to computers of every kind.
//!
//! Microsoft, "Naming Files, Paths, and Namespaces" and "Maximum Path Length Limitation" (learn.microsoft.com).

/// The most characters of a path on Windows: `MAX_PATH` is 260 with the zero at the end. File Explorer unpacks no archive beyond it.
pub const MAX_PATH: usize = 259;

/// Room for the folder where an archive is unpacked, such as
/// `C:\Users\firstname.lastname\OneDrive - Springfield Public Schools\Downloads\`.
pub const FOLDER: usize = 80;

/// Names of devices.
const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "conin$", "conout$"];

/// Names of devices that a digit follows.
const NUMBERED: [&str; 2] = ["com", "lpt"];

/// Why Windows can't have a file or folder with this name; `None` if it can.
pub fn refusal(name: &str) -> Option<String> {
    if let Some(device) = device(name) {
        return Some(format!("`{device}` is reserved there"));
    }
    if let Some(c) = name.chars().find(|c| matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*') || c.is_control()) {
        let shown = if c.is_control() { format!("U+{:04X}", u32::from(c)) } else { c.to_string() };
        return Some(format!("names there can't have `{shown}`"));
    }
    match name.chars().last() {
        Some('.') if name != "." => Some("names there can't end in a period".to_owned()),
        Some(' ') => Some("names there can't end in a space".to_owned()),
        _ => None,
    }
}

/// The device that a name means, also with an ending: `nul.txt`.
fn device(name: &str) -> Option<&str> {
    let base = name.split('.').next().unwrap_or(name).trim_end_matches(' ');
    let lower = base.to_lowercase();
    let numbered = NUMBERED.into_iter().find_map(|device| lower.strip_prefix(device)).and_then(|digit| {
        let mut digit = digit.chars();
        digit.next().filter(|c| digit.next().is_none() && matches!(c, '0'..='9' | '\u{b9}' | '\u{b2}' | '\u{b3}'))
    });
    (numbered.is_some() || DEVICES.contains(&lower.as_str())).then_some(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_devices_are_reserved() {
        for name in [
            "con",
            "CON",
            "Prn",
            "aux.png",
            "nul.tar.gz",
            "com1",
            "COM9.yaml",
            "lpt0",
            "com\u{b9}",
            "LPT\u{b3}.svg",
            "CONIN$",
            "conout$",
            "con .txt",
        ] {
            assert!(refusal(name).is_some_and(|why| why.ends_with("is reserved there")), "{name}");
        }
        for name in ["contents", "com", "com10", "lpt", "auxiliary", "console.png", "null", "a.con", "war-con"] {
            assert_eq!(refusal(name), None, "{name}");
        }
    }

    #[test]
    fn some_characters_and_ends_are_not_allowed() {
        assert_eq!(refusal("why?.png").as_deref(), Some("names there can't have `?`"));
        assert_eq!(refusal("a\u{7}.png").as_deref(), Some("names there can't have `U+0007`"));
        assert_eq!(refusal("war. ").as_deref(), Some("names there can't end in a space"));
        assert_eq!(refusal("war.").as_deref(), Some("names there can't end in a period"));
        assert_eq!(refusal("."), None);
        assert_eq!(refusal("a map (1916), colored & cut.png"), None);
    }
}
