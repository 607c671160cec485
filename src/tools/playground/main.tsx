import { render } from "preact";
import { App } from "./app.tsx";
import { serveJudge, startJudge } from "./judge/judge-worker.ts";
import { readStart, START_ID } from "./start.ts";
import "../console/styles/base.css";
import "../console/styles/parts.css";
import "../console/styles/policy.css";
import "./styles/playground.css";

// One script, which runs twice: as the page, and as the worker that the page starts from its own text.
if (typeof document === "undefined") serveJudge();
else showPage();

function showPage(): void {
  const script = document.currentScript?.textContent ?? "";
  const root = document.getElementById("playground");
  const start = readStart(document.getElementById(START_ID)?.textContent ?? "");
  const model = { path: "policies/model.conf", text: start.model };
  if (root !== null) render(<App start={start} judgeBy={(tell) => startJudge(script, model, tell)} />, root);
}
