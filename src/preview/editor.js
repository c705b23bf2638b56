// The field in which a lesson is written: a textarea with line numbers, marks, offers, and its own undo.
//
// The text area stays an ordinary one, so that keyboards and screen readers work with it as usual. The same text is behind it in
// lines, which carry the numbers and the marks and tell where on the screen a place in the text is.

// How long typed letters are undone together, in milliseconds.
const TOGETHER = 700;

// How many steps are remembered, and how many characters of them in the browser.
const MAX_STEPS = 500;
const MAX_REMEMBERED = 400_000;

/** The place of a line and character (in UTF-16 units, both from 0) in some text. */
export function offsetOf(text, { line, character }) {
  let start = 0;
  for (let i = 0; i < line; i++) {
    const next = text.indexOf("\n", start);
    if (next < 0) return text.length;
    start = next + 1;
  }
  const end = text.indexOf("\n", start);
  return Math.min(start + character, end < 0 ? text.length : end);
}

/** The line and character of a place in some text. */
export function positionOf(text, offset) {
  const before = text.slice(0, offset);
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length - 1, character: offset - start };
}

/** A hash of text, to find out whether it is the same. */
function hash(text) {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0;
  return `${text.length}:${sum}`;
}

export class Editor {
  #area = document.createElement("textarea");
  #back = document.createElement("div");
  #offers = document.createElement("ul");
  #scroller;
  #calls;
  #text = "";
  #lines = [];
  #marks = [];
  #name = "";
  #undone = [];
  #done = [];
  #last = 0;
  #selection = [0, 0];
  #offered = [];
  #chosen = -1;
  #asked = 0;

