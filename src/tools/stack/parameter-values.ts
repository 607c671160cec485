import { jsonIn } from "../../json.ts";

/**
 * The items of a parameter that is a list: a YAML list in serverless.yml, or what `--param NAME=a,b` gives.
 *
 * @param text as `stageParameters` gives it: a list of the file is JSON
 */
export function listOf(text: string): readonly string[] {
  const parsed = text.startsWith("[") ? jsonIn(text) : undefined;
  if (Array.isArray(parsed)) return parsed.map(String);
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
