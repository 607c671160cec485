import { CELL_CODES } from "./cell-runs.ts";

/** Reads the data of the page: subjects, columns, routes and their cells. */
export const DATA_SCRIPT = `const make = (tag, name, ...content) => {
  const element = document.createElement(tag);
  if (name !== "") element.className = name;
  element.append(...content);
  return element;
};
const counted = (count) => count.toLocaleString("en-US");
const data = JSON.parse(byId("data").textContent);
byId("data").remove();
const { strings } = data;
const spelled = (list) => list.map((index) => strings[index]);
const holders = data.holders.map(([subject, roles, description, sources], index) => ({
  index, name: strings[subject], subject: strings[subject].toLowerCase(), roles: spelled(roles), shown: true,
  kind: strings[subject].slice(0, strings[subject].indexOf(":")), description: strings[description] ?? "", sources: spelled(sources),
}));
const columns = data.columns.map((list) => ({ holders: list.map((index) => holders[index]) }));
const KINDS = ${JSON.stringify(CELL_CODES)};
const WORDS = ["", "allowed", "denied", "open to everyone"];
const kindOf = (code) => KINDS[code] ?? "conditional";
const wordsOf = (code) => WORDS[code] ?? strings[data.conditions[code - KINDS.length]];
// Two bytes a cell unless there are more conditions than they can tell apart.
const Cells = data.conditions.length < 65000 ? Uint16Array : Uint32Array;
const cellsOf = (runs) => {
  const cells = new Cells(columns.length);
  let at = 0;
  for (let index = 0; index < runs.length; index += 3) {
    const from = at + runs[index];
    at = from + runs[index + 1];
    cells.fill(runs[index + 2], from, at);
  }
  return cells;
};
const routes = data.routes.map(([name, permissions, patterns, runs], index) => {
  const opened = permissions.length === 0 ? "public" : spelled(permissions).join(", ");
  return { index, name: strings[name], opened, isPublic: permissions.length === 0, permissions: spelled(permissions),
    patterns, cells: cellsOf(runs), text: (strings[name] + " " + opened).toLowerCase(), open: false };
});
data.routes = [];
const rowsByPattern = new Map();
const FIELDS = 6;
data.rows = Int32Array.from(data.rows);
for (let index = 0; index * FIELDS < data.rows.length; index += 1) {
  const pattern = data.rows[index * FIELDS + 2];
  if (!rowsByPattern.has(pattern)) rowsByPattern.set(pattern, []);
  rowsByPattern.get(pattern).push(index);
}
const heldBy = new Map(data.heldBy.map(([subject, ...members]) => [subject, members]));
`;
