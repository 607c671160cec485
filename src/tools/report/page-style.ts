import { NAMES_SHOWN, SIGNS } from "./matrix-table.ts";

/** The style of the page: for screens of any width, dark or light, and for paper. */
export const PAGE_STYLE = `:root{color-scheme:light dark;--back:#f6f7f9;--card:#fff;--text:#1b2330;--soft:#566174;--line:#dde2ea;--accent:#1f5fbf;
--allowed:#12693a;--allowed-back:#dcf3e4;--conditional:#7a4b00;--conditional-back:#fdeecb;--denied:#a3202c;--denied-back:#fbdfe1;
--public:#1f5fbf;--public-back:#dfeafb;--none:#6d7789;--shadow:0 1px 2px #1b23301a}
@media (prefers-color-scheme:dark){:root{--back:#10151d;--card:#182029;--text:#e6eaf0;--soft:#a3afc0;--line:#2c3745;--accent:#82b1ff;
--allowed:#86dfa9;--allowed-back:#12351f;--conditional:#f3c969;--conditional-back:#3a2c0a;--denied:#ff9aa2;--denied-back:#431a1f;
--public:#9cc3ff;--public-back:#172c4d;--none:#8794a8;--shadow:none}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--back);color:var(--text);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
header,main,footer{max-width:84rem;margin:0 auto;padding:0 1.25rem}
header{padding-top:1.75rem}
h1{font-size:1.75rem;line-height:1.2;margin:0}
h2{font-size:1.25rem;margin:0 0 .35rem}
p{margin:.25rem 0 .9rem;max-width:48rem}
header p,section>p,footer p{color:var(--soft)}
time{white-space:nowrap}
code,.code,.name,th a,.node text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.8125rem}
a{color:var(--accent)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px;border-radius:3px}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
[hidden]{display:none!important}
.skip{position:absolute;left:-99rem}
.skip:focus{left:1rem;top:.5rem;background:var(--card);padding:.5rem 1rem;z-index:9}
.counts,.legend,nav ul,.outcomes{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;padding:0;margin:0 0 1rem}
.counts li{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.35rem .8rem;color:var(--soft)}
.counts b{color:var(--text);font-size:1.15rem}
.counts .bad b{color:var(--denied)}.counts .so-so b{color:var(--conditional)}.counts .good b{color:var(--allowed)}
nav ul{gap:.25rem 1.25rem;border-bottom:1px solid var(--line);padding-bottom:.6rem}
section{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.25rem;margin:0 0 1.25rem;box-shadow:var(--shadow)}
form{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.75rem;align-items:end;margin:0 0 1rem}
label{display:grid;gap:.2rem;font-size:.875rem;color:var(--soft)}
input,select,button{font:inherit;font-size:.9375rem;color:var(--text);background:var(--back);border:1px solid #8390a5;border-radius:7px;
padding:.4rem .6rem;min-width:0;min-height:2.5rem;width:100%}
button{width:auto;cursor:pointer;background:var(--card)}
button:hover{border-color:var(--accent);color:var(--accent)}
#filter-result{grid-column:1/-1;margin:0;color:var(--text);font-size:.9375rem}
.legend{gap:.35rem 1.1rem;font-size:.875rem;color:var(--soft)}
.sign{display:inline-grid;place-items:center;min-width:1.6rem;height:1.4rem;border-radius:5px;font-size:.8125rem;font-weight:600}
.scroller{position:relative;overflow:auto;border:1px solid var(--line);border-radius:8px;max-width:100%}
#matrix-section .scroller{max-height:80vh}
table{border-collapse:separate;border-spacing:0;font-size:.875rem}
.scroller>table{min-width:100%}
th,td{padding:.45rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);background:var(--card)}
tbody tr:last-child>*{border-bottom:0}
thead th{color:var(--soft);font-weight:600}
#matrix thead th{position:sticky;top:0;z-index:2;vertical-align:bottom;text-align:center;padding:.5rem .2rem}
#matrix .corner{left:0;z-index:3;text-align:left;padding-left:.7rem}
#matrix tbody th{position:sticky;left:0;z-index:1;font-weight:500;border-right:1px solid var(--line);min-width:15rem;overflow-wrap:anywhere}
#matrix .corner{border-right:1px solid var(--line)}
#matrix td{text-align:center;vertical-align:middle;padding:.3rem .2rem;min-width:2.4rem;font-weight:600}
.turned{writing-mode:vertical-rl;transform:rotate(180deg);max-height:10rem;overflow-wrap:anywhere;text-align:left;display:inline-block;color:var(--text);font-weight:500;line-height:1.2}
.one{display:block}.one:nth-child(n+${NAMES_SHOWN + 1} of :not([hidden])){display:none}.more{display:block;color:var(--soft)}
.kind{color:var(--soft);font-weight:400}
.permission{display:block;color:var(--soft);font-size:.8125rem}
summary .permission{display:inline}
.allowed{color:var(--allowed);background:var(--allowed-back)}
.conditional,.warning{color:var(--conditional);background:var(--conditional-back)}
.denied,.error{color:var(--denied);background:var(--denied-back)}
.public,.info{color:var(--public);background:var(--public-back)}
.sign.none{border:1px solid var(--line)}
td.conditional{cursor:help}
#matrix tbody tr:hover>*{box-shadow:inset 0 1px var(--accent),inset 0 -1px var(--accent)}
.chip{display:inline-block;border-radius:6px;padding:.05rem .5rem;margin:.1rem .15rem .1rem 0;font-size:.8125rem;overflow-wrap:anywhere}
.outcomes{flex-direction:column;margin:.75rem 0}
.outcomes b{font-weight:600;font-size:.875rem;margin-right:.35rem}
td .chip{white-space:nowrap}
details{border-top:1px solid var(--line);padding:.15rem 0}
details[open]{padding-bottom:.9rem}
summary{cursor:pointer;padding:.4rem .2rem;overflow-wrap:anywhere}
summary .name{font-weight:600;font-size:.875rem}
.verdict{color:var(--soft);font-size:.8125rem}
.verdict::before{content:"\\2014\\a0"}
.tools button{min-height:2.25rem}
.drawing{padding:.5rem}
.drawing svg{display:block;max-width:none;font-size:13px}
.edge{fill:none;stroke:var(--none);stroke-width:1.4}
.head{fill:var(--none)}
.node rect{fill:var(--card);stroke:var(--none);stroke-width:1.2}
.node text{fill:var(--text)}
.node.role rect{fill:var(--public-back);stroke:var(--public)}
.node.group rect{fill:var(--allowed-back);stroke:var(--allowed)}
.node.client rect,.node.scope rect{fill:var(--conditional-back);stroke:var(--conditional)}
#roles-section>details{margin-top:.9rem}
meter{width:12rem;height:1rem;vertical-align:middle;margin-right:.5rem}
.empty{color:var(--soft);margin-top:.9rem}
footer{padding-bottom:2rem;font-size:.875rem}
@media (max-width:40rem){header,main,footer{padding-left:.75rem;padding-right:.75rem}section{padding:.9rem .75rem;border-radius:10px}
#matrix tbody th{min-width:9.5rem;max-width:9.5rem;padding-left:.5rem}#matrix td{min-width:2.1rem}th a,.name{font-size:.75rem}
form{grid-template-columns:1fr 1fr}form label:nth-of-type(-n+2){grid-column:1/-1}}
@media (forced-colors:active){.sign,.chip,td{border:1px solid}}
@media print{:root{--back:#fff}body{font-size:11px}section{border:0;box-shadow:none;padding:0;break-before:auto}nav,form,.tools,.skip{display:none!important}
.scroller{overflow:visible;max-height:none!important;border:0}#matrix thead th,#matrix tbody th{position:static}*{print-color-adjust:exact}
details,tr{break-inside:avoid}.one:not([hidden]){display:block!important}.more{display:none}}
#matrix td{font-size:0}
#matrix td::before{font-size:.875rem}
#matrix td:empty::before{content:"\\a0";content:"\\a0" / "not granted"}
${Object.entries(SIGNS)
  .filter(([, sign]) => sign !== "")
  .map(([kind, sign]) => `#matrix td.${kind}::before{content:"${sign}";content:"${sign}" / ""}`)
  .join("")}
`;
