/** The contrast of every text with what is behind it (WCAG 2.2, 1.4.3), run in the page. */
export const CONTRASTS = `(() => {
  const parse = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const behind = (element) => {
    for (let at = element; at !== null; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  const texts = [...document.querySelectorAll("body *")].filter((element) => element.checkVisibility() &&
    !element.closest("svg, script, meter, .hidden, .skip") &&
    [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ""));
  return texts.map((element) => {
    const [a, b] = [light(parse(getComputedStyle(element).color)), light(behind(element))].sort((x, y) => y - x);
    return { text: element.textContent.trim().slice(0, 40), ratio: (a + 0.05) / (b + 0.05) };
  });
})()`;
