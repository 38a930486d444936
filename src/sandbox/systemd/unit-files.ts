// Where a master's unit files lie, and what their links say: found, enabled, masked, dropped into.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { parseUnitFile, settingsOf, type UnitFile } from '../../model/unitfile.ts';

export interface FoundUnit {
  readonly loadState: 'loaded' | 'masked' | 'not-found';
  /** Absolute paths of this machine; empty when there is none. */
  readonly fragmentPath: string;
  readonly dropInPaths: readonly string[];
  readonly unitFileState: 'enabled' | 'disabled' | 'static' | 'masked' | 'masked-runtime' | 'transient' | '';
  /** Its settings, drop-ins merged; none when it is not loaded. */
  readonly unit: UnitFile;
}

/** Folders of unit files below a master's root, the strongest first. */
const folders = [
  'run/systemd/transient',
  'etc/systemd/system',
  'run/systemd/system',
  'lib/systemd/system',
] as const;

const none: UnitFile = { name: null, paths: [], settings: [] };

export class UnitFiles {
  readonly #root: string;

  constructor(root: string) {
    this.#root = root;
  }

  find(name: string): FoundUnit {
    const masked = this.#maskedBy(name);
    const fragmentPath = masked ?? this.#places(name).find((path) => existsSync(path)) ?? '';
    if (fragmentPath === '')
      return { loadState: 'not-found', fragmentPath, dropInPaths: [], unitFileState: '', unit: none };
    if (masked !== null) {
      const unitFileState = masked.includes('/run/systemd/system/') ? 'masked-runtime' : 'masked';
      return { loadState: 'masked', fragmentPath: masked, dropInPaths: [], unitFileState, unit: none };
    }
    const dropInPaths = this.#dropIns(name);
    const paths = [fragmentPath, ...dropInPaths];
    const settings = paths.flatMap((path) => parseUnitFile(readFileSync(path, 'utf8')).settings);
    const unit = { name, paths, settings };
    const installable = settingsOf(unit, 'Install', 'WantedBy').length > 0;
    const installed = !installable ? 'static' : this.#isEnabled(name) ? 'enabled' : 'disabled';
    const unitFileState = fragmentPath === this.transientPath(name) ? 'transient' : installed;
    return { loadState: 'loaded', fragmentPath, dropInPaths, unitFileState, unit };
  }

  /** Names of all services that have a file. */
  names(): string[] {
    const found = folders.flatMap((folder) => {
      const path = join(this.#root, folder);
      return existsSync(path) ? readdirSync(path).filter((name) => /\.(service|timer)$/.test(name)) : [];
    });
    return [...new Set(found)].sort();
  }

  /** A path as the master itself names it: what is made at run time lies in its /run, whose root folder nobody needs to know. */
  named(path: string): string {
    return path.startsWith(join(this.#root, 'run/systemd/system/')) ? path.slice(this.#root.length) : path;
  }

  transientPath(name: string): string {
    return join(this.#root, folders[0], name);
  }

  writeTransient(name: string, text: string): void {
    mkdirSync(join(this.#root, folders[0]), { recursive: true });
    writeFileSync(this.transientPath(name), text, { mode: 0o600 });
  }

  removeTransient(name: string): void {
    rmSync(this.transientPath(name), { force: true });
  }

  clearTransient(): void {
    rmSync(join(this.#root, folders[0]), { recursive: true, force: true });
  }

  /** Returns the link that was made. */
  mask(name: string, runtime: boolean): string {
    const folder = join(this.#root, runtime ? 'run' : 'etc', 'systemd/system');
    mkdirSync(folder, { recursive: true });
    const link = join(folder, name);
    if (existsSync(link) && this.#maskedBy(name) !== link) throw new Error(`File ${link} already exists.`);
    rmSync(link, { force: true });
    symlinkSync('/dev/null', link);
    return link;
  }

  /** Returns the link that was taken away, or null when the unit was not masked there. */
  unmask(name: string): string | null {
    const link = this.#maskedBy(name);
    if (link !== null) rmSync(link, { force: true });
    return link;
  }

  setEnabled(name: string, enabled: boolean, targets: readonly string[]): string[] {
    return targets.map((target) => {
      const folder = join(this.#root, 'etc/systemd/system', `${target}.wants`);
      const link = join(folder, name);
      rmSync(link, { force: true });
      if (!enabled) return link;
      mkdirSync(folder, { recursive: true });
      symlinkSync(`../${name}`, link);
      return link;
    });
  }

  #places(name: string): string[] {
    return folders.map((folder) => join(this.#root, folder, name));
  }

  // As in systemd, a file in etc wins over a mask in run; the masters' own units lie in lib, where the mask holds.
  #maskedBy(name: string): string | null {
    const first = this.#places(name).find((path) => isLink(path) || existsSync(path));
    return first !== undefined && isLink(first) && readlinkSync(first) === '/dev/null' ? first : null;
  }

  #dropIns(name: string): string[] {
    const found = new Map<string, string>();
    for (const folder of [...folders].reverse()) {
      const path = join(this.#root, folder, `${name}.d`);
      if (!existsSync(path)) continue;
      for (const file of readdirSync(path)) if (file.endsWith('.conf')) found.set(file, join(path, file));
    }
    return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, path]) => path);
  }

  #isEnabled(name: string): boolean {
    const folder = join(this.#root, 'etc/systemd/system');
    if (!existsSync(folder)) return false;
    return readdirSync(folder).some((entry) => entry.endsWith('.wants') && isLink(join(folder, entry, name)));
  }
}

function isLink(path: string): boolean {
  try {
    readlinkSync(path);
    return true;
  } catch {
    return false;
  }
}
