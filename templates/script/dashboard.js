// Tabs, filters and sorting. Without a script the page shows everything, one section after the other.
"use strict";

const PAGE = 200; // rows shown at a time: thousands would make every key stroke slow

class Grades {
  constructor(panel) {
    this.panel = panel;
    this.body = panel.querySelector(".grades tbody");
    const beyond = panel.querySelector(".beyond")?.content.querySelectorAll("tr") ?? [];
    this.rows = [...this.body.rows, ...beyond];
    this.find = panel.querySelector(".find");
    this.choice = panel.querySelector(".show");
    this.clear = panel.querySelector(".clear");
    this.more = panel.querySelector(".more");
    this.heads = Array.from(panel.querySelectorAll(".grades thead th"));
    this.finding = null;
    this.limit = PAGE;
    this.names = new Map(this.rows.map((row) => [row, fold(row.cells[0].querySelector("bdi").textContent)]));
    this.listen();
    this.show();
  }

  listen() {
    this.panel.querySelector(".controls").hidden = false;
    this.find.addEventListener("input", () => this.restart());
    this.choice.addEventListener("change", () => this.restart());
    this.clear.addEventListener("click", () => this.only(null));
    this.more.addEventListener("click", () => {
      this.limit += 5 * PAGE;
      this.show();
    });
    this.heads.forEach((head, column) => {
      head.querySelector("button").addEventListener("click", () => this.sort(head, column));
    });
    for (const button of this.panel.querySelectorAll(".only")) {
      button.hidden = false;
      button.addEventListener("click", () => {
        this.only(button.dataset.finding);
        this.panel.querySelector(".controls").scrollIntoView();
      });
    }
  }

  only(finding) {
    this.finding = finding;
    this.clear.hidden = finding === null;
    this.restart();
  }

  restart() {
    this.limit = PAGE;
    this.show();
  }

  matches(row) {
    if (this.finding !== null && !row.dataset.f.split(" ").includes(this.finding)) return false;
    if (!this.names.get(row).includes(fold(this.find.value.trim()))) return false;
    const percent = Number(row.cells[1].dataset.v);
    switch (this.choice.value) {
      case "attention": return row.lastElementChild.textContent !== "";
      case "partial": return percent >= 0 && percent < 100;
      case "full": return percent >= 100;
      default: return true;
    }
  }

  show() {
    const matching = this.rows.filter((row) => this.matches(row));
    const shown = matching.slice(0, this.limit);
    this.body.replaceChildren(...shown);
    this.more.hidden = shown.length === matching.length;
    const of = matching.length === this.rows.length ? "" : ` of ${this.rows.length}`;
    const first = this.more.hidden ? "" : `, the first ${shown.length} shown`;
    this.panel.querySelector(".shown").textContent = `${matching.length}${of} submissions${first}`;
  }

  sort(head, column) {
    const text = head.querySelector("button").dataset.kind === "text";
    // Names from A to Z first, numbers from the largest.
    const first = text && column === 0 ? "ascending" : "descending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = head.getAttribute("aria-sort") === first ? other : first;
    for (const each of this.heads) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const keys = new Map(this.rows.map((row) => [row, this.key(row, column, text)]));
    const compare = text ? new Intl.Collator(undefined, { numeric: true }).compare : (a, b) => a - b;
    this.rows.sort((a, b) => sign * compare(keys.get(a), keys.get(b)));
    this.show();
  }

  key(row, column, text) {
    const cell = row.cells[column];
    if (text) return column === 0 ? this.names.get(row) : cell.textContent;
    const number = parseFloat(cell.dataset.v ?? cell.textContent);
    return Number.isNaN(number) ? -1 : number; // not attempted, not graded: below zero points
  }

  all() {
    this.limit = Infinity;
    this.show();
  }
}

function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function openTab() {
  const tabs = document.querySelectorAll(".tabs a");
  if (!tabs.length) return;
  document.body.classList.add("tabbed");
  const wanted = decodeURIComponent(location.hash.slice(1));
  const panels = Array.from(document.querySelectorAll(".panel"));
  const open = panels.find((panel) => panel.id === wanted) ?? panels[0];
  for (const panel of panels) panel.hidden = panel !== open;
  for (const tab of tabs) {
    if (tab.hash === `#${open.id}`) tab.setAttribute("aria-current", "page");
    else tab.removeAttribute("aria-current");
  }
}

const tables = Array.from(document.querySelectorAll(".panel:has(.grades)"), (panel) => new Grades(panel));
window.addEventListener("hashchange", openTab);
window.addEventListener("beforeprint", () => tables.forEach((table) => table.all()));
openTab();
