/** Route by route: draws who may call a route, and by which row, once somebody opens it. */
export const ROUTES_SCRIPT = `function countsOf({ cells }) {
  const counts = { allowed: 0, conditional: 0, denied: 0 };
  for (const [index, code] of cells.entries()) if (code > 0) counts[kindOf(code)] += columns[index].holders.length;
  return counts;
}

function verdictOf(route) {
  if (route.isPublic) return "open to everyone";
  const { allowed, conditional, denied } = countsOf(route);
  const parts = [[allowed, " allowed"], [conditional, " by condition"], [denied, " denied"]].filter(([count]) => count > 0);
  return parts.length === 0 ? "no one may" : parts.map((part) => part.join("")).join(", ");
}

const moreButton = () => make("button", "show-more", "");

function outcome(words, kind, { cells }) {
  const found = [];
  for (const [index, code] of cells.entries()) {
    if (code > 0 && kindOf(code) === kind) for (const holder of columns[index].holders) found.push({ holder, code });
  }
  if (found.length === 0) return [];
  const [chips, more] = [make("span", ""), moreButton()];
  listOf(chips, more, 60, ({ holder, code }) => {
    const chip = make("span", "chip " + kind, holder.name);
    if (kind === "conditional") chip.append(" ", make("small", "", wordsOf(code)));
    return chip;
  }).show(found.sort((a, b) => a.holder.index - b.holder.index));
  return [make("li", "", make("b", "", words), " ", chips, more)];
}

function rowAbout(index) {
  const [effect, subject, permission, condition, file, line] = data.rows.subarray(index * FIELDS, (index + 1) * FIELDS);
  const members = heldBy.get(subject) ?? [];
  const plain = (name, text) => make("td", name, text);
  return make("tr", "",
    effect === 1 ? plain("allowed", "allow") : plain("denied", "deny"), plain("code", strings[subject]), plain("code", strings[permission]),
    condition < 0 ? plain("", "always") : plain("code", strings[condition]),
    plain("", members.length === 0 ? "only itself" : spelled(members).join(", ")), plain("code", strings[file] + ":" + line));
}

function explanation(route) {
  if (route.isPublic) return [make("p", "", "This route has no authorizer: anyone may call it, signed in or not.")];
  const rows = route.patterns.flatMap((pattern) => rowsByPattern.get(pattern) ?? []);
  if (rows.length === 0) return [make("p", "", "No row grants " + route.permissions.join(" or ") + ": no one may call this route.")];
  const heads = ["Effect", "Who", "Permission", "Condition", "Held by", "Row"].map((text) => headOf("col", text));
  const [body, more] = [make("tbody", ""), moreButton()];
  listOf(body, more, 40, rowAbout).show(rows.sort((a, b) => data.rows[a * FIELDS] - data.rows[b * FIELDS] || a - b));
  const scroller = make("div", "scroller", make("table", "", make("thead", "", make("tr", "", ...heads)), body));
  scroller.setAttribute("role", "region");
  scroller.setAttribute("aria-label", "Rows about " + route.permissions.join(", "));
  scroller.tabIndex = 0;
  return [make("ul", "outcomes", ...outcome("May", "allowed", route), ...outcome("May, by condition", "conditional", route), ...outcome("Denied", "denied", route)), scroller, more];
}

function routeDetails(index) {
  const route = routes[index];
  const summary = make("summary", "", make("span", "name", route.name), " ", make("span", "permission", route.opened), " ", make("span", "verdict", verdictOf(route)));
  const content = make("div", "");
  const details = make("details", "route", summary, content);
  details.id = "route-" + index;
  // A closed one is empty again, so that whoever opens many after another does not keep all of them.
  const fill = () => {
    route.open = details.open;
    if (!details.open) content.replaceChildren();
    else if (content.firstChild === null) content.append(...explanation(route));
  };
  details.open = route.open;
  fill();
  details.addEventListener("toggle", fill);
  return details;
}

const routeList = listOf(byId("routes"), document.querySelector("#routes-section > .show-more"), 40, routeDetails);

function openRoute(index) {
  if (routes[index] === undefined) return;
  if (!matrix.rows.includes(index)) { form.reset(); filter(); }
  routes[index].open = true;
  routeList.grow(matrix.rows.indexOf(index) + 1);
  const target = byId("route-" + index);
  target.open = true;
  target.scrollIntoView();
  target.querySelector("summary").focus();
}

function openTarget() {
  const [, index] = /^#route-(\\d+)$/.exec(location.hash) ?? [];
  if (index !== undefined) openRoute(Number(index));
}
`;
