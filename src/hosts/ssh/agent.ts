// The keys that may be offered to a host, of the agent and of files, as one agent: passphrases are asked for last.
import ssh2, {
  type IdentityCallback,
  type ParsedKey,
  type PublicKeyEntry,
  type SignCallback,
  type SigningRequestOptions,
} from 'ssh2';
import type { Identity } from './identity.ts';
import type { KeyRing } from './keyring.ts';

/** Keys of the agent behind `socket`; none when it does not answer. */
export function agentKeys(socket: string | null): Promise<readonly ParsedKey[]> {
  if (socket === null) return Promise.resolve([]);
  return new Promise((resolve) => {
    ssh2.createAgent(socket).getIdentities((error, keys) => {
      const parsed = error || !keys ? [] : keys.map((key) => parsedOf(key));
      resolve(parsed.filter((key) => key !== null));
    });
  });
}

function parsedOf(key: string | Buffer | ParsedKey | PublicKeyEntry): ParsedKey | null {
  if (typeof key !== 'string' && !Buffer.isBuffer(key)) {
    if (!('pubKey' in key)) return key;
    return 'getPublicSSH' in key.pubKey ? key.pubKey : parsedOf(key.pubKey.pubKey);
  }
  const parsed = ssh2.utils.parseKey(key);
  const first = Array.isArray(parsed) ? parsed[0] : parsed;
  return first === undefined || first instanceof Error ? null : first;
}

interface Offer {
  readonly key: ParsedKey;
  readonly from: 'agent' | Identity;
}

export interface OfferedKeys {
  readonly socket: string | null;
  readonly inAgent: readonly ParsedKey[];
  readonly identities: readonly Identity[];
  /** Whether the identities were asked for by name: they then come before the agent's other keys. */
  readonly named: boolean;
  readonly identitiesOnly: boolean;
}

const same = (one: ParsedKey, other: ParsedKey) => one.getPublicSSH().equals(other.getPublicSSH());

/** As OpenSSH offers them, but that keys asked for by name are not lost behind an agent's many others. */
export function orderOffers({ inAgent, identities, named, identitiesOnly }: OfferedKeys): readonly Offer[] {
  const byAgent = (identity: Identity) => inAgent.find((key) => same(key, identity.publicKey));
  const picked: Offer[] = identities.flatMap((identity) => {
    const key = byAgent(identity);
    return key === undefined ? [] : [{ key, from: 'agent' as const }];
  });
  const files: Offer[] = identities
    .filter((identity) => byAgent(identity) === undefined)
    .map((identity) => ({ key: identity.publicKey, from: identity }));
  const others: Offer[] = identitiesOnly
    ? []
    : inAgent
        .filter((key) => !picked.some((offer) => same(offer.key, key)))
        .map((key) => ({ key, from: 'agent' as const }));
  return named ? [...picked, ...files, ...others] : [...picked, ...others, ...files];
}

export class OfferingAgent extends ssh2.BaseAgent<ParsedKey> {
  readonly #offers: readonly Offer[];
  readonly #socket: string | null;
  readonly #keyRing: KeyRing;
  readonly #onFailure: (error: unknown) => void;

  constructor(
    keys: OfferedKeys,
    options: { readonly keyRing: KeyRing; readonly onFailure: (error: unknown) => void },
  ) {
    super();
    this.#offers = orderOffers(keys);
    this.#socket = keys.socket;
    this.#keyRing = options.keyRing;
    this.#onFailure = options.onFailure;
  }

  /** What was offered, for messages: `agent SHA256:…` or a file. */
  get descriptions(): readonly string[] {
    return this.#offers.map(({ key, from }) =>
      from === 'agent' ? `${key.comment || key.type} (agent)` : from.file,
    );
  }

  getIdentities(callback: IdentityCallback<ParsedKey>): void {
    callback(
      undefined,
      this.#offers.map(({ key }) => key),
    );
  }

  sign(
    key: ParsedKey,
    data: Buffer,
    optionsOrCallback: SigningRequestOptions | SignCallback,
    maybeCallback?: SignCallback,
  ): void {
    const [options, callback] =
      typeof optionsOrCallback === 'function' ? [{}, optionsOrCallback] : [optionsOrCallback, maybeCallback];
    if (callback === undefined) return;
    const offer = this.#offers.find((each) => same(each.key, key));
    if (offer === undefined) callback(new Error('a key that was not offered'));
    else if (offer.from === 'agent' && this.#socket !== null)
      ssh2.createAgent(this.#socket).sign(key, data, options, callback);
    else if (offer.from !== 'agent')
      offer.from.open(this.#keyRing).then(
        (opened) => {
          const signature: Buffer | Error = opened.sign(data, options.hash);
          if (signature instanceof Error) callback(signature);
          else callback(null, signature);
        },
        (error: unknown) => {
          this.#onFailure(error);
          callback(error instanceof Error ? error : new Error(String(error)));
        },
      );
  }
}
