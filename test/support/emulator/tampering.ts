/** Tokens as an attacker makes them of a real one. */
export const forged = {
  /** With one bit of the signature turned. */
  signature(token: string): string {
    const [header, payload, signature = ""] = token.split(".");
    const bytes = Buffer.from(signature, "base64url");
    bytes[0] = (bytes[0] ?? 0) ^ 1;
    return [header, payload, bytes.toString("base64url")].join(".");
  },

  /** With other claims under the old signature. */
  claims(token: string, claims: Readonly<Record<string, unknown>>): string {
    const [header, payload = "", signature] = token.split(".");
    return [header, encode({ ...decode(payload), ...claims }), signature].join(".");
  },

  /** With the algorithm `none` and no signature (RFC 7519 section 6). */
  unsigned(token: string): string {
    const [header = "", payload] = token.split(".");
    return [encode({ ...decode(header), alg: "none" }), payload, ""].join(".");
  },
};

function decode(part: string): object {
  return JSON.parse(Buffer.from(part, "base64url").toString()) as object;
}

function encode(content: object): string {
  return Buffer.from(JSON.stringify(content)).toString("base64url");
}
