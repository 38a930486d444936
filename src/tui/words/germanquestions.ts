// What is asked before anything is done to masters, in German.
import type { QuestionTexts } from './englishquestions.ts';

export const germanQuestions: QuestionTexts = {
  yes: 'ja j yes y',
  no: 'nein n no',
  lastTime: (step, needed) =>
    needed === null
      ? `Zuletzt warst du bei "${step}". Dort weitermachen? [ja/nein] `
      : `Zuletzt warst du bei "${step}". Das blickt auf "${needed}" zurück, was dafür noch einmal zu tun ist.\nDort weitermachen? [ja/nein] `,
  goOn: 'Weiter? [ja/nein] ',
  faults: {
    stop: (component) => `${component} stoppen`,
    kill: (component) => `${component} töten`,
    freeze: (component) => `${component} einfrieren`,
    zombie: (component) => `${component} einfrieren und stoppen, sobald der Nachfolger führt`,
    apiserver: (component) => `einen API-Server stoppen, den ${component} braucht`,
    cut: (component) => `einen Master mit ${component} von jedem API-Server und Speicher abschneiden`,
    etcd: () => 'etcd stoppen, ohne das niemand führen kann',
  },
  stopAsked: 'einen API-Server stoppen, den Clients fragen',
  makePod: 'einen Pod anlegen',
  and: 'und',
  willDo: (what, inventory) =>
    `Auf Mastern aus ${inventory} wird dies getan und wieder zurückgenommen (siehe --dry-run): ${what}. `,
  notOurs: (title, folder) => `"${title}" (${folder}) ist kein Lab, das mit kha-lab kommt.`,
  runsNothing: 'Es führt keinen Befehl aus.',
  mayRun: 'Es kann ausführen:',
  asYou: 'In einer Sandbox läuft das unter deinem Namen auf diesem Rechner. ',
  left: (since, what, master) => `Ein Lauf vom ${since} ließ ${what} auf ${master} zurück.`,
  cutShort: (since, what, master) =>
    `Ein Lauf vom ${since} wurde nach seinem Fehler unterbrochen (${what} auf ${master}).`,
  putBack: 'Jetzt wiederherstellen und nachsehen? [ja/nein] ',
  finish: 'Bring es zu Ende mit: kha-lab recover',
};
