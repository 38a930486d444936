// What checks say of what they found and what to do, in German.
import type { CheckWords } from './englishchecks.ts';

export const germanChecks: CheckWords = {
  runShown: 'Führe den gezeigten Befehl aus.',
  aSignal: 'einem Signal',
  notRun: 'noch nicht gelaufen',
  nothingYet: 'noch ist nichts zu suchen',
  notSeen: 'noch nicht gesehen',
  ssh: {
    none: 'noch ist kein Master bekannt',
    ok: (masters) => `${masters} antworten`,
    waiting: (masters, why) => `warte auf ${masters}${why && `: ${why}`}`,
    tryThis: '`kha-lab doctor` sagt, was fehlt, um einen Master zu erreichen.',
  },
  clock: {
    ok: 'alle Uhren sind verglichen',
    waiting: (masters) => `noch kein guter Blick auf die Uhr von ${masters}`,
    tryThis: 'Warte kurz: Das beste von mehreren Echos zählt, und ein langsames Netz braucht mehr davon.',
  },
  api: {
    ok: (masters) => `bereit auf ${masters}`,
    waiting: (masters) => `nicht bereit auf ${masters}`,
    tryThis: (master) => `Sieh in das Log von kube-apiserver auf ${master ?? 'dem Master'}.`,
  },
  endpoints: {
    found: (found, wanted, addresses) => `${found} von ${wanted} Adressen: ${addresses || 'keine'}`,
    tryThis: 'Ein API-Server trägt sich binnen 10 s ein; bis 1.10 braucht jeder dafür --apiserver-count=2.',
  },
  store: {
    notRead: 'noch nicht gelesen',
    ended: (code) => `etcdctl endete mit ${code}`,
    tryThis: 'Lies, was es ausgab: Vielleicht fehlt es dort, oder der Speicher verlangt Zertifikate.',
    ok: (count) => `${count} Adressen, wie die API sie nennt`,
    missing: (addresses) => `${addresses} nicht in dem, was der Speicher ausgab`,
  },
  unit: {
    ok: (masters) => `läuft auf ${masters}`,
    unknown: 'noch ist nicht bekannt, welcher Master gemeint ist',
    state: (component, master, state) => `${component} auf ${master}: ${state}`,
    tryThis: (component, master) => `Warum, sagt \`systemctl status ${component}\` auf ${master}.`,
    nothingStopped: 'noch wurde nichts gestoppt',
    notRunning: (component, master) => `${component} auf ${master} wurde vorher nicht laufen gesehen`,
    putBackFirst: 'Starte es wieder, sieh es laufen und stoppe es noch einmal.',
    gone: (component, master) => `${component} auf ${master} war fort`,
    stillRuns: (component, master) => `${component} auf ${master} läuft noch`,
    flagOk: (flag, value) => `überall --${flag}=${value}`,
    noUnit: 'noch keine Unit gesehen',
    flagIs: (flag, value, master, wanted) =>
      `--${flag} ist ${value ?? 'nicht bekannt'} auf ${master}, erwartet ${wanted}`,
    setFlag: (flag, wanted, component, master) =>
      `Setze --${flag}=${wanted} in der Unit von ${component} auf ${master} und starte sie neu.`,
    notEvery: 'noch nicht alle Units gesehen',
    alike: 'was auf allen Mastern gleich sein soll, ist gleich',
    makeAlike: (component, why) => `Mach sie gleich und starte ${component} neu: ${why}.`,
    closed: 'keine Unit öffnet einen Port ohne Anmeldung',
    danger: (why) => `Gefahr: ${why}.`,
  },
  lock: {
    stranger: (holder) => `das Lock hält ${holder}, keiner dieser Master`,
    free: 'niemand hält das Lock',
    tryElect: (component) => `Sieh nach, ob ${component} auf einem Master mit --leader-elect=true läuft.`,
    idle: (leader, component, masters) =>
      `${leader} hält das Lock, aber ${component} läuft nicht auf ${masters}`,
    startIdle: (component, masters) =>
      `Starte ${component} auf ${masters}: Ohne Standby kann niemand übernehmen.`,
    one: (running, leader) => `${running} laufen, einer hält das Lock: ${leader}`,
    unknown: 'noch ist nicht bekannt, wer führt',
    leads: (master) => `${master} führt`,
    start: (component, master) => `Starte ${component} auf ${master}.`,
    standsBy: (masters, many, leader) => `${masters} ${many ? 'laufen' : 'läuft'}, ${leader} führt`,
    noOtherFault: 'noch kein Fehler einer anderen Komponente',
    unseen: 'das Lock wurde noch nicht gesehen',
    unseenBefore: 'das Lock wurde vorher nicht gesehen',
    moved: (holder) => `es hat gewechselt: jetzt hält es ${holder ?? 'niemand'}`,
    notRenewed: 'seither nicht erneuert',
    waitRenewal: 'Ein Leader erneuert etwa alle 2 s: Warte darauf.',
    still: (holder) => `${holder ?? 'niemand'} hält es noch`,
  },
  log: {
    ok: (masters) => `im Log von ${masters}`,
    short: (seen, wanted, component, master) =>
      `${seen} von ${wanted} solchen Zeilen im Log von ${component} auf ${master}`,
    tooQuiet: (component) =>
      `Kommen keine, so schreibt ${component} zu wenig: Erneuerungen und Blicke brauchen --v=5.`,
    loud: (master) => `${master} schrieb es auch`,
    silent: (masters) => `keine im Log von ${masters}`,
    tooFew: (seen, wanted) => `erst ${seen} von ${wanted} Zeilen, an denen man es sähe`,
  },
  event: {
    none: (masters) => `noch kein solches Event${masters && ` von ${masters}`}`,
    tryThis:
      '`kubectl -n kube-system get events` zeigt sie; eine Komponente verschickt ihre Events nebenher.',
  },
  command: {
    ended: (text, code, master) => `\`${text}\` endete mit ${code}${master === null ? '' : ` auf ${master}`}`,
    tryThis:
      'Lies, was er ausgab: Das Programm fehlt dort vielleicht, oder es darf den Cluster nicht fragen.',
    lacks: (wanted, text) => `kein \`${wanted}\` in dem, was \`${text}\` ausgab`,
    ran: (masters) => (masters === 1 ? 'lief' : `lief auf ${masters} Mastern`),
  },
  pod: {
    notMade: 'noch nicht angelegt',
    runs: (container, node) => `${container} auf ${node ?? 'einem Node'}`,
    phase: (phase, node) => (node === null ? `${phase}, noch auf keinem Node` : `${phase} auf ${node}`),
    tryThis: (pod) => `Worauf er wartet, sagt \`kubectl describe pod ${pod}\`.`,
    there: 'noch da',
    neverRan: 'er wurde nie laufen gesehen',
    gone: 'gelöscht',
  },
  way: {
    notStopped: 'noch wurde kein API-Server gestoppt',
    nobodyAsked: 'noch hat niemand gefragt',
    allAnswered: (asked) => `alle ${asked} wurden beantwortet`,
    fails: (failed, asked, hit, clients) => `${failed} von ${asked} Anfragen, ${hit} von ${clients} Clients`,
    notAsked: (why) => `nicht gefragt: ${why}`,
    goOn: 'Geh ohne das weiter.',
    notMeasured: 'noch nicht gemessen',
    stillFails: (client, why) => `${client} bekommt noch keine Antwort: ${why ?? 'niemand weiß, warum'}`,
    look: 'Sieh nach mit kha-lab check.',
    measured: (failed, asked, gap) =>
      `${failed} von ${asked} gescheitert${gap === null ? '' : `, ${gap} ohne Antwort`}`,
  },
  round: {
    noFault: 'noch kein Fehler',
    nobodyYet: 'noch hat niemand das Lock genommen',
    took: (from, to, length) => `${from} an ${to} in ${length}`,
    nothingTaken: 'noch wurde nichts weggenommen',
    back: (component, master) => `${component} läuft wieder auf ${master}`,
    recover:
      'Es wird von selbst wiederhergestellt; was ein unterbrochener Lauf ließ, bringt `kha-lab recover` zu Ende.',
    noZombie: 'noch kein Zombie',
    emptied: (from, successor) => `${from} leerte den Eintrag von ${successor}`,
    left: (from) => `${from} ließ den Eintrag, wie er war`,
    again: 'Scheduler tun es ab 1.34, und nicht jedes Mal: Versuch es noch einmal.',
  },
};
