// The environment variables that the program reads, and what follows from each.
import type { Topic } from './topic.ts';

export const environment: Topic = {
  title: 'Environment',
  says: ['All of them may be missing.'],
  entries: [
    {
      term: 'XDG_STATE_HOME',
      means:
        'recordings, unfinished business and how far you got in a lab are kept in its folder kha-lab (default: ~/.local/state)',
    },
    {
      term: 'XDG_CACHE_HOME',
      means:
        'labs from npm packages, and indexes of long recordings, are kept in its folder kha-lab (default: ~/.cache)',
    },
    { term: 'KUBECONFIG', means: 'its first file is used where the inventory names no kubeconfig' },
    {
      term: 'SSH_AUTH_SOCK',
      means: 'the SSH agent whose keys are offered, unless ssh_config says otherwise',
    },
    { term: 'HOME', means: 'what ~ stands for; keys, known hosts and the kubeconfig are looked for there' },
    { term: 'NO_COLOR', means: 'not empty: no colours, whatever FORCE_COLOR says' },
    { term: 'FORCE_COLOR', means: '0: no colours; anything else: a report in colours also into a pipe' },
    { term: 'KHA_LAB_THEME', means: 'dark or light: the colours for that background, as with --theme' },
    { term: 'COLORFGBG', means: 'ends with 7 or 15: the colours for a light background' },
    { term: 'TERM', means: 'dumb: no screens and no colours; linux: signs that its font has' },
    {
      term: 'LC_ALL, LC_CTYPE, LANG',
      means: 'the first that is set says whether the terminal can show UTF-8; else plain letters stand in',
    },
    {
      term: 'LC_ALL, LC_MESSAGES, LANG',
      means:
        'the first that is set says in which language a lab, screens and the lines in their place are told, where they have it and --lang says none; all else is English: results of failover, check, units and report, failures, names in JSON',
    },
    {
      term: 'CI, CONTINUOUS_INTEGRATION',
      means: 'set: nobody is taken to be watching, so lines instead of screens, and nothing is asked',
    },
    {
      term: 'INK_SCREEN_READER',
      means: 'true: plain text, one announcement a change, as with --screen-reader',
    },
    {
      term: 'KHA_LAB_REDUCED_MOTION',
      means: 'set: nothing on the screens moves by itself more than once a second, as with --reduced-motion',
    },
    { term: 'TZ', means: 'the time zone in which the masters of the sandbox write their logs' },
    { term: 'KHA_LAB_DEBUG', means: 'set: failures are told with the place in the program they come from' },
    { term: 'KHA_SANDBOX_TRACE', means: 'set: the sandbox says how far its start has come' },
  ],
};
