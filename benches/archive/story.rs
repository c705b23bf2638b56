//! The story of a lesson: an invented town, something that everyone uses, and the people who quarrel about it.

use super::random::Random;

/// Something that the whole town uses.
pub(super) struct Topic {
    pub name: &'static str,
    pub thing: &'static str,
    pub users: &'static str,
    /// What happened to it, as a predicate.
    pub broken: &'static str,
    pub repair: &'static str,
    pub repairing: &'static str,
    pub material: &'static str,
    pub part: &'static str,
    pub harm: &'static str,
    pub gain: &'static str,
    pub fee: &'static str,
}

pub(super) const TOPICS: &[Topic] = &[
    Topic {
        name: "bridge",
        thing: "the bridge",
        users: "carters",
        broken: "had lost eleven stones from one of its arches",
        repair: "repair the bridge",
        repairing: "repairing the bridge",
        material: "lime and cut stone",
        part: "the second arch",
        harm: "every load of flour had to cross in two journeys",
        gain: "a full load could cross at once",
        fee: "a toll on every cart",
    },
    Topic {
        name: "school",
        thing: "the schoolhouse",
        users: "parents",
        broken: "had lost half of its roof to the wind",
        repair: "rebuild the schoolhouse",
        repairing: "rebuilding the schoolhouse",
        material: "slate and seasoned timber",
        part: "the roof over the lower room",
        harm: "the younger children were being taught in a stable",
        gain: "every child in town had a desk and a dry floor",
        fee: "a yearly fee for every pupil",
    },
    Topic {
        name: "well",
        thing: "the town well",
        users: "households",
        broken: "had turned brown and could not be drunk from",
        repair: "dig a deeper well",
        repairing: "digging a deeper well",
        material: "brick and iron pipe",
        part: "the wall of the shaft",
        harm: "water was being sold in the street by the bucket",
        gain: "clean water ran on both banks",
        fee: "a charge for every bucket",
    },
    Topic {
        name: "ferry",
        thing: "the ferry",
        users: "farmers",
        broken: "had broken its rope and drifted onto the rocks",
        repair: "put the ferry back into service",
        repairing: "repairing the ferry",
        material: "oak planks and new rope",
        part: "the landing on the south bank",
        harm: "milk was going sour on the wrong side of the river",
        gain: "the ferry crossed every half hour until dark",
        fee: "a higher fare for every animal",
    },
    Topic {
        name: "library",
        thing: "the reading room",
        users: "readers",
        broken: "had been locked, with a notice on its door",
        repair: "open the reading room again",
        repairing: "opening the reading room",
        material: "shelves and a new stove",
        part: "the back wall",
        harm: "its books were standing in the damp and beginning to smell",
        gain: "anyone who could sign a name could take home a book",
        fee: "a fee for every reader",
    },
    Topic {
        name: "depot",
        thing: "the freight depot",
        users: "shippers",
        broken: "had burned to the ground with the whole harvest in it",
        repair: "build a new depot",
        repairing: "building a new depot",
        material: "timber and sheet iron",
        part: "the loading platform",
        harm: "grain was lying next to the track under canvas",
        gain: "no load had to wait in the rain again",
        fee: "a charge on every crate",
    },
    Topic {
        name: "dam",
        thing: "the mill dam",
        users: "millers",
        broken: "had begun to leak in three places",
        repair: "strengthen the dam",
        repairing: "strengthening the dam",
        material: "clay and heavy timber",
        part: "the old sluice gate",
        harm: "the wheels were turning only four hours a day",
        gain: "the mills ran from dawn to dusk and nobody downstream slept badly",
        fee: "a yearly rent from every mill",
    },
    Topic {
        name: "fire engine",
        thing: "the fire engine",
        users: "shopkeepers",
        broken: "had failed in front of a burning bakery",
        repair: "buy a new engine",
        repairing: "buying a new engine",
        material: "a steam pump and four hundred feet of hose",
        part: "the cracked cylinder",
        harm: "insurance had become too dear for every shop on the square",
        gain: "the engine could reach any house within nine minutes",
        fee: "a fee on every chimney",
    },
    Topic {
        name: "market hall",
        thing: "the market hall",
        users: "stall keepers",
        broken: "had been closed after a beam fell at night",
        repair: "make the hall safe",
        repairing: "making the hall safe",
        material: "iron columns and glass",
        part: "the great beam",
        harm: "half of the trade had moved to the next town",
        gain: "the hall was full again on both market days",
        fee: "a higher rent for every stall",
    },
    Topic {
        name: "road",
        thing: "the hill road",
        users: "teamsters",
        broken: "had been washed out below the quarry",
        repair: "rebuild the hill road",
        repairing: "rebuilding the hill road",
        material: "gravel and stone drains",
        part: "the steep bend",
        harm: "a trip to the county seat was taking a day and a half",
        gain: "a wagon could be there and back by evening",
        fee: "a toll at the top of the hill",
    },
    Topic {
        name: "fever house",
        thing: "the fever house",
        users: "nurses",
        broken: "had been found without a single unbroken window",
        repair: "restore the fever house",
        repairing: "restoring the fever house",
        material: "glass, beds, and clean linen",
        part: "the north ward",
        harm: "the sick were being nursed at home, near the well",
        gain: "no sick person was turned away",
        fee: "a payment for every night",
    },
    Topic {
        name: "levee",
        thing: "the levee",
        users: "families of the low street",
        broken: "had been cut open by the spring flood",
        repair: "raise the levee",
        repairing: "raising the levee",
        material: "earth and willow mats",
        part: "the bend below the church",
        harm: "nine houses had water up to the second stair",
        gain: "the low street stayed dry for the first time in ten years",
        fee: "a tax on the low street alone",
    },
];

