// Filters, facets with counts, and sorting of the big tables. The state stands in the address, so it can be shared.
(function () {
  "use strict";
  var SEPARATOR = "|";
  var place = document.querySelector("[data-discover]");
  if (!place) return;
  var form = place.querySelector("[data-filters]");
  var body = place.querySelector("tbody");
  var output = place.querySelector("[data-count]");
  var heads = Array.from(place.querySelectorAll("thead th"));
  var facets = Array.from(form.querySelectorAll("[data-facet]"));
  var rows = Array.from(body.rows).map(function (row, order) {
    return { element: row, order: order, text: (row.cells[0].textContent + " " + (row.dataset.id || "")).toLowerCase() };
  });
  var sorting = { column: "", descending: false };

  function valuesOf(row, facet) {
    var text = row.element.dataset[facet];
    return text ? text.split(SEPARATOR) : [];
  }

  function readState() {
    var state = { text: form.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean), facets: {} };
    facets.forEach(function (select) { state.facets[select.name] = select.value; });
    return state;
  }

  function admits(row, state, except) {
    if (!state.text.every(function (word) { return row.text.indexOf(word) >= 0; })) return false;
    return facets.every(function (select) {
      var wanted = state.facets[select.name];
      return select.name === except || !wanted || valuesOf(row, select.name).indexOf(wanted) >= 0;
    });
  }

  function count(state, facet) {
    var counts = new Map();
    rows.forEach(function (row) {
      var admitted = admits(row, state, facet);
      valuesOf(row, facet).forEach(function (value) {
        counts.set(value, (counts.get(value) || 0) + (admitted ? 1 : 0));
      });
    });
    return counts;
  }

  function fillFacet(select, state) {
    var chosen = state.facets[select.name];
    var options = [new Option("Any", "")];
    Array.from(count(state, select.name)).sort().forEach(function (entry) {
      options.push(new Option(entry[0] + " (" + entry[1] + ")", entry[0], false, entry[0] === chosen));
    });
    select.replaceChildren.apply(select, options);
    select.value = chosen;
  }

  function keyOf(row, column) {
    var text = row.element.cells[column].textContent.trim();
    var number = /^v?\d/.test(text) ? parseFloat(text.replace(/^v/, "").replace(/,/g, "")) : NaN;
    return isNaN(number) ? text.toLowerCase() : number;
  }

  function compare(one, other) {
    if (typeof one === typeof other) return one < other ? -1 : one > other ? 1 : 0;
    return typeof one === "number" ? -1 : 1;
  }

  function sortRows() {
    var column = heads.findIndex(function (head) { return head.dataset.name === sorting.column; });
    var sorted = rows.slice();
    if (column >= 0) {
      sorted.sort(function (one, other) {
        var order = compare(keyOf(one, column), keyOf(other, column));
        return (sorting.descending ? -order : order) || one.order - other.order;
      });
    }
    sorted.forEach(function (row) { body.appendChild(row.element); });
    heads.forEach(function (head) {
      if (head.dataset.name === sorting.column) head.setAttribute("aria-sort", sorting.descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
  }

  function storeState() {
    var query = new URLSearchParams();
    if (form.elements.text.value) query.set("text", form.elements.text.value);
    facets.forEach(function (select) { if (select.value) query.set(select.name, select.value); });
    if (sorting.column) query.set("sort", (sorting.descending ? "-" : "") + sorting.column);
    var text = query.toString();
    window.history.replaceState(null, "", text ? "?" + text : window.location.pathname);
  }

  function update() {
    var state = readState();
    var shown = 0;
    rows.forEach(function (row) {
      row.element.hidden = !admits(row, state);
      if (!row.element.hidden) shown += 1;
    });
    facets.forEach(function (select) { fillFacet(select, state); });
    output.textContent = shown + " of " + rows.length;
    storeState();
  }

  function restoreState() {
    var query = new URLSearchParams(window.location.search);
    form.elements.text.value = query.get("text") || "";
    facets.forEach(function (select) {
      fillFacet(select, { text: [], facets: {} });
      select.value = query.get(select.name) || "";
    });
    var sort = query.get("sort") || "";
    sorting = { column: sort.replace(/^-/, ""), descending: sort.charAt(0) === "-" };
  }

  heads.forEach(function (head) {
    var name = head.textContent;
    var button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.textContent = name;
    head.dataset.name = name.toLowerCase();
    head.replaceChildren(button);
    button.addEventListener("click", function () {
      sorting = { column: head.dataset.name, descending: sorting.column === head.dataset.name && !sorting.descending };
      sortRows();
      storeState();
    });
  });
  form.addEventListener("input", update);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () {
    window.setTimeout(function () {
      sorting = { column: "", descending: false };
      sortRows();
      update();
    });
  });
  form.hidden = false;
  restoreState();
  sortRows();
  update();
})();
