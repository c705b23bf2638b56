//! The download pages: their links and contents. No lesson can inject anything into them.

use camino::Utf8Path;

use crate::pdf::Pdf;
use crate::project::{LESSON, Project};

const HOSTILE: &str = r#"title: 'An attempt: \<script>alert("1")\</script> & \<b title="x">bold\</b>'
question: '"\>\<img src=x onerror=alert(1)> {{ series.name }} {% raw %}'
grades: '9-12"><i>'
subject: '<style>body{}</style>'
topics: ['</title><script>', 'a"b']
content_notes: ['A note: \<!-- \<a href="javascript:alert(1)">note\</a>']
standards: [{framework: '<x>', code: "'\"", text: 'Text \<y>'}]
reading: It began.
discussion: [{id: why, ask: Why?}]
"#;

const SERIES: &str = "name: Test Series\nlanguage: en-US\npaper: letter\n";

/// The same project with a license.
fn published(project: Project) -> Project {
    project.write("lessons/series.yaml", format!("{SERIES}rights: {{holder: The Press, licence: CC BY 4.0}}\n"))
}

/// The path from the output folder and the text of every page.
fn pages(project: &Project) -> Vec<(String, String)> {
    let files = project.files("output").into_iter().filter(|file| file.ends_with(".html"));
    files.map(|file| (file.clone(), text(project, &file))).collect()
}

fn text(project: &Project, file: &str) -> String {
    String::from_utf8(project.read(&format!("output/{file}"))).expect("a page is text")
}

/// The values of an attribute on a page.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    page.split(&format!(" {attribute}=\"")).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

#[test]
fn every_link_on_every_page_works() {
    let project = Project::with_own_lessons();
    project.run("build").succeeds();
    let pages = pages(&project);
    assert_eq!(pages.len(), 15, "the front page, the issue, three lessons, and ten redirects from former addresses");
    for (path, page) in &pages {
        let folder = Utf8Path::new(path).parent().expect("a page is in a folder");
        let links: Vec<_> = values(page, "href").into_iter().filter(|link| !link.starts_with("https:&#x2f;")).collect();
        assert!(links.len() > 5, "{path}: {links:?}");
        for link in links {
            let target = link.split('#').next().unwrap_or_default();
            if target.is_empty() {
                assert!(page.contains(&format!(" id=\"{}\"", &link[1..])), "{path} has no id for {link}");
                continue;
            }
            let file = project.path("output").join(folder).join(target);
            assert!(file.is_file(), "{path} links to {link}, but {} is missing", file.display());
        }
    }
}

#[test]
fn every_packet_and_archive_has_a_download_link() {
    let project = Project::with_own_lessons();
    project.run("build").succeeds();
    let all: String = pages(&project).into_iter().map(|(_, page)| page).collect();
    let files = project.files("output").into_iter().filter(|file| file.ends_with(".pdf") || file.ends_with(".zip"));
    let files: Vec<_> = files.collect();
    assert!(files.len() > 20, "{files:?}");
    for file in files {
        let name = Utf8Path::new(&file).file_name().expect("a file has a name");
        assert!(all.contains(&format!("download=\"{name}\">")), "no page offers {file}");
    }
}

#[test]
fn print_this_now_says_how_many_sheets_a_class_needs() {
    let project = Project::with_own_lessons();
    project.run("build").succeeds();
    let manifest: serde_json::Value =
        serde_json::from_slice(&project.read("output/manifest.json")).expect("the manifest is JSON");
    let file = "fair-hearing-1/fair-hearing-1-moscow-trials-student.pdf";
    let entries = manifest["files"].as_array().expect("the manifest lists files");
    let entry = entries.iter().find(|entry| entry["path"] == file).expect("the packet is in the manifest");
    let sheets = entry["sheets"].as_u64().expect("it has a number of sheets");
    let page = text(&project, "fair-hearing-1/moscow-trials/index.html");
    let row = format!("For a class of 30: 30 copies, {} sheets of paper</strong>", sheets * 30);
    assert!(page.contains(&row), "{row} is not in {page}");
    assert!(page.contains(&format!("({sheets} sheets, double-sided), PDF, ")), "the page says how many sheets one copy takes");
    assert!(page.contains("<strong>1 copy, "), "the substitute packet is offered");
}

#[test]
fn text_in_other_languages_is_tagged_on_english_pages() {
    let project = published(Project::with_lesson(LESSON));
    let series = String::from_utf8(project.read("lessons/series.yaml")).expect("a series is text");
    let project = project.write("lessons/series.yaml", series.replace("en-US", "es"));
    project.run("build").succeeds();
    for path in ["index.html", "one/index.html", "one/war/index.html"] {
        let page = text(&project, path);
        assert!(page.contains("<html lang=\"en-US\">"), "{path}: {page}");
        assert!(page.contains("index.html\" lang=\"es\" dir=\"auto\">Test Series</a>"), "{path}: {page}");
    }
    assert!(text(&project, "one/index.html").contains("<h1 lang=\"es\" dir=\"auto\">Tests</h1>"));
}

