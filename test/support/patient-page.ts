import type { Page } from "puppeteer-core";

/**
 * A page without the calls that look for an element right now: after a navigation or an action it may not be
 * rendered yet. Locators, `waitForSelector` and the functions below wait for it.
 */
export type PatientPage = Omit<
  Page,
  "$" | "$$" | "$eval" | "$$eval" | "click" | "focus" | "hover" | "select" | "tap" | "type"
>;

/** Puts the focus on the element, once it is there. */
export async function focus(page: PatientPage, selector: string): Promise<void> {
  const element = await page.waitForSelector(selector);
  await element?.focus();
}

/** Chooses an option of a `select`, once both are there. */
export async function choose(page: PatientPage, selector: string, value: string): Promise<void> {
  const options = `document.querySelector(${JSON.stringify(selector)})?.options ?? []`;
  await page.waitForFunction(`[...(${options})].some((one) => one.value === ${JSON.stringify(value)})`);
  const element = await page.waitForSelector(selector);
  await element?.select(value);
}

/** Presses the button of this name, once it does something. */
export function pressButton(page: PatientPage, name: string): Promise<void> {
  return page
    .locator(`::-p-aria([name="${name}"][role="button"])`)
    .filter((button: { ariaDisabled?: string | null }) => button.ariaDisabled !== "true")
    .click();
}

/** Tells what the page writes to its console, and its errors. */
export function onComplaint(page: PatientPage, tell: (complaint: string) => void): void {
  page.on("console", (message) => tell(message.text()));
  page.on("pageerror", (error) => tell(String(error)));
}
