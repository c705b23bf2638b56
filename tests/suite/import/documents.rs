//! Documents in the formats of other programs, made from their parts.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An archive with these parts.
pub(super) fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part can be started");
        writer.write_all(content).expect("a part can be written");
    }
    writer.finish().expect("the archive can be finished").into_inner()
}

/// A Word document with this body, styles, lists, notes, a comment, and a header.
pub(super) fn docx(body: &str) -> Vec<u8> {
    let namespaces = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
                      xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" \
                      xmlns:m=\"http://schemas.openxmlformats.org/officeDocument/2006/math\" \
                      xmlns:wps=\"wps\" xmlns:mc=\"mc\" xmlns:wp=\"wp\"";
    let document = format!("<?xml version=\"1.0\"?><w:document {namespaces}><w:body>{body}<w:sectPr/></w:body></w:document>");
    let style =
        |id: &str, name: &str| format!("<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/></w:style>");
    let styles = format!(
        "<w:styles {namespaces}><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val=\"en-US\"/></w:rPr></w:rPrDefault></w:docDefaults>{}{}{}</w:styles>",
        style("Title", "Title"),
        style("Heading1", "heading 1"),
        style("Quote", "Quote"),
    );
    let numbering = format!(
        "<w:numbering {namespaces}><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/></w:lvl>\
         <w:lvl w:ilvl=\"1\"><w:numFmt w:val=\"lowerLetter\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>\
         <w:num w:numId=\"2\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
    );
    let notes = format!(
        "<w:footnotes {namespaces}><w:footnote w:id=\"0\" w:type=\"separator\"><w:p/></w:footnote><w:footnote w:id=\"2\"><w:p><w:r><w:t>In most places.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    let comments = format!(
        "<w:comments {namespaces}><w:comment w:id=\"1\"><w:p><w:r><w:t>Is this right?</w:t></w:r></w:p></w:comment></w:comments>"
    );
    let header = format!("<w:hdr {namespaces}><w:p><w:r><w:t>Grade 5 Science</w:t></w:r></w:p></w:hdr>");
    let relations = "<Relationships><Relationship Id=\"rId9\" Target=\"https://example.org/tables\"/></Relationships>";
    zip(&[
        ("word/document.xml", document.as_bytes()),
        ("word/styles.xml", styles.as_bytes()),
        ("word/numbering.xml", numbering.as_bytes()),
        ("word/footnotes.xml", notes.as_bytes()),
        ("word/comments.xml", comments.as_bytes()),
        ("word/header1.xml", header.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
    ])
}

/// Pieces of the body of a Word document.
pub(super) mod word_part {
    /// An equation: one half.
    pub(crate) const FRACTION: &str = "<m:oMathPara><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></m:oMathPara>";

    pub(crate) fn text(text: &str) -> String {
        format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", text.replacen("<w:", "</w:t><w:", 1).replacen("/>", "/><w:t>", 1))
    }

    pub(crate) fn styled(style: &str, text: &str) -> String {
        format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>")
    }

    pub(crate) fn numbered(level: usize, text: &str) -> String {
        in_list("1", level, text)
    }

    /// An entry of another list, whose numbers begin anew.
    pub(crate) fn numbered_anew(level: usize, text: &str) -> String {
        in_list("2", level, text)
    }

    fn in_list(list: &str, level: usize, text: &str) -> String {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    }

    /// A box of text, for Word and again for older programs.
    pub(crate) fn text_box(text: &str) -> String {
        let content = format!("<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>");
        format!(
            "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{content}</wps:txbx></w:drawing></mc:Choice>\
             <mc:Fallback><w:pict>{content}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )
    }

    /// A table; the last cell may have another one in it.
    pub(crate) fn table(rows: &[&[&str]], inner: Option<&str>) -> String {
        let last = rows.len() - 1;
        let row = |(at, cells): (usize, &&[&str])| {
            let cell = |(index, text): (usize, &&str)| {
                let inner = inner.filter(|_| at == last && index == cells.len() - 1).unwrap_or_default();
                format!("<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p>{inner}</w:tc>")
            };
            format!("<w:tr>{}</w:tr>", cells.iter().enumerate().map(cell).collect::<String>())
        };
        format!("<w:tbl>{}</w:tbl>", rows.iter().enumerate().map(row).collect::<String>())
    }
}

/// A small PNG.
fn png() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::from_fn(400, 300, |x, y| image::Rgb([x as u8, y as u8, 90]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("it can be written");
    bytes.into_inner()
}

/// An archive as Google Docs exports it: classes instead of elements, lists level by level, notes and comments at the end.
pub(super) fn google_docs() -> Vec<u8> {
    let page = "<html><head><meta charset=\"utf-8\"><style>.c1{font-weight:700}.c2{font-style:italic}.c3{margin-left:36pt}</style></head><body class=\"c9\">\
        <p class=\"c4 title\"><span>The River Lesson</span></p><p><span>It </span><span class=\"c1\">floods</span><span> in </span><span class=\"c2\">spring</span><span>.</span>\
        <sup><a href=\"#ftnt1\" id=\"ftnt_ref1\">[1]</a></sup><sup><a href=\"#cmnt1\" id=\"cmnt_ref1\">[a]</a></sup></p>\
        <p><span>See </span><span><a href=\"https://www.google.com/url?q=https://example.org/map?x%3D1&amp;sa=D\">a map</a></span><span>.</span></p>\
        <ul class=\"lst-kix_abc-0 start\"><li><span>one</span></li></ul><ul class=\"lst-kix_abc-1 start\"><li><span>inside</span></li></ul>\
        <p><span><img alt=\"\" src=\"images/image1.png\"></span></p>\
        <hr><div><p><a href=\"#ftnt_ref1\" id=\"ftnt1\">[1]</a><span> Not every year.</span></p></div>\
        <div><p><a href=\"#cmnt_ref1\" id=\"cmnt1\">[a]</a><span>Check the year.</span></p></div></body></html>";
    let image = png();
    zip(&[("TheRiverLesson.html", page.as_bytes()), ("images/image1.png", &image)])
}

/// What LibreOffice saves.
pub(super) fn odt() -> Vec<u8> {
    let content = "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\" xmlns:fo=\"f\" xmlns:table=\"tb\" xmlns:draw=\"d\" xmlns:xlink=\"x\">\
        <office:automatic-styles><style:style style:name=\"T1\" style:family=\"text\"><style:text-properties fo:font-style=\"italic\"/></style:style>\
        <text:list-style style:name=\"L1\"><text:list-level-style-bullet text:level=\"1\"/></text:list-style></office:automatic-styles><office:body><office:text>\
        <text:tracked-changes><text:changed-region><text:deletion><text:p>quickly</text:p></text:deletion></text:changed-region></text:tracked-changes>\
        <text:p text:style-name=\"Title\">The Mill</text:p>\
        <text:p text:style-name=\"P1\">The mill <text:span text:style-name=\"T1\">turns</text:span> day and night.<text:note text:id=\"ftn1\"><text:note-citation>1</text:note-citation>\
        <text:note-body><text:p>Except on Sundays.</text:p></text:note-body></text:note><office:annotation><text:p>Really?</text:p></office:annotation></text:p>\
        <text:h text:outline-level=\"1\">Its wheel</text:h><text:p text:style-name=\"Quotations\">Water is patient.</text:p>\
        <text:list text:style-name=\"L1\"><text:list-item><text:p>wood</text:p></text:list-item><text:list-item><text:p>iron</text:p></text:list-item></text:list>\
        <table:table><table:table-row><table:table-cell><text:p>Part</text:p></table:table-cell><table:table-cell><text:p>Use</text:p></table:table-cell></table:table-row>\
        <table:table-row><table:table-cell><text:p>Axle</text:p></table:table-cell><table:table-cell><text:p>turning</text:p></table:table-cell></table:table-row></table:table>\
        <text:p>Its ratio is <draw:frame><draw:object xlink:href=\"./Object 1\"/></draw:frame> to one.</text:p>\
        </office:text></office:body></office:document-content>";
    let math = "<math><mrow><mfrac><mi>a</mi><mi>b</mi></mfrac></mrow><annotation encoding=\"StarMath 5.0\">a over b</annotation></math>";
    zip(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text".as_slice()),
        ("content.xml", content.as_bytes()),
        ("Object 1/content.xml", math.as_bytes()),
    ])
}

/// A PDF of one page without any text.
pub(super) fn scanned_pdf() -> Vec<u8> {
    use lopdf::{Document, Object, Stream, dictionary};
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let content = document.add_object(Stream::new(dictionary! {}, b"0.5 g 0 0 200 200 re f".to_vec()));
    let page = document.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content,
        "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
    });
    document
        .objects
        .insert(pages, Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1 }));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("it can be written");
    bytes
}
