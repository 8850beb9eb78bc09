// Adds the whole catalog to the sidebar, from assets/nav.js. A section's entries are made when it is opened.
(function () {
  "use strict";
  var LIMIT = 300;
  var root = document.documentElement.dataset.root || "";
  var here = document.documentElement.dataset.path || "";
  var place = document.querySelector("[data-tree]");
  var sections = window.catalogNav || [];
  if (!place || !sections.length) return;

  function make(name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function folderOf(path) {
    return path.replace(/[^/]*$/, "");
  }

  function isCurrent(path) {
    return here.indexOf(folderOf(path)) === 0;
  }

  // Long names may continue on the next line between their words.
  function makeName(text) {
    var name = make("span", "name");
    text.split(/(\s+)/).forEach(function (piece) {
      var words = piece.split(/(?<=[._@/:-])(?=[^._@/:-])|(?<=[a-z0-9])(?=[A-Z])/);
      (words.join("\n").match(/[^\n]{1,24}/gu) || []).forEach(function (part, index) {
        if (index) name.appendChild(document.createElement("wbr"));
        name.append(part);
      });
    });
    return name;
  }

  function makeItem(item, kind) {
    var entry = make("li");
    var link = make("a", item[2], "");
    link.href = root + item[1];
    var icon = make("span", "icon icon-" + kind, "");
    icon.setAttribute("aria-hidden", "true");
    link.append(icon, makeName(item[0]));
    if (isCurrent(item[1])) link.setAttribute("aria-current", here === item[1] ? "page" : "true");
    entry.appendChild(link);
    return entry;
  }

  function fill(list, section, items) {
    list.replaceChildren.apply(list, items.slice(0, LIMIT).map(function (item) { return makeItem(item, section.kind); }));
    if (items.length > LIMIT) list.appendChild(make("li", "quiet", items.length - LIMIT + " more: filter to see them"));
  }

  function matches(item, words) {
    var name = item[0].toLowerCase();
    return words.every(function (word) { return name.indexOf(word) >= 0; });
  }

  var groups = sections.filter(function (section) { return section.items.length; }).map(function (section) {
    var group = make("details", "tree-group");
    var summary = make("summary", "", section.title);
    var list = make("ul");
    var current = section.items.some(function (item) { return isCurrent(item[1]); });
    group.append(summary, list);
    group.open = current || (section.kind === "event" && section.items.length <= 40);
    if (group.open) fill(list, section, section.items);
    group.addEventListener("toggle", function () {
      if (group.open && !list.childElementCount) fill(list, section, section.items);
    });
    return { group: group, list: list, section: section, open: group.open };
  });

  var filter = make("input", "tree-filter");
  filter.type = "search";
  filter.placeholder = "Filter the catalog";
  filter.setAttribute("aria-label", "Filter the catalog");
  filter.autocomplete = "off";
  filter.addEventListener("input", function () {
    var words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    groups.forEach(function (entry) {
      var items = words.length ? entry.section.items.filter(function (item) { return matches(item, words); }) : entry.section.items;
      entry.group.hidden = words.length > 0 && !items.length;
      entry.group.open = words.length ? items.length > 0 : entry.open;
      if (entry.group.open || words.length) fill(entry.list, entry.section, items);
      else entry.list.replaceChildren();
    });
  });
  place.appendChild(filter);
  groups.forEach(function (entry) { place.appendChild(entry.group); });

  var marked = place.querySelector("[aria-current]");
  var menu = document.getElementById("menu");
  if (marked && menu && marked.offsetTop > menu.clientHeight - 60) {
    menu.scrollTop = marked.offsetTop - menu.clientHeight / 2;
  }
})();
