/**
 * Keeps the focus near where it was when an action removes the focused element, such as the button that deletes a user:
 * it moves to the panel, or to the whole content. Otherwise the next Tab would begin at the top of the page.
 *
 * @param content what the focus stays in; it and its panels take the focus by `tabindex`
 * @returns stops it
 */
export function keepFocus(content: HTMLElement): () => void {
  let last: Element | undefined;
  let around: HTMLElement | null = null;
  const remember = ({ target }: FocusEvent) => {
    if (!(target instanceof Element)) return;
    last = target;
    around = target.closest<HTMLElement>(".panel");
  };
  const observer = new MutationObserver(() => {
    if (last === undefined || last.isConnected || document.activeElement !== document.body) return;
    last = undefined;
    (around?.isConnected === true ? around : content).focus({ preventScroll: true });
  });
  content.addEventListener("focusin", remember);
  observer.observe(content, { childList: true, subtree: true });
  return () => {
    content.removeEventListener("focusin", remember);
    observer.disconnect();
  };
}
