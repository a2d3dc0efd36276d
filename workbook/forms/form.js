// The view of a form: it draws `state` and sends what a person does. What is typed lives in the
// input until the kernel has answered, so a busy kernel never takes a letter away.

const LATER = 250; // ms after the last key before a text is sent
const LOOK = 3000; // ms between looks whether the case changed elsewhere
const SILENT = 8000; // ms without an answer before the person is told

// Sent and not answered, per form: a new view of the same form, after a kernel restart, sends it
// again. In memory only; nothing that is typed is left in the browser.
const unanswered = (globalThis.werkboekUnanswered ??= {});
const looked = (globalThis.werkboekLooked ??= {});

function make(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "class") node.className = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name in node && !name.startsWith("aria")) node[name] = value;
    else node.setAttribute(name, value);
  }
  // JupyterLab has commands on single letters, which remove a cell or restart the kernel. It looks
  // for this on the element that has the focus, not only around it.
  if (/^(button|select|summary|input|textarea)$/.test(tag)) node.dataset.lmSuppressShortcuts = "true";
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

function render({ model, el }) {
  const id = Math.random().toString(36).slice(2);
  const place = model.get("place");
  const typed = new Map(); // "key\ncolumn" -> {text, number}; number null while not sent
  const timers = new Map();
  let number = 0;
  let waitingSince = null;
  let choosing = 0; // a timer, and what it will choose
  const chosen = new Map();
  let turning = null; // number of the message that shows other lines
  let focusOn = null; // {key, column} to go to once it is drawn
  let made = 0;
  const adding = new Map(); // keys of rows that the kernel doesn't know yet -> number of the message
  const state = () => model.get("state");
  const words = () => state().words;

  // ---- to and from the kernel

  const before = unanswered[place];
  const mine = (unanswered[place] = { model, list: [] });

  function send(what, args = {}) {
    number += 1;
    if (what !== "look") mine.list.push({ number, what, args });
    waitingSince ??= Date.now();
    try {
      model.send({ do: what, with: args, view: id, number });
    } catch {
      // The kernel is gone; what waits in `mine` is sent again when the form comes back.
    }
    return number;
  }

  function flush(only) {
    for (const [where, timer] of timers) {
      if (only !== undefined && only !== where) continue;
      clearTimeout(timer);
      timers.delete(where);
      const [key, column] = where.split("\n");
      const entry = typed.get(where);
      if (entry) entry.number = send("edit", { key, column, text: entry.text });
    }
  }

  function edited(key, column, text, now = false) {
    const where = `${key}\n${column}`;
    typed.set(where, { text, number: null });
    clearTimeout(timers.get(where));
    timers.set(where, setTimeout(() => flush(where), LATER));
    if (now) flush(where);
    status.classList.add("typing");
  }

  function turn() {
    clearTimeout(choosing);
    // Who chooses a round and at once a person has chosen both.
    for (const [name, value] of chosen) turning = send("choose", { name, value });
    chosen.clear();
  }

  function ask(what, args) {
    flush();
    turn(); // what is asked next is about what was chosen just now
    return send(what, args);
  }

  function heard() {
    const last = model.get("answered")[id] ?? 0;
    waitingSince = last >= number ? null : Date.now();
    mine.list = mine.list.filter((message) => message.number > last);
    if (turning !== null && turning <= last) {
      turning = null;
      lines.inert = false;
    }
    for (const [key, sent] of adding) if (sent <= last) adding.delete(key);
    for (const [where, entry] of typed) {
      if (entry.number !== null && entry.number <= last) typed.delete(where);
    }
  }

  function tick() {
    const seen = el.isConnected && el.offsetParent !== null && !document.hidden;
    if (seen && waitingSince === null && Date.now() - (looked[model.get("case_place")] ?? 0) > LOOK - 200) {
      looked[model.get("case_place")] = Date.now();
      send("look");
    }
    const silent = waitingSince !== null && Date.now() - waitingSince > SILENT;
    waiting.hidden = !silent;
    waiting.textContent = silent ? words().waiting : "";
  }

  // ---- the frame

  const part = (name, tag = "div", props = {}) => make(tag, { class: `wb-${name}`, ...props });
  const head = part("head");
  const selectors = part("selectors");
  const offer = part("offer", "div", { role: "alert" });
  const lines = part("lines");
  const note = part("note");
  const asking = part("asking", "div", { role: "alertdialog" });
  const bar = part("bar");
  const status = part("status", "span", { role: "status" });
  const waiting = part("waiting", "div", { role: "alert", hidden: true });
  const foot = part("foot");
  const form = make(
    "section",
    { class: "wb-form", "data-lm-suppress-shortcuts": "true", tabIndex: -1 },
    head, selectors, offer, lines, asking, note, bar, waiting, foot,
  );
  form.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      event.preventDefault();
      event.stopPropagation();
      save();
    }
  });
  // Pressing it leaves the cell that was typed in; what the kernel answers may move it from under the
  // pointer, and then it would not be heard.
  bar.addEventListener("pointerdown", (event) => {
    event.target.closest(".wb-save")?.setPointerCapture(event.pointerId);
  });
  el.replaceChildren(form);
  el.classList.add("wb-host");

  const drawn = new Map();
  function swap(container, data, build) {
    const code = JSON.stringify(data);
    if (drawn.get(container) === code) return;
    drawn.set(container, code);
    const focused = container.contains(document.activeElement) && document.activeElement.dataset.id;
    if (container === bar) patch(bar, build().filter(Boolean));
    else container.replaceChildren(...build().filter(Boolean));
    container.hidden = !container.childNodes.length;
    // A button that goes away under the fingers leaves the focus at the one that saves.
    if (focused) (container.querySelector(`[data-id="${CSS.escape(focused)}"]`) ?? bar.querySelector(".wb-save"))?.focus();
  }

  // A button that is being pressed while the kernel answers must be there when it is let go, or the
  // press is lost: those that stay are left where they stand. Only in the bar, where a button does the
  // same whatever is shown; a yes or a no is about one line, and may not be heard for the next.
  function patch(container, wanted) {
    const there = new Map([...container.children].map((node) => [node.dataset.id, node]));
    const nodes = wanted.map((node) => there.get(node.dataset.id) ?? node);
    for (const node of [...container.childNodes]) if (!nodes.includes(node)) node.remove();
    nodes.forEach((node, place) => {
      const next = container.childNodes[place];
      if (next !== node) container.insertBefore(node, next ?? null);
    });
  }

  const button = (label, onclick, props = {}) =>
    make("button", { type: "button", textContent: label, onclick, "data-id": label, ...props });

  function choice(label, value, choices, onchange, props = {}) {
    const select = make("select", { "data-id": label, "aria-label": label, ...props });
    for (const [key, words] of choices) select.append(make("option", { value: key, textContent: words }));
    select.value = value;
    select.addEventListener("change", () => onchange(select.value));
    return make("label", {}, make("span", { textContent: label }), select);
  }

  function draw() {
    const s = state();
    form.lang = s.lang;
    form.dataset.layout = s.layout;
    swap(head, [s.title, s.about], () => [
      make("h4", { textContent: s.title }),
      make("p", { textContent: s.about }),
    ]);
    form.setAttribute("aria-label", s.title);
    swap(selectors, s.selectors, () =>
      s.selectors.map((one) =>
        choice(one.label, one.value, one.choices, (value) => {
          // What stands there is another person's; nobody should read or type in it meanwhile.
          lines.inert = true;
          flush();
          // Who types p12 passes p10 on the way: wait for the last letter.
          clearTimeout(choosing);
          chosen.set(one.name, value);
          choosing = setTimeout(turn, LATER);
        }),
      ),
    );
    swap(offer, [s.offer, s.waiting], () =>
      s.waiting && !s.offer ? [make("span", { textContent: s.waiting })] : s.offer
        ? [
            make("span", { textContent: s.offer }),
            button(s.words.resume, () => ask("resume"), { class: "wb-main" }),
            button(s.words.forget, () => ask("forget")),
          ]
        : [],
    );
    drawLines(s);
    swap(asking, s.asking, () =>
      s.asking
        ? [
            make("span", { textContent: s.asking.text }),
            button(s.words.yes, () => ask("remove", { key: s.asking.key, sure: true })),
            button(s.words.no, () => ask("cancel"), { class: "wb-main" }),
          ]
        : [],
    );
    swap(note, [s.note], () => (s.note ? [make("span", { textContent: s.note, dir: "auto" })] : []));
    const able = s.free || s.lines.length > 0;
    swap(bar, [s.undo, s.actions, s.free, s.changes > 0, s.noted, s.words, s.follows, able], () => [
      s.free ? button("+ " + s.words.add, () => add()) : null,
      able ? button(s.words.save, save, { class: "wb-main wb-save" }) : null,
      able && s.follows ? button(s.words.save_next, () => ask("save_next")) : null,
      s.undo ? button(s.words.undo, () => ask("undo")) : null,
      s.changes > 0 ? button(s.words.discard, () => { typed.clear(); ask("discard"); }) : null,
      s.noted ? button(s.words.seen, () => ask("seen")) : null,
      ...s.actions.map(([name, label]) => button(label, () => ask("act", { action: name }))),
      status,
    ]);
    status.classList.remove("typing");
    status.dataset.kind = s.status.kind;
    if (status.textContent !== s.status.text) status.textContent = s.status.text;
    const keys = { matrix: s.columns.some((c) => c.kind === "score") ? s.words.keys_score : "", table: s.free ? s.words.keys_table : "", cards: "" };
    swap(foot, [keys[s.layout], s.removed, s.source], () => [
      keys[s.layout] ? make("small", { textContent: keys[s.layout] }) : null,
      s.source.choices.length
        ? choice(s.words.source, s.source.value, s.source.choices, (value) => ask("choose", { name: "source", value }))
        : null,
      s.removed.length
        ? make(
            "details",
            { class: "wb-removed" },
            make("summary", { textContent: `${s.words.removed} (${s.removed.length})` }),
            ...s.removed.map((text, place) =>
              make("div", {}, make("span", { textContent: text, dir: "auto" }),
                button(s.words.put_back, () => ask("retrieve", { number: place }))),
            ),
          )
        : null,
    ]);
    go();
  }

  function save() {
    ask("save");
  }

  // ---- lines

  let rows = new Map(); // key -> {node(s), slots, ...}
  let columnsCode = "";
  let body = null;

  function drawLines(s) {
    const code = JSON.stringify([s.columns, s.layout, s.free, s.words, headWidth(s)]);
    if (code !== columnsCode) {
      columnsCode = code;
      rows = new Map();
      lines.replaceChildren();
      body = s.layout === "cards" ? make("div", { class: "wb-cards" }) : table(s);
      lines.append(s.layout === "cards" ? body : body.closest("table"));
    }
    const keys = new Set(s.lines.map((line) => line.key));
    for (const [key, row] of rows) {
      if (!keys.has(key) && !adding.has(key)) {
        row.nodes.forEach((node) => node.remove());
        rows.delete(key);
      }
    }
    let last = null;
    for (const line of s.lines) {
      if (!rows.has(line.key)) rows.set(line.key, makeRow(s, line.key));
      const row = rows.get(line.key);
      for (const node of row.nodes) {
        const next = last === null ? body.firstChild : last.nextSibling;
        if (next !== node) body.insertBefore(node, next);
        last = node;
      }
      updateRow(s, row, line);
    }
    lines.classList.toggle("wb-empty", rows.size === 0);
    lines.dataset.empty = s.words.nothing;
  }

  function table(s) {
    const width = headWidth(s);
    const top = make("tr");
    for (let i = 0; i < width; i += 1) top.append(make("td"));
    for (const column of s.columns.filter((c) => !c.more)) {
      const th = make("th", { scope: "col", title: column.help });
      th.append(make("span", { textContent: column.label, dir: "auto" }));
      if (column.required) th.append(make("abbr", { title: s.words.required, textContent: " *" }));
      if (s.layout === "matrix" && column.help) th.append(make("small", { textContent: column.help, dir: "auto" }));
      top.append(th);
    }
    if (hasMore(s)) top.append(make("td"));
    const tbody = make("tbody");
    make("table", {}, make("thead", {}, top), tbody);
    return tbody;
  }

  const headWidth = (s) => Math.max(0, ...Object.values(s.headings).map((names) => names.length));
  const hasMore = (s) => s.layout === "table" && (s.free || s.columns.some((c) => c.more));

  function makeRow(s, key) {
    const row = { key, slots: new Map(), nodes: [], title: () => key };
    for (const column of s.columns) row.slots.set(column.name, slot(s, row, column));
    row.whole = make("div", { class: "wb-whole" });
    const tools = () =>
      s.free
        ? [
            button("↑ " + s.words.up, () => ask("move", { key, by: -1 })),
            button("↓ " + s.words.down, () => ask("move", { key, by: 1 })),
            button("✕ " + s.words.remove, () => ask("remove", { key })),
          ]
        : [];
    if (s.layout === "cards") {
      const card = make("div", { class: "wb-card", role: "group" });
      for (const column of s.columns) card.append(labelled(column, row.slots.get(column.name), s));
      card.append(row.whole);
      if (s.free) card.append(make("div", { class: "wb-tools" }, ...tools()));
      row.back = button(s.words.put_back, () => ask("put_back", { key }), { class: "wb-back" });
      card.append(row.back);
      card.dataset.key = key;
      row.nodes = [card];
      return row;
    }
    const tr = make("tr", { class: "wb-line" });
    row.heads = [];
    for (let i = 0; i < headWidth(s); i += 1) {
      const th = make("th", { scope: "row", dir: "auto" });
      row.heads.push(th);
      tr.append(th);
    }
    for (const column of s.columns.filter((c) => !c.more)) {
      tr.append(make("td", { "data-kind": column.kind }, row.slots.get(column.name).node));
    }
    const under = s.columns.filter((c) => c.more);
    const panel = make("tr", { class: "wb-under", hidden: true });
    if (hasMore(s)) {
      const more = button(s.words.more, () => {
        panel.hidden = !panel.hidden;
        more.setAttribute("aria-expanded", String(!panel.hidden));
        grow(panel);
      }, { "aria-expanded": "false", class: "wb-icon wb-unfold" });
      const gone = s.free
        ? button("✕", () => ask("remove", { key }), { title: s.words.remove, "aria-label": s.words.remove, tabIndex: -1, class: "wb-icon" })
        : null;
      row.back = button(s.words.put_back, () => ask("put_back", { key }), { class: "wb-back" });
      tr.append(make("td", { class: "wb-end" }, more, gone, row.back));
    }
    const width = row.heads.length + s.columns.filter((c) => !c.more).length + 1;
    panel.append(
      make("td", { colSpan: width },
        make("div", { class: "wb-more" }, ...under.map((c) => labelled(c, row.slots.get(c.name), s))),
        make("div", { class: "wb-tools" }, ...tools())),
    );
    const whole = make("tr", { class: "wb-wholeline", hidden: true }, make("td", { colSpan: width }, row.whole));
    row.wholeLine = whole;
    row.panel = panel;
    tr.dataset.key = key;
    row.nodes = [tr, panel, whole];
    return row;
  }

  const labelled = (column, one, s) =>
    make("div", { class: "wb-field" },
      make("div", { class: "wb-label", title: column.help },
        make("span", { textContent: column.label + (column.required ? " *" : "") }),
        s.layout === "cards" ? make("small", { textContent: column.help }) : null),
      one.node);

  function updateRow(s, row, line) {
    (s.headings[line.key] ?? []).forEach((text, place) => {
      if (row.heads?.[place]) row.heads[place].textContent = text;
    });
    for (const node of row.nodes) {
      node.classList.toggle("wb-gone", line.removed);
      node.classList.toggle("wb-fresh", line.fresh);
    }
    if (row.back) row.back.hidden = !line.removed;
    for (const column of s.columns) {
      const one = row.slots.get(column.name);
      const entry = typed.get(`${line.key}\n${column.name}`);
      if (!entry && one.get() !== (line.cells[column.name] ?? "")) one.set(line.cells[column.name] ?? "");
      one.tell(line.faults[column.name] ?? "", line.elsewhere[column.name], line.changed.includes(column.name));
      if (row.panel && column.more && (line.faults[column.name] || line.elsewhere[column.name]?.open)) row.panel.hidden = false;
    }
    const whole = [line.faults[""] ?? "", line.elsewhere[""] ?? null];
    const code = JSON.stringify(whole);
    if (row.wholeCode !== code) {
      row.wholeCode = code;
      row.whole.replaceChildren(...messages(whole[0], whole[1], row.key, ""));
      if (row.wholeLine) row.wholeLine.hidden = !row.whole.childNodes.length;
    }
  }

  function messages(fault, elsewhere, key, column) {
    const found = [];
    if (fault) found.push(make("span", { class: "wb-fault", textContent: fault, dir: "auto" }));
    if (elsewhere) {
      const told = make("span", { class: "wb-elsewhere", dir: "auto" }, elsewhere.text);
      if (elsewhere.open) {
        told.append(
          button(column ? words().mine : words().keep_line, () => ask("settle", { key, column, take: false })),
          button(column ? words().theirs : words().remove, () => { typed.delete(`${key}\n${column}`); ask("settle", { key, column, take: true }); }),
        );
      }
      found.push(told);
    }
    return found;
  }

  // ---- one cell

  let labels = 0;
  function slot(s, row, column) {
    const told = make("div", { class: "wb-told", id: `wb-${id}-${(labels += 1)}` });
    const input = inputs[column.kind](s, row, column);
    const node = make("div", { class: `wb-slot wb-${column.kind}` }, input.node, told);
    const heading = () => (s.headings[row.key] ?? []).join(", ");
    input.focusable.setAttribute("aria-label", [heading(), column.label].filter(Boolean).join(" × "));
    input.focusable.setAttribute("aria-describedby", told.id);
    node.addEventListener("keydown", (event) => keys(event, s, row, column));
    node.addEventListener("focusout", () => flush(`${row.key}\n${column.name}`));
    node.addEventListener("paste", (event) => {
      const text = event.clipboardData?.getData("text/plain") ?? "";
      // A block has tabs, or is a column of names; paragraphs of an e-mail belong in the one cell.
      const block = text.includes("\t") || (s.layout !== "cards" && column.kind !== "long" && /\n/.test(text.replace(/\r?\n$/, "")));
      if (!block) return;
      event.preventDefault();
      typed.delete(`${row.key}\n${column.name}`);
      ask("paste", { key: row.key, column: column.name, text });
    });
    let last = "";
    return {
      node,
      get: input.get,
      set: input.set,
      focus: () => input.focusable.focus(),
      tell(fault, elsewhere, changed) {
        node.classList.toggle("wb-changed", changed);
        const code = JSON.stringify([fault, elsewhere]);
        if (code === last) return;
        last = code;
        told.replaceChildren(...messages(fault, elsewhere, row.key, column.name));
        input.focusable.setAttribute("aria-invalid", String(Boolean(fault)));
      },
    };
  }

  const inputs = {
    text(s, row, column) {
      if (!column.choices.length) return inputs.long(s, row, column);
      const input = make("input", { type: "text", dir: "auto", autocomplete: "off" });
      const list = make("datalist", { id: `wb-${id}-${(labels += 1)}` });
      // What is stored is an id; what is read and typed are the words, where they are nobody else's.
      const own = column.choices.filter(([, label]) => column.choices.filter((other) => other[1] === label).length === 1);
      for (const [value, label] of column.choices) list.append(make("option", { value: own.some(([v]) => v === value) ? label : value, textContent: label }));
      input.setAttribute("list", list.id);
      const get = () => own.find(([, label]) => label === input.value)?.[0] ?? input.value;
      input.addEventListener("input", () => edited(row.key, column.name, get()));
      return {
        ...plain(input, make("div", {}, input, list)), get,
        set(text) { input.value = own.find(([value]) => value === text)?.[1] ?? text; },
      };
    },
    number(s, row, column) {
      const input = make("input", { type: "text", inputMode: "numeric", autocomplete: "off", class: "wb-short" });
      input.addEventListener("input", () => edited(row.key, column.name, input.value));
      return plain(input);
    },
    long(s, row, column) {
      const area = make("textarea", { rows: 1, dir: "auto", spellcheck: true });
      area.addEventListener("input", () => { grow(area); edited(row.key, column.name, area.value); });
      const one = plain(area);
      return { ...one, set(text) { area.value = text; requestAnimationFrame(() => grow(area)); } };
    },
    choice(s, row, column) {
      const select = make("select", {}, make("option", { value: "", textContent: "" }));
      for (const [value, label] of column.choices) select.append(make("option", { value, textContent: label }));
      select.addEventListener("change", () => edited(row.key, column.name, select.value, true));
      return {
        ...plain(select),
        set(text) {
          // A text that is no choice, as after a paste, stays visible.
          if (![...select.options].some((option) => option.value === text)) select.append(make("option", { value: text, textContent: text }));
          select.value = text;
        },
      };
    },
    choices(s, row, column) {
      const summary = make("summary");
      const boxes = column.choices.map(([value]) => make("input", { type: "checkbox", value }));
      let unknown = [];
      const get = () => [...boxes.filter((box) => box.checked).map((box) => box.value), ...unknown].join(";");
      const told = () => {
        const names = column.choices.filter(([value], place) => boxes[place].checked).map(([, label]) => label);
        summary.textContent = [...names, ...unknown].join(", ") || "–";
      };
      boxes.forEach((box) => box.addEventListener("change", () => { told(); edited(row.key, column.name, get(), true); }));
      const node = make("details", {}, summary,
        ...column.choices.map(([, label], place) => make("label", {}, boxes[place], make("span", { textContent: label, dir: "auto" }))));
      return {
        node, focusable: summary, get: () => node.dataset.text ?? "",
        set(text) {
          node.dataset.text = text;
          const chosen = text ? text.split(";") : [];
          boxes.forEach((box) => { box.checked = chosen.includes(box.value); });
          unknown = chosen.filter((value) => !column.choices.some(([known]) => known === value));
          told();
        },
      };
    },
    score(s, row, column) {
      const symbols = { "-1": "−", 0: "±", 1: "+", "?": "?", "": "" };
      const input = make("input", { type: "text", maxLength: 3, class: "wb-symbol", autocomplete: "off" });
      const buttons = [...column.choices, ["", s.words.nothing]].map(([value, label]) =>
        make("button", {
          type: "button", tabIndex: -1, textContent: symbols[value] || "·", title: label,
          "data-value": value, onclick: () => { put(value); edited(row.key, column.name, value, true); },
        }));
      let now = "";
      const put = (value) => {
        now = value;
        input.value = value in symbols ? symbols[value] : value;
        input.dataset.value = value;
        input.setAttribute("aria-description", column.choices.find(([known]) => known === value)?.[1] ?? s.words.nothing);
        buttons.forEach((one) => one.classList.toggle("wb-on", one.dataset.value === value));
      };
      input.addEventListener("input", () => put(now)); // letters that are no score change nothing
      return {
        node: make("div", {}, input, make("span", { class: "wb-five" }, ...buttons)),
        focusable: input, get: () => now, set: put,
      };
    },
    counts(s, row, column) {
      const four = column.choices.map(([symbol, label]) => {
        const input = make("input", { type: "text", inputMode: "numeric", maxLength: 4, autocomplete: "off", title: label, "aria-label": `${(s.headings[row.key] ?? []).join(", ")} × ${column.label} ${symbol}` });
        input.addEventListener("input", () => edited(row.key, column.name, get()));
        return input;
      });
      const get = () => (four.some((input) => input.value.trim()) ? four.map((input) => input.value.trim() || "0").join(" ") : "");
      const node = make("div", { role: "group" }, ...four.map((input, place) => make("label", {}, make("span", { textContent: column.choices[place][0] }), input)));
      return {
        node, focusable: node, get,
        set(text) {
          const parts = text.trim() ? text.trim().split(/[\s;,/]+/) : [];
          four.forEach((input, place) => { input.value = parts.length ? (parts[place] ?? "0") : ""; });
        },
      };
    },
  };

  const plain = (input, node = input) => ({
    node, focusable: input, get: () => input.value, set: (text) => { input.value = text; },
  });

  // Free text grows with what is in it, also where the browser can't do so by itself.
  function grow(node) {
    for (const area of node.matches("textarea") ? [node] : node.querySelectorAll("textarea")) {
      area.style.height = "auto";
      if (area.scrollHeight) area.style.height = `${area.scrollHeight + 2}px`;
    }
  }

  // ---- the keyboard

  function keys(event, s, row, column) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const target = event.target;
    if (column.kind === "score") return scoreKey(event, row, column);
    if (event.key === "Enter" && column.kind === "text" && (event.shiftKey || s.layout === "cards")) {
      event.preventDefault(); // a name is one line
    } else if (event.key === "Enter" && !event.shiftKey && s.layout !== "cards" && target.matches("input:not([type=checkbox]), textarea")) {
      event.preventDefault();
      step(row.key, column.name, 1, true);
    } else if (s.layout !== "cards" && ["ArrowDown", "ArrowUp"].includes(event.key) && target.matches("input[type=text]:not([list])")) {
      event.preventDefault();
      step(row.key, column.name, event.key === "ArrowDown" ? 1 : -1, false);
    }
  }

  const TYPED = { "-": "-1", "−": "-1", "–": "-1", _: "-1", 0: "0", "=": "0", "±": "0", "/": "0", "~": "0", "+": "1", "?": "?", "*": "?" };
  function scoreKey(event, row, column) {
    const slot = row.slots.get(column.name);
    const put = (value) => {
      slot.set(value);
      edited(row.key, column.name, value);
    };
    const moves = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], " ": [0, 1] };
    if (event.key in TYPED) {
      event.preventDefault();
      put(TYPED[event.key]);
      aside(row.key, column.name, 1);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      put("");
      if (event.key === "Backspace") aside(row.key, column.name, -1);
    } else if (event.key in moves) {
      event.preventDefault();
      const [down, right] = moves[event.key];
      if (down) step(row.key, column.name, down, false);
      else aside(row.key, column.name, right);
    }
  }

  // By what is on the screen: a row that was just added isn't in `state` yet.
  const live = () =>
    [...body.children].filter((node) => node.dataset.key && !node.classList.contains("wb-gone")).map((node) => node.dataset.key);

  function step(key, column, by, more) {
    const order = live();
    const next = order[order.indexOf(key) + by];
    if (next !== undefined) rows.get(next)?.slots.get(column)?.focus();
    else if (more && state().free && [...rows.get(key).slots.values()].some((slot) => slot.get())) add();
  }

  function aside(key, column, by) {
    const names = state().columns.filter((c) => !c.more).map((c) => c.name);
    const order = live();
    const place = order.indexOf(key) * names.length + names.indexOf(column) + by;
    const row = rows.get(order[Math.floor(place / names.length)]);
    row?.slots.get(names[((place % names.length) + names.length) % names.length])?.focus();
  }

  function add() {
    made += 1;
    const key = `+${id}${made}`;
    // Drawn at once, so that what is typed next has a place; the kernel makes it its own.
    const s = state();
    const first = s.columns.find((c) => !c.more);
    adding.set(key, ask("add", { key }));
    focusOn = { key, column: first.name };
    rows.set(key, makeRow(s, key));
    body.append(...rows.get(key).nodes);
    lines.classList.remove("wb-empty");
    go();
  }

  function go() {
    const row = focusOn && rows.get(focusOn.key);
    if (row) {
      row.slots.get(focusOn.column).focus();
      focusOn = null;
    }
  }

  // ---- begin

  const onState = () => { heard(); draw(); };
  model.on("change:state", onState);
  model.on("change:answered", heard);
  draw();
  requestAnimationFrame(() => grow(form));
  const seen = new ResizeObserver(() => grow(form));
  seen.observe(form);
  if (before && before.model !== model) {
    for (const { what, args } of before.list) {
      if (["edit", "add", "remove", "put_back", "move", "paste", "choose"].includes(what)) send(what, args);
    }
  }
  const clock = setInterval(tick, 1000);
  const hide = () => flush();
  document.addEventListener("visibilitychange", hide);
  window.addEventListener("pagehide", hide);
  return () => {
    flush();
    clearInterval(clock);
    seen.disconnect();
    document.removeEventListener("visibilitychange", hide);
    window.removeEventListener("pagehide", hide);
    model.off("change:state", onState);
    model.off("change:answered", heard);
  };
}

export default { initialize, render };
