import { useAnnouncement } from "../announcements.ts";

/** The last announcement, for the eye and for a screen reader. */
export function Toast() {
  const text = useAnnouncement();
  return (
    <div class="toast" role="status" aria-live="polite" data-shown={text !== ""}>
      {text}
    </div>
  );
}
