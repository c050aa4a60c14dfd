// Tabs, filters and sorting. Without a script the page shows everything, one section after the other.
"use strict";

const collator = new Intl.Collator(undefined, { numeric: true });

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

// A row of a table that the page came with.
class PageRow {
  constructor(node) {
    this.node = node;
    this.tags = new Set((node.dataset.tags ?? "").split(" "));
    this.text = fold(node.textContent);
  }

  key(column, kind) {
    const cell = this.node.cells[column];
    if (kind === "text") return cell.textContent.trim();
    return number(cell.dataset.v ?? cell.textContent.replace(/,/g, ""));
  }
}

// A student's row: data until it is drawn.
class StudentRow {
  constructor(row, sheet) {
    const [name, folder, score, verdicts, scores, findings, answers, reasons] = row;
    Object.assign(this, { name, folder, score, verdicts, scores, sheet });
    this.reasons = reasons.map((index) => sheet.reasons[index]);
    this.tags = new Set([...findings.map((index) => `f${index}`), ...answers.map((index) => `a${index}`), ...this.reasons]);
    if (reasons.length) this.tags.add("attention");
    if (score !== null) this.tags.add(score >= sheet.most ? "full" : "partial");
    this.text = fold(name);
  }

  points(column) {
    if (this.scores.length) return this.scores[column];
    return this.verdicts[column] === "p" ? this.sheet.points[column] : 0;
  }

  key(column, kind) {
    if (column === 0) return this.text;
    if (column === 1) return this.score ?? -1;
    if (kind === "text") return this.reasons.join(", ");
    // not attempted, not graded: below zero points
    return "nsu".includes(this.verdicts[column - 2]) ? -1 : this.points(column - 2);
  }

  get node() {
    const row = document.createElement("tr");
    const who = document.createElement("th");
    who.className = "who";
    who.scope = "row";
    const name = document.createElement("bdi");
    name.textContent = this.name;
    who.append(this.link("instructor", name), " ", this.link("students", "student’s page", "handout"));
    row.append(who, cell("n", this.score === null ? "–" : shortened(this.score)));
    for (let column = 0; column < this.verdicts.length; column++) row.append(this.exercise(column));
    row.append(cell("why", this.reasons.join(", ")));
    Object.defineProperty(this, "node", { value: row });
    return row;
  }

  link(audience, content, css = "") {
    const link = document.createElement("a");
    if (css) link.className = css;
    link.href = [audience, this.folder || this.name, this.sheet.page].map(encodeURIComponent).join("/");
    link.append(content);
    return link;
  }

  exercise(column) {
    const letter = this.verdicts[column];
    const mark = this.sheet.marks[letter];
    if ("nsu".includes(letter)) return cell("mute", mark);
    const points = this.points(column);
    const tone = points >= this.sheet.points[column] ? "good" : points > 0 ? "part" : "bad";
    return cell(tone, "pf".includes(letter) ? shortened(points) : `${shortened(points)} ${mark}`);
  }
}

class Table {
  constructor(table) {
    this.table = table;
    this.root = table.closest(".listing") ?? table.closest("section");
    this.body = table.tBodies[0];
    this.limit = Number(table.dataset.limit ?? Infinity);
    this.heads = Array.from(table.tHead.rows[0].cells);
    this.tag = null;
    this.heads.forEach((head, column) => {
      head.querySelector("button")?.addEventListener("click", () => this.sort(head, column));
    });
    if (this.root.querySelector(".controls")) this.listen();
  }

  // Rows are read when they are first asked for: a course has tables that nobody opens.
  get rows() {
    const data = this.root.querySelector("script.rows");
    const rows = data && this.table.matches(".grades")
      ? students(JSON.parse(data.textContent))
      : Array.from(this.body.rows, (row) => new PageRow(row));
    Object.defineProperty(this, "rows", { value: rows });
    return rows;
  }

  listen() {
    const part = (css) => this.root.querySelector(css);
    [this.find, this.choice, this.clear, this.more] = [".find", ".show", ".clear", ".more"].map(part);
    part(".controls").hidden = false;
    this.find.addEventListener("input", () => this.show());
    this.choice.addEventListener("change", () => this.show());
    this.clear.addEventListener("click", () => this.only(null));
    this.more.addEventListener("click", () => this.show(this.shown * 5));
  }

