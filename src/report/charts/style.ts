// How charts look, in light and dark: colours that the colour-blind tell apart (Okabe and Ito), and never alone: shapes differ too.
import { Markup } from '../markup.ts';

const light = `--paper:#fff;--ink:#1a1d21;--ink2:#4a525c;--line:#c9ced6;--band:#bfdcf0;--band-edge:#0072b2;
--fault:#d55e00;--fault-area:#fbe3d3;--lead:#009e73;--lead-area:#bfe6da;--free:#b07700;--gone:#5b6470;--work:#a14a7f;--renew:#0072b2;`;
const dark = `--paper:#14171a;--ink:#eceff3;--ink2:#b4bcc7;--line:#454c56;--band:#1d425c;--band-edge:#6dbcf0;
--fault:#ff8a3d;--fault-area:#40271a;--lead:#3fd0a4;--lead-area:#14453a;--free:#f0b93a;--gone:#a6afba;--work:#e79ac6;--renew:#6dbcf0;`;

/** Colours by name, for charts and the page around them. */
export const colours = `:root{color-scheme:light dark;${light}}
@media (prefers-color-scheme:dark){:root{${dark}}}
@media print{:root{${light}}}
`;

/** Shapes and letters of charts; markup, as a style has no signs to escape. */
export const chartRules = `
.chart text{font:12px system-ui,sans-serif;fill:var(--ink2)}
.chart .strong{fill:var(--ink);font-weight:600}
.chart .title{fill:var(--ink);font-weight:600;font-size:15px}
.chart .end{text-anchor:end}.chart .middle{text-anchor:middle}
.chart .paper{fill:var(--paper)}
.chart .axis,.chart .grid{stroke:var(--line);fill:none}
.chart .band{fill:var(--band)}
.chart .edge{stroke:var(--band-edge);stroke-dasharray:4 3;fill:none}
.chart .law{stroke:var(--band-edge);stroke-width:2;stroke-dasharray:6 4;fill:none}
.chart .dot{fill:var(--lead);stroke:var(--paper);stroke-width:1}
.chart .dot.odd{fill:var(--fault)}.chart .dot.small{stroke:none}
.chart .bars{fill:var(--lead)}
.chart .steps{stroke:var(--lead);stroke-width:2;fill:none}
.chart .sure{fill:var(--lead-area);opacity:.7}
.chart .dots-before .dot:not(.odd){fill:var(--gone)}
.chart .steps.before{stroke:var(--gone);stroke-dasharray:9 3}.chart .sure.before{fill:var(--line)}
.chart .sure.before,.chart .sure.after{opacity:.45}
.chart .zero{stroke:var(--ink2);stroke-dasharray:2 3;fill:none}
.chart .interval{stroke:var(--ink);stroke-width:2;fill:none}
.chart .median{fill:var(--ink)}
.chart .fault-area{fill:var(--fault-area)}
.chart .lane{stroke:var(--line)}
.chart .lead{fill:var(--lead-area);stroke:var(--lead)}
.chart .hair{stroke:var(--line);stroke-dasharray:2 3}
.chart .bar{stroke-width:2;fill:none}
.chart .beat{stroke:var(--renew);stroke-width:1.5}
.chart .beat.looked{stroke:var(--gone)}
.chart .m-lastRenew{fill:var(--renew);stroke:var(--renew)}
.chart .m-faultIssued{fill:var(--fault);stroke:var(--fault)}
.chart .m-released,.chart .m-leaseExpired{fill:var(--free);stroke:var(--free)}
.chart .m-leaseLost,.chart .m-instanceGone{fill:var(--gone);stroke:var(--gone)}
.chart .m-acquired{fill:var(--lead);stroke:var(--lead)}
.chart .m-firstWork{fill:var(--work);stroke:var(--work)}
.chart .m-faultEnded,.chart .m-restored{fill:var(--ink2);stroke:var(--ink2)}
.chart .m-none{fill:none}
`;

export const chartStyle = new Markup(colours + chartRules);
