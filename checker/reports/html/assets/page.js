"use strict";
(async () => {
  const PAGE = 50, PRINTED = 500;
  const $ = (name, text, cls) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    if (cls) made.className = cls;
    return made;
  };
  const unpack = async () => {
    const text = atob(document.getElementById("data").textContent);
    const stream = new Blob([Uint8Array.from(text, (c) => c.charCodeAt(0))]).stream();
    return new Response(stream.pipeThrough(new DecompressionStream("gzip"))).json();
  };
  let data;
  try {
    data = await unpack();
  } catch (error) {
    document.getElementById("old").hidden = false;
    throw error;
  }
  const { rules, findings, words, names, pictures } = data;
  findings.forEach((f, n) => {
    f.place_in_list = n;
    f.text = [f.id, rules[f.rule].title, rules[f.rule].id, f.why, f.bearer, f.mark, names.verdict[f.verdict]].join(" ").toLowerCase();
  });
  const keys = {
    severity: (f) => -f.severity, subject: (f) => f.id, rule: (f) => f.rule, why: (f) => f.why,
    left: (f) => f.due_at || Infinity, due_at: (f) => f.due_at || Infinity, bearer: (f) => f.bearer,
  };

  const detail = (f, columns) => {
    const row = $("tr", undefined, "detail"), cell = $("td"), list = $("dl"), rule = rules[f.rule];
    cell.colSpan = columns;
    const told = { why: f.why, due_at: f.due, arithmetic: f.arithmetic, platform: f.platform, searched: f.searched,
      assumed: f.assumed, settle: f.settle, clause: rule.clause, note: rule.note, bearer: f.bearer, place: f.place };
    for (const [key, text] of Object.entries(told)) if (text) list.append($("dt", words[key]), $("dd", text));
    list.append($("dt", words.rule), $("dd")); list.lastChild.append($("code", rule.id));
    cell.append(list);
    if (f.order && pictures[f.id]) {
      // Made and escaped by the server; the page's policy lets no script in it run.
      const picture = $("div");
      picture.innerHTML = pictures[f.id];
      cell.append(picture);
    }
    row.append(cell);
    return row;
  };

  const cells = {
    severity: (f, td) => {
      td.append(f.verdict === "violated" ? $("span", names.severity[f.severity], `badge s${f.severity}`) : $("span", names.verdict[f.verdict], `badge ${f.verdict}`));
      if (f.mark) td.append($("br"), $("small", f.mark));
    },
    subject: (f, td) => {
      const button = $("button", f.id, "open");
      button.type = "button";
      button.setAttribute("aria-expanded", "false");
      button.setAttribute("aria-label", `${words.details}: ${f.kind} ${f.id}`);
      td.append(button, $("br"), $("small", f.kind));
    },
    rule: (f, td) => { td.append($("span", rules[f.rule].title), " ", $("small", rules[f.rule].clause)); },
    why: (f, td) => {
      td.append($("span", f.why));
      if (f.arithmetic) td.append($("br"), $("small", f.arithmetic));
    },
    left: (f, td) => { td.textContent = f.left || ""; },
    due_at: (f, td) => { td.textContent = f.due || ""; },
    bearer: (f, td) => { td.textContent = f.bearer; },
  };

  const table = (id, rows) => {
    const root = document.getElementById(id), form = root.querySelector("form"), body = root.querySelector("tbody");
    const columns = [...root.querySelectorAll("th button")].map((b) => b.dataset.sort);
    const [previous, next] = [root.querySelector(".previous"), root.querySelector(".next")];
    const state = { page: 0, size: PAGE, sort: null, down: false, found: rows };
    const field = (name) => form.elements.namedItem(name);
    const fill = (name, options) => {
      if (!field(name)) return;
      field(name).replaceChildren(new Option(words.all, ""), ...options.map(([value, text]) => new Option(text, value)));
    };
    fill("verdict", Object.entries(names.verdict).filter(([v]) => rows.some((f) => f.verdict === v)));
    fill("rule", [...new Set(rows.map((f) => f.rule))].map((n) => [rules[n].id, rules[n].title]));
    fill("bearer", [...new Set(rows.map((f) => f.bearer))].map((b) => [b, b]));
    if (field("verdict") && rows.some((f) => f.verdict === root.dataset.verdict)) field("verdict").value = root.dataset.verdict;

    const draw = () => {
      const start = state.page * state.size, part = state.found.slice(start, start + state.size);
      body.replaceChildren(...part.map((f) => {
        const row = $("tr", undefined, "row");
        row.append(...columns.map((key) => { const td = $("td", undefined, key); cells[key](f, td); return td; }));
        row.finding = f;
        return row;
      }));
      if (!part.length) { const td = $("td", words.nothing); td.colSpan = columns.length; body.append($("tr")); body.firstChild.append(td); }
      const told = { from: part.length ? start + 1 : 0, to: start + part.length, n: state.found.length.toLocaleString() };
      root.querySelector("[role=status]").textContent = words.shown.replace(/\{(\w+)\}/g, (_, key) => told[key]);
      previous.disabled = state.page === 0;
      next.disabled = start + state.size >= state.found.length;
    };
    const search = () => {
      const wanted = field("text").value.toLowerCase().split(/\s+/).filter(Boolean);
      const is = (name, value) => !field(name) || !field(name).value || field(name).value === value;
      state.found = rows.filter((f) => is("verdict", f.verdict) && is("rule", rules[f.rule].id) && is("bearer", f.bearer) && wanted.every((w) => f.text.includes(w)));
      if (state.sort) {
        const key = keys[state.sort], sign = state.down ? -1 : 1;
        state.found.sort((a, b) => { const x = key(a), y = key(b); return x < y ? -sign : x > y ? sign : a.place_in_list - b.place_in_list; });
      }
      state.page = 0;
      draw();
    };
    form.addEventListener("input", search);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(search));
    previous.addEventListener("click", () => { state.page -= 1; draw(); });
    next.addEventListener("click", () => { state.page += 1; draw(); });
    root.querySelector("thead").addEventListener("click", ({ target }) => {
      const key = target.dataset.sort;
      if (!key) return;
      state.down = state.sort === key && !state.down;
      state.sort = key;
      root.querySelectorAll("th").forEach((th) => th.removeAttribute("aria-sort"));
      target.parentNode.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      search();
    });
    body.addEventListener("click", ({ target }) => {
      const button = target.closest(".open");
      if (!button) return;
      const row = button.closest("tr"), isOpen = button.getAttribute("aria-expanded") === "true";
      button.setAttribute("aria-expanded", String(!isOpen));
      if (isOpen) row.nextSibling.remove(); else row.after(detail(row.finding, columns.length));
    });
    const sized = (size) => { Object.assign(state, { size, page: 0 }); draw(); };
    addEventListener("beforeprint", () => sized(PRINTED));
    addEventListener("afterprint", () => sized(PAGE));
    root.hidden = false;
    search();
    return (name, value) => { form.reset(); for (const one of ["verdict", "rule"]) field(one).value = one === name ? value : ""; setTimeout(search); };
  };

  const show = table("list", findings);
  table("soon", data.due.map((n) => findings[n]));
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-show], [data-rule]");
    if (!button) return;
    setTimeout(() => {
      if (button.dataset.show) show("verdict", button.dataset.show); else show("rule", button.dataset.rule);
      document.getElementById("findings").scrollIntoView();
    });
  });
  document.documentElement.dataset.ready = "yes";
})();
