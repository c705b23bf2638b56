//! The pages from which packets are downloaded: what they link to, what they tell, and that no lesson can put anything of its own into them.

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
reading: A text.
discussion: [{id: why, ask: Why?}]
"#;

const SERIES: &str = "name: Test Series\nlanguage: en-US\npaper: letter\n";

/// The same project with a licence.
fn published(project: Project) -> Project {
    project.write("lessons/series.yaml", format!("{SERIES}rights: {{holder: The Press, licence: CC BY 4.0}}\n"))
}

/// All pages, by their paths from the output folder, with their text.
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
fn every_link_of_every_page_leads_to_a_file() {
    let project = Project::with_own_lessons();
    project.run("build").succeeds();
    let pages = pages(&project);
    assert_eq!(pages.len(), 5, "the front page, the issue and three lessons");
    for (path, page) in &pages {
        let folder = Utf8Path::new(path).parent().expect("a page lies in a folder");
        let links: Vec<_> = values(page, "href").into_iter().filter(|link| !link.starts_with("https:&#x2f;")).collect();
        assert!(links.len() > 5, "{path}: {links:?}");
        for link in links {
            let target = link.split('#').next().unwrap_or_default();
            if target.is_empty() {
                assert!(page.contains(&format!(" id=\"{}\"", &link[1..])), "{path} has nothing called {link}");
                continue;
            }
            let file = project.path("output").join(folder).join(target);
            assert!(file.is_file(), "{path} links to {link}, and there is no {}", file.display());
        }
    }
}

#[test]
fn every_packet_and_archive_can_be_downloaded_from_a_page() {
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
fn what_to_print_now_says_how_many_sheets_a_class_takes() {
    let project = Project::with_own_lessons();
    project.run("build").succeeds();
    let manifest: serde_json::Value =
        serde_json::from_slice(&project.read("output/manifest.json")).expect("the manifest is JSON");
    let file = "bria-7-4/bria-7-4-stalin-purges-student.pdf";
    let entries = manifest["files"].as_array().expect("the manifest lists files");
    let entry = entries.iter().find(|entry| entry["path"] == file).expect("the packet is in the manifest");
    let sheets = entry["sheets"].as_u64().expect("it has a number of sheets");
    let page = text(&project, "bria-7-4/stalin-purges/index.html");
    let row = format!("30 copies for a class of 30: {} sheets</strong> printed on both sides", sheets * 30);
    assert!(page.contains(&row), "{row} is not in {page}");
    assert!(page.contains(&format!("{sheets} sheets each, ")), "the sheets of one copy are told");
    assert!(page.contains("1 copy for you"), "the substitute packet is offered");
}

#[test]
fn what_is_not_english_says_so_on_pages_that_are() {
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
fn no_lesson_can_put_markup_into_a_page() {
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
        assert!(!page.contains(" style=") && !page.contains(" onclick="), "{path} keeps to its own policy");
        assert_eq!(page.matches("<script").count(), page.matches("<script src=\"").count(), "{path} has a script inside");
        let policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; base-uri 'none'; form-action 'none'";
        assert!(page.contains(policy), "{path} has no policy");
    }
    let page = text(&project, "one/war/index.html");
    assert!(page.contains("&lt;script&gt;alert(“1”)&lt;&#x2f;script&gt; &amp; &lt;b title="), "the title stands as text: {page}");
    assert!(page.contains("{{ series.name }} {% raw %}"), "templates of a lesson are text: {page}");
}

#[test]
fn the_pages_of_a_public_build_offer_nothing_for_teachers() {
    let project = Project::with_own_lessons();
    project.run("build --public").succeeds();
    for (path, page) in pages(&project) {
        for word in ["-key", "-teacher", "purges-substitute", "For teachers"] {
            assert!(!page.contains(word), "{path} has {word}");
        }
    }
    let page = text(&project, "bria-7-4/stalin-purges/index.html");
    assert!(page.contains("download=\"bria-7-4-stalin-purges-plan-substitute.pdf\">Substitute plan</a>"), "{page}");
}

#[test]
fn the_plan_that_everybody_may_have_has_one_page_and_no_answers() {
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
        // What both have in common is the head of the page, with the title.
        let shared: Vec<_> = words.windows(12).map(|words| words.join(" ")).filter(|words| plan.contains(words)).collect();
        assert!(shared.is_empty(), "{shared:?}");
    }
}

