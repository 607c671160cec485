import { readFileSync } from "node:fs";
import { findingsOf } from "../../../src/tools/playground/judge/judge.ts";
import { stateOf } from "../../../src/tools/playground/state/link.ts";
import { documentationPages, linksOf } from "../../support/markdown.ts";
import {
  PLAYGROUND_PAGE,
  TRIED_PAGES,
  withFirstSample,
  withPlaygroundLink,
} from "../../support/playground-links.ts";
import { MODEL } from "../../support/policy.ts";

const page = (path: string) => readFileSync(path, "utf8");

const statesIn = (path: string) => linksOf(path).filter((target) => target.includes("playground.md#v1."));

/** The rules that a link shows once the playground has opened it. */
function shownBy(link: string): readonly string[] {
  const state = stateOf(link);
  if (state === undefined) throw new Error(`no state in ${link}`);
  const findings = findingsOf(state.files, {
    model: MODEL,
    today: "2026-11-29",
    claims: new Set(state.personas.flatMap(({ claims }) => Object.keys(claims))),
    quick: false,
  });
  return findings.map(({ rule }) => rule);
}

describe("the links of the pages to the playground", () => {
  it("are below what a rule avoids, on the page of each rule that needs the policy alone", () => {
    expect(TRIED_PAGES.length).toBeGreaterThan(40);
    expect(TRIED_PAGES.map((path) => statesIn(path).length)).toEqual(TRIED_PAGES.map(() => 1));
  });

  it("are on no other page, apart from that of the playground", () => {
    const others = documentationPages().filter(
      (path) => !TRIED_PAGES.includes(path) && statesIn(path).length > 0,
    );
    expect(others).toEqual([PLAYGROUND_PAGE]);
  });

  it.each(TRIED_PAGES)("%s: opens with the finding of the page", (path) => {
    const [link = ""] = statesIn(path);
    const rule = path.slice(path.lastIndexOf("/") + 1, -".md".length);
    expect(shownBy(link)).toContain(rule);
  });

  it("are those that `npm run docs` writes", () => {
    const stale = TRIED_PAGES.filter((path) => withPlaygroundLink(path, page(path)) !== page(path));
    expect(stale).toEqual([]);
    expect(withFirstSample(page(PLAYGROUND_PAGE))).toBe(page(PLAYGROUND_PAGE));
  });
});
