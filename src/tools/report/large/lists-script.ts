/** Lists of which the page draws the first entries, and more when somebody asks. */
export const LISTS_SCRIPT = `function listOf(body, more, size, drawOne) {
  let items = [];
  let count = 0;
  const grow = (to) => {
    const end = Math.min(Math.max(to, count), items.length);
    body.append(...items.slice(count, end).map(drawOne));
    count = end;
    more.hidden = count === items.length;
    more.textContent = "Show " + counted(Math.min(size, items.length - count)) + " more of " + counted(items.length);
  };
  more.type = "button";
  more.addEventListener("click", () => {
    const before = count;
    grow(count + size);
    // The button may have gone, and the focus with it.
    const next = body.children[before];
    const target = next.querySelector("summary") ?? next;
    if (target.tagName !== "SUMMARY") target.tabIndex = -1;
    target.focus();
  });
  return { grow, show: (list) => { items = list; count = 0; body.replaceChildren(); grow(size); } };
}

const code = (text) => make("code", "", text);
const cellOf = (...content) => make("td", "", ...content);
const headOf = (scope, ...content) => {
  const cell = make("th", "", ...content);
  cell.scope = scope;
  return cell;
};
const listed = (section, size, drawOne) => {
  const body = document.querySelector("#" + section + " tbody");
  return body === null ? undefined : listOf(body, body.closest(".scroller").nextElementSibling, size, drawOne);
};

const lists = {
  holders: listed("roles-table", 100, ({ name, roles, description, sources }) => {
    const row = make("tr", "", headOf("row", code(name)), cellOf(roles.join(", ") || "none"), cellOf(description));
    if (hasSources) row.append(cellOf(sources.join(", ")));
    return row;
  }),
  findings: listed("findings-section", 100, (finding) => {
    const [severity, place, message, fix, rule] = spelled(finding);
    return make("tr", "", cellOf(make("span", "chip " + severity, severity)), cellOf(code(place)), cellOf(message), cellOf(fix), cellOf(code(rule)));
  }),
  untested: listed("coverage-section", 100, (one) => make("tr", "", ...spelled(one).map((text) => cellOf(code(text))))),
  through: listed("through", 100, (one) => {
    const [name, ...users] = spelled(one);
    return make("tr", "", headOf("row", name), ...users.map((text) => cellOf(code(text))));
  }),
};
`;
