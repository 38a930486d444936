// Flags whose value is a secret: a recording is made to be handed on, so their values are not in it.
import { hidden, isSecretFlag, mask } from './mask.ts';

/** The command line as it may be shown: `--password=x` and `--password x` without what stands for x. */
export function withoutSecrets(argv: readonly string[]): readonly string[] {
  return argv.map((word, index) => {
    const [, name = '', value] = /^--?([\w.-]+)=(.*)$/s.exec(word) ?? [];
    if (isSecretFlag(name) && isText(value)) return `${word.slice(0, word.indexOf('='))}=${hidden}`;
    const [, before = ''] = /^--?([\w.-]+)$/.exec(argv[index - 1] ?? '') ?? [];
    return isSecretFlag(before) && !word.startsWith('-') && isText(word) ? hidden : mask(word);
  });
}

function isText(value: string | undefined): boolean {
  return value !== undefined && value !== '' && !/^(true|false|\d+[a-z]*|\/.*)$/i.test(value);
}