  /** `calls`: `changed(text)`, `moved(offset)`, `offer(offset)`, and one function for each key. */
  constructor(scroller, calls) {
    this.#scroller = scroller;
    this.#calls = calls;
    const stack = document.createElement("div");
    stack.className = "stack";
    this.#back.className = "back";
    this.#back.setAttribute("aria-hidden", "true");
    this.#offers.className = "offers";
    this.#offers.id = "offers";
    this.#offers.role = "listbox";
    this.#offers.setAttribute("aria-label", "What you can write here");
    this.#offers.hidden = true;
    Object.assign(this.#area, { spellcheck: true, autocapitalize: "off", autocomplete: "off", wrap: "soft" });
    this.#area.setAttribute("aria-describedby", "keys");
    this.#area.setAttribute("aria-autocomplete", "list");
    stack.append(this.#back, this.#area);
    scroller.append(stack, this.#offers);
    this.#area.addEventListener("input", (event) => this.#typed(event));
    this.#area.addEventListener("beforeinput", (event) => {
      if (event.inputType === "historyUndo" || event.inputType === "historyRedo") {
        event.preventDefault();
        this.#turn(event.inputType === "historyUndo");
      }
    });
    this.#area.addEventListener("keydown", (event) => this.#key(event));
    this.#area.addEventListener("blur", () => this.#close());
    document.addEventListener("selectionchange", () => {
      if (document.activeElement !== this.#area) return;
      const selection = [this.#area.selectionStart, this.#area.selectionEnd];
      if (selection.join() === this.#selection.join()) return;
      this.#selection = selection;
      calls.moved(selection[1]);
    });
    this.#offers.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const row = event.target.closest("li");
      if (row) this.#take(Number(row.dataset.index));
    });
  }

  get text() {
    return this.#text;
  }

  get offset() {
    return this.#area.selectionStart;
  }

  focus() {
    this.#area.focus();
  }

  /** Shows another file. What was done to it before can be undone, if its text is still the same. */
  open(name, label, text) {
    this.#remember();
    this.#name = name;
    this.#close();
    this.#area.setAttribute("aria-label", label);
    this.#area.value = text;
    this.#text = this.#area.value;
    this.#marks = [];
    this.#recall();
    this.#render();
    this.#area.setSelectionRange(0, 0);
    this.#scroller.scrollTop = 0;
  }

  /** Puts other text in place of all, as one step. */
  replaceAll(text) {
    const offset = Math.min(this.offset, text.length);
    this.edit([{ from: 0, to: this.#text.length, text }]);
    this.#area.setSelectionRange(offset, offset);
  }

  /** Makes changes, from the last to the first, as one step. */
  edit(changes) {
    let after = this.#text;
    for (const { from, to, text } of [...changes].sort((one, other) => other.from - one.from)) {
      after = after.slice(0, from) + text + after.slice(to);
    }
    const caret = this.#area.selectionStart;
    this.#area.value = after;
    this.#area.setSelectionRange(caret, caret);
    this.#change(false);
  }

  /** Shows marks: `{from, to, kind}` with the kind `error` or `warning`. */
  mark(marks) {
    this.#marks = marks;
    this.#render();
  }

  /** Puts the cursor somewhere and shows it. */
  go(from, to = from) {
    this.#area.focus();
    this.#area.setSelectionRange(from, to);
    const box = this.#boxAt(from);
    const view = this.#scroller.getBoundingClientRect();
    if (box && (box.top < view.top + 20 || box.bottom > view.bottom - 20)) {
      this.#scroller.scrollTop += box.top - view.top - view.height / 3;
      if (getComputedStyle(this.#scroller).overflowY === "visible") scrollBy(0, box.top - innerHeight / 3);
    }
  }

  #typed(event) {
    this.#change(true);
    const letter = event.data ?? "";
    const isDeleting = (event.inputType ?? "").startsWith("delete");
    if (/^[\p{L}\p{N}_@[-]$/u.test(letter) || (isDeleting && !this.#offers.hidden)) this.#offer(false);
    else this.#close();
  }

  /** Takes in what is in the text area now. */
  #change(isTyping) {
    const before = this.#text;
    const after = this.#area.value;
    if (before === after) return;
    let start = 0;
    const least = Math.min(before.length, after.length);
    while (start < least && before[start] === after[start]) start++;
    let end = 0;
    while (end < least - start && before[before.length - 1 - end] === after[after.length - 1 - end]) end++;
    const step = { at: start, removed: before.slice(start, before.length - end), added: after.slice(start, after.length - end) };
    const now = Date.now();
    const last = this.#done.at(-1);
    const goesOn =
      isTyping && last?.typed && now - this.#last < TOGETHER && step.removed === "" && step.added !== "\n" &&
      last.at + last.added.length === step.at;
    if (goesOn) last.added += step.added;
    else this.#done.push({ ...step, typed: isTyping });
    if (this.#done.length > MAX_STEPS) this.#done.shift();
    this.#last = now;
    this.#undone = [];
    this.#text = after;
    this.#move(start, before.length - end, after.length - before.length);
    this.#render();
    this.#remember();
    this.#calls.changed(after);
  }

  /** Moves the marks with the text, until they are found anew. */
  #move(from, to, by) {
    this.#marks = this.#marks
      .filter((mark) => mark.to <= from || mark.from >= to)
      .map((mark) => (mark.from >= to ? { ...mark, from: mark.from + by, to: mark.to + by } : mark));
  }

  #turn(isUndo) {
    const step = (isUndo ? this.#done : this.#undone).pop();
    if (!step) return;
    const [gone, back] = isUndo ? [step.added, step.removed] : [step.removed, step.added];
    this.#text = this.#text.slice(0, step.at) + back + this.#text.slice(step.at + gone.length);
    (isUndo ? this.#undone : this.#done).push({ ...step, typed: false });
    this.#area.value = this.#text;
    this.go(step.at + back.length);
    this.#move(step.at, step.at + gone.length, back.length - gone.length);
    this.#render();
    this.#remember();
    this.#calls.changed(this.#text);
  }

  /** Keeps the steps in the browser, so that they outlive the page. */
  #remember() {
    if (!this.#name) return;
    const steps = [];
    let length = 0;
    for (const step of [...this.#done].reverse()) {
      length += step.removed.length + step.added.length + 40;
      if (length > MAX_REMEMBERED) break;
      steps.unshift(step);
    }
    try {
      localStorage.setItem(`undo:${this.#name}`, JSON.stringify({ of: hash(this.#text), done: steps, undone: this.#undone.slice(-50) }));
    } catch {
      // The browser keeps nothing; undo works until the page is closed.
    }
  }

  #recall() {
    [this.#done, this.#undone] = [[], []];
    try {
      const kept = JSON.parse(localStorage.getItem(`undo:${this.#name}`) ?? "null");
      if (kept?.of === hash(this.#text)) [this.#done, this.#undone] = [kept.done, kept.undone];
    } catch {
      // As above.
    }
  }

  #key(event) {
    const control = event.ctrlKey || event.metaKey;
    const key = event.key;
    if (!this.#offers.hidden) {
      if (key === "ArrowDown" || key === "ArrowUp") {
        event.preventDefault();
        this.#choose(this.#chosen + (key === "ArrowDown" ? 1 : -1));
        return;
      }
      if (key === "Escape") {
        event.preventDefault();
        this.#close();
        return;
      }
      if ((key === "Enter" || key === "Tab") && this.#chosen >= 0 && !event.shiftKey) {
        event.preventDefault();
        this.#take(this.#chosen);
        return;
      }
    }
    const calls = this.#calls;
    const does = {
      "control+ ": () => this.#offer(true),
      "control+.": calls.fix,
      "control+s": calls.save,
      "control+z": () => this.#turn(true),
      "control+y": () => this.#turn(false),
      "control+shift+z": () => this.#turn(false),
      "control+]": () => this.#indent(2),
      "control+[": () => this.#indent(-2),
      F2: calls.rename,
      F8: () => calls.next(1),
      "shift+F8": () => calls.next(-1),
      F12: calls.definition,
    }[`${control ? "control+" : ""}${event.shiftKey ? "shift+" : ""}${key.length === 1 ? key.toLowerCase() : key}`];
    if (does) {
      event.preventDefault();
      does();
    } else if (key === "Enter" && !control && !event.shiftKey && !event.altKey && !event.isComposing) {
      event.preventDefault();
      this.#newLine();
    }
  }

  /** A line break with the indentation of the line before. */
  #newLine() {
    const start = this.#text.lastIndexOf("\n", this.offset - 1) + 1;
    const before = this.#text.slice(start, this.offset);
    const indent = /^ */.exec(before)[0];
    const dashes = /^(?:- )*/.exec(before.slice(indent.length))[0];
    // An entry that is still empty ends the list.
    const opens = /(?:^|\s|:)(?:[|>][+-]?|\S+:)\s*$/.test(before) && /[:|>+-]\s*$/.test(before);
    const deeper = opens ? "  " : "";
    this.#insert(`\n${indent}${dashes.replaceAll("-", " ")}${deeper}`);
  }

  #insert(text) {
    const { selectionStart: from, selectionEnd: to } = this.#area;
    this.#area.setRangeText(text, from, to, "end");
    this.#change(false);
    this.#close();
  }

  /** Moves the selected lines right or left. */
  #indent(by) {
    const { selectionStart, selectionEnd } = this.#area;
    const start = this.#text.lastIndexOf("\n", selectionStart - 1) + 1;
    const lines = this.#text.slice(start, selectionEnd).split("\n");
    const moved = lines.map((line) => (by > 0 ? " ".repeat(by) + line : line.replace(/^ {1,2}/, "")));
    this.#area.setRangeText(moved.join("\n"), start, selectionEnd, "preserve");
    this.#change(false);
  }

  /** Asks what can be written. Unless someone asked for it, only what begins as typed is offered. */
  async #offer(isAsked) {
    const asked = ++this.#asked;
    const offset = this.offset;
    const items = await this.#calls.offer(offset);
    if (asked !== this.#asked || offset !== this.offset || document.activeElement !== this.#area) return;
    const typed = ({ from }) => this.#text.slice(from, offset).trim().toLowerCase();
    this.#offered = isAsked ? items : items.filter((item) => {
      const word = typed(item);
      return item.label.toLowerCase().startsWith(word) && item.label.toLowerCase() !== word && !word.includes(" ");
    });
    this.#offered = this.#offered.slice(0, 60);
    if (this.#offered.length === 0) {
      this.#close();
      if (isAsked) this.#calls.say("There is nothing to offer here.");
      return;
    }
    this.#offers.replaceChildren(
      ...this.#offered.map((item, index) => {
        const row = document.createElement("li");
        row.role = "option";
        row.id = `offer-${index}`;
        row.dataset.index = index;
        const label = document.createElement("b");
        label.textContent = item.label;
        row.append(label);
        if (item.meaning) {
          const meaning = document.createElement("span");
          meaning.textContent = item.meaning;
          row.append(meaning);
        }
        return row;
      }),
    );
    this.#offers.hidden = false;
    this.#area.setAttribute("aria-controls", "offers");
    this.#place(this.#offered[0].from);
    // Typed words are taken only by choice, so that Enter still begins a new line.
    this.#choose(isAsked ? 0 : -1);
    if (!isAsked) this.#calls.say(`${this.#offered.length} suggestions; use the arrow keys`);
  }

  #place(offset) {
    const box = this.#boxAt(offset);
    const outer = this.#scroller.getBoundingClientRect();
    if (!box) return;
    const { scrollTop } = this.#scroller;
    const width = this.#offers.offsetWidth;
    const left = Math.max(8, Math.min(box.left - outer.left, outer.width - width - 16));
    const below = box.bottom - outer.top + scrollTop + 4;
    const above = box.top - outer.top + scrollTop - this.#offers.offsetHeight - 4;
    const fits = box.bottom + this.#offers.offsetHeight + 8 < Math.min(outer.bottom, innerHeight) || above < scrollTop;
    this.#offers.style.left = `${left}px`;
    this.#offers.style.top = `${fits ? below : above}px`;
  }

  #choose(index) {
    const rows = [...this.#offers.children];
    rows[this.#chosen]?.removeAttribute("aria-selected");
    this.#chosen = index < 0 ? -1 : index % rows.length;
    const row = rows[this.#chosen];
    if (row) {
      row.setAttribute("aria-selected", "true");
      row.scrollIntoView({ block: "nearest" });
      this.#area.setAttribute("aria-activedescendant", row.id);
    } else {
      this.#area.removeAttribute("aria-activedescendant");
    }
  }

  #take(index) {
    const { from, to, text, stop } = this.#offered[index];
    this.#close();
    this.#area.setRangeText(text, from, Math.max(to, this.offset), "end");
    const caret = from + (stop ?? text.length);
    this.#area.setSelectionRange(caret, caret);
    this.#change(false);
  }

  #close() {
    this.#asked++;
    this.#offers.hidden = true;
    this.#chosen = -1;
    this.#area.removeAttribute("aria-activedescendant");
    this.#area.removeAttribute("aria-controls");
  }

  /** Where a place in the text is on the screen. */
  #boxAt(offset) {
    const { line, character } = positionOf(this.#text, offset);
    const row = this.#back.children[line];
    if (!row) return null;
    const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
    let left = character;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (left <= node.length) {
        const range = document.createRange();
        range.setStart(node, left);
        range.setEnd(node, left);
        const [box] = range.getClientRects();
        return box ?? row.getBoundingClientRect();
      }
      left -= node.length;
    }
    return row.getBoundingClientRect();
  }

  /** Brings the lines behind the text area up to date; lines that stay the same are left alone. */
  #render() {
    const wanted = [];
    let start = 0;
    for (const content of this.#text.split("\n")) {
      const end = start + content.length;
      const marks = this.#marks.filter((mark) => mark.from <= end && mark.to >= start && (mark.from < end || mark.to > start || mark.from === mark.to || start === end));
      const own = marks.map(({ from, to, kind }) => ({ from: Math.max(from, start) - start, to: Math.min(to, end) - start, kind }));
      wanted.push({ content, marks: own, key: JSON.stringify([content, own]) });
      start = end + 1;
    }
    const old = this.#lines;
    let first = 0;
    while (first < old.length && first < wanted.length && old[first] === wanted[first].key) first++;
    let last = 0;
    while (last < old.length - first && last < wanted.length - first && old.at(-1 - last) === wanted.at(-1 - last).key) last++;
    const rows = this.#back.children;
    for (let count = old.length - first - last; count > 0; count--) rows[first].remove();
    const before = rows[first] ?? null;
    for (const line of wanted.slice(first, wanted.length - last)) this.#back.insertBefore(this.#row(line), before);
    this.#lines = wanted.map((line) => line.key);
  }

  #row({ content, marks }) {
    const row = document.createElement("div");
    if (marks.some((mark) => mark.kind === "error")) row.className = "has-error";
    else if (marks.length > 0) row.className = "has-warning";
    let at = 0;
    for (const { from, to, kind } of [...marks].sort((one, other) => one.from - other.from)) {
      if (from < at || to <= from) continue;
      row.append(content.slice(at, from));
      const mark = document.createElement("span");
      mark.className = kind;
      mark.textContent = content.slice(from, to);
      row.append(mark);
      at = to;
    }
    // An empty line is as high as others.
    row.append(content.slice(at) || (content === "" ? "\u200b" : ""));
    return row;
  }
}
