// The one script of a report, in words a browser runs: it hides log lines by the filters, and opens what is folded for printing.

/** Its hash stands in the page's policy; nothing else may run. */
export const script = `
'use strict';
(() => {
  const at = (id) => document.getElementById(id);
  const table = at('lines');
  if (table) {
    const column = (name) => [...table.tHead.rows[0].cells].findIndex((cell) => cell.textContent === name);
    const rows = [...table.tBodies[0].rows];
    const by = [['f-host', column('master')], ['f-component', column('component')], ['f-run', column('recording')]]
      .map(([id, cell]) => [at(id), cell]).filter(([control]) => control);
    const text = at('f-text');
    const weighty = at('f-weighty');
    const show = () => {
      const wanted = text.value.toLowerCase();
      let count = 0;
      for (const row of rows) {
        const kept = by.every(([control, cell]) => !control.value || row.cells[cell].textContent === control.value)
          && (!weighty.checked || row.classList.contains('weighty'))
          && (!wanted || row.textContent.toLowerCase().includes(wanted));
        row.hidden = !kept;
        if (kept) count += 1;
      }
      at('f-count').textContent = count + ' of ' + rows.length + ' lines';
    };
    for (const control of [...by.map(([one]) => one), text, weighty]) {
      control.addEventListener('input', show);
      control.addEventListener('change', show);
    }
    at('filters').addEventListener('submit', (event) => event.preventDefault());
    show();
  }
  let folded = [];
  addEventListener('beforeprint', () => {
    folded = [...document.querySelectorAll('details:not([open]):not(.piece)')];
    for (const one of folded) one.open = true;
  });
  addEventListener('afterprint', () => {
    for (const one of folded) one.open = false;
  });
})();
`;
