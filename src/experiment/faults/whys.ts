// Why a round types what it types, where that is the same for every fault.

/** Of the one command that does harm. */
export const theFault = 'the fault';

export const whys = {
  rules: 'the firewall as it is',
  armed: 'the way back, armed on the master itself',
  forgotten: 'that it failed, forgotten',
  putBack: 'put back',
  rulesHeld: 'the firewall, held against what it was',
  disarmed: 'the timer, disarmed',
  timerForgotten: 'that the way back failed, forgotten',
} as const;

/** Of what is typed only where the round finds it needed. */
export const whysIfNeeded = {
  forgotten: 'that it failed, forgotten, if it did',
  putBack: 'put back, if it is down',
} as const;
