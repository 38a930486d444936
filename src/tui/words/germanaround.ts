// What is said around the screens, in German: before a lab and after it, in a window too small, and to a screen reader.
import type { AroundTexts } from './englisharound.ts';

export const germanAround: AroundTexts = {
  tooSmall: {
    size: (columns, rows, least) => `Dieses Fenster ist ${columns}x${rows}; kha-lab braucht ${least}.`,
    enlarge:
      'Mach es größer oder verlass es mit ctrl+c. Bis dahin wirkt keine andere Taste; der Lauf geht weiter.',
  },
  reader: {
    leaving: 'Wird verlassen: Alles wird wiederhergestellt.',
    typing: 'Tipp einen Filter, dann enter.',
    toDo: (title) => `Zu tun: ${title}`,
    onThisMachine: 'auf diesem Rechner',
    step: (one, all, title) => `Schritt ${one} von ${all}: ${title}`,
    guess: (question, choices) => `Deine Schätzung: ${question} ${choices}`,
    checks: (titles) => `Prüfungen: ${titles}`,
    hint: (text) => `Tipp: ${text}`,
    number: 'Tipp die Nummer.',
    closed: 'Geschlossen.',
    keys: (keys) => `Tasten: ${keys}`,
  },
  forgotten: (lab) => `Vergessen, wie weit du in ${lab} warst. Der nächste Start ist beim ersten Schritt.`,
  interrupted: 'Unterbrochen: Erst wird alles wiederhergestellt.',
  result: {
    done: {
      stop: 'gestoppt wurde',
      kill: 'getötet wurde',
      freeze: 'eingefroren wurde',
      zombie: 'eingefroren wurde',
      apiserver: 'seinen API-Server verlor',
      cut: 'abgeschnitten wurde',
      etcd: 'seinen Speicher verlor',
    },
    other: (fault) => `den Fehler ${fault} hatte`,
    struck: (component, what, master) => `nachdem ${component} auf ${master} ${what}`,
    nobody: (struck) => `Niemand sonst nahm das Lock, soweit zu sehen war, ${struck}.`,
    took: (to, length, struck) => `${length} ${struck}, nahm ${to} das Lock.`,
  },
  putBack: (component, master) =>
    `${component} auf ${master} ist wiederhergestellt; keine Übergabe wurde gemessen.`,
  serverBack: (master) => `Der API-Server von ${master} ist wieder da; kein Lock hat gewechselt.`,
  recorded: (file, again) => `Aufgezeichnet in ${file}; noch einmal zu sehen mit: ${again}`,
  ownMasters: 'Weiter geht es mit eigenen Mastern: kha-lab init und kha-lab check.',
  goOnWith: (again) => `Dort weitermachen, wo du warst: ${again}`,
};
