/** The dialect of a file that a spreadsheet or an input method wrote. */
export interface SpreadsheetForm {
  readonly separator: "," | ";" | "\t";
  /** Whether lines are padded with separators: rows, or otherwise empty lines. */
  readonly padded: boolean;
  /** The signs in words, and the line of the first one, counted from 1. */
  readonly signs: readonly string[];
  readonly line: number;
}

const ROW = /^\s*"?(?:p2?|g[23]?)"?\s*/i;

/**
 * The dialect that a spreadsheet or an input method wrote the file in; undefined for a policy file. A single line of
 * that kind is a typo with findings of its own. Comments are never a sign.
 */
export function spreadsheetForm(lines: readonly string[]): SpreadsheetForm | undefined {
  const declared = declaredSeparator(lines[0] ?? "");
  // If rows were rewritten since, the declaration says nothing about them.
  const used = declared !== undefined && lines.some(beginsWith(declared));
  const separator = used ? declared : likelySeparator(lines.map(withAsciiPunctuation));
  const signs = new Map<string, number>();
  const see = (sign: string, at: number) => {
    if (at >= 0 && !signs.has(sign)) signs.set(sign, at);
  };
  if (declared !== undefined) see("a `sep=` line", 0);
  if (separator === ";") see("semicolons between the columns", lines.findIndex(beginsWith(";")));
  if (separator === "\t") see("tabs between the columns", lines.findIndex(beginsWith("\t")));
  see("full-width punctuation", lines.findIndex(isFullWidth));
  const filler = separator === "," ? "commas" : "separators";
  const blank = lines.findIndex((line) => isPadding(line, separator));
  see(`lines of only ${filler}`, blank);
  const filled = lines.flatMap((line, index) => (endsPadded(line, separator) ? [index] : []));
  if (filled.length > 1) see(`lines padded with ${filler}`, filled[0] ?? 0);
  if (signs.size === 0) return undefined;
  const padded = blank >= 0 || filled.length > 0;
  return { separator, padded, signs: [...signs.keys()], line: Math.min(...signs.values()) + 1 };
}

/** The line with ASCII punctuation between its fields, at its old length. */
export function withAsciiPunctuation(line: string): string {
  if (!isFullWidth(line)) return line;
  return line
    .replaceAll("，", ",")
    .replaceAll("；", ";")
    .replace(/[,;]\s*[a-z]+：|[\w.-]：(?=[\w*])/gi, (whole) => whole.replace("：", ":"));
}

/**
 * Whether a line of such a file is not a row: only separators, a quoted comment, or the declaration of the separator.
 */
export function isNoRow(line: string, { separator }: SpreadsheetForm): boolean {
  return declaredSeparator(line) !== undefined || isPadding(line, separator) || /^\s*"?#/.test(line);
}

/** The fields without the empty ones that pad the line. */
export function withoutPadding<T extends { readonly text: string }>(fields: readonly T[]): T[] {
  const last = fields.findLastIndex(({ text }) => text !== "");
  return fields.slice(0, last + 1);
}

/**
 * A comment before a spreadsheet split it at its commas; a blank line for padding, and undefined for the line that
 * declares the separator. Separators at its end belong to it, unless other lines are padded with them.
 */
export function restoredComment(line: string, { separator, padded }: SpreadsheetForm): string | undefined {
  if (declaredSeparator(line) !== undefined) return undefined;
  if (isPadding(line, separator)) return "";
  const unpadded = trimmedEnd(line, separator);
  const quoted = /^\s*"((?:[^"]|"")*)"$/.exec(unpadded)?.[1];
  if (quoted !== undefined) return quoted.replaceAll('""', '"');
  return (padded ? unpadded : line)
    .split(separator)
    .reduce((text, cell) => `${text}${cell.startsWith(" ") || separator === "," ? "," : ", "}${cell}`);
}

/** `sep=;`, which tells Excel the separator of a file. */
function declaredSeparator(line: string): "," | ";" | "\t" | undefined {
  const separator = /^\s*"?sep=([,;\t])"?[,;\t\s]*$/i.exec(line)?.[1];
  return [",", ";", "\t"].find((one) => one === separator) as "," | ";" | "\t" | undefined;
}

function likelySeparator(lines: readonly string[]): "," | ";" | "\t" {
  const count = (separator: string) => lines.filter(beginsWith(separator)).length;
  const [commas, semicolons, tabs] = [count(","), count(";"), count("\t")];
  if (semicolons > 1 && semicolons > commas && semicolons >= tabs) return ";";
  return tabs > 1 && tabs > commas ? "\t" : ",";
}

/** Whether a line begins with a row type and the separator. */
function beginsWith(separator: string): (line: string) => boolean {
  return (line) => {
    const type = ROW.exec(line)?.[0];
    if (type === undefined) return false;
    // A tab after the row type was read as whitespace.
    return separator === "\t" ? type.endsWith("\t") && !/[,;]/.test(line) : line[type.length] === separator;
  };
}

function isFullWidth(line: string): boolean {
  const [, rest = ""] = /^\s*(?:p2?|g[23]?)\s*([，；,].*)/i.exec(line) ?? [];
  // A group's name may contain such a character: the row then has its columns without it.
  return (
    /^[，；]/.test(rest) ||
    (/[，；]/.test(rest) && rest.split(",").length < 3) ||
    /^,\s*(?:role|group|user|client|scope)：/.test(rest)
  );
}

function isPadding(line: string, separator: string): boolean {
  const rest = line.replaceAll('""', "");
  return rest.includes(separator) && rest.replaceAll(separator, "").trim() === "";
}

/** Whether a line other than a comment ends with separators. A comment may end with a comma, as prose does. */
function endsPadded(line: string, separator: string): boolean {
  if (/^\s*#/.test(line) || declaredSeparator(line) !== undefined || isPadding(line, separator)) return false;
  return line.slice(trimmedEnd(line, separator).length).includes(separator);
}

/** Without trailing whitespace and separators. */
function trimmedEnd(line: string, separator: string): string {
  let end = line.length;
  while (line[end - 1] === separator || line[end - 1]?.trim() === "") end -= 1;
  return line.slice(0, end);
}
