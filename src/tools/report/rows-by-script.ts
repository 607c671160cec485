import { type Html, html } from "../text/html.ts";

/** The attributes of a part that has content only once the script has drawn it. */
export function shownBy(byScript: boolean): Html | undefined {
  return byScript ? html` data-script hidden` : undefined;
}

/**
 * What follows a table whose rows the script draws: the button for more of them.
 *
 * @param otherwise where a reader without the script finds them
 */
export function moreRows(otherwise: Html): Html {
  return html`<button class="show-more" hidden></button><noscript><p>${otherwise}</p></noscript>`;
}
