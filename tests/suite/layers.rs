//! The layers of the program: which module may use which others. ARCHITECTURE.md shows them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Libraries that only some modules may use, with those modules.
const KEPT_TO: [(&str, &[&str]); 4] =
    [("typst", &["typeset"]), ("hayagriva", &["compose"]), ("clap", &["cli"]), ("minijinja", &["catalogue", "compare"])];

/// The modules each module uses, by path: `compose::plan` uses `packet::plan`. Libraries are listed separately.
#[derive(Default)]
struct Uses {
    modules: BTreeMap<String, BTreeSet<String>>,
    libraries: BTreeSet<(String, String)>,
}

/// The top-level modules, in the order of `lib.rs`.
fn order(lib: &str) -> Vec<String> {
    let name = |line: &str| Some(line.trim_start_matches("pub ").strip_prefix("mod ")?.strip_suffix(';')?.to_owned());
    lib.lines().filter_map(name).collect()
}

/// The source files in a folder and its subfolders, by module path.
fn sources(folder: &Path, module: &str, found: &mut BTreeMap<String, String>) {
    for entry in folder.read_dir().expect("the folder can be read") {
        let path: PathBuf = entry.expect("the folder can be read").path();
        let name = path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let inner = if module.is_empty() { name } else { format!("{module}::{name}") };
        if path.is_dir() {
            sources(&path, &inner, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.insert(inner, std::fs::read_to_string(&path).expect("a source file is text"));
        }
    }
}

/// The paths in an import list: `a::b` and `a::c` for `a::{b, c}`.
fn paths_of(tree: &str, prefix: &str, paths: &mut Vec<String>) {
    let mut depth = 0;
    for piece in tree.split(|c: char| {
        depth += i32::from(c == '{') - i32::from(c == '}');
        c == ',' && depth == 0
    }) {
        match piece.trim().split_once('{') {
            Some((outer, inside)) => {
                paths_of(inside.trim_end().trim_end_matches('}'), &format!("{prefix}{}", outer.trim()), paths);
            }
            None => paths.extend(piece.split_whitespace().next().map(|path| format!("{prefix}{path}"))),
        }
    }
}

/// All paths in a source file, in imports and elsewhere. Unit tests don't count: they may use anything.
fn named(source: &str) -> Vec<String> {
    let program = source.split("\nmod tests {").next().unwrap_or(source);
    let code: Vec<&str> = program.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut paths = Vec::new();
    for import in code.split("use ").skip(1) {
        if let Some((tree, _)) = import.split_once(';') {
            paths_of(tree, "", &mut paths);
        }
    }
    let is_of_path = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let words = code.split(|c: char| !is_of_path(c)).filter(|word| word.contains("::"));
    paths.extend(words.map(|word| word.trim_matches(':').to_owned()));
    paths
}

/// The modules and libraries each module uses.
fn uses(sources: &BTreeMap<String, String>) -> Uses {
    let mut uses = Uses::default();
    for (module, source) in sources {
        let own = uses.modules.entry(module.clone()).or_default();
        for path in named(source) {
            let mut pieces: Vec<&str> = path.split("::").collect();
            let mut full: Vec<&str> = module.split("::").collect();
            match pieces[0] {
                "crate" => full.clear(),
                "super" => {}
                library => {
                    uses.libraries.insert((module.clone(), library.to_owned()));
                    continue;
                }
            }
            while pieces.first().is_some_and(|piece| *piece == "super") {
                pieces.remove(0);
                full.pop();
            }
            full.extend(pieces.into_iter().filter(|piece| *piece != "crate"));
            while !full.is_empty() && !sources.contains_key(&full.join("::")) {
                full.pop();
            }
            let used = full.join("::");
            // A module and the modules inside it count as one.
            let is_inside = |inner: &str, outer: &str| inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with("::"));
            if !used.is_empty() && used != *module && !is_inside(&used, module) && !is_inside(module, &used) {
                own.insert(used);
            }
        }
    }
    uses
}

/// The top-level module that contains a module.
fn top(module: &str) -> &str {
    module.split("::").next().unwrap_or(module)
}

/// What breaks the layers. Each line names a module and what it may not use.
fn violations(lib: &str, sources: &BTreeMap<String, String>) -> Vec<String> {
    let order = order(lib);
    let level = |module: &str| order.iter().position(|known| known == top(module));
    let uses = uses(sources);
    let mut found = Vec::new();
    for (module, used) in &uses.modules {
        let Some(own) = level(module) else {
            found.push(format!("`{module}` is in no layer"));
            continue;
        };
        let downwards = used.iter().filter(|used| level(used).is_some_and(|used| used > own));
        found.extend(downwards.map(|used| format!("`{module}` uses `{used}`, which is in a lower layer")));
        found.extend(
            used.iter().filter(|used| reaches(&uses, used, module)).map(|used| format!("`{module}` and `{used}` use each other")),
        );
    }
    for (module, library) in &uses.libraries {
        let kept = KEPT_TO.iter().find(|(name, _)| library == name || library.starts_with(&format!("{name}_")));
        if let Some((name, _)) = kept.filter(|(_, modules)| !modules.contains(&top(module))) {
            found.push(format!("`{module}` uses the library `{name}`"));
        }
    }
    found
}

/// Whether a module uses another, directly or through others.
fn reaches(uses: &Uses, from: &str, to: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = vec![from];
    while let Some(module) = next.pop() {
        if module == to {
            return true;
        }
        if seen.insert(module) {
            next.extend(uses.modules.get(module).into_iter().flatten().map(String::as_str));
        }
    }
    false
}

fn program() -> (String, BTreeMap<String, String>) {
    let mut found = BTreeMap::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "", &mut found);
    ["main", "fingerprint"].iter().for_each(|name| drop(found.remove(*name)));
    (found.remove("lib").expect("there is a library"), found)
}

#[test]
fn modules_use_only_the_layers_above_them() {
    let (lib, sources) = program();
    assert!(sources.len() > 150, "{}", sources.len());
    assert_eq!(violations(&lib, &sources), [""; 0]);
}

#[test]
fn forbidden_and_circular_uses_are_found() {
    let (lib, sources) = program();
    for (module, line, expected) in [
        ("yaml", "use crate::typeset::Fonts;", "`yaml` uses `typeset`, which is in a lower layer"),
        ("lesson", "use crate::{digest, make::Plan};", "`lesson` uses `make`, which is in a lower layer"),
        ("check", "fn one() { crate::press::two() }", "`check` uses `press`, which is in a lower layer"),
        (
            "packet::block",
            "use super::plan::Plan;\nuse super::section::Section;",
            "`packet::block` and `packet::section` use each other",
        ),
        ("library", "use typst_kit::fonts;", "`library` uses the library `typst`"),
        ("schema", "use clap::Parser;", "`schema` uses the library `clap`"),
    ] {
        let mut changed = sources.clone();
        changed.get_mut(module).expect("the module exists").insert_str(0, &format!("{line}\n"));
        let found = violations(&lib, &changed);
        assert!(found.iter().any(|violation| violation == expected), "{line}: {found:?}");
    }
    assert_eq!(violations(&lib.replace("pub mod serve;", ""), &sources)[0], "`serve` is in no layer");
}

#[test]
fn architecture_md_lists_every_module() {
    let (lib, _) = program();
    let text = include_str!("../../ARCHITECTURE.md");
    let missing: Vec<_> = order(&lib).into_iter().filter(|module| !text.contains(&format!("`{module}`"))).collect();
    assert_eq!(missing, [""; 0]);
}
