// Completion for fish: a line for each word that can be typed at a place.
import type { Flag, Place, Value } from './table.ts';

export function fishCompletion(table: readonly Place[]): string {
  const paths = table.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  return `# kha-lab in fish: kha-lab completion fish > ~/.config/fish/completions/kha-lab.fish
function __kha_lab_at
    set -l at ''
    for word in (commandline -opc)[2..-1]
        set -l next (string trim -- "$at $word")
        if contains -- $next ${paths.join(' ')}
            set at $next
        end
    end
    test "$at" = "$argv"
end

complete -c kha-lab -f
${table.flatMap(placeLines).join('\n')}
`;
}

function placeLines({ path, commands, flags, argument }: Place): readonly string[] {
  const here = `complete -c kha-lab -n ${quoted(`__kha_lab_at ${path}`.trim())}`;
  return [
    ...commands.map(({ name, says }) => `${here} -a ${name} -d ${quoted(says)}`),
    ...flags.map((flag) => `${here} ${flagWords(flag)} -d ${quoted(flag.says)}`),
    ...(commands.length > 0 ? [] : argumentLines(here, argument)),
  ];
}

function flagWords({ long, short, value }: Flag): string {
  const names = `-l ${long.replace(/^--/, '')}${short === null ? '' : ` -s ${short}`}`;
  if (value === null) return names;
  if (value.sort === 'words') return `${names} -x -a ${quoted(value.words.join(' '))}`;
  if (value.sort === 'files') return `${names} -r -F`;
  return `${names} -x${value.sort === 'folders' ? ` -a ${folders}` : ''}`;
}

function argumentLines(here: string, value: Value): readonly string[] {
  if (value.sort === 'free') return [];
  if (value.sort === 'files') return [`${here} -F`];
  return [
    ...(value.words.length > 0 ? [`${here} -a ${quoted(value.words.join(' '))}`] : []),
    ...(value.sort === 'folders' ? [`${here} -a ${folders}`] : []),
  ];
}

const folders = `'(__fish_complete_directories)'`;

const quoted = (text: string) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
