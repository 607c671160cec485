import { useEffect, useState } from "preact/hooks";

const listeners = new Set<(text: string) => void>();

/** Shows a short message, and has screen readers read it out. */
export function announce(text: string): void {
  for (const listener of listeners) listener(text);
}

const SHOWN_MS = 5_000;

/** The last message; empty once it was shown long enough. */
export function useAnnouncement(): string {
  const [text, change] = useState("");
  useEffect(() => {
    listeners.add(change);
    return () => {
      listeners.delete(change);
    };
  }, []);
  useEffect(() => {
    const late = setTimeout(() => change(""), SHOWN_MS);
    return () => clearTimeout(late);
  }, [text]);
  return text;
}
