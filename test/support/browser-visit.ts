/** A browser without a screen: keeps cookies, follows nothing by itself, fills in forms. */
export class BrowserVisit {
  readonly #base: string;
  readonly #cookies = new Map<string, string>();

  constructor(base: string) {
    this.#base = base;
  }

  /** Asks for a page. @param path with its query */
  get(path: string): Promise<Response> {
    return this.#ask(path, undefined);
  }

  /** Opens the page of a form, fills it in and sends it to where it leads. */
  async submit(path: string, fields: Readonly<Record<string, string>>): Promise<Response> {
    const text = await (await this.get(path)).text();
    return this.send(text, fields);
  }

  /** Fills in the form of a page that is open. */
  send(page: string, fields: Readonly<Record<string, string>>): Promise<Response> {
    const hidden = [...page.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
    const action = /<form method="post" action="([^"]*)">/.exec(page)?.[1] ?? "";
    const form = new URLSearchParams();
    for (const [, name = "", value] of hidden) form.set(name, plain(value));
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    return this.#ask(plain(action), form);
  }

  async #ask(path: string, body: URLSearchParams | undefined): Promise<Response> {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const response = await fetch(new URL(path, this.#base), {
      method: body === undefined ? "GET" : "POST",
      redirect: "manual",
      headers: { cookie },
      ...(body === undefined ? {} : { body }),
    });
    for (const header of response.headers.getSetCookie()) {
      const [, name = "", value = "", rest = ""] = /^([^=]*)=([^;]*)(.*)$/.exec(header) ?? [];
      if (rest.includes("Max-Age=0")) this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return response;
  }
}

/** What an attribute of HTML holds. */
function plain(text: string | undefined): string {
  return (text ?? "")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