const BEGINNINGS: &[&str] = &[
    "Ash", "Elm", "Mill", "Stone", "Clear", "Fair", "Green", "Har", "North", "Oak", "Red", "Spring", "West", "Win", "Bir",
    "Cold", "Dun", "Fern", "Glen", "Hazel", "Lin", "Marsh", "Penn", "Rush", "Salt", "Thorn", "Wal", "Whit",
];
const ENDINGS: &[&str] = &["ford", "field", "ton", "bury", "water", "brook", "wick", "dale", "port", "ham", "mouth", "stead"];
const RIVERS: &[&str] =
    &["Tamsey", "Orrin", "Little Bray", "Sallow", "Coldwater", "Menno", "Upper Linn", "Farrow", "Black Alder", "Wend"];
const COUNTIES: &[&str] = &["Orchard", "Marlow", "Hollis", "Granite", "Prairie", "Lowell", "Sable", "Tilden"];
const WOMEN: &[&str] = &[
    "Ada",
    "Beatrice",
    "Clara",
    "Dorothea",
    "Esther",
    "Fanny",
    "Harriet",
    "Ida",
    "Josephine",
    "Lydia",
    "Mabel",
    "Nora",
    "Olive",
    "Phoebe",
    "Rosa",
    "Susannah",
    "Theodora",
    "Wilhelmina",
];
const MEN: &[&str] = &[
    "Amos",
    "Benjamin",
    "Caleb",
    "Daniel",
    "Elias",
    "Frederick",
    "Gideon",
    "Henry",
    "Isaac",
    "Josiah",
    "Leander",
    "Matthias",
    "Nathaniel",
    "Oscar",
    "Philip",
    "Rufus",
    "Silas",
    "Thaddeus",
];
const FAMILIES: &[&str] = &[
    "Abbott",
    "Alvarez",
    "Barlow",
    "Brandt",
    "Carver",
    "Chen",
    "Dalton",
    "Dufresne",
    "Ellery",
    "Fischer",
    "Garrity",
    "Hale",
    "Haugen",
    "Ibarra",
    "Jessup",
    "Kowalski",
    "Lindqvist",
    "Lowry",
    "Marchetti",
    "Mercer",
    "Novak",
    "O'Dell",
    "Okafor",
    "Penn",
    "Quimby",
    "Reyes",
    "Sato",
    "Shaw",
    "Stroud",
    "Tanaka",
    "Tillman",
    "Ueda",
    "Varga",
    "Wexler",
    "Whitlock",
    "Yarrow",
    "Zeller",
];
const TRADES: &[&str] =
    &["miller", "teacher", "printer", "midwife", "blacksmith", "seamstress", "baker", "surveyor", "nurse", "carpenter"];
