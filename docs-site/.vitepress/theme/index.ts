// The default theme with the fonts of the reader's system, so that no font is loaded.
import DefaultTheme from "vitepress/theme-without-fonts";
import { h } from "vue";
import flow from "../../../docs/pictures/flow.svg";
import "./style.css";

const ALT =
  "Alice signs up, confirms her address, signs in and calls an API. Each step shows the policy row behind it.";

export default {
  extends: DefaultTheme,
  Layout: () =>
    h(DefaultTheme.Layout, null, {
      "home-hero-image": () => h("img", { class: "flow", src: flow, alt: ALT, width: 560, height: 456 }),
    }),
};
