import { useEffect, useState } from "preact/hooks";
import { type PagePlace, placeIn } from "./models/page-place.ts";

/** Where the reader is, from the address of the page: links and the back button lead there. */
export function usePlace(): PagePlace {
  const [place, change] = useState(() => placeIn(location.hash));
  useEffect(() => {
    const moved = () => change(placeIn(location.hash));
    addEventListener("hashchange", moved);
    return () => removeEventListener("hashchange", moved);
  }, []);
  return place;
}