const OFFICES: &[&str] = &["mayor", "chair of the council", "treasurer", "town clerk", "first selectman"];
const HALLS: &[&str] = &[
    "the upper room of the inn",
    "the grange hall",
    "the old tannery",
    "the church basement",
    "the schoolroom",
    "the firehouse",
];
const MONTHS: &[&str] =
    &["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const WEEKDAYS: &[&str] = &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];
const COUNTS: &[&str] = &["three", "four", "five", "six", "seven", "eight", "nine", "eleven", "twelve"];
const MANIES: &[&str] = &[
    "forty-one",
    "fifty-three",
    "sixty",
    "seventy-two",
    "eighty-eight",
    "ninety-four",
    "a hundred and six",
    "two hundred and twelve",
];
const SHARES: &[&str] = &["two thirds", "three quarters", "more than half", "nearly half", "a third", "four out of five"];

/// Where the lessons of an issue take place.
#[derive(Clone)]
pub(super) struct Place {
    pub town: String,
    pub river: &'static str,
    pub county: &'static str,
}

impl Place {
    pub(super) fn new(random: &mut Random) -> Self {
        let town = format!("{}{}", random.pick(BEGINNINGS), random.pick(ENDINGS));
        Self { town, river: random.pick(RIVERS), county: random.pick(COUNTIES) }
    }
}

pub(super) struct Person {
    pub given: &'static str,
    pub family: &'static str,
    pub is_woman: bool,
}

impl Person {
    fn new(random: &mut Random, family: &'static str) -> Self {
        let is_woman = random.below(2) == 0;
        Self { given: random.pick(if is_woman { WOMEN } else { MEN }), family, is_woman }
    }

    /// A random author.
    pub(super) fn author(random: &mut Random) -> Self {
        let family = random.pick(FAMILIES);
        Self::new(random, family)
    }

    pub(super) fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    /// `she`, `her`, and `her`, or `he`, `his`, and `him`.
    fn pronouns(&self) -> [&'static str; 3] {
        if self.is_woman { ["she", "her", "her"] } else { ["he", "his", "him"] }
    }
}

/// The facts of one lesson.
pub(super) struct Story {
    pub place: Place,
    pub topic: &'static Topic,
    pub hero: Person,
    pub rival: Person,
    pub witness: Person,
    pub year: usize,
    trade: &'static str,
    office: &'static str,
    hall: &'static str,
    months: [&'static str; 4],
}

impl Story {
    pub(super) fn new(place: &Place, topic: &'static Topic, random: &mut Random) -> Self {
        let families = random.some(FAMILIES, 3);
        let months = random.some_in_order(MONTHS, 4);
        Self {
            place: place.clone(),
            topic,
            hero: Person::new(random, families[0]),
            // In a town where only men are elected, officials are men.
            rival: Person { given: random.pick(MEN), family: families[1], is_woman: false },
            witness: Person::new(random, families[2]),
            year: random.between(1841, 1908),
            trade: random.pick(TRADES),
            office: random.pick(OFFICES),
            hall: random.pick(HALLS),
            months: [months[0], months[1], months[2], months[3]],
        }
    }

    /// What happened, in order: an id, a date, and a sentence for each event.
    pub(super) fn events(&self) -> Vec<(&'static str, String, String)> {
        let [first, second, third, fourth] = self.months;
        let tell = |sentence: &str| self.fill(sentence, &mut Random::new(0, 0));
        vec![
            ("built", (self.year - 37).to_string(), tell("The town first pays for {thing}.")),
            ("broken", format!("{first} {}", self.year), tell("{Thing} fails, and the council is told.")),
            ("letter", format!("{second} {}", self.year + 1), tell("{Hero} writes to the council.")),
            ("meeting", format!("{third} {}", self.year + 1), tell("A public meeting is held in {hall}.")),
            ("ruling", format!("{fourth} {}", self.year + 1), tell("A judge gives the council a date.")),
            ("work", format!("{first} {}", self.year + 2), tell("The work begins, in the rain.")),
            ("fund", (self.year + 3).to_string(), tell("The fund prints its first list.")),
        ]
    }

    /// Fills in the words in braces: some are fixed for this story, others are random.
    pub(super) fn fill(&self, template: &str, random: &mut Random) -> String {
        let mut text = String::with_capacity(template.len() * 2);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').expect("every brace in our sentences is closed");
            text.push_str(before);
            let value = self.word(&name.to_lowercase(), random);
            if name.starts_with(char::is_uppercase) {
                text.push_str(&capital(&value))
            } else {
                text.push_str(&value)
            }
            rest = after;
        }
        text + rest
    }

    fn word(&self, name: &str, random: &mut Random) -> String {
        let [she, her, him] = self.hero.pronouns();
        let [he, his, _] = self.rival.pronouns();
        let fixed = match name {
            "town" => &self.place.town,
            "river" => self.place.river,
            "county" => self.place.county,
            "paper" => return format!("*{} Weekly*", self.place.town),
            "name" => self.topic.name,
            "thing" => self.topic.thing,
            "users" => self.topic.users,
            "broken" => self.topic.broken,
            "repair" => self.topic.repair,
            "repairing" => self.topic.repairing,
            "material" => self.topic.material,
            "part" => self.topic.part,
            "harm" => self.topic.harm,
            "gain" => self.topic.gain,
            "fee" => self.topic.fee,
            "hero" => return self.hero.name(),
            "h" => self.hero.family,
            "she" => she,
            "her" => her,
            "him" => him,
            "rival" => return self.rival.name(),
            "r" => self.rival.family,
            "he" => he,
            "his" => his,
            "witness" => return self.witness.name(),
            "w" => self.witness.family,
            "trade" => self.trade,
            "office" => self.office,
            "hall" => self.hall,
            "month" => random.pick(MONTHS),
            "month2" => random.pick(&self.months),
            "weekday" => random.pick(WEEKDAYS),
            "count" => random.pick(COUNTS),
            "many" => random.pick(MANIES),
            "share" => random.pick(SHARES),
            "day" => return random.between(1, 28).to_string(),
            "sum" => return format!("${}", random.between(23, 98) * 10),
            "people" => return format!("{},{:03}", random.between(1, 6), random.between(0, 999)),
            "year" => return self.year.to_string(),
            "next" => return (self.year + 1).to_string(),
            "soon" => return (self.year + 2).to_string(),
            "before" => return (self.year - random.between(2, 9)).to_string(),
            "long" => return (self.year - 37).to_string(),
            "later" => return (self.year + random.between(19, 34)).to_string(),
            _ => unreachable!("our sentences have only these words, not {name}"),
        };
        fixed.to_owned()
    }
}

/// The text with a capital first letter.
pub(super) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}
