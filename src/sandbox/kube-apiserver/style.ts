// Which Kubernetes the sandbox behaves as: the tutorial's 1.6 or today's 1.36.

export type Style = '1.6' | '1.36';

/** @throws Error when the text names neither. */
export function readStyle(text: string | undefined): Style {
  if (text === undefined || text === '' || text === '1.36') return '1.36';
  if (text === '1.6') return '1.6';
  throw new Error(`KHA_SANDBOX_STYLE is 1.6 or 1.36, not ${text}`);
}

/** What `/version` answers; the platform says plainly what this is. */
export function versionInfo(style: Style) {
  const gitVersion = { '1.6': 'v1.6.4', '1.36': 'v1.36.3' }[style];
  const [major = '', minor = ''] = style.split('.');
  return {
    major,
    minor,
    gitVersion,
    gitCommit: '',
    gitTreeState: 'clean',
    buildDate: '1970-01-01T00:00:00Z',
    goVersion: '',
    compiler: 'node',
    platform: 'kha-lab/sandbox',
  };
}
