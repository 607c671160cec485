/** Shows the part of the drawing of the roles that is about the subjects which match. */
export const DRAWING_SCRIPT = `const drawing = document.querySelector(".drawing svg");
const wholeDrawing = drawing && { box: drawing.getAttribute("viewBox"), height: drawing.getAttribute("height") };
const nodes = drawing ? all(".node", drawing).map((element) => ({ element, subject: element.dataset.holder.toLowerCase() })) : [];
const edges = drawing ? all(".edge", drawing).map((element) => ({
  element, ends: [element.dataset.from.toLowerCase(), element.dataset.to.toLowerCase()] })) : [];
// Who matches, and what is next to it.
function filterDrawing(matching, isAll) {
  if (drawing === null) return;
  const near = new Set(matching);
  for (const edge of edges) {
    edge.shown = edge.ends.some((end) => matching.has(end));
    if (edge.shown) for (const end of edge.ends) near.add(end);
  }
  for (const node of nodes) node.shown = near.has(node.subject);
  const parts = [...edges, ...nodes];
  for (const { element, shown } of parts) element.toggleAttribute("hidden", !shown);
  drawing.setAttribute("viewBox", wholeDrawing.box);
  drawing.setAttribute("height", wholeDrawing.height);
  const boxes = isAll ? [] : parts.filter(({ shown }) => shown).map(({ element }) => element.getBBox());
  if (boxes.length === 0) return;
  const top = boxes.reduce((least, { y }) => Math.min(least, y), Infinity) - 14;
  const height = boxes.reduce((most, { y, height }) => Math.max(most, y + height), 0) + 14 - top;
  const [left, , width] = wholeDrawing.box.split(" ");
  drawing.setAttribute("viewBox", [left, top, width, height].join(" "));
  drawing.setAttribute("height", height);
}
`;
