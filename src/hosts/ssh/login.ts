// The order in which a login is tried: keys first, then what a person types.
import type { AnyAuthMethod, AuthenticationType } from 'ssh2';
import { sanitise } from '../../model/sanitise.ts';
import type { Prompts } from '../prompts.ts';
import type { OfferingAgent } from './agent.ts';

export interface Login {
  /** The next way to log in, `false` when none is left. `accepts`: what the host still takes; `null` before it said so. */
  next(accepts: readonly string[] | null): Promise<AnyAuthMethod | false>;
  /** What the host last said it accepts. */
  readonly accepts: readonly string[];
}

const mostPasswords = 3;

export function newLogin(options: {
  readonly user: string;
  readonly address: string;
  readonly agent: OfferingAgent;
  readonly prompts: Prompts | null;
}): Login {
  const { user: username, address, agent, prompts } = options;
  const plan: AuthenticationType[] = ['none', 'agent'];
  if (prompts !== null) {
    plan.push('keyboard-interactive');
    for (let attempt = 0; attempt < mostPasswords; attempt++) plan.push('password');
  }
  let accepts: readonly string[] = [];

  const offer: Partial<Record<AuthenticationType, () => Promise<AnyAuthMethod | null>>> = {
    none: async () => ({ type: 'none', username }),
    agent: async () => (agent.descriptions.length === 0 ? null : { type: 'agent', username, agent }),
    'keyboard-interactive': async () => ({
      type: 'keyboard-interactive',
      username,
      prompt: (name, instructions, _language, questions, finish) => {
        const intro = sanitise([name, instructions].filter(Boolean).join(' '));
        const ask = async () => {
          const answers: string[] = [];
          for (const { prompt } of questions)
            answers.push(
              (await prompts?.secret(
                `${address} asks: ${intro ? `${intro} ` : ''}${sanitise(prompt.trim())}`,
              )) ?? '',
            );
          return answers;
        };
        ask().then(finish, () => finish([]));
      },
    }),
    password: async () => {
      const password = await prompts?.secret(`Password of ${address}:`);
      return password === null || password === undefined ? null : { type: 'password', username, password };
    },
  };

  return {
    get accepts() {
      return accepts;
    },
    async next(left) {
      if (left !== null) accepts = left;
      while (plan.length > 0) {
        const type = plan.shift();
        if (type === undefined) break;
        const asked = type === 'agent' ? 'publickey' : type;
        if (left !== null && !left.includes(asked)) continue;
        const method = (await offer[type]?.()) ?? null;
        if (method !== null) return method;
        // Somebody who gives no password is not asked again.
        if (type === 'password') plan.length = 0;
      }
      return false;
    },
  };
}
