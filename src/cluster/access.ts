// A kubeconfig, read: where its API server is and how one logs in there.
import type { RequestOptions } from 'node:https';
import { exits, KhaError } from '../model/failure.ts';

export interface Access {
  readonly server: URL;
  /** What its certificate must be for, where that is not the host of `server`: the kubeconfig's `tls-server-name`. */
  readonly certifiedName: string | null;
  /** Fresh options for one connection: certificates, and headers where the login is a token or an exec plugin. */
  options(): Promise<RequestOptions>;
}

export interface AccessSource {
  /** For messages: a file, or `HOST:FILE`. */
  readonly source: string;
  readonly text: string;
  readonly context?: string;
  /** From where relative paths in it count; left out for a text that names no files. */
  readonly folder?: string;
}

/**
 * Reads a kubeconfig's text.
 * @throws KhaError `bad-kubeconfig` when it cannot be understood, names no such context, or has no server.
 */
export async function readAccess({ source, text, context, folder }: AccessSource): Promise<Access> {
  // Loaded only here: it is the largest library of all, and the first screen does not wait for it.
  const { KubeConfig } = await import('./kubeconfig.ts');
  const config = new KubeConfig();
  try {
    config.loadFromString(text);
    if (folder !== undefined) config.makePathsAbsolute(folder);
  } catch (cause) {
    throw bad(source, `it is not a kubeconfig (${(cause as Error).message})`, cause);
  }
  if (context !== undefined) {
    if (!config.getContextObject(context)) throw bad(source, `it has no context ${JSON.stringify(context)}`);
    config.setCurrentContext(context);
  }
  const cluster = config.getCurrentCluster();
  if (!cluster?.server) throw bad(source, 'its current context names no server');
  return {
    server: new URL(cluster.server),
    certifiedName: cluster.tlsServerName || null,
    async options() {
      const options: RequestOptions = {};
      try {
        await config.applyToHTTPSOptions(options);
      } catch (cause) {
        throw bad(source, `its login could not be used (${(cause as Error).message})`, cause);
      }
      // The library's agent is for direct connections; ours may go through a host.
      delete options.agent;
      return options;
    },
  };
}

export function bad(source: string, why: string, cause?: unknown): KhaError {
  return new KhaError({
    code: 'bad-kubeconfig',
    exit: exits.usage,
    message: `The kubeconfig ${source} cannot be used: ${why}.`,
    tryThis: `Check it with: kubectl --kubeconfig ${source} version`,
    cause,
  });
}
