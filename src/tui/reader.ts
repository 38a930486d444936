// The run for screen readers: text that is only ever appended, one announcement for each change, the same keys.
import { StringDecoder } from 'node:string_decoder';
import { emptyScene, seeScene } from '../model/scene.ts';
import { announce } from './linear.ts';
import type { Mounting } from './mount.tsx';
import { answerText, changeTexts, type Spoken, spokenOf } from './readertext.ts';
import { typedPresses } from './typedpresses.ts';

export class Reader {
  readonly #say: (text: string) => void;
  /** Newest observation that was announced: after a stop (ctrl+z) it goes on from there. */
  #lastSeq = -1;
  #spoken: Spoken | null = null;

  constructor(say: (text: string) => void) {
    this.#say = say;
  }

  /** Speaks and listens until the returned function is called. */
  mount({ store, stdin, subject, press }: Mounting): () => void {
    let scene = emptyScene;
    let mounted = false;
    const stop = store.feed.subscribe(
      (observation) => {
        const words = announce(scene, observation);
        scene = seeScene(scene, observation);
        if (observation.seq <= this.#lastSeq && observation.kind !== 'run') return;
        this.#lastSeq = observation.seq;
        const answer = answerText(observation);
        for (const text of [words, answer]) if (text !== null) this.#say(text);
      },
      (from) => {
        scene = from.scene;
        // A jump in a replay, not what was announced before a stop.
        if (mounted) this.#lastSeq = from.seq;
      },
    );
    mounted = true;
    const look = () => {
      const now = spokenOf(subject());
      for (const text of changeTexts(this.#spoken, now)) this.#say(text);
      this.#spoken = now;
    };
    const off = store.onChange(look);
    const decoder = new StringDecoder('utf8');
    const onData = (data: Buffer | string) => {
      const text = typeof data === 'string' ? data : decoder.write(data);
      for (const each of typedPresses(text)) press(each);
    };
    stdin.setRawMode(true);
    stdin.on('data', onData);
    stdin.resume();
    look();
    return () => {
      stop();
      off();
      stdin.off('data', onData);
      stdin.pause();
    };
  }
}
