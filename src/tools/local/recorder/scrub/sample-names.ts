/** A name that a recorded event has for somebody or something, and that of samples. */
export type Names = ReadonlyMap<string, string>;

/**
 * Addresses, also percent-encoded; wide, since a missed one is worse than a replaced word. The lengths are those that
 * RFC 5321 allows.
 */
const ADDRESS =
  /(?:(?<!%)(?<!%[0-9a-f])(?:[^\s@"'`<>(){}[\]\\,;:/?&=#|%]|%(?:2[14BDE]|5[EF]|7E)){1,64})?(?:@|%40)[^\s@"'`<>(){}[\]\\,;:/?&=#|%+*!$^~]{1,255}/gi;

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
const SAMPLE_UUID = /^11111111-1111-4111-8111-[0-9a-f]{12}$/;

/** International form, as Cognito takes phone numbers. */
const PHONE = /(?:\+|%2B)\d{8,15}(?!\d)/gi;
const SAMPLE_PHONE = "+15555550100";

const IPV4 = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])/g;
/** Of the block for documentation (RFC 5737). */
export const SAMPLE_IP = "192.0.2.10";

const ACCOUNT = /(?<![\w-])\d{12}(?![\w-])/g;

/** Replaces names, each by the same one wherever it appears. */
export class SampleNames {
  readonly #names: Map<string, string>;
  readonly #known: ReadonlySet<string>;
  readonly #account: string;
  #people = 0;
  #things = 100;

  /**
   * @param names replacements that are known, such as those of a user and a persona
   * @param known addresses that are in the repository already
   * @param account the number of the account of samples of this kind
   */
  constructor(names: Names, known: ReadonlySet<string>, account: string) {
    this.#names = new Map([...names].map(([name, sample]) => [name.toLowerCase(), sample]));
    this.#known = new Set([...known].map((address) => address.toLowerCase()));
    this.#account = account;
  }

  in(text: string): string {
    return this.#ownNames(text)
      .replaceAll(ADDRESS, (address) => this.#address(address))
      .replaceAll(UUID, (id) => this.#id(id))
      .replaceAll(PHONE, SAMPLE_PHONE)
      .replaceAll(IPV4, SAMPLE_IP)
      .replaceAll(ACCOUNT, this.#account);
  }

  /** Names that no pattern finds, such as `bob` or `Google_1234`. */
  #ownNames(text: string): string {
    const plain = [...this.#names].filter(
      ([name]) => !isPatterned(name) && text.toLowerCase().includes(name),
    );
    return plain
      .sort(([a], [b]) => b.length - a.length)
      .reduce((current, [name, sample]) => current.replaceAll(wholeWord(name), () => sample), text);
  }

  #address(address: string): string {
    const plain = address.replace(/%40/i, "@").toLowerCase();
    if (this.#known.has(plain)) return address;
    const sample = this.#sampleFor(plain, () => {
      this.#people += 1;
      return `person-${this.#people}@example.com`;
    });
    return address.includes("@") ? sample : sample.replace("@", "%40");
  }

  #id(id: string): string {
    if (SAMPLE_UUID.test(id)) return id;
    return this.#sampleFor(id.toLowerCase(), () => {
      this.#things += 1;
      return `11111111-1111-4111-8111-${String(this.#things).padStart(12, "0")}`;
    });
  }

  #sampleFor(name: string, make: () => string): string {
    const sample = this.#names.get(name) ?? make();
    this.#names.set(name, sample);
    return sample;
  }
}

/** Whether a pattern above finds this name. */
const isPatterned = (name: string) => name.includes("@") || new RegExp(`^${UUID.source}$`, "i").test(name);

function wholeWord(name: string): RegExp {
  const quoted = name.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![\\p{L}\\p{N}_])${quoted}(?![\\p{L}\\p{N}_])`, "giu");
}
