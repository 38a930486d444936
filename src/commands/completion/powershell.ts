// Completion for PowerShell, which completes files by itself where nothing else is offered.
import { type Place, type Value, valuesByFlag } from './table.ts';

export function powershellCompletion(table: readonly Place[]): string {
  return `# kha-lab in PowerShell: kha-lab completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName kha-lab -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $places = @{
${table.map(placeLine).join('\n')}
  }
  $values = @{
${valuesByFlag(table).flatMap(valueLines).join('\n')}
  }
  $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  $at = ''
  foreach ($word in $typed) {
    $next = "$at $word".Trim()
    if ($places.ContainsKey($next)) { $at = $next }
  }
  $before = if ($typed.Count -gt 0) { $typed[-1] } else { '' }
  $key = "$at $before"
  $offered = if ($values.ContainsKey($key)) { $values[$key] } elseif ($wordToComplete -like '-*') { $places[$at].Flags } else { $places[$at].Words }
  $offered | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}

function placeLine({ path, commands, flags, argument }: Place): string {
  const all = flags.flatMap(({ long, short }) => [long, ...(short === null ? [] : [`-${short}`])]);
  const words = commands.length > 0 ? commands.map(({ name }) => name) : wordsOf(argument);
  return `    ${quoted(path)} = @{ Words = ${list(words)}; Flags = ${list(all)} }`;
}

function valueLines([flags, value]: readonly [readonly string[], Value]): readonly string[] {
  return flags.map((flag) => `    ${quoted(flag)} = ${list(wordsOf(value))}`);
}

const wordsOf = (value: Value) => ('words' in value ? value.words : []);

const list = (words: readonly string[]) => `@(${words.map(quoted).join(', ')})`;

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
