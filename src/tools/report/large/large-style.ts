import { PAGE_STYLE } from "../page-style.ts";

/** The style of a large page: the cells have one size each, so that a script can say where each of them is. */
export const LARGE_STYLE = `${PAGE_STYLE}
#canvas{position:relative;overflow:hidden;overflow:clip}
#canvas #matrix{position:absolute;table-layout:fixed;min-width:0}
#canvas #matrix:focus{outline:0}
#canvas #matrix thead tr{height:var(--head)}
#canvas #matrix thead th{width:var(--column);overflow:hidden;padding:.5rem 0}
#canvas #matrix thead .corner{width:var(--first);padding-left:.7rem}
#canvas #matrix .turned{max-height:9.25rem;vertical-align:bottom;max-width:3.1rem;white-space:nowrap;overflow:hidden}
#canvas #matrix .one,#canvas #matrix .more{overflow:hidden;text-overflow:ellipsis}
#canvas #matrix tbody tr{height:var(--row)}
#canvas #matrix tbody th{min-width:0;max-width:none;padding:0 .7rem;vertical-align:middle;line-height:1.3}
#canvas #matrix tbody th>a{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;line-clamp:2;overflow:hidden}
#canvas #matrix tbody th>.permission{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.drawing{max-height:80vh}
@media (max-width:40rem){#canvas #matrix tbody th>a{-webkit-line-clamp:3;line-clamp:3}}
#canvas #matrix td{min-width:0;padding:0}
#canvas #matrix td:empty::before{content:none}
#canvas #matrix tbody tr:last-child>*{border-bottom:1px solid var(--line)}
#matrix:focus #active{outline:3px solid var(--accent);outline-offset:-3px}
.whole{margin:.6rem 0 0;font-size:.875rem;max-width:none}
.show-more{margin-top:.6rem}
li .show-more{margin:0 0 0 .4rem;min-height:1.75rem;padding:.1rem .6rem;font-size:.8125rem}
#not-printed{display:none}
@media print{.drawing{max-height:none}#canvas{height:auto!important;width:auto!important}#canvas #matrix{position:static;width:auto!important}.whole,.show-more{display:none}
#matrix.unprinted{display:none}#not-printed:not([hidden]){display:block}}
`;
