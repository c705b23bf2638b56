//! The English names of languages.

/// The English name of a language that schools often teach in; for others, the tag.
pub(super) fn name(tag: &str) -> String {
    let name = match tag.split('-').next().unwrap_or_default() {
        "ar" => "Arabic",
        "de" => "German",
        "en" => "English",
        "es" => "Spanish",
        "fr" => "French",
        "hi" => "Hindi",
        "ht" => "Haitian Creole",
        "it" => "Italian",
        "ja" => "Japanese",
        "ko" => "Korean",
        "pl" => "Polish",
        "pt" => "Portuguese",
        "ru" => "Russian",
        "so" => "Somali",
        "tl" => "Tagalog",
        "uk" => "Ukrainian",
        "ur" => "Urdu",
        "vi" => "Vietnamese",
        "zh" => "Chinese",
        _ => return tag.to_owned(),
    };
    name.to_owned()
}
