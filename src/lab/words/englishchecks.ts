// What checks say of what they found and what to do, in English: the sentences that every other language has as well.

export const englishChecks = {
  runShown: 'Run the command shown.',
  aSignal: 'a signal',
  notRun: 'not run yet',
  nothingYet: 'nothing to look for yet',
  notSeen: 'not seen yet',
  ssh: {
    none: 'no master is known yet',
    ok: (masters: string) => `${masters} answer`,
    waiting: (masters: string, why: string) => `waiting for ${masters}${why && `: ${why}`}`,
    tryThis: '`kha-lab doctor` says what is missing to reach a master.',
  },
  clock: {
    ok: 'every clock is compared',
    waiting: (masters: string) => `no good look yet at the clock of ${masters}`,
    tryThis: 'Wait a moment: the best of several echoes counts, and a slow network needs more of them.',
  },
  api: {
    ok: (masters: string) => `ready on ${masters}`,
    waiting: (masters: string) => `not ready on ${masters}`,
    tryThis: (master: string | undefined) => `Look at kube-apiserver's log on ${master ?? 'the master'}.`,
  },
  endpoints: {
    found: (found: number, wanted: number, addresses: string) =>
      `${found} of ${wanted} addresses: ${addresses || 'none'}`,
    tryThis: 'An API server adds itself within 10 s; up to 1.10 each needs --apiserver-count=2.',
  },
  store: {
    notRead: 'not read yet',
    ended: (code: string) => `etcdctl ended with ${code}`,
    tryThis: 'Read what it printed: it may be missing there, or the store may ask for certificates.',
    ok: (count: number) => `${count} addresses, as the API lists them`,
    missing: (addresses: string) => `${addresses} not in what the store printed`,
  },
  unit: {
    ok: (masters: string) => `runs on ${masters}`,
    unknown: 'not known yet which master is meant',
    state: (component: string, master: string, state: string) => `${component} on ${master}: ${state}`,
    tryThis: (component: string, master: string) =>
      `\`systemctl status ${component}\` on ${master} says why.`,
    nothingStopped: 'nothing was stopped yet',
    notRunning: (component: string, master: string) =>
      `${component} on ${master} was not seen running before`,
    putBackFirst: 'Put it back, look at it running, and stop it again.',
    gone: (component: string, master: string) => `${component} on ${master} was seen gone`,
    stillRuns: (component: string, master: string) => `${component} on ${master} still runs`,
    flagOk: (flag: string, value: string) => `--${flag}=${value} everywhere`,
    noUnit: 'no unit seen yet',
    flagIs: (flag: string, value: string | null, master: string, wanted: string) =>
      `--${flag} is ${value ?? 'not known'} on ${master}, expected ${wanted}`,
    setFlag: (flag: string, wanted: string, component: string, master: string) =>
      `Set --${flag}=${wanted} in ${component}'s unit on ${master} and restart it.`,
    notEvery: 'not every unit was seen yet',
    alike: 'what should be the same on each master is the same',
    makeAlike: (component: string, why: string) => `Make them the same and restart ${component}: ${why}.`,
    closed: 'no unit opens a port to anyone without a login',
    danger: (why: string) => `Danger: ${why}.`,
  },
  lock: {
    stranger: (holder: string) => `the lock is held by ${holder}, none of these masters`,
    free: 'nobody holds the lock',
    tryElect: (component: string) => `See that ${component} runs on a master with --leader-elect=true.`,
    idle: (leader: string, component: string, masters: string) =>
      `${leader} holds the lock, but ${component} does not run on ${masters}`,
    startIdle: (component: string, masters: string) =>
      `Start ${component} on ${masters}: without a standby nobody can take over.`,
    one: (running: number, leader: string) => `${running} run, one holds the lock: ${leader}`,
    unknown: 'it is not known yet who leads',
    leads: (master: string) => `${master} leads`,
    start: (component: string, master: string) => `Start ${component} on ${master}.`,
    standsBy: (masters: string, many: boolean, leader: string) =>
      `${masters} run${many ? '' : 's'}, ${leader} leads`,
    noOtherFault: 'no fault of another component yet',
    unseen: 'the lock was not seen yet',
    unseenBefore: 'the lock was not seen before',
    moved: (holder: string | null) => `it moved: now held by ${holder ?? 'nobody'}`,
    notRenewed: 'not renewed since then',
    waitRenewal: 'A leader renews about every 2 s: wait for one.',
    still: (holder: string | null) => `${holder ?? 'nobody'} still holds it`,
  },
  log: {
    ok: (masters: string) => `in the log of ${masters}`,
    short: (seen: number, wanted: number, component: string, master: string) =>
      `${seen} of ${wanted} such lines in ${component}'s log on ${master}`,
    tooQuiet: (component: string) =>
      `If none come, ${component} may log too little: renewals and a standby's looks need --v=5.`,
    loud: (master: string) => `${master} logged it too`,
    silent: (masters: string) => `none in the log of ${masters}`,
    tooFew: (seen: number, wanted: number) => `only ${seen} of ${wanted} lines to tell by yet`,
  },
  event: {
    none: (masters: string) => `no such event yet${masters && ` from ${masters}`}`,
    tryThis:
      '`kubectl -n kube-system get events` shows them; a component sends its events in the background.',
  },
  command: {
    ended: (text: string, code: string, master: string | null) =>
      `\`${text}\` ended with ${code}${master === null ? '' : ` on ${master}`}`,
    tryThis: 'Read what it printed: the program may be missing there, or not allowed to ask the cluster.',
    lacks: (wanted: string, text: string) => `no \`${wanted}\` in what \`${text}\` printed`,
    ran: (masters: number) => (masters === 1 ? 'ran' : `ran on ${masters} masters`),
  },
  pod: {
    notMade: 'not made yet',
    runs: (container: string, node: string | null) => `${container} on ${node ?? 'a node'}`,
    phase: (phase: string, node: string | null) =>
      node === null ? `${phase}, on no node yet` : `${phase} on ${node}`,
    tryThis: (pod: string) => `\`kubectl describe pod ${pod}\` says what it waits for.`,
    there: 'still there',
    neverRan: 'it was never seen running',
    gone: 'deleted',
  },
  way: {
    notStopped: 'no API server was stopped yet',
    nobodyAsked: 'nobody has asked yet',
    allAnswered: (asked: number) => `all ${asked} were answered`,
    fails: (failed: number, asked: number, hit: number, clients: number) =>
      `${failed} of ${asked} requests, ${hit} of ${clients} clients`,
    notAsked: (why: string) => `not asked: ${why}`,
    goOn: 'Go on without it.',
    notMeasured: 'not measured yet',
    stillFails: (client: string, why: string | null) =>
      `${client} still gets no answer: ${why ?? 'nobody knows why'}`,
    look: 'Look with kha-lab check.',
    measured: (failed: number, asked: number, gap: string | null) =>
      `${failed} of ${asked} failed${gap === null ? '' : `, ${gap} without an answer`}`,
  },
  round: {
    noFault: 'no fault yet',
    nobodyYet: 'nobody has taken the lock yet',
    took: (from: string, to: string, length: string) => `${from} to ${to} in ${length}`,
    nothingTaken: 'nothing was taken away yet',
    back: (component: string, master: string) => `${component} runs on ${master} again`,
    recover: 'It is put back by itself; `kha-lab recover` finishes what an interrupted run left.',
    noZombie: 'no zombie yet',
    emptied: (from: string, successor: string) => `${from} emptied the record of ${successor}`,
    left: (from: string) => `${from} left the record as it was`,
    again: 'Schedulers do it from 1.34 on, and not every time: run it again.',
  },
};

export type CheckWords = typeof englishChecks;
