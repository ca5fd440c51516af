(function () {
  "use strict";
  var form = document.getElementById("filter");
  var find = document.getElementById("q");
  var only = document.getElementById("only");
  var toggle = document.getElementById("toggle");
  var count = document.getElementById("count");
  var policies = Array.prototype.map.call(document.querySelectorAll("article.policy"), function (element) {
    var all = function (selector) { return Array.prototype.slice.call(element.querySelectorAll(selector)); };
    return { element: element, title: null, findings: all(":scope > details.finding"), quiet: all(":scope > details.quiet-findings"), more: all(":scope > details.more-findings") };
  });
  function state(element) {
    return ["fail", "unknown", "waived"].find(function (name) { return element.classList.contains(name); });
  }
  function apply() {
    var words = find.value.trim().toLowerCase();
    var wanted = only.value;
    var shown = 0;
    policies.forEach(function (policy) {
      if (policy.title === null) { policy.title = policy.element.querySelector("h3").textContent.toLowerCase() + " " + policy.element.querySelector(".meta").textContent.toLowerCase(); }
      var whole = words === "" || policy.title.indexOf(words) >= 0;
      var visible = 0;
      policy.findings.forEach(function (finding) {
        var is = state(finding);
        var fits = wanted === "" || wanted === is || (wanted === "open" && is !== "waived");
        var show = fits && (whole || finding.textContent.toLowerCase().indexOf(words) >= 0);
        if (finding.hidden === show) { finding.hidden = !show; }
        if (show) { visible += 1; }
      });
      policy.quiet.concat(policy.more).forEach(function (group) {
        var show = (wanted === "" || policy.more.indexOf(group) >= 0) && (whole || group.textContent.toLowerCase().indexOf(words) >= 0);
        if (group.hidden === show) { group.hidden = !show; }
        if (show) { visible += 1; }
      });
      var keep = visible > 0 || (whole && wanted === "");
      if (policy.element.hidden === keep) { policy.element.hidden = !keep; }
      if (keep) { shown += 1; }
    });
    count.textContent = words === "" && wanted === "" ? "" : shown + " of " + policies.length + " policies are shown.";
  }
  function openTarget() {
    var target = location.hash.length > 1 ? document.getElementById(location.hash.slice(1)) : null;
    if (target && target.tagName === "DETAILS") { target.open = true; target.scrollIntoView(); }
  }
  var waiting = 0;
  form.hidden = false;
  find.addEventListener("input", function () { clearTimeout(waiting); waiting = setTimeout(apply, 120); });
  only.addEventListener("change", apply);
  toggle.addEventListener("click", function () {
    var open = toggle.textContent === "Open all";
    policies.forEach(function (policy) { policy.findings.forEach(function (finding) { finding.open = open; }); });
    toggle.textContent = open ? "Close all" : "Open all";
  });
  window.addEventListener("hashchange", openTarget);
  window.addEventListener("beforeprint", function () {
    var all = document.querySelectorAll("details.finding");
    if (all.length <= 500) { Array.prototype.forEach.call(all, function (finding) { finding.open = true; }); }
  });
  openTarget();
})();
