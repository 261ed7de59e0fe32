"use strict";
// Search: every word must be in the text, compared as NFKC and lower case. No request is ever made.
(function () {
  const field = document.getElementById("search");
  const results = document.getElementById("results");
  const most = 60;

  function folded(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  function found(query) {
    const words = folded(query).split(/\s+/).filter(Boolean);
    if (!words.length) return [];
    return (window.SPEC_INDEX || []).filter((entry) => words.every((word) => entry.text.includes(word)));
  }

  function shown(entry) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const place = document.createElement("small");
    link.href = entry.to;
    link.textContent = entry.title;
    place.textContent = entry.in;
    link.append(document.createElement("br"), place);
    item.append(link);
    return item;
  }

  function search() {
    const query = field.value.trim();
    results.hidden = !query;
    results.replaceChildren();
    if (!query) return;
    const entries = found(query);
    const count = document.createElement("p");
    count.className = "quiet";
    count.textContent = entries.length ? `${entries.length} ${results.dataset.found}` : results.dataset.nothing;
    const list = document.createElement("ol");
    list.append(...entries.slice(0, most).map(shown));
    results.append(count, list);
  }

  field.addEventListener("input", search);
  results.addEventListener("click", (event) => {
    if (event.target.closest("a")) {
      field.value = "";
      results.hidden = true;
    }
  });

  // The switch of language keeps the place.
  for (const link of document.querySelectorAll("a[data-keep]")) {
    link.addEventListener("click", () => {
      link.href = link.href.split("#")[0] + location.hash;
    });
  }

  // A row of Examples shows its own picture.
  function choose(row) {
    const picture = document.getElementById(row.dataset.picture);
    for (const other of picture.parentElement.querySelectorAll(".row-picture")) other.hidden = other !== picture;
    for (const other of row.closest(".scenario").querySelectorAll("tr.shown")) other.classList.remove("shown");
    row.classList.add("shown");
  }
  for (const row of document.querySelectorAll("tr[data-picture]")) {
    row.addEventListener("click", () => choose(row));
    row.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        choose(row);
      }
    });
  }

  // On a narrow page the contents would push everything down.
  const contents = document.querySelector("details.contents");
  if (contents && window.innerWidth < 1120) contents.open = false;
})();
