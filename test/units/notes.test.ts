// What is said of the tutorial's flags: of every one that is not as posted, in every version; and that no flag is rendered out of its time.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { execArgv, flagsOf, parseUnitFile, parseUnitFiles } from '../../src/model/unitfile.ts';
import { factsOf, isKnownIn } from '../../src/model/unitflags/table.ts';
import { annotate } from '../../src/units/annotate.ts';
import { componentOf, noteSentence, notesOf } from '../../src/units/notes.ts';
import { postedFlags, tutorialMasters } from '../../src/units/tutorial.ts';
import { tutorialPlan } from '../../src/units/tutorialplan.ts';
import { unitsOf } from '../../src/units/units.ts';

const store = tutorialMasters[0].address;
const minors = Array.from({ length: 31 }, (_, at) => at + 6);

/** Every unit of a version, with whose it is and what is said of it. */
function rendered(version: string) {
  return [...unitsOf(tutorialPlan(tutorialMasters, version)).values()].flatMap((files, at) =>
    files.map((file) => {
      const component = componentOf(file.name);
      if (component === null) throw new Error(`nobody's unit: ${file.name}`);
      const address = tutorialMasters[at]?.address ?? '';
      const where = { version, address, at, store };
      const flags = flagsOf(execArgv(parseUnitFile(file.text)));
      return { file, component, address, at, flags, notes: notesOf(file, where) };
    }),
  );
}

describe('the posted flags', () => {
  it.each(['kuberm', 'kuberm2'])('are those of %s in the tutorial', (master) => {
    const at = master === 'kuberm' ? 0 : 1;
    const address = tutorialMasters[at]?.address ?? '';
    const names = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const;
    for (const component of at === 0 ? ([...names, 'kubelet', 'kube-proxy'] as const) : names) {
      const file = new URL(`../fixtures/tutorial/${master}.${component}.service`, import.meta.url);
      const theirs = flagsOf(execArgv(parseUnitFile(readFileSync(file, 'utf8'))));
      const ours = flagsOf(['', ...postedFlags(component, { address, at, store })]);
      expect([component, Object.fromEntries(ours)]).toEqual([component, Object.fromEntries(theirs)]);
    }
  });
});

describe.each(minors.map((minor) => [`1.${minor}`, minor] as const))('the units of %s', (version, minor) => {
  it('have no flag that this version does not know', () => {
    const strangers = rendered(version).flatMap(({ component, flags }) =>
      [...flags.keys()]
        .filter((flag) => isKnownIn(component, flag, minor) !== true)
        .map((flag) => `${component} --${flag}`),
    );
    expect(strangers).toEqual([]);
  });

  it('say of every flag that is not as posted, and of every new one, why', () => {
    for (const { component, address, at, flags, notes } of rendered(version)) {
      const posted = flagsOf(['', ...postedFlags(component, { address, at, store })]);
      const said = new Set(
        notes.flatMap(({ posted: before, rendered: now }) =>
          [before, now].map((word) => /^--([\w-]+)=/.exec(word ?? '')?.[1]),
        ),
      );
      const silent = [...new Set([...posted.keys(), ...flags.keys()])].filter(
        (flag) =>
          posted.get(flag) !== flags.get(flag) &&
          !(posted.has(flag) && flags.has(flag) && factsOf(component, flag)?.sort === 'place') &&
          !said.has(flag),
      );
      expect([component, silent]).toEqual([component, []]);
      for (const note of notes) expect(noteSentence(note)).toMatch(/^--[\w-]+=.+: .{8,}\.$/s);
      expect(notes.map(({ why }) => why)).not.toContain('as this inventory has it');
    }
  });

  it('are read back as they are with the notes in them', () => {
    for (const { file, notes } of rendered(version)) {
      const text = annotate(file, `${file.name} for ${version}`, notes).text;
      expect(parseUnitFiles(text)).toEqual(parseUnitFiles(file.text));
      expect(text.split('\n').filter((line) => line.startsWith('#') && line.endsWith('\\'))).toEqual([]);
    }
  });

  it('open nothing to others without a login', () => {
    for (const { component, flags } of rendered(version)) {
      const closed = (flag: string, values: readonly (string | undefined)[]) =>
        expect([component, flag, values.includes(flags.get(flag))]).toEqual([component, flag, true]);
      if (component === 'kube-apiserver' && minor < 20) closed('insecure-bind-address', ['127.0.0.1']);
      if (component === 'kube-scheduler' && minor < 23) closed('address', ['127.0.0.1']);
      if (component === 'kube-controller-manager' && minor < 23) closed('address', ['127.0.0.1']);
      if (component === 'kubelet') closed('anonymous-auth', ['false']);
      if (component === 'kubelet') closed('read-only-port', ['0']);
      if (component === 'etcd') closed('client-cert-auth', ['true']);
      for (const [flag, value] of flags)
        expect([flag, value]).not.toEqual([flag, expect.stringMatching(/^http:/)]);
    }
  });
});

describe('what changed', () => {
  const sentences = (version: string, of: string) =>
    rendered(version)
      .filter(({ component, at }) => component === of && at === 0)
      .flatMap(({ notes }) => notes.filter(({ posted }) => posted !== null).map(noteSentence))
      .join('\n');

  it('is told with what replaced it', () => {
    expect(sentences('1.6', 'kube-apiserver')).toMatch(
      /^--insecure-bind-address=0\.0\.0\.0 is now --insecure-bind-address=127\.0\.0\.1: /m,
    );
    expect(sentences('1.6', 'kube-apiserver')).not.toMatch(/admission|--insecure-port|log-dir/);
    expect(sentences('1.10', 'kube-apiserver')).toMatch(
      /^--admission-control=\S+ is now --enable-admission-plugins=\S+SecurityContextDeny\S+: /m,
    );
    expect(sentences('1.20.2', 'kube-apiserver')).toMatch(/^--insecure-port=8080 is left out: .*only 0/m);
    expect(sentences('1.24', 'kube-apiserver')).toMatch(/^--insecure-port=8080 is left out: gone in 1\.24/m);
    expect(sentences('1.36.3', 'kube-apiserver')).toMatch(/^--log-dir=\S+ is left out: .*journal/m);
    expect(sentences('1.36.3', 'kube-apiserver')).toMatch(/SecurityContextDeny is gone from 1\.30/);
    expect(sentences('1.36.3', 'kube-apiserver')).toMatch(
      /^--apiserver-count=2: counts only with --endpoint/m,
    );
    expect(sentences('1.8', 'kubelet')).toMatch(/^--api-servers=\S+ is now --kubeconfig=\S+: gone in 1\.8/m);
    expect(sentences('1.36.3', 'kube-scheduler')).toMatch(
      /^--master=172\.16\.155\.158:8080 is now --master=https:\/\/172\.16\.155\.158:6443: /m,
    );
  });

  it('is told of the master that was the odd one out', () => {
    const second = rendered('1.6').find(({ component, at }) => component === 'kube-apiserver' && at === 1);
    expect(second?.notes.map(noteSentence).join('\n')).toMatch(
      /^--allow-privileged=true is now --allow-privileged=false: /m,
    );
  });
});
