// Completion for zsh, with what each word does beside it.
import { type Place, type Value, valuesByFlag } from './table.ts';

export function zshCompletion(table: readonly Place[]): string {
  const paths = table.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  return `#compdef kha-lab
# kha-lab in zsh: source <(kha-lab completion zsh), or this as the file _kha-lab in a folder of $fpath
_kha_lab() {
  local at='' word before=\${words[CURRENT-1]}
  local -a listed
  for word in \${words[2,CURRENT-1]}; do
    case "\${at:+$at }$word" in
      (${paths.join('|')}) at="\${at:+$at }$word" ;;
    esac
  done
  if [[ $PREFIX == --*=* ]]; then
    before=\${PREFIX%%=*}
    compset -P '*='
  fi
  case "$at $before" in
${valuesByFlag(table)
  .map(([flags, value]) => `    (${flags.map(quoted).join('|')}) ${completing(value)}; return ;;`)
  .join('\n')}
  esac
  case "$at" in
${table.map(placeOf).join('\n')}
  esac
}

# Loaded by its name it is called at once; sourced it is only made known.
if [[ \${funcstack[1]} == _kha-lab ]]; then _kha_lab "$@"; else compdef _kha_lab kha-lab; fi
`;
}

function placeOf({ path, commands, flags, argument }: Place): string {
  const all = flags.flatMap(({ long, short, says }) =>
    [long, ...(short === null ? [] : [`-${short}`])].map((name) => told(name, says)),
  );
  const below = commands.map(({ name, says }) => told(name, says));
  const plain =
    below.length > 0 ? `listed=(${below.join(' ')}); _describe command listed` : completing(argument);
  return `    (${quoted(path)})
      if [[ $PREFIX == -* ]]; then listed=(${all.join(' ')}); _describe -o flag listed
      else ${plain}
      fi ;;`;
}

const told = (name: string, says: string) => quoted(`${name.replaceAll(':', '\\:')}:${says}`);

function completing(value: Value): string {
  if (value.sort === 'free') return ':';
  const words = value.sort === 'files' ? [] : value.words;
  const some = words.length > 0 ? `compadd -- ${words.map(quoted).join(' ')}` : '';
  if (value.sort === 'words') return some;
  return [some, value.sort === 'files' ? '_files' : '_files -/'].filter((one) => one !== '').join('; ');
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