#[test]
fn no_lesson_can_inject_markup_into_a_page() {
    let project = published(Project::with_lesson(HOSTILE));
    project.run("build").succeeds();
    for (path, page) in pages(&project) {
        for markup in [
            "<script>",
            "<b ",
            "<img src=x",
            "<i>",
            "<style",
            "<x>",
            "<y>",
            "<!-- ",
            "javascript:alert(1)\"",
            "onerror=alert(1)>",
        ] {
            assert!(!page.contains(markup), "{path} has {markup}");
        }
        assert!(!page.contains(" style=") && !page.contains(" onclick="), "{path} follows its own policy");
        assert_eq!(page.matches("<script").count(), page.matches("<script src=\"").count(), "{path} has an inline script");
        let policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'";
        assert!(page.contains(policy), "{path} has no policy");
    }
    let page = text(&project, "one/war/index.html");
    assert!(page.contains("&lt;script&gt;alert(“1”)&lt;&#x2f;script&gt; &amp; &lt;b title="), "the title is plain text: {page}");
    assert!(page.contains("{{ series.name }} {% raw %}"), "template code in a lesson is plain text: {page}");
}

#[test]
fn public_pages_offer_nothing_for_teachers() {
    let project = Project::with_own_lessons();
    project.run("build --public").succeeds();
    for (path, page) in pages(&project) {
        for word in ["-key", "-teacher", "trials-substitute", "For teachers"] {
            assert!(!page.contains(word), "{path} has {word}");
        }
    }
    let page = text(&project, "fair-hearing-1/moscow-trials/index.html");
    assert!(page.contains("download=\"fair-hearing-1-moscow-trials-plan-substitute.pdf\">Substitute plan</a>"), "{page}");
}

#[test]
fn the_public_sub_plan_has_one_page_and_no_answers() {
    let project = Project::with_own_lessons();
    project.run("build --public").succeeds();
    let is_plan = |file: &String| file.ends_with("-substitute.pdf");
    let plans: Vec<String> = project.packets().into_iter().filter(is_plan).collect();
    assert_eq!(plans.len(), 3, "{plans:?}");
    assert!(plans.iter().all(|plan| plan.ends_with("-plan-substitute.pdf")), "{plans:?}");
    project.run("build --edition key").succeeds();
    for plan in plans {
        let key = plan.replace("-plan-substitute", "-key");
        let plan = Pdf::open(&project.read(&format!("output/{plan}")));
        assert_eq!(plan.pages(), 1);
        let (plan, key) = (plan.text(), Pdf::open(&project.read(&format!("output/{key}"))).text());
        let words: Vec<_> = key.split_whitespace().collect();
        assert!(words.len() > 200, "the key has answers");
        // They share only the head of the page, with the title.
        let shared: Vec<_> = words.windows(12).map(|words| words.join(" ")).filter(|words| plan.contains(words)).collect();
        assert!(shared.is_empty(), "{shared:?}");
    }
}

#[test]
fn a_lesson_without_a_license_stays_off_the_pages_and_the_build_says_so() {
    let project = Project::with_lesson(LESSON);
    let run = project.run("build --edition student");
    assert_eq!(
        run.succeeds().stderr,
        "one: not on the download page; to publish, add `rights: {holder: Your Name, license: CC BY 4.0}` to `series.yaml`\n"
    );
    assert_eq!(pages(&project).len(), 0);
    let project = published(project);
    project.run("build").succeeds();
    assert_eq!(pages(&project).len(), 3);
    project.run("verify output").succeeds();
    let project = project.write("lessons/series.yaml", SERIES);
    project.run("build").succeeds();
    assert_eq!(pages(&project).len(), 0, "an unlicensed lesson is removed from the pages");
    assert!(!project.path("output/catalogue").exists() && !project.path("output/one/war").exists());
    project.run("verify output").succeeds();
}

#[test]
fn a_missing_or_altered_page_image_is_drawn_again() {
    let project = published(Project::with_lesson(LESSON));
    project.run("build").succeeds();
    let picture = project.path("output/one/war/page-1.png");
    let before = project.read("output/one/war/page-1.png");
    std::fs::remove_file(&picture).expect("it can be removed");
    let run = project.run("build --dry-run");
    assert_eq!(
        run.succeeds().stdout,
        "would build output/one/one-war-student.pdf: the image of page 1 is missing or was changed\n\
         would build output/one/one-student.zip: its packets changed\n"
    );
    project.run("build").succeeds();
    assert_eq!(project.read("output/one/war/page-1.png"), before);
    std::fs::write(&picture, b"scribble").expect("it can be written");
    project.run("build").succeeds();
    assert_eq!(project.read("output/one/war/page-1.png"), before);
}

