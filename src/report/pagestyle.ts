// How a report's page looks: readable from 360 to 1920 px, light and dark, on paper; wide tables scroll by themselves.
import { chartRules, colours } from './charts/style.ts';

export const pageStyle = `${colours}
:root{--good:#00704f;--bad:#b3261e;--unclear:#8a5a00;--code:#f1f3f6}
@media (prefers-color-scheme:dark){:root{--good:#3fd0a4;--bad:#ff8f86;--unclear:#f0b93a;--code:#1f242a}}
@media print{:root{--good:#00704f;--bad:#b3261e;--unclear:#8a5a00;--code:#f1f3f6}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
section,header,footer{max-width:964px;margin:0 auto;padding:0 16px}
#logs{max-width:1500px}
h1{font-size:1.6rem;line-height:1.25;margin:28px 0 8px}
h2{font-size:1.2rem;margin:40px 0 8px;overflow-wrap:anywhere}
p{margin:6px 0;overflow-wrap:anywhere}
nav ul{display:flex;flex-wrap:wrap;gap:4px 16px;padding:0;list-style:none}
a{color:var(--renew)}
.passed{color:var(--good)}.failed{color:var(--bad)}.inconclusive{color:var(--unclear)}
.verdict{display:inline-block;border:2px solid;border-radius:6px;padding:0 10px;margin-right:10px;font-weight:700}
.note{color:var(--ink2);font-size:.875rem}
figure{margin:20px 0 28px}
figcaption{font-weight:600;overflow-wrap:anywhere}
.chart{display:block;max-width:100%;height:auto;margin-top:8px}
.chart.narrow{display:none}
details{margin:8px 0}
summary{cursor:pointer;padding:4px 0;overflow-wrap:anywhere}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:6px}
#logs .scroll{max-height:70vh;overflow-y:auto}
table{border-collapse:collapse;font-size:.875rem;width:100%;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--ink2);padding:6px 10px}
th,td{text-align:left;padding:4px 10px;border-bottom:1px solid var(--line);vertical-align:top;white-space:nowrap}
tbody tr:last-child>*{border-bottom:0}
td.long{white-space:normal;min-width:16em}
thead th{white-space:normal;position:sticky;top:0;background:var(--paper);color:var(--ink2);font-weight:600}
td small{white-space:normal;display:inline-block;min-width:16em;color:var(--ink2)}
td.line{font-family:ui-monospace,monospace;white-space:pre-wrap;min-width:24em;overflow-wrap:anywhere}
tr.weighty td.line{font-weight:600}
pre{background:var(--code);padding:10px 12px;border-radius:6px;margin:6px 0;white-space:pre-wrap;overflow-wrap:anywhere}
dl{display:flex;flex-wrap:wrap;gap:4px 24px;margin:8px 0}
dt{color:var(--ink2);font-size:.8rem}dd{margin:0;overflow-wrap:anywhere}
form{display:flex;flex-wrap:wrap;gap:8px 16px;align-items:end;margin:12px 0}
label{font-size:.875rem;color:var(--ink2)}
input,select{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--ink2);border-radius:4px;padding:4px 8px;max-width:100%}
output{font-size:.875rem}
:focus-visible{outline:3px solid var(--renew);outline-offset:2px}
footer{color:var(--ink2);font-size:.875rem;margin-top:40px;padding-bottom:32px}
@media (max-width:720px){.chart.wide{display:none}.chart.narrow{display:block}}
@media print{.chart.narrow{display:none}.chart.wide{display:block}figure,tr{break-inside:avoid}form,nav{display:none}.scroll,#logs .scroll{overflow:visible;max-height:none}td,th{white-space:normal}}
${chartRules}`;
