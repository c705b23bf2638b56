// Searches lessons as you type, and filters them. The page address keeps the search and the filters.
//
// The index is split into small scripts, loaded as needed: a page opened from a disk can't load any other kind of file.
"use strict";
{
  const SHOWN = 20;
  const FILTERS = ["grade", "subject", "topic", "minutes", "edition", "format", "language", "issue"];
  const EDITIONS = [["student", "Student packet"], ["teacher", "Teacher packet"], ["key", "Answer key"], ["substitute", "Substitute packet"]];
  const FORMATS = [["compact", "Compact"], ["clear-print", "Clear print"], ["large-print", "Large print"], ["fillable", "Fillable"], ["booklet", "Booklet"], ["2-up", "Two pages per side"], ["mono", "Grayscale"]];
  const folder = new URL("search/", document.currentScript.src).href;
  const form = document.getElementById("search");
  const found = document.getElementById("found");
  const issues = document.getElementById("issues");
  const list = document.getElementById("results");
  const more = document.getElementById("more");
  const count = document.getElementById("count");
  const field = (name) => form.elements.namedItem(name);

  // Parts that have loaded, and callbacks for those that are loading, by kind and key.
  const arrived = new Map();
  const awaited = new Map();
  globalThis.packetpress = (kind, key, data) => {
    arrived.set(`${kind} ${key}`, data);
    awaited.get(`${kind} ${key}`)?.(data);
  };

  /** A part of the index; `null` if it can't be loaded. */
  function part(kind, key, name) {
    const id = `${kind} ${key}`;
    if (!arrived.has(id)) {
      arrived.set(id, new Promise((resolve) => {
        awaited.set(id, resolve);
        const script = document.createElement("script");
        script.src = `${folder}${name}.js`;
        // Load it before the pictures in the list that the results will replace.
        script.fetchPriority = "high";
        script.addEventListener("error", () => resolve(null));
        document.head.append(script);
      }));
    }
    return Promise.resolve(arrived.get(id));
  }

  let index = null;
  /** The main index. Its list of word files becomes a Set. */
  async function loadIndex() {
    if (!index) {
      const data = await part("index", "", "index");
      if (!data || index) return index;
      index = { ...data, words: new Set(data.words.split(" ")) };
      fillFilters();
    }
    return index;
  }

  /** The words of text, in lowercase and without accents. In scripts without spaces, each character is a word. */
  function fold(text) {
    const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    const spaced = plain.replace(/[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/gu, " $& ");
    return spaced.match(/[\p{Alphabetic}\p{N}]+/gu) ?? [];
  }

  function fileName(key) {
    return `words-${[...key].map((c) => (/[a-z0-9]/.test(c) ? c : `u${c.codePointAt(0).toString(16)}-`)).join("")}`;
  }

  /** Turns differences back into numbers. */
  function numbers(steps) {
    let at = 0;
    return steps.map((step) => (at += step));
  }

  /** Scores each lesson for a word, by lesson number; `null` if the word is too short or too common. */
  async function scores(word, isLast) {
    const key = [...word].slice(0, 2).join("");
    if ([...word].length < 2 && isLast && !index.words.has(key)) return null;
    const words = index.words.has(key) ? await part("words", key, fileName(key)) : {};
    const scores = new Map();
    let isCommon = false;
    const add = (number, score) => scores.set(number, Math.max(score, scores.get(number) ?? 0));
    for (const [known, postings] of Object.entries(words ?? {})) {
      const isWhole = known === word;
      if (!isWhole && !known.startsWith(word)) continue;
      if (postings === 0) {
        isCommon = true;
        continue;
      }
      numbers(postings[0]).forEach((number) => add(number, isWhole ? 6 : 4));
      numbers(postings[1]).forEach((number) => add(number, isWhole ? 2 : 1));
    }
    return isCommon ? null : scores;
  }

  /** The lessons on a topic; `null` if there is no topic filter. */
  async function ofTopic(topic) {
    const wanted = fold(topic).join(" ");
    if (!wanted) return null;
    const topics = (await part("topics", "", "topics")) ?? {};
    const same = Object.entries(topics).filter(([known]) => fold(known).join(" ") === wanted);
    return new Set(same.flatMap(([, steps]) => numbers(steps)));
  }

  /** A function that tells whether a lesson passes the filters. */
  function passes(wanted, topic) {
    const grade = wanted.grade === "" ? -1 : wanted.grade === "K" ? 0 : Number(wanted.grade);
    const subject = index.subjects.indexOf(wanted.subject) + 1;
    const language = index.languages.findIndex(([tag]) => tag === wanted.language);
    const issue = index.issues.findIndex(([id]) => id === wanted.issue);
    const edition = EDITIONS.findIndex(([name]) => name === wanted.edition);
    const format = FORMATS.findIndex(([name]) => name === wanted.format);
    const minutes = Number(wanted.minutes);
    return (number) =>
      (wanted.grade === "" || (index.grades[number] >> grade) & 1) &&
      (wanted.subject === "" || index.subject[number] === subject) &&
      (wanted.language === "" || (index.language[number] >> language) & 1) &&
      (wanted.issue === "" || index.issue[number] === issue) &&
      (wanted.edition === "" || (index.editions[number] >> edition) & 1) &&
      (wanted.format === "" || (index.formats[number] >> format) & 1) &&
      (wanted.minutes === "" || (index.minutes[number] > 0 && index.minutes[number] <= minutes)) &&
      (topic === null || topic.has(number));
  }

  /** The numbers of the matching lessons: best match first, then newest first. */
  async function search(wanted) {
    await loadIndex();
    if (!index) return null;
    const words = fold(wanted.q);
    const each = await Promise.all(words.map((word, at) => scores(word, at === words.length - 1)));
    const telling = each.filter((scores) => scores !== null);
    const topic = await ofTopic(wanted.topic);
    const isWanted = passes(wanted, topic);
    const total = (number) => telling.reduce((sum, scores) => sum + scores.get(number), 0);
    const first = telling.length > 0 ? [...telling[0].keys()] : [...Array(index.lessons).keys()];
    const fits = first.filter((number) => telling.every((scores) => scores.has(number)) && isWanted(number));
    const ranked = fits.map((number) => [total(number), number]);
    ranked.sort(([a, first], [b, second]) => b - a || second - first);
    return ranked.map(([, number]) => number);
  }

  function counted(number, one) {
    return number === 1 ? `1 ${one}` : `${number} ${one}s`;
  }

  /** The name of an issue, which may have no number. */
  function issueName([, number, theme], prefix = "") {
    return number === null ? theme : `${prefix}${number}: ${theme}`;
  }

  function element(name, attributes, ...children) {
    const element = document.createElement(name);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  }

  /** A lesson in the results, as on the front page. */
  function item(number, [path, title, question, grades, language, preview]) {
    const minutes = index.minutes[number];
    const subject = index.subjects[index.subject[number] - 1];
    const facts = [grades && `${/[–, ]/.test(grades) ? "Grades" : "Grade"} ${grades}`, minutes && counted(minutes, "minute"), subject].filter(Boolean);
    const picture = { src: `${path}/thumbnail.png`, alt: "", width: 96, height: 124, loading: "lazy", fetchpriority: "low" };
    return element("li", {},
      preview ? element("img", picture) : element("span", { class: "blank" }),
      element("div", {},
        element("h3", {}, element("a", { href: `${path}/index.html`, lang: language, dir: "auto" }, title)),
        ...(question ? [element("p", { class: "question", lang: language, dir: "auto" }, question)] : []),
        element("p", { class: "facts" }, ...facts.map((fact) => element("span", {}, `${fact} `)), element("span", {}, issueName(index.issues[index.issue[number]], "Issue "))),
      ),
    );
  }

  async function items(fits) {
    const files = new Set(fits.map((number) => Math.floor(number / index.cards)));
    await Promise.all([...files].map((file) => part("cards", String(file), `cards-${file}`)));
    const card = async (number) => {
      const file = String(Math.floor(number / index.cards));
      const cards = await part("cards", file, `cards-${file}`);
      return cards ? item(number, cards[number % index.cards]) : "";
    };
    return Promise.all(fits.map(card));
  }

  function wantedNow() {
    return Object.fromEntries(["q", ...FILTERS].map((name) => [name, field(name).value.trim()]));
  }

  /** Puts the search into the page address, so it can be bookmarked and shared. */
  function remember(wanted) {
    const address = new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== "")).toString();
    history.replaceState(null, "", address ? `?${address}` : location.href.split(/[?#]/)[0]);
  }

  let run = 0;
  /** Shows the results, unless a newer search has started. */
  async function show(wanted) {
    const own = ++run;
    const isEmpty = Object.values(wanted).every((value) => value === "");
    document.getElementById("actions").hidden = isEmpty;
    if (isEmpty) {
      found.hidden = true;
      issues.hidden = false;
      return;
    }
    const fits = await search(wanted);
    if (own !== run) return;
    const first = fits ? await items(fits.slice(0, SHOWN)) : [];
    if (own !== run) return;
    list.replaceChildren(...first);
    let shown = first.length;
    more.hidden = !fits || fits.length <= shown;
    more.onclick = async () => {
      const next = await items(fits.slice(shown, shown + SHOWN));
      if (own !== run) return;
      list.append(...next);
      next[0]?.querySelector("a")?.focus();
      shown += next.length;
      more.hidden = fits.length <= shown;
    };
    count.textContent = say(fits);
    found.hidden = false;
    issues.hidden = true;
  }

  function say(fits) {
    if (!fits) return "The search couldn't load. Clear it to see all lessons by issue.";
    if (fits.length === 0) return "No lessons found. Try another word or remove a filter.";
    return counted(fits.length, "lesson");
  }

  function change() {
    const wanted = wantedNow();
    remember(wanted);
    show(wanted);
  }

  /** Fills the filters with the options that lessons have, and keeps what was chosen. */
  function fillFilters() {
    const fill = (name, options) => {
      const select = field(name);
      const chosen = select.value || asked.get(name) || "";
      select.append(...options.map(([value, text]) => new Option(text, value)));
      select.value = chosen;
      if (select.selectedIndex < 0) select.value = "";
    };
    const grades = index.grades.reduce((all, grades) => all | grades, 0);
    const each = ["K", 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12].filter((_, grade) => (grades >> grade) & 1);
    fill("grade", each.map((grade) => [String(grade), grade === "K" ? "Kindergarten" : `Grade ${grade}`]));
    fill("subject", index.subjects.map((subject) => [subject, subject]));
    fill("language", index.languages);
    fill("issue", index.issues.map((issue) => [issue[0], issueName(issue)]).reverse());
    const editions = index.editions.reduce((all, editions) => all | editions, 0);
    fill("edition", EDITIONS.filter((_, edition) => (editions >> edition) & 1));
    const formats = index.formats.reduce((all, formats) => all | formats, 0);
    fill("format", FORMATS.filter((_, format) => (formats >> format) & 1));
  }

  async function fillTopics() {
    const topics = await part("topics", "", "topics");
    const datalist = document.getElementById("topics");
    if (topics && datalist.children.length === 0) {
      datalist.append(...Object.keys(topics).map((topic) => new Option("", topic)));
    }
  }

  const asked = new URLSearchParams(location.search);
  async function begin() {
    form.hidden = false;
    form.addEventListener("input", change);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(() => {
      change();
      field("q").focus();
    }));
    form.addEventListener("focusin", loadIndex);
    field("topic").addEventListener("focus", fillTopics);
    document.getElementById("filters").addEventListener("toggle", loadIndex);
    for (const name of ["q", "topic", "minutes"]) {
      if (asked.has(name)) field(name).value = asked.get(name);
    }
    if ([...asked.keys()].some((name) => name === "q" || FILTERS.includes(name))) {
      document.getElementById("filters").open = FILTERS.some((name) => asked.has(name));
      await loadIndex();
      show(wantedNow());
    }
  }
  begin();
}
