import { xml } from "../../text/xml.ts";
import type { Finding } from "../finding.ts";
import { printPlace } from "../place.ts";

/** One test case for each id that was found. Errors and warnings are failures, so CI does not pass over them. */
export function junitOf(findings: readonly Finding[], inRepository: (file: string) => string): string {
  const ids = [...new Set(findings.map(({ id }) => id))].sort();
  const cases = ids.map((id) => {
    const failures = findings.filter((finding) => finding.id === id).map((one) => failure(one, inRepository));
    return `    <testcase classname="claimgate.check" name="${xml(id)}">\n${failures.join("")}    </testcase>\n`;
  });
  const empty = `    <testcase classname="claimgate.check" name="policy"/>\n`;
  const failures = findings.filter(({ severity }) => severity !== "info").length;
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
  <testsuite name="claimgate check" tests="${Math.max(1, ids.length)}" failures="${failures}">
${cases.length === 0 ? empty : cases.join("")}  </testsuite>
</testsuites>
`;
}

function failure({ severity, place, message, fix }: Finding, inRepository: (file: string) => string): string {
  const where = printPlace(place.kind === "file" ? { ...place, file: inRepository(place.file) } : place);
  const text = `${where}: ${message}${fix === undefined ? "" : `\nfix: ${fix}`}`;
  if (severity === "info") return `      <system-out>${xml(text)}</system-out>\n`;
  return `      <failure type="${severity}" message="${xml(message)}">${xml(text)}</failure>\n`;
}
