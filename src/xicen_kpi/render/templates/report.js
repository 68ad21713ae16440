"use strict";
(function () {
  const form = document.querySelector(".filters");
  if (form) {
    const output = form.querySelector("output");
    const tasks = Array.from(document.querySelectorAll(".task"));
    const apply = function () {
      const wanted = { state: form.state.value, kind: form.kind.value, task: form.task.value };
      const text = form.text.value.normalize("NFKC").trim().toLowerCase();
      let shown = 0;
      for (const task of tasks) {
        let own = 0;
        for (const row of task.querySelectorAll("tbody tr")) {
          const fits = (!wanted.state || row.dataset.state === wanted.state)
            && (!wanted.kind || row.dataset.kind === wanted.kind)
            && (!wanted.task || task.dataset.task === wanted.task)
            && (!text || row.textContent.normalize("NFKC").toLowerCase().includes(text));
          row.hidden = !fits;
          own += fits ? 1 : 0;
        }
        task.hidden = own === 0;
        shown += own;
      }
      output.textContent = shown ? output.dataset.count.replace("#", String(shown)) : output.dataset.none;
    };
    form.hidden = false;
    form.addEventListener("input", apply);
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    apply();
  }
  // A link to something inside a closed part opens it.
  const open = function (target) {
    for (let node = target; node; node = node.parentElement) { if (node.tagName === "DETAILS") { node.open = true; } }
  };
  const follow = function () {
    const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    if (target) { open(target); target.scrollIntoView(); }
  };
  window.addEventListener("hashchange", follow);
  follow();
}());
