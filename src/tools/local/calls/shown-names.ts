import { printable } from "../../text/printable.ts";

/** Reserved domains (RFC 2606, RFC 6761): an address in them belongs to no person. */
const NOBODYS = /(?:^|\.)(?:example\.(?:com|net|org)|example|test|invalid|localhost)$/i;

/** An address for the terminal: the part before the `@` if the domain is reserved, otherwise `m***@r***`. */
export function shownAddress(address: string): string {
  const at = address.lastIndexOf("@");
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  if (NOBODYS.test(domain)) return printable(local);
  return printable(`${local.slice(0, 1)}***@${domain.slice(0, 1)}***`);
}

const LONGEST_PATH = 60;

/** A path for the terminal, with shortened ids, and without anything that may be a token or an address. */
export function shownPath(path: string): string {
  const shown = path.split("/").map(shownSegment).join("/");
  // By characters: half of a surrogate pair is not a character.
  const characters = [...shown];
  return characters.length > LONGEST_PATH ? `${characters.slice(0, LONGEST_PATH).join("")}...` : shown;
}

function shownSegment(segment: string): string {
  if (/@|%40/i.test(segment)) return "[address]";
  if (segment.length > 40 || /^eyJ/.test(segment)) {
    return isId(segment) ? `${segment.slice(0, 4)}...` : "[long]";
  }
  return isId(segment) ? `${segment.slice(0, 4)}...` : printable(segment);
}

const isId = (segment: string) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(segment);