  // Show those with one finding, answer or reason alone.
  only(tag, label = "") {
    this.tag = tag;
    this.clear.hidden = tag === null;
    this.clear.textContent = `Only: ${label} ✕`;
    this.clear.setAttribute("aria-label", `Show everyone again, not only: ${label}`);
    this.show();
  }

  matching() {
    if (!this.find) return this.rows;
    const [text, choice] = [fold(this.find.value.trim()), this.choice.value];
    return this.rows.filter((row) =>
      row.text.includes(text) && (!choice || row.tags.has(choice)) && (this.tag === null || row.tags.has(this.tag)));
  }

  show(most = this.limit) {
    const matching = this.matching();
    const drawn = matching.slice(0, most);
    this.shown = drawn.length;
    this.body.replaceChildren(...drawn.map((row) => row.node));
    if (!this.find) return;
    this.more.hidden = drawn.length === matching.length;
    this.say(matching.length, drawn.length);
  }

  say(matching, drawn) {
    const of = matching === this.rows.length ? "" : ` of ${this.rows.length.toLocaleString("en")}`;
    const first = drawn === matching ? "" : `, the first ${drawn.toLocaleString("en")} shown`;
    this.root.querySelector(".shown").textContent = `${matching.toLocaleString("en")}${of}${first}`;
  }

  sort(head, column) {
    const { kind, first = kind === "text" && !this.table.matches(".grades") ? "ascending" : "descending" } =
      head.querySelector("button").dataset;
    const other = first === "ascending" ? "descending" : "ascending";
    const order = head.getAttribute("aria-sort") === first ? other : first;
    for (const each of this.heads) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const keys = new Map(this.rows.map((row) => [row, row.key(column, kind)]));
    const compare = kind === "text" ? collator.compare : (a, b) => a - b;
    this.rows.sort((a, b) => sign * compare(keys.get(a), keys.get(b)));
    this.show();
  }
}

function students(sheet) {
  sheet.most = sheet.points.reduce((sum, each) => sum + each, 0) - 1e-9;
  return sheet.rows.map((row) => new StudentRow(row, sheet));
}

function cell(css, text) {
  const made = document.createElement("td");
  made.className = css;
  made.textContent = text;
  return made;
}

function number(text) {
  const value = parseFloat(text);
  return Number.isNaN(value) ? -Infinity : value;
}

function shortened(points) {
  return String(Math.round(points * 100) / 100);
}

const tables = new Map();

// Set up the tables of what is in view; those of other tabs wait until they are opened.
function prepare(panel) {
  for (const node of panel.querySelectorAll("table.grades, table.list")) {
    if (tables.has(node)) continue;
    const table = new Table(node);
    tables.set(node, table);
    if (table.find) table.show();
  }
}

function openTab() {
  const wanted = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const panels = Array.from(document.querySelectorAll(".panel"));
  const open = wanted?.closest(".panel") ?? panels[0];
  const tabs = document.querySelectorAll(".tabs a");
  document.body.classList.toggle("tabbed", tabs.length > 0);
  for (const panel of panels) panel.hidden = tabs.length > 0 && panel !== open;
  for (const tab of tabs) {
    if (tab.hash === `#${open.id}`) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
  if (open) prepare(open);
  if (wanted && wanted !== open) wanted.scrollIntoView();
}

function showOnly(button) {
  const { panel, tag, label } = button.dataset;
  const target = document.getElementById(panel);
  if (target.hidden) history.pushState(null, "", `#${panel}`);
  openTab();
  const table = tables.get(target.querySelector(".grades"));
  table.only(tag, label);
  table.root.scrollIntoView();
  table.clear.focus({ preventScroll: true });
}

for (const button of document.querySelectorAll(".only")) {
  button.hidden = false;
  button.addEventListener("click", () => showOnly(button));
}
window.addEventListener("hashchange", openTab);
window.addEventListener("popstate", openTab);
// On paper all students; of the longer lists what is on the screen.
window.addEventListener("beforeprint", () => {
  for (const [node, table] of tables) if (node.matches(".grades")) table.show(Infinity);
});
openTab();
