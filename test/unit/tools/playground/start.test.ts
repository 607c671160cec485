import { SMALL_SAMPLES } from "../../../../src/tools/playground/samples.ts";
import { pageWith, readStart, START_ID, startText } from "../../../../src/tools/playground/start.ts";
import { readState } from "../../../../src/tools/playground/state/read-state.ts";

const START = { model: "[matchers]", version: "1.2.3", samples: SMALL_SAMPLES, own: undefined };
const PAGE = `<html><script type="application/json" id="${START_ID}">${startText(START)}</script><script>run()</script>`;
const HOSTILE = readState({
  files: [{ path: "policies/roles.csv", text: "# </script><script>alert(1)</script><!-- $& $1" }],
  personas: [],
});

const dataOf = (page: string) => />([^<]*)<\/script>/.exec(page)?.[1] ?? "";

describe("what a page begins with", () => {
  it("comes back as it was written", () => {
    expect(readStart(dataOf(PAGE))).toEqual(START);
  });

  it("can be a policy of its own, which no text of it can leave", () => {
    const page = pageWith(PAGE, "policies", HOSTILE);
    expect(readStart(dataOf(page))).toEqual({ ...START, own: { name: "policies", state: HOSTILE } });
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).toContain("</script><script>run()</script>");
  });

  it("is refused of any other page", () => {
    expect(() => pageWith("<html>", "policies", HOSTILE)).toThrow("the text is not a page of the playground");
  });
});
