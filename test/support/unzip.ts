import { inflateRawSync } from "node:zlib";

const END = Buffer.from("PK\x05\x06", "latin1");
const STORED = 0;
const DEFLATED = 8;

/**
 * The files of a zip archive by name, as text, from its central directory (PKWARE APPNOTE 4.3.12).
 * @throws RangeError where it is no such archive
 */
export function unzip(archive: Buffer): ReadonlyMap<string, string> {
  const end = archive.lastIndexOf(END);
  if (end < 0) throw new RangeError("not a zip archive");
  const files = new Map<string, string>();
  let at = archive.readUInt32LE(end + 16);
  for (let index = 0; index < archive.readUInt16LE(end + 10); index += 1) {
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    const header = archive.readUInt32LE(at + 42);
    const start = header + 30 + archive.readUInt16LE(header + 26) + archive.readUInt16LE(header + 28);
    const packed = archive.subarray(start, start + archive.readUInt32LE(at + 20));
    files.set(name, unpacked(packed, archive.readUInt16LE(at + 10)).toString("utf8"));
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

function unpacked(data: Buffer, method: number): Buffer {
  if (method === STORED) return data;
  if (method === DEFLATED) return inflateRawSync(data);
  throw new RangeError(`not a zip archive that this reads: compression method ${method}`);
}
