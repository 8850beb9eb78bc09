// What scripts add to a page: the theme button, copy buttons, opening all rows, the mark in the contents, print.
(function () {
  "use strict";
  var THEMES = ["auto", "light", "dark"];
  var root = document.documentElement;

  function all(selector, within) {
    return Array.from((within || document).querySelectorAll(selector));
  }

  function make(name, className, text) {
    var element = document.createElement(name);
    element.className = className;
    element.textContent = text;
    return element;
  }

  function storeTheme(theme) {
    try {
      window.localStorage.setItem("catalog-theme", theme);
    } catch (error) {
      // The choice then holds for this page only.
    }
  }

  function setUpTheme() {
    var button = document.querySelector("[data-theme-button]");
    if (!button) return;
    var word = button.querySelector("[data-theme-word]");
    function show() {
      var theme = root.dataset.theme || "auto";
      word.textContent = theme.charAt(0).toUpperCase() + theme.slice(1);
      button.setAttribute("aria-label", "Theme: " + theme + ". Change it");
    }
    button.addEventListener("click", function () {
      var next = THEMES[(THEMES.indexOf(root.dataset.theme || "auto") + 1) % THEMES.length];
      if (next === "auto") delete root.dataset.theme;
      else root.dataset.theme = next;
      storeTheme(next);
      show();
    });
    button.hidden = false;
    show();
  }

  var status = make("div", "hidden-visually", "");
  status.setAttribute("role", "status");

  function copy(text, button) {
    var said = button.textContent;
    function done(word) {
      button.textContent = word;
      button.dataset.said = "";
      status.textContent = word;
      window.setTimeout(function () {
        button.textContent = said;
        delete button.dataset.said;
        status.textContent = "";
      }, 1600);
    }
    if (!navigator.clipboard) return done("Select and copy");
    navigator.clipboard.writeText(text).then(function () { done("Copied"); }, function () { done("Not allowed"); });
  }

  function addCopyButton(element, label, place) {
    var text = element.textContent;
    var button = make("button", "copy", "Copy");
    button.type = "button";
    button.setAttribute("aria-label", "Copy " + label);
    button.addEventListener("click", function () { copy(text, button); });
    place(button);
  }

  function setUpCopying() {
    document.body.appendChild(status);
    all("[data-copy]").forEach(function (element) {
      addCopyButton(element, element.textContent, function (button) { element.after(button); });
    });
    all("pre.code").forEach(function (block) {
      var frame = make("div", "code-frame", "");
      block.replaceWith(frame);
      frame.appendChild(block);
      addCopyButton(block, "this block", function (button) { frame.appendChild(button); });
    });
  }

  function setUpSchema() {
    all("[data-schema]").forEach(function (button) {
      var section = button.closest("section");
      button.addEventListener("click", function () {
        all(".schema .field > details", section).forEach(function (row) { row.open = button.dataset.schema === "open"; });
      });
      button.parentElement.hidden = false;
    });
  }

  function openTarget() {
    // Most browsers open the rows around a fragment themselves; this one also helps those that do not.
    var id = decodeURIComponent(window.location.hash.slice(1));
    var target = id && document.getElementById(id);
    if (!target) return;
    for (var element = target; element; element = element.parentElement) {
      if (element.tagName === "DETAILS" && !element.open) element.open = true;
    }
    if (target.getClientRects().length) target.scrollIntoView();
  }

  function setUpContents() {
    var links = all(".contents a");
    if (!links.length || !("IntersectionObserver" in window)) return;
    var byId = new Map(links.map(function (link) { return [link.hash.slice(1), link]; }));
    var seen = new Set();
    var observer = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        if (entry.isIntersecting) seen.add(entry.target.id);
        else seen.delete(entry.target.id);
      });
      var current = links.find(function (link) { return seen.has(link.hash.slice(1)); });
      if (!current) return;
      links.forEach(function (link) { link.removeAttribute("aria-current"); });
      current.setAttribute("aria-current", "true");
    }, { rootMargin: "-72px 0px -55% 0px" });
    byId.forEach(function (link, id) {
      var target = document.getElementById(id);
      if (target) observer.observe(target);
    });
  }

  function setUpPrinting() {
    var opened = [];
    window.addEventListener("beforeprint", function () {
      opened = all("main details:not([open])");
      opened.forEach(function (element) { element.open = true; });
    });
    window.addEventListener("afterprint", function () {
      opened.forEach(function (element) { element.open = false; });
    });
  }

  setUpTheme();
  setUpCopying();
  setUpSchema();
  setUpContents();
  setUpPrinting();
  openTarget();
  window.addEventListener("hashchange", openTarget);
})();
