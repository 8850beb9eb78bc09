// Sets the chosen theme before the first paint. Without a choice the system's theme counts. It does nothing else.
(function () {
  "use strict";
  try {
    var choice = window.localStorage.getItem("catalog-theme");
    if (choice === "light" || choice === "dark") {
      document.documentElement.dataset.theme = choice;
    }
  } catch (error) {
    // Storage may be forbidden; then the system's theme counts.
  }
  document.documentElement.classList.add("scripted");
})();
