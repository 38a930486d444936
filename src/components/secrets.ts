// Flags whose value is a secret: a recording is made to be handed on, so their values are not in it.

const secret = /(password|passwd|secret|token)/i;
/** Names of files, addresses and switches are no secrets, and neither is the name of an etcd cluster. */
const harmless = /(file|dir|path|url|ttl|lookup|cluster-token|auth-token|cleaner|controllers)$/i;
const hidden = '‹hidden›';

/** The command line as it may be shown: `--password=x` and `--password x` without what stands for x. */
export function withoutSecrets(argv: readonly string[]): readonly string[] {
  return argv.map((word, index) => {
    const [, name = '', value] = /^--?([\w.-]+)=(.*)$/s.exec(word) ?? [];
    if (isSecret(name) && isText(value)) return `${word.slice(0, word.indexOf('='))}=${hidden}`;
    const [, before = ''] = /^--?([\w.-]+)$/.exec(argv[index - 1] ?? '') ?? [];
    return isSecret(before) && !word.startsWith('-') && isText(word) ? hidden : word;
  });
}

function isSecret(name: string): boolean {
  return secret.test(name) && !harmless.test(name);
}

function isText(value: string | undefined): boolean {
  return value !== undefined && value !== '' && !/^(true|false|\d+[a-z]*|\/.*)$/i.test(value);
}
