// The search: a dialog on every page, and the whole of search.html. The index is loaded when it is first needed.
(function () {
  "use strict";
  var LIMIT = 40;
  var PER_KIND = 12;
  var NAMES = 3;
  // Where a word is found decides how much it counts: the name, the id, a field, and last the summary and owners.
  var KIND = 0, NAME = 1, ID = 2, PATH = 3, SUMMARY = 4, OWNERS = 5, FIELDS = 6;
  var root = document.documentElement.dataset.root || "";
  var index = null;
  var waiting = [];

  function make(name, className, text) {
    var element = document.createElement(name);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  // ---- index

  function split(text) {
    return text
      .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
      .replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2")
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean);
  }

  function prepare(record) {
    return {
      record: record,
      name: record[NAME].toLowerCase(),
      id: record[ID].toLowerCase(),
      nameWords: split(record[NAME]),
      idWords: split(record[ID]),
      fields: record[FIELDS].toLowerCase().split("\n"),
      fieldWords: split(record[FIELDS]),
      rest: (record[SUMMARY] + " " + record[OWNERS]).toLowerCase()
    };
  }

  function load(done) {
    if (index) return done();
    waiting.push(done);
    if (waiting.length > 1) return undefined;
    var script = document.createElement("script");
    script.src = root + "assets/search-index.js";
    script.onload = function () {
      index = (window.catalogSearch ? window.catalogSearch.records : []).map(prepare);
      waiting.splice(0).forEach(function (call) { call(); });
    };
    script.onerror = function () { waiting = []; };
    document.head.appendChild(script);
    return undefined;
  }

  // ---- ranking

  function startsAny(words, word) {
    return words.some(function (candidate) { return candidate.indexOf(word) === 0; });
  }

  function scoreWord(entry, word) {
    if (entry.name === word) return 100;
    if (entry.nameWords.indexOf(word) >= 0) return 60;
    if (startsAny(entry.nameWords, word)) return 45;
    if (entry.name.indexOf(word) >= 0) return 35;
    if (entry.id === word || entry.idWords.indexOf(word) >= 0) return 32;
    if (entry.id.indexOf(word) >= 0) return 28;
    if (entry.fields.indexOf(word) >= 0) return 22;
    if (startsAny(entry.fields, word) || startsAny(entry.fieldWords, word)) return 16;
    if (entry.rest.indexOf(word) >= 0) return 8;
    return 0;
  }

  function score(entry, query, words) {
    var sum = 0;
    for (var position = 0; position < words.length; position += 1) {
      var part = scoreWord(entry, words[position]);
      if (!part) return 0;
      sum += part;
    }
    if (entry.name === query) sum += 200;
    else if (entry.name.indexOf(query) === 0) sum += 40;
    else if (entry.name.indexOf(query) >= 0) sum += 20;
    return sum;
  }

  function find(query) {
    var trimmed = query.trim();
    var words = split(trimmed);
    if (!words.length) return [];
    return index
      .map(function (entry) { return { entry: entry, score: score(entry, trimmed.toLowerCase(), words) }; })
      .filter(function (hit) { return hit.score > 0; })
      .sort(function (one, other) {
        return other.score - one.score || (one.entry.name < other.entry.name ? -1 : 1);
      });
  }

  function groupByKind(hits) {
    var groups = new Map();
    hits.slice(0, LIMIT).forEach(function (hit) {
      var kind = hit.entry.record[KIND];
      if (!groups.has(kind)) groups.set(kind, []);
      if (groups.get(kind).length < PER_KIND) groups.get(kind).push(hit.entry);
    });
    return groups;
  }

  // ---- results

  function countFound(text, words) {
    var lowered = text.toLowerCase();
    return words.filter(function (word) { return lowered.indexOf(word) >= 0; }).length;
  }

  // The names that hold the most words of the query: for "order id" that is orderId, and not every field of an order.
  function findNames(text, words) {
    var names = text.split("\n").filter(Boolean);
    var counts = names.map(function (name) { return countFound(name, words); });
    var most = Math.max.apply(null, [1].concat(counts));
    return names.filter(function (name, position) { return counts[position] === most; });
  }

  // Where a record holds words of the query: the label of each place, and what to show of it beside the name.
  function explain(record, words) {
    var hasOwnId = record[ID] !== record[NAME];
    var places = [
      { label: "name", found: countFound(record[NAME], words) > 0 },
      { label: "id", names: hasOwnId ? findNames(record[ID], words) : [], isCode: true },
      { label: "field", names: findNames(record[FIELDS], words), isCode: true },
      { label: "owner", names: findNames(record[OWNERS], words) },
      { label: "summary", found: countFound(record[SUMMARY], words) > 0 }
    ];
    return places.filter(function (place) { return place.names ? place.names.length : place.found; });
  }

  // A text whose parts that were searched for are marked.
  function makeMarked(name, className, text, words) {
    var element = make(name, className);
    var lowered = text.toLowerCase();
    // Of some letters the small form is longer; then no place in one is the same place in the other.
    var wanted = lowered.length === text.length ? words : [];
    for (var start = 0; start < text.length;) {
      var next = nextFound(lowered, wanted, start);
      element.append(text.slice(start, next.start));
      if (next.end > next.start) element.appendChild(make("mark", "", text.slice(next.start, next.end)));
      start = next.end;
    }
    return element;
  }

  function nextFound(lowered, words, start) {
    var best = { start: lowered.length, end: lowered.length };
    words.forEach(function (word) {
      var at = lowered.indexOf(word, start);
      if (at < 0 || at > best.start || (at === best.start && at + word.length <= best.end)) return;
      best = { start: at, end: at + word.length };
    });
    return best;
  }

  function makePlace(place, words) {
    var line = make("span", "hit-place");
    line.appendChild(make("span", "hit-label", place.label));
    place.names.slice(0, NAMES).forEach(function (name) {
      line.append(" ", makeMarked(place.isCode ? "code" : "span", "hit-found", name, words));
    });
    if (place.names.length > NAMES) line.append(" and " + (place.names.length - NAMES) + " more");
    return line;
  }

  function makeOption(entry, words, id) {
    var record = entry.record;
    var option = make("a", "hit");
    option.href = root + record[PATH];
    option.id = id;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.tabIndex = -1;
    var icon = make("span", "icon icon-" + record[KIND]);
    icon.setAttribute("aria-hidden", "true");
    var places = explain(record, words);
    var body = make("span", "hit-body");
    body.appendChild(makeMarked("span", "hit-name", record[NAME], words));
    places.filter(function (place) { return place.names; }).forEach(function (place) {
      body.appendChild(makePlace(place, words));
    });
    if (record[SUMMARY]) body.appendChild(makeMarked("span", "hit-summary", record[SUMMARY], words));
    var where = make("span", "hit-where", places.map(function (place) { return place.label; }).join(", "));
    where.title = "Where it was found";
    option.append(icon, body, where);
    return option;
  }

  function Panel(prefix) {
    var panel = this;
    this.prefix = prefix;
    this.input = make("input", "search-input");
    this.input.type = "search";
    this.input.name = "q";
    this.input.autocomplete = "off";
    this.input.spellcheck = false;
    this.input.placeholder = "Search events, services, fields and people";
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-label", "Search");
    this.input.setAttribute("aria-expanded", "false");
    this.input.setAttribute("aria-controls", prefix + "-results");
    this.input.setAttribute("aria-autocomplete", "list");
    this.results = make("div", "search-results");
    this.results.id = prefix + "-results";
    this.results.setAttribute("role", "listbox");
    this.results.setAttribute("aria-label", "Results");
    this.count = make("p", "search-count quiet");
    this.count.setAttribute("role", "status");
    this.options = [];
    this.selected = -1;
    this.input.addEventListener("input", function () { panel.update(); });
    this.input.addEventListener("keydown", function (event) { panel.onKey(event); });
  }

  Panel.prototype.update = function () {
    var panel = this;
    load(function () { panel.show(panel.input.value); });
  };

  Panel.prototype.show = function (query) {
    var panel = this;
    var hits = find(query);
    var words = split(query);
    this.options = [];
    this.results.replaceChildren();
    groupByKind(hits).forEach(function (entries, kind) {
      var group = make("div", "hit-group");
      var title = make("p", "hit-kind", window.catalogSearch.kinds[kind]);
      title.id = panel.prefix + "-kind-" + kind;
      group.setAttribute("role", "group");
      group.setAttribute("aria-labelledby", title.id);
      group.appendChild(title);
      entries.forEach(function (entry) {
        var option = makeOption(entry, words, panel.prefix + "-hit-" + panel.options.length);
        panel.options.push(option);
        group.appendChild(option);
      });
      panel.results.appendChild(group);
    });
    this.count.textContent = this.describe(query, hits.length);
    this.input.setAttribute("aria-expanded", String(this.options.length > 0));
    this.select(this.options.length ? 0 : -1);
  };

  Panel.prototype.describe = function (query, count) {
    if (!query.trim()) return "Type a name, a field, an owner.";
    if (!count) return "Nothing is found for “" + query.trim() + "”.";
    var shown = this.options.length < count ? ", the best " + this.options.length + " are shown" : "";
    return count + (count === 1 ? " result" : " results") + shown;
  };

  Panel.prototype.select = function (position) {
    if (this.selected >= 0 && this.options[this.selected]) this.options[this.selected].setAttribute("aria-selected", "false");
    this.selected = position;
    var option = this.options[position];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    this.input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
    return undefined;
  };

  Panel.prototype.onKey = function (event) {
    var last = this.options.length - 1;
    if (event.key === "ArrowDown") this.select(this.selected >= last ? 0 : this.selected + 1);
    else if (event.key === "ArrowUp") this.select(this.selected <= 0 ? last : this.selected - 1);
    else if (event.key === "Enter" && this.options[this.selected]) this.options[this.selected].click();
    else return;
    event.preventDefault();
  };

  // ---- the dialog

  var dialog = null;
  var panel = null;

  function openDialog() {
    if (!dialog) makeDialog();
    if (dialog.open) return;
    dialog.showModal();
    panel.input.select();
    panel.update();
  }

  function makeDialog() {
    dialog = make("dialog", "search-dialog");
    dialog.setAttribute("aria-label", "Search");
    panel = new Panel("dialog");
    var close = make("button", "button small", "Close");
    close.type = "button";
    close.addEventListener("click", function () { dialog.close(); });
    var bar = make("div", "search-bar");
    bar.append(panel.input, close);
    var body = make("div", "search-box");
    body.append(bar, panel.count, panel.results);
    dialog.appendChild(body);
    dialog.addEventListener("click", function (event) {
      // A link to a place of this very page leaves the dialog open otherwise.
      if (event.target === dialog || event.target.closest("a")) dialog.close();
    });
    dialog.addEventListener("keydown", function (event) {
      // The first Escape in a search field would only empty it.
      if (event.key !== "Escape") return;
      event.preventDefault();
      dialog.close();
    });
    document.body.appendChild(dialog);
  }

  function isTyping(target) {
    return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  }

  document.addEventListener("keydown", function (event) {
    var combined = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k";
    var slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    if (!combined && !slash) return;
    event.preventDefault();
    openDialog();
  });

  var mac = /Mac|iPhone|iPad/.test(navigator.platform);
  document.querySelectorAll("[data-search]").forEach(function (link) {
    link.setAttribute("aria-keyshortcuts", mac ? "Meta+K /" : "Control+K /");
    link.addEventListener("click", function (event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      openDialog();
    });
  });
  document.querySelectorAll("[data-shortcut]").forEach(function (key) {
    if (mac) key.textContent = "⌘ K";
    key.hidden = false;
  });

  // ---- the page

  function setUpPage(place) {
    var page = new Panel("page");
    var form = make("form", "search-bar");
    form.setAttribute("role", "search");
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    form.appendChild(page.input);
    place.append(form, page.count, page.results);
    page.input.addEventListener("input", function () {
      var query = page.input.value.trim();
      window.history.replaceState(null, "", query ? "?q=" + encodeURIComponent(query) : window.location.pathname);
    });
    page.input.value = new URLSearchParams(window.location.search).get("q") || "";
    page.update();
    page.input.focus();
  }

  var place = document.querySelector("[data-search-page]");
  if (place) setUpPage(place);
})();