#[test]
fn a_shorter_packet_leaves_no_old_page_images() {
    let long = format!("title: War\nreading: |\n{}", "  One paragraph of a long reading that has a lot more.\n\n".repeat(90));
    let project = published(Project::with_lesson(&long));
    project.run("build").succeeds();
    let pictures =
        |project: &Project| project.files("output/one/war").into_iter().filter(|file| file.starts_with("page-")).count();
    assert!(pictures(&project) > 1);
    let project = project.write("lessons/one/war.yaml", LESSON);
    project.run("build").succeeds();
    assert_eq!(pictures(&project), 1);
    project.run("verify output").succeeds();
}

#[test]
fn a_site_has_a_feed_a_sitemap_full_urls_and_redirects() {
    let rights = "rights: {holder: The Press, licence: CC BY 4.0}\nsite: https://example.org/lessons\n";
    let project = Project::with_lesson("title: War & peace\nformer_ids: [battle]\nrevised: 2026-05-06\nreading: It began.\n")
        .write("lessons/series.yaml", format!("{SERIES}{rights}report_mistakes_to: editor@example.org\n"));
    project.run("build").succeeds();
    let feed = text(&project, "feed.xml");
    let feed = roxmltree::Document::parse(&feed).expect("the feed is XML");
    let entry = feed.descendants().find(|node| node.has_tag_name(("http://www.w3.org/2005/Atom", "entry"))).expect("an entry");
    let child = |name| entry.children().find(|node| node.tag_name().name() == name).and_then(|node| node.text());
    assert_eq!(child("title"), Some("War & peace"));
    assert_eq!(child("id"), Some("https://example.org/lessons/one/war/"));
    assert_eq!(child("updated"), Some("2026-05-06T00:00:00Z"));
    let map = text(&project, "sitemap.xml");
    let map = roxmltree::Document::parse(&map).expect("the site map is XML");
    let addresses = map.descendants().filter(|node| node.tag_name().name() == "loc").filter_map(|node| node.text());
    let all = ["", "one/", "one/war/"].map(|path| format!("https://example.org/lessons/{path}"));
    assert_eq!(addresses.collect::<Vec<_>>(), all);
    let page = text(&project, "one/war/index.html");
    for tag in ["<link rel=\"canonical\" href=\"", "<meta property=\"og:image\" content=\""] {
        let rest = page.split(tag).nth(1).unwrap_or_else(|| panic!("{tag} is not in {page}"));
        assert!(rest.replace("&#x2f;", "/").starts_with("https://example.org/lessons/one/war/"), "{rest}");
    }
    assert!(page.contains("mailto:editor@example.org?subject=Mistake%20in"), "{page}");
    assert!(text(&project, "one/battle/index.html").contains("content=\"0; url=../../one/war/index.html\""));
    let redirect = "/lessons/one/one-battle-student.pdf /lessons/one/one-war-student.pdf 301\n";
    assert!(text(&project, "_redirects").contains(redirect));
}

#[test]
fn pages_follow_what_is_built() {
    let project = published(Project::with_lesson(LESSON));
    let issue = |lessons: &str| {
        format!("number: \"1:1\"\ndate: Spring 2026\npublished: 2026-04-01\ntheme: Tests\nlessons: [{lessons}]\n")
    };
    let project = project
        .write("lessons/one/issue.yaml", issue("war, peace"))
        .write("lessons/one/peace.yaml", "title: Peace\nreading: It began.\n");
    project.run("build").succeeds();
    let project = project.write("lessons/one/peace.yaml", "title: Another peace\nreading: It began.\n");
    let run = project.run("verify output");
    let line = "output/index.html and 4 more files of the download pages: out of date; run `packetpress build`\n";
    assert!(run.finds_mistakes().stdout.contains(line), "{}", run.stdout);
    project.run("build").succeeds();
    assert!(
        text(&project, "one/peace/index.html").contains("<h1 itemprop=\"name\" lang=\"en-US\" dir=\"auto\">Another peace</h1>")
    );
    assert!(text(&project, "index.html").contains("Another peace"));
    project.run("verify output").succeeds();

    std::fs::remove_file(project.path("lessons/one/peace.yaml")).expect("the lesson can be removed");
    let project = project.write("lessons/one/issue.yaml", issue("war"));
    project.run("build").succeeds();
    assert!(!project.path("output/one/peace").exists(), "the page of a removed lesson is still there");
    assert!(!text(&project, "index.html").contains("peace"));
    project.run("verify output").succeeds();
}

#[test]
fn an_issue_cannot_take_the_name_of_the_pages_folder() {
    let project = published(Project::with_lesson(LESSON))
        .write("lessons/catalogue/issue.yaml", "number: 2\ndate: Fall\npublished: 2026-09-01\ntheme: Tests\nlessons: [war]\n")
        .write("lessons/catalogue/war.yaml", LESSON);
    let run = project.run("check");
    assert!(
        run.finds_mistakes().stderr.contains("error[name-clash]: the folder name `catalogue` is reserved for the download pages"),
        "{}",
        run.stderr
    );
}
