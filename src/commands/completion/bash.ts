// Completion for bash, from 3.2 on: macOS has no newer one.
import { type Place, type Value, valuesByFlag } from './table.ts';

export function bashCompletion(table: readonly Place[]): string {
  const paths = table.filter(({ path }) => path !== '').map(({ path }) => quoted(path));
  return `# kha-lab in bash: source <(kha-lab completion bash)
_kha_lab_words() {
  local one
  while IFS= read -r one; do COMPREPLY+=("$one"); done < <(compgen -W "$1" -- "$2")
}

_kha_lab_places() {
  local one
  compopt -o filenames 2>/dev/null
  while IFS= read -r one; do COMPREPLY+=("$one"); done < <(compgen "$1" -- "$2")
}

_kha_lab() {
  local path='' cur=\${COMP_WORDS[COMP_CWORD]} prev='' i
  COMPREPLY=()
  [ "$COMP_CWORD" -gt 0 ] && prev=\${COMP_WORDS[COMP_CWORD-1]}
  # bash takes --flag=value apart at the sign.
  if [ "$cur" = '=' ]; then
    cur=''
  elif [ "$prev" = '=' ] && [ "$COMP_CWORD" -gt 1 ]; then
    prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${path:+$path }\${COMP_WORDS[i]}" in
      ${paths.join(' | ')}) path="\${path:+$path }\${COMP_WORDS[i]}" ;;
    esac
  done
  case "$path $prev" in
${valuesByFlag(table)
  .map(([flags, value]) => `    ${flags.map(quoted).join(' | ')}) ${completing(value)}return ;;`)
  .join('\n')}
  esac
  case "$path" in
${table.map(placeOf).join('\n')}
  esac
}

complete -F _kha_lab kha-lab
`;
}

function placeOf({ path, commands, flags, argument }: Place): string {
  const words = quoted(commands.map(({ name }) => name).join(' '));
  const all = flags.flatMap(({ long, short }) => [long, ...(short === null ? [] : [`-${short}`])]);
  const plain = commands.length > 0 ? `_kha_lab_words ${words} "$cur"; ` : completing(argument);
  return `    ${quoted(path)}) case "$cur" in
      -*) _kha_lab_words ${quoted(all.join(' '))} "$cur" ;;
      *) ${(plain || ':').replace(/; $/, '')} ;;
    esac ;;`;
}

/** Commands that end with a semicolon; none where anything may be typed. */
function completing(value: Value): string {
  if (value.sort === 'free') return '';
  const words = value.sort === 'files' ? [] : value.words;
  const some = words.length > 0 ? `_kha_lab_words ${quoted(words.join(' '))} "$cur"; ` : '';
  if (value.sort === 'words') return some;
  return `${some}_kha_lab_places ${value.sort === 'files' ? '-f' : '-d'} "$cur"; `;
}

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
