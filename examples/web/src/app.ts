import { offeredTo } from "./access.ts";
import { call, type Order, RefusedError } from "./api.ts";
import type { Session, SignIn } from "./session.ts";

const part = (id: string) => document.getElementById(id) ?? document.body;

/** Runs the app on the page. */
export async function run(signIn: SignIn): Promise<void> {
  try {
    const session = await signIn.current();
    showAccount(signIn, session);
    if (session === undefined) part("content").replaceChildren(text("p", "Sign in to see and place orders."));
    else await showOrders(session);
  } catch (error) {
    showError(error);
    showAccount(signIn, undefined);
  }
}

function showAccount(signIn: SignIn, session: Session | undefined): void {
  if (session === undefined) {
    part("account").replaceChildren(button("Sign in", () => signIn.signIn()));
    return;
  }
  const roles = session.roles.length === 0 ? "no role" : session.roles.join(", ");
  const who = text("span", `${session.email} (${roles})`);
  part("account").replaceChildren(
    who,
    button("Sign out", () => signIn.signOut()),
  );
}

async function showOrders(session: Session): Promise<void> {
  const { can } = offeredTo(await session.accessToken());
  const list = document.createElement("ul");
  const parts: Node[] = [];
  if (can("orders:create")) parts.push(orderForm(session, list));
  if (can("orders:list")) {
    const { orders } = (await call(session, "GET", "/orders")) as { orders: readonly Order[] };
    const items = await Promise.all(orders.map((order) => orderItem(session, order)));
    list.append(...items);
  }
  // What the page does not offer can still be asked: this is how a denied call looks.
  const ask = button("Ask for all orders", () => askForAll(session));
  ask.className = "other";
  parts.push(ask, list);
  part("content").replaceChildren(...parts);
}

function orderForm(session: Session, list: HTMLElement): HTMLFormElement {
  const form = document.createElement("form");
  const item = field("Item", "text", "Teapot");
  const quantity = field("Quantity", "number", "1");
  const send = document.createElement("button");
  send.textContent = "Place the order";
  form.append(item.label, quantity.label, send);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void told(async () => {
      const body = { item: item.input.value, quantity: Number(quantity.input.value) };
      const order = (await call(session, "POST", "/orders", body)) as Order;
      list.prepend(await orderItem(session, order));
      return `Order ${order.id} is placed.`;
    });
  });
  return form;
}

async function orderItem(session: Session, order: Order): Promise<HTMLLIElement> {
  const item = document.createElement("li");
  item.append(text("span", `${order.quantity} x ${order.item}`));
  if (offeredTo(await session.accessToken()).can("orders:delete")) {
    item.append(
      button("Delete", async () => {
        await call(session, "DELETE", `/orders/${encodeURIComponent(order.id)}`);
        item.remove();
        return `Order ${order.id} is deleted.`;
      }),
    );
  }
  return item;
}

async function askForAll(session: Session): Promise<string> {
  const { orders } = (await call(session, "GET", "/orders")) as { orders: readonly Order[] };
  return `You may see all ${orders.length} orders.`;
}

/** Runs what a person asked for, and says what came of it. */
async function told(act: () => Promise<unknown>): Promise<void> {
  for (const id of ["notice", "denied"]) part(id).hidden = true;
  try {
    const said = await act();
    if (typeof said === "string") show("notice", said);
  } catch (error) {
    showError(error);
  }
}

function showError(error: unknown): void {
  show("denied", explained(error));
}

/** A denied call is no failure: it says what was asked, and what a person can do. */
function explained(error: unknown): string {
  if (!(error instanceof RefusedError)) return error instanceof Error ? error.message : String(error);
  if (error.status === 403) {
    return `You are signed in, but you may not do this: ${error.asked}. Ask an administrator for a role that may.`;
  }
  if (error.status === 401)
    return `Your sign-in is no longer valid. Sign in again, then repeat ${error.asked}.`;
  if (error.status === 404) return `There is nothing at ${error.asked}, or it is not yours.`;
  return `The API could not answer ${error.asked} (${error.status}). Try again later.`;
}

function show(id: "notice" | "denied", message: string): void {
  const place = part(id);
  place.textContent = message;
  place.hidden = false;
}

function text(name: "p" | "span", content: string): HTMLElement {
  const element = document.createElement(name);
  element.textContent = content;
  return element;
}

function button(label: string, act: () => Promise<unknown>): HTMLButtonElement {
  const element = document.createElement("button");
  element.type = "button";
  element.textContent = label;
  element.addEventListener("click", () => void told(act));
  return element;
}

function field(name: string, type: string, value: string) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  Object.assign(input, { type, value, required: true, min: "1" });
  label.append(name, input);
  return { label, input };
}
