// What units' differences and open ports mean, in German.
import type { UnitWords } from '../../model/unitflags/words.ts';

const anyone =
  'Wer ihn erreicht, liest und schreibt jedes Objekt, auch Secrets, an jeder Anmeldung des API-Servers vorbei';

export const germanUnits: UnitWords = {
  between: {
    privileged:
      'ob ein privilegierter Container zugelassen wird, hängt davon ab, welcher API-Server gefragt wird; wähle eines für alle',
    admission:
      'was zugelassen wird, hängt davon ab, welcher API-Server gefragt wird; wähle eine Liste für alle',
    authorization: 'wer was darf, hängt davon ab, welcher API-Server gefragt wird',
    addresses: 'jeder gibt Services Adressen aus einem anderen Bereich',
    ports: 'jeder gibt Services Ports aus einem anderen Bereich',
    endpoints: 'jeder führt die Endpoints des Service kubernetes auf seine Weise, und sie heben einander auf',
    issuer: 'ein Token des einen wird vom anderen abgelehnt',
    storage: 'was der eine in den Speicher schreibt, kann der andere nicht lesen',
    prefix: 'jeder hält seine Objekte an einer anderen Stelle des Speichers: zwei Cluster, nicht einer',
    noElection: 'wer nicht wählt, arbeitet neben dem, der führt',
    otherLock:
      'jeder sieht auf ein anderes Lock, und zwei, die kein Lock des anderen sehen, arbeiten zugleich',
    shorterLease: 'ein Standby mit der kürzeren Lease nimmt das Lock, während sein Leader es hält',
    deadline: 'wie lange ein Leader am Lock festhält, hängt davon ab, wer führt',
    retry: 'wie schnell eine Übergabe ist, hängt davon ab, wer übernimmt',
    loudness: 'einer schreibt mehr in sein Log als der andere',
    logPlace: 'ihre Logs sind an verschiedenen Stellen',
    openPort: 'einer hat einen Port ohne Anmeldung, den der andere nicht hat',
    openAddress: 'einer hat einen Port ohne Anmeldung, wo der andere ihn nicht hat',
    alike: 'Master sollten gleich sein: was geschieht, hängt davon ab, welcher von ihnen die Arbeit tut',
    oneServer: 'sie fragen ein und denselben API-Server: stoppt der, kann keiner von ihnen arbeiten',
    oneAddress:
      'sie veröffentlichen eine Adresse, sodass Container den anderen API-Server nie erreichen; gib jedem seine eigene',
  },
  dangers: {
    apiserver: (port, address) =>
      `Port ${port} auf ${address} verlangt keine Anmeldung: Wer ihn erreicht, ist Administrator des Clusters; binde ihn an 127.0.0.1, oder schließ ihn mit --insecure-port=0`,
    store:
      'der Speicher fragt niemanden, wer er ist: Wer seinen Port erreicht, liest und schreibt jedes Objekt, auch Secrets; gib ihm TLS und --client-cert-auth=true',
    storeClients: `er fragt niemanden, wer er ist: ${anyone}; lass ihn auf https hören, mit --client-cert-auth=true`,
    storeTls: `TLS allein fragt niemanden, wer er ist: ${anyone}; setze --client-cert-auth=true`,
    storePeers:
      'wer seinen Port für andere Mitglieder erreicht, kann beitreten und alles nehmen; gib ihm TLS',
    kubelet:
      'wer Port 10250 erreicht, führt ohne Anmeldung Befehle in seinen Containern aus; setze --anonymous-auth=false',
  },
  expected: (found, expected) => `${found}, erwartet ${expected}`,
  without: (flag) => `kein ${flag}`,
  isOn: (value, master) => `${value ?? 'nicht gegeben'} auf ${master}`,
  is: (flag, values) => `${flag} ist ${values}`,
};
