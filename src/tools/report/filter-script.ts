/** What the filters of both pages mean: which names and texts match the words that somebody types. */
export const FILTER_SCRIPT = `const byId = (id) => document.getElementById(id);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const form = byId("filter");
const plural = (count, of, word) => (count === of ? "all " + of : count + " of " + of) + " " + word + (of === 1 ? "" : "s");
const words = (text) => text.toLowerCase().split(/\\s+/).filter((word) => word !== "");
const matches = (text, wanted) => wanted.every((word) => text.includes(word));
const nameOf = (subject) => subject.slice(subject.indexOf(":") + 1);
const isNamed = (subject, word) => subject === word || nameOf(subject) === word;
// A whole name is meant where there is one: team7 is not team70.
const holds = (subject, wanted, whole) => wanted.every((word) => whole.has(word) ? isNamed(subject, word) : subject.includes(word));

function hasAccess(kinds, wanted) {
  if (wanted === "") return true;
  if (wanted === "nobody") return !["public", "allowed", "conditional"].some((kind) => kinds.has(kind));
  return wanted.split(" ").some((kind) => kinds.has(kind));
}
`;

/** Shows what works only with a script, and lets it call `filter` and `openTarget` of the page. */
export const FORM_SCRIPT = `form.hidden = false;
for (const one of all("[data-script]")) one.hidden = false;
form.addEventListener("input", filter);
form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("reset", () => setTimeout(filter));
for (const button of all("[data-reset]")) {
  button.addEventListener("click", () => { form.reset(); byId("filter-route").focus(); });
}
for (const button of all("[data-open]")) {
  button.addEventListener("click", () => {
    for (const one of all("details.route")) one.open = button.dataset.open === "true";
  });
}
addEventListener("hashchange", openTarget);
`;
