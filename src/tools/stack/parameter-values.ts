import { jsonIn } from "../../json.ts";

/**
 * The items of a list parameter: a YAML list in serverless.yml, or the value of `--param NAME=a,b`.
 *
 * @param text as `stageParameters` returns it: a list of the file is JSON
 */
export function listOf(text: string): readonly string[] {
  const parsed = text.startsWith("[") ? jsonIn(text) : undefined;
  if (Array.isArray(parsed)) return parsed.map(String);
  return text
    .split(",")
    .map((item) => item.trim())
    .filter((item) => item !== "");
}
