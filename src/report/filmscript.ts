// Films of a report, in words a browser runs: each cast is unpacked and given to the player once it is open. And how they look.

/** After the player's own script. Nothing plays by itself. */
export const filmScript = `
'use strict';
(() => {
  const unpacked = (id) => {
    const packed = document.getElementById(id).textContent;
    const bytes = Uint8Array.from(atob(packed), (sign) => sign.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
  };
  for (const box of document.querySelectorAll('[data-cast]')) {
    const frame = box.closest('details');
    let made = false;
    const make = () => {
      if (made || !frame.open) return;
      made = true;
      AsciinemaPlayer.create({ data: () => unpacked(box.dataset.cast) }, box, {
        autoPlay: false, controls: true, fit: 'width', cursorMode: 'hidden', poster: 'npt:' + box.dataset.poster,
      });
    };
    frame.addEventListener('toggle', make);
    make();
  }
})();
`;

export const filmStyle = `
.film .player{margin:8px 0;max-width:932px}
.still pre{white-space:pre;overflow-wrap:normal;margin:0;border-radius:0}
@media (prefers-reduced-motion:reduce){.film .player *{animation:none!important;transition:none!important}}
@media print{.film .player{display:none}.still pre{font-size:8px}}
`;
