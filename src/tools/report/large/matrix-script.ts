/** The most cells of which all are drawn to be printed. */
export const PRINTED_CELLS = 5_000;

/**
 * The matrix: a grid that is as large as all of its cells, with a table at the part that is on the screen. The focus is
 * on the table, which stays when its cells go, and `aria-activedescendant` says which cell is meant.
 */
export const MATRIX_SCRIPT = `const table = byId("matrix");
const canvas = byId("canvas");
const scroller = canvas.parentElement;
const whole = byId("whole");
const matrix = { rows: [], columns: [], row: 0, column: -1, isWhole: false, drawn: "", heads: "", parts: [], top: 0, left: 0, size: {} };
const NAMES_IN_HEAD = 2;

function measure() {
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const isNarrow = matchMedia("(max-width:40rem)").matches;
  const size = { row: isNarrow ? 5 : 4, column: 3.25, head: 11, first: isNarrow ? 9.5 : 17 };
  for (const [name, value] of Object.entries(size)) {
    matrix.size[name] = Math.round(value * rem);
    canvas.style.setProperty("--" + name, matrix.size[name] + "px");
  }
}

// In steps, so that not every pixel draws anew.
const STEP = 2;
function span(from, seen, unit, count) {
  if (matrix.isWhole) return [0, count];
  const first = Math.max(0, Math.floor(from / unit) - STEP);
  const last = Math.ceil((from + Math.max(seen, unit)) / unit) + STEP;
  return [Math.min(Math.floor(first / STEP) * STEP, Math.max(0, count - 1)), Math.min(count, Math.ceil(last / STEP) * STEP)];
}

function headCell(column, index) {
  const shown = column.holders.filter((one) => one.shown);
  const names = shown.slice(0, NAMES_IN_HEAD).map(({ name, kind }) =>
    make("span", "one", make("span", "kind", kind + ":"), name.slice(kind.length + 1)));
  const more = shown.length - names.length;
  const content = make("span", "turned", ...names.flatMap((one) => [one, " "]));
  if (more > 0) content.append(make("span", "more", "and " + counted(more) + " more"));
  const cell = make("th", "", content);
  cell.scope = "col";
  cell.title = shown.map(({ name, description }) => description === "" ? name : name + ": " + description).join(", ");
  cell.setAttribute("aria-colindex", index + 2);
  return cell;
}

function newRow() {
  const [link, permission] = [make("a", "", ""), make("span", "permission", "")];
  const head = make("th", "", link, permission);
  head.scope = "row";
  head.setAttribute("aria-colindex", 1);
  link.tabIndex = -1;
  const row = make("tr", "", head);
  table.tBodies[0].append(row);
  return { row, head, link, permission, cells: [], route: undefined };
}

function newCell({ row, cells }) {
  const cell = make("td", "", "");
  cell.ariaLabel = NOT_GRANTED;
  cells.push({ cell, text: cell.firstChild, code: 0, index: -1 });
  row.append(cell);
}

function resize(list, length, create, remove) {
  while (list.length > length) remove(list.pop());
  while (list.length < length) create();
}

// Changes only what differs: elements that come and go with each step would fill the memory faster than it is cleaned.
function fillRow(part, position, [left, right]) {
  const route = routes[matrix.rows[position]];
  part.row.setAttribute("aria-rowindex", position + 2);
  if (part.route !== route) {
    part.route = route;
    part.link.firstChild.data = route.name;
    part.link.href = "#route-" + route.index;
    part.permission.firstChild.data = route.opened;
    part.head.title = route.name + " " + route.opened;
  }
  resize(part.cells, right - left, () => newCell(part), ({ cell }) => cell.remove());
  for (const [at, one] of part.cells.entries()) {
    const code = route.cells[matrix.columns[left + at]];
    if (one.code !== code) fillCell(one, code);
    if (one.index !== left + at) one.cell.setAttribute("aria-colindex", left + at + 2);
    one.index = left + at;
  }
}

// A label instead of a text of the style sheet, as in other pages: nearly all cells are empty, and it takes no layout.
const NOT_GRANTED = "not granted";
function fillCell(one, code) {
  one.code = code;
  one.cell.ariaLabel = code === 0 ? NOT_GRANTED : null;
  one.cell.className = code === 0 ? "" : kindOf(code);
  one.text.data = wordsOf(code);
  one.cell.title = code < KINDS.length ? "" : wordsOf(code);
}

function draw() {
  const { size, rows, columns: shown } = matrix;
  const down = span(scroller.scrollTop, scroller.clientHeight - size.head, size.row, rows.length);
  const across = span(scroller.scrollLeft, scroller.clientWidth - size.first, size.column, shown.length);
  const drawn = [...down, ...across].join(" ");
  if (drawn === matrix.drawn) return;
  const heads = across.join(" ");
  if (matrix.drawn === "" || matrix.heads !== heads) {
    const corner = table.tHead.rows[0].cells[0];
    table.tHead.rows[0].replaceChildren(corner, ...shown.slice(...across).map((index, at) => headCell(columns[index], across[0] + at)));
  }
  Object.assign(matrix, { drawn, heads, top: down[0], left: across[0] });
  resize(matrix.parts, down[1] - down[0], () => matrix.parts.push(newRow()), ({ row }) => row.remove());
  for (const [at, part] of matrix.parts.entries()) fillRow(part, down[0] + at, across);
  table.style.top = down[0] * size.row + "px";
  table.style.left = across[0] * size.column + "px";
  table.style.width = size.first + (across[1] - across[0]) * size.column + "px";
  mark();
}

function activeCell() {
  const row = matrix.row < 0 ? table.tHead.rows[0] : table.tBodies[0].rows[matrix.row - matrix.top];
  if (row === undefined || matrix.row >= 0 && matrix.row < matrix.top) return undefined;
  return matrix.column < 0 ? row.cells[0] : matrix.column < matrix.left ? undefined : row.cells[matrix.column - matrix.left + 1];
}

function mark() {
  byId("active")?.removeAttribute("id");
  const cell = activeCell();
  if (cell === undefined) table.removeAttribute("aria-activedescendant");
  else {
    cell.id = "active";
    table.setAttribute("aria-activedescendant", "active");
  }
}

// The least scrolling that shows a stretch below or beside what is sticky.
const revealed = (at, from, length, seen) => from < at ? from : Math.max(at, from + length - seen);

function move(row, column) {
  const { size } = matrix;
  matrix.row = Math.max(-1, Math.min(matrix.rows.length - 1, row));
  matrix.column = Math.max(-1, Math.min(matrix.columns.length - 1, column));
  if (matrix.row >= 0) scroller.scrollTop = revealed(scroller.scrollTop, matrix.row * size.row, size.row, scroller.clientHeight - size.head);
  if (matrix.column >= 0) scroller.scrollLeft = revealed(scroller.scrollLeft, matrix.column * size.column, size.column, scroller.clientWidth - size.first);
  draw();
  mark();
}

function pressed(event) {
  const { row, column, rows, columns: shown, size } = matrix;
  const page = Math.max(1, Math.floor((scroller.clientHeight - size.head) / size.row) - 1);
  const far = event.ctrlKey || event.metaKey;
  const to = { ArrowUp: [row - 1, column], ArrowDown: [row + 1, column], ArrowLeft: [row, column - 1], ArrowRight: [row, column + 1],
    PageUp: [Math.max(0, row - page), column], PageDown: [row + page, column],
    Home: [far ? 0 : row, -1], End: [far ? rows.length - 1 : row, shown.length - 1] }[event.key];
  if (event.altKey || to === undefined && event.key !== "Enter") return;
  event.preventDefault();
  if (to !== undefined) move(...to);
  else if (row >= 0 && rows.length > 0) openRoute(rows[row]);
}

function layOut() {
  const { size, rows, columns: shown } = matrix;
  canvas.style.height = size.head + rows.length * size.row + "px";
  canvas.style.width = size.first + shown.length * size.column + "px";
  matrix.drawn = "";
  draw();
  const cells = rows.length * shown.length;
  whole.parentElement.hidden = cells === 0;
  whole.textContent = matrix.isWhole ? "Draw only what is on the screen" : "Draw all " + counted(cells) + " cells";
  byId("whole-cost").textContent = matrix.isWhole ? "" :
    "for the search of the browser and for paper: about " + counted(Math.ceil(cells / 400)) + " MB of memory.";
}

function showMatrix(rows, shown) {
  Object.assign(matrix, { rows, columns: shown, row: Math.min(matrix.row, rows.length - 1), column: Math.min(matrix.column, shown.length - 1) });
  table.setAttribute("aria-rowcount", rows.length + 1);
  table.setAttribute("aria-colcount", shown.length + 1);
  layOut();
}

function drawWhole(isWhole) {
  matrix.isWhole = isWhole;
  layOut();
}

scroller.addEventListener("scroll", draw, { passive: true });
addEventListener("resize", () => { measure(); layOut(); });
table.addEventListener("keydown", pressed);
table.addEventListener("focus", () => move(matrix.row, matrix.column));
table.addEventListener("click", (event) => {
  const cell = event.target.closest("td,th");
  if (cell === null || event.target.closest("a") !== null) return;
  const row = Number(cell.parentElement.getAttribute("aria-rowindex"));
  move(row - 2, Number(cell.getAttribute("aria-colindex")) - 2);
});
whole.addEventListener("click", () => drawWhole(!matrix.isWhole));
`;
