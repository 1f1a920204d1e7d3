/** What the page does: filters, the keyboard in the matrix, light and dark. Without it everything is still there to read. */
// @ts-check
"use strict";
(() => {
  /** @template {Element} T @param {string} selector @param {new () => T} kind @param {ParentNode} [within] @returns {T[]} */
  const all = (selector, kind, within = document) => [...within.querySelectorAll(selector)].filter(/** @returns {element is T} */ (element) => element instanceof kind);
  /** @template {Element} T @param {string} selector @param {new () => T} kind @returns {T} */
  const one = (selector, kind) => {
    const [found] = all(selector, kind);
    if (found === undefined) throw new Error(`The page has no ${selector}.`);
    return found;
  };

  // Light and dark

  const root = document.documentElement;
  const scheme = one("#scheme", HTMLButtonElement);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const KEY = "tappaas-lint-scheme";
  const isDark = () => (root.dataset["scheme"] ?? (dark.matches ? "dark" : "light")) === "dark";
  const showScheme = () => {
    scheme.setAttribute("aria-pressed", String(isDark()));
  };
  // A page from a file, or one that may keep nothing, has no storage.
  try {
    const kept = localStorage.getItem(KEY);
    if (kept === "light" || kept === "dark") root.dataset["scheme"] = kept;
  } catch {}
  scheme.addEventListener("click", () => {
    root.dataset["scheme"] = isDark() ? "light" : "dark";
    try {
      localStorage.setItem(KEY, root.dataset["scheme"]);
    } catch {}
    showScheme();
  });
  dark.addEventListener("change", showScheme);
  showScheme();
  scheme.hidden = false;

  // What there is to filter

  const form = one("#filters", HTMLFormElement);
  const search = one("#search", HTMLInputElement);
  const cleanRules = one("#clean-rules", HTMLInputElement);
  const cleanModules = one("#clean-modules", HTMLInputElement);
  const severities = all('input[name="severity"]', HTMLInputElement);
  const themes = all('input[name="theme"]', HTMLInputElement);
  const table = one("table", HTMLTableElement);
  const ORDER = ["error", "warning", "info"];

  /** @param {Element} element */
  const words = (element) => (element.textContent ?? "").toLowerCase().replace(/\s+/g, " ");

  const columns = all("th.rule", HTMLTableCellElement).map((head) => ({
    head,
    theme: head.dataset["theme"] ?? "",
    first: head.classList.contains("first"),
    name: (head.textContent ?? "").trim(),
    text: `${words(head)} ${(head.firstElementChild?.getAttribute("title") ?? "").toLowerCase()}`,
  }));
  const rows = all("tbody tr", HTMLTableRowElement).map((element) => {
    const head = /** @type {HTMLTableCellElement} */ (element.cells[0]);
    const label = head.firstElementChild;
    return {
      element,
      name: (label?.firstChild?.textContent ?? "").trim(),
      text: (label?.getAttribute("title") ?? "").toLowerCase(),
      totals: [...element.cells].slice(1, 4),
      cells: [...element.cells].slice(4),
      /** The columns in which it has findings. */
      found: [...element.cells].slice(4).flatMap((cell, index) => (cell.firstElementChild === null ? [] : [index])),
    };
  });
  const groups = all(".group", HTMLElement).map((element) => {
    const row = Number(element.dataset["row"]);
    const column = Number(element.dataset["col"]);
    const theme = element.dataset["theme"] ?? "";
    const about = `${rows[row]?.text ?? ""} ${columns[column]?.text ?? ""}`;
    const findings = all(".finding", HTMLElement, element).map((finding) => ({
      element: finding,
      kind: finding.dataset["kind"] ?? "",
      text: `${about} ${all(".message", HTMLElement, finding).map(words).join(" ")}`,
    }));
    return { element, row, column, theme, findings };
  });
  const files = all(".file", HTMLElement);
  const status = one("#status", HTMLElement);
  const total = groups.reduce((sum, { findings }) => sum + findings.length, 0);

  /** @param {number} count @param {string} noun */
  const counted = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

  const filter = () => {
    const wanted = search.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    const kinds = new Set(severities.filter(({ checked }) => checked).map(({ value }) => value));
    const shownThemes = new Set(themes.filter(({ checked }) => checked).map(({ value }) => value));
    /** @param {string} text */
    const fits = (text) => wanted.every((word) => text.includes(word));

    /** @type {Map<number, Map<number, string[]>>} */
    const found = new Map();
    let count = 0;
    for (const { element, row, column, theme, findings } of groups) {
      /** @type {string[]} */
      const visible = [];
      for (const finding of findings) {
        const isShown = kinds.has(finding.kind) && shownThemes.has(theme) && fits(finding.text);
        finding.element.hidden = !isShown;
        if (isShown) visible.push(finding.kind);
      }
      element.hidden = visible.length === 0;
      if (visible.length === 0) continue;
      count += visible.length;
      const inRow = found.get(row) ?? new Map();
      inRow.set(column, visible);
      found.set(row, inRow);
    }
    for (const file of files) file.hidden = !all(".group", HTMLElement, file).some(({ hidden }) => !hidden);

    const hits = new Set([...found.values()].flatMap((inRow) => [...inRow.keys()]));
    const isColumnShown = columns.map(({ theme, text }, index) => shownThemes.has(theme) && (hits.has(index) || (cleanRules.checked && (fits(text) || wanted.length === 0))));
    let firstOf = "";
    // Of thousands of cells only those are touched that change.
    const changed = columns.flatMap(({ head, theme }, index) => {
      const isHidden = isColumnShown[index] !== true;
      const isFirst = !isHidden && theme !== firstOf;
      if (isFirst) firstOf = theme;
      if (head.hidden === isHidden && head.classList.contains("first") === isFirst) return [];
      head.hidden = isHidden;
      head.classList.toggle("first", isFirst);
      return [{ index, isHidden, isFirst }];
    });
    for (const { cells } of rows) {
      for (const { index, isHidden, isFirst } of changed) {
        const cell = /** @type {HTMLTableCellElement} */ (cells[index]);
        cell.hidden = isHidden;
        cell.classList.toggle("first", isFirst);
      }
    }
    for (const head of all("th.theme", HTMLTableCellElement)) {
      const span = columns.filter(({ theme }, index) => theme === head.dataset["theme"] && isColumnShown[index] === true).length;
      head.hidden = span === 0;
      head.colSpan = Math.max(1, span);
    }

    let countOfRows = 0;
    rows.forEach(({ element, name, text, totals, cells, found: withFindings }, at) => {
      const own = found.get(at);
      element.hidden = own === undefined && !(cleanModules.checked && fits(text));
      if (element.hidden) return;
      countOfRows++;
      totals.forEach((cell, index) => {
        const sum = [...(own?.values() ?? [])].flat().filter((kind) => kind === ORDER[index]).length;
        cell.textContent = sum === 0 ? "" : String(sum);
      });
      for (const index of withFindings) {
        const cell = /** @type {HTMLTableCellElement} */ (cells[index]);
        const visible = own?.get(index) ?? [];
        const worst = ORDER.find((kind) => visible.includes(kind)) ?? (visible.length > 0 ? "suppressed" : "filtered");
        cell.classList.remove(...ORDER, "suppressed", "filtered");
        cell.classList.add(worst);
        for (const link of all("a", HTMLAnchorElement, cell)) link.hidden = worst === "filtered";
        if (worst === "filtered") {
          cell.setAttribute("aria-label", "filtered out");
          continue;
        }
        cell.removeAttribute("aria-label");
        const link = all(".count", HTMLAnchorElement, cell)[0];
        if (link === undefined) continue;
        const open = visible.filter((kind) => kind !== "suppressed").length;
        link.textContent = worst === "suppressed" ? "s" : String(open);
        const said = worst === "suppressed" ? `${visible.length} suppressed` : open === 1 ? `1 ${worst}` : `${open} findings, up to ${worst}`;
        link.setAttribute("aria-label", `${said}: ${columns[index]?.name ?? ""} in ${name}`);
      }
    });
    const isWhole = count === total && countOfRows === rows.length;
    status.textContent = isWhole ? `All ${counted(total, "finding")}, ${counted(rows.length, "file")}` : `${count} of ${counted(total, "finding")}, ${countOfRows} of ${counted(rows.length, "file")}`;
    keepCurrent();
  };

  form.hidden = false;
  one("#more-filters", HTMLDetailsElement).open = matchMedia("(min-width: 40rem)").matches;
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  for (const [id, checked] of /** @type {const} */ ([["#all-themes", true], ["#no-themes", false]])) {
    one(id, HTMLButtonElement).addEventListener("click", () => {
      for (const theme of themes) theme.checked = checked;
      filter();
    });
  }

  // The keyboard in the matrix (ARIA Authoring Practices, "Grid"): one stop for the tab key, arrows within

  /** The rows that can be seen, without that of the themes. */
  const shownRows = () => [...table.rows].slice(1).filter(({ hidden }) => !hidden);
  /** The cells of a row that can be seen. @param {HTMLTableRowElement | undefined} row */
  const shownCells = (row) => [...(row?.cells ?? [])].filter(({ hidden }) => !hidden);
  /** What of a cell takes the focus: its link, or the cell itself. @param {HTMLElement} cell */
  const targetOf = (cell) => all("a", HTMLAnchorElement, cell).find(({ hidden }) => !hidden) ?? cell;
  /** The convention of a cell; undefined for the name and the totals. @param {Element} cell */
  const columnOf = (cell) => (cell instanceof HTMLTableCellElement ? columns[cell.cellIndex - 4] : undefined);
  /** @type {HTMLElement | null} */
  let current = null;
  /** @param {HTMLElement} cell @param {number} index */
  const setTabIndex = (cell, index) => {
    cell.removeAttribute("tabindex");
    for (const link of all("a", HTMLAnchorElement, cell)) link.tabIndex = index;
    if (targetOf(cell) === cell) cell.tabIndex = index;
  };
  /** @param {HTMLElement} cell */
  const makeCurrent = (cell) => {
    if (current !== null) setTabIndex(current, -1);
    current = cell;
    setTabIndex(cell, 0);
  };
  const keepCurrent = () => {
    const row = current?.parentElement;
    if (current !== null && !current.hidden && row instanceof HTMLElement && !row.hidden) return makeCurrent(current);
    const start = rows.find(({ element }) => !element.hidden)?.element.cells[0];
    if (start !== undefined) makeCurrent(start);
  };
  for (const link of all("a", HTMLAnchorElement, table)) link.tabIndex = -1;

  table.addEventListener("focusin", (event) => {
    const cell = event.target instanceof Element ? event.target.closest("th, td") : null;
    if (cell instanceof HTMLElement && cell !== current && cell.parentElement !== table.rows[0]) makeCurrent(cell);
    cross(cell);
  });
  table.addEventListener("keydown", (event) => {
    if (current === null || event.altKey || event.metaKey) return;
    const shown = shownRows();
    const row = shown.indexOf(/** @type {HTMLTableRowElement} */ (current.parentElement));
    const column = shownCells(shown[row]).indexOf(/** @type {HTMLTableCellElement} */ (current));
    if (column < 0) return;
    const last = { row: shown.length - 1, column: shownCells(shown[row]).length - 1 };
    /** @type {Record<string, [number, number]>} */
    const moves = {
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      PageUp: [Math.max(0, row - 10), column],
      PageDown: [Math.min(last.row, row + 10), column],
      Home: event.ctrlKey ? [0, 0] : [row, 0],
      End: event.ctrlKey ? [last.row, last.column] : [row, last.column],
    };
    const move = Object.hasOwn(moves, event.key) ? moves[event.key] : undefined;
    if (move !== undefined && (!event.ctrlKey || event.key === "Home" || event.key === "End")) {
      event.preventDefault();
      const next = shownCells(shown[move[0]])[move[1]];
      if (next === undefined) return;
      const target = targetOf(next);
      makeCurrent(next);
      target.focus({ preventScroll: true });
      reveal(next);
    } else if (event.key === "d" && !event.ctrlKey) {
      const docs = all(".docs", HTMLAnchorElement, current)[0] ?? all("a", HTMLAnchorElement, columnOf(current)?.head)[0];
      docs?.click();
    }
  });
  const scroll = one(".scroll", HTMLElement);
  /** Scrolls so that no sticky head covers a cell. @param {HTMLTableCellElement} cell */
  const reveal = (cell) => {
    cell.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    const head = /** @type {HTMLElement} */ (table.tHead).getBoundingClientRect();
    const side = /** @type {HTMLElement} */ (table.tHead?.rows[1]?.cells[0]).getBoundingClientRect();
    const box = cell.getBoundingClientRect();
    if (cell.closest("thead") === null && box.top < head.bottom) scroll.scrollTop -= head.bottom - box.top;
    if (cell.cellIndex !== 0 && box.left < side.right) scroll.scrollLeft -= side.right - box.left;
  };

  // The row and the column of the cell that is looked at

  /** @type {Element[]} */
  let crossed = [];
  /** @param {Element | null | undefined} cell */
  const cross = (cell) => {
    for (const element of crossed) element.classList.remove("cross");
    crossed = [];
    if (!(cell instanceof HTMLElement) || cell.closest("tbody") === null) return;
    const column = columnOf(cell);
    const head = cell.parentElement?.firstElementChild;
    crossed = [head, column?.head].filter((element) => element instanceof Element);
    for (const element of crossed) element.classList.add("cross");
  };
  table.addEventListener("pointerover", (event) => cross(event.target instanceof Element ? event.target.closest("th, td") : null));
  table.addEventListener("pointerleave", () => cross(null));

  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLInputElement && event.target.type === "search";
    if (event.key === "/" && !isTyping && !event.ctrlKey && !event.altKey && !event.metaKey) {
      event.preventDefault();
      search.focus();
      search.select();
    } else if (event.key === "Escape" && isTyping) {
      if (search.value !== "") {
        search.value = "";
        filter();
      } else if (current !== null) targetOf(current).focus();
    }
  });
  for (const keys of all(".keys", HTMLElement)) keys.classList.add("on");
  filter();
})();