#[test]
fn a_lesson_without_a_licence_stays_off_the_pages_and_the_build_says_so() {
    let project = Project::with_lesson(LESSON);
    let run = project.run("build --edition student");
    assert_eq!(
        run.succeeds().stderr,
        "one: not on the download pages; to publish, name a `licence` under `rights` in `issue.yaml` or `series.yaml`\n"
    );
    assert_eq!(pages(&project).len(), 0);
    let project = published(project);
    project.run("build").succeeds();
    assert_eq!(pages(&project).len(), 3);
    project.run("verify output").succeeds();
    let project = project.write("lessons/series.yaml", SERIES);
    project.run("build").succeeds();
    assert_eq!(pages(&project).len(), 0, "what may not be published any more is taken from the pages");
    assert!(!project.path("output/catalogue").exists() && !project.path("output/one/war").exists());
    project.run("verify output").succeeds();
}

#[test]
fn a_picture_that_is_gone_or_changed_is_drawn_again() {
    let project = published(Project::with_lesson(LESSON));
    project.run("build").succeeds();
    let picture = project.path("output/one/war/page-1.png");
    let before = project.read("output/one/war/page-1.png");
    std::fs::remove_file(&picture).expect("it can be removed");
    let run = project.run("build --dry-run");
    assert_eq!(
        run.succeeds().stdout,
        "would build output/one/one-war-student.pdf: the picture of its page 1 is gone or was changed\n\
         would build output/one/one-student.zip: its packets have changed\n"
    );
    project.run("build").succeeds();
    assert_eq!(project.read("output/one/war/page-1.png"), before);
    std::fs::write(&picture, b"scribble").expect("it can be written");
    project.run("build").succeeds();
    assert_eq!(project.read("output/one/war/page-1.png"), before);
}

#[test]
fn a_shorter_packet_leaves_no_pictures_of_pages_that_it_had() {
    let long = format!("title: War\nreading: |\n{}", "  A paragraph of a long reading, of which there are many.\n\n".repeat(90));
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
fn a_site_has_a_feed_a_map_full_addresses_and_redirects() {
    let rights = "rights: {holder: The Press, licence: CC BY 4.0}\nsite: https://example.org/lessons\n";
    let project = Project::with_lesson("title: War & peace\nformer_ids: [battle]\nrevised: 2026-05-06\nreading: A text.\n")
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
    assert!(page.contains("mailto:editor@example.org?subject=A%20mistake"), "{page}");
    assert!(text(&project, "one/battle/index.html").contains("content=\"0; url=../war/index.html\""));
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
        .write("lessons/one/peace.yaml", "title: Peace\nreading: A text.\n");
    project.run("build").succeeds();
    let project = project.write("lessons/one/peace.yaml", "title: Another peace\nreading: A text.\n");
    assert!(
        project.run("verify output").finds_mistakes().stdout.contains("output/one/peace/index.html is older than its sources")
    );
    project.run("build").succeeds();
    assert!(
        text(&project, "one/peace/index.html").contains("<h1 itemprop=\"name\" lang=\"en-US\" dir=\"auto\">Another peace</h1>")
    );
    assert!(text(&project, "index.html").contains("Another peace"));
    project.run("verify output").succeeds();

    std::fs::remove_file(project.path("lessons/one/peace.yaml")).expect("the lesson can be removed");
    let project = project.write("lessons/one/issue.yaml", issue("war"));
    project.run("build").succeeds();
    assert!(!project.path("output/one/peace").exists(), "the page of a lesson that is gone stays");
    assert!(!text(&project, "index.html").contains("peace"));
    project.run("verify output").succeeds();
}

#[test]
fn no_issue_takes_the_folder_of_the_pages() {
    let project = published(Project::with_lesson(LESSON))
        .write("lessons/catalogue/issue.yaml", "number: 2\ndate: Fall\npublished: 2026-09-01\ntheme: Tests\nlessons: [war]\n")
        .write("lessons/catalogue/war.yaml", LESSON);
    let run = project.run("check");
    assert!(
        run.finds_mistakes().stderr.contains("error[name-clash]: `catalogue` is the folder of what the download pages need"),
        "{}",
        run.stderr
    );
}
