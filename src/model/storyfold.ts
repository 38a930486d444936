// The story of a stream that may bring thousands of log lines a second: lines are tallied, and told when somebody looks.
import type { Observation } from './observation.ts';
import type { Scene } from './scene.ts';
import { SceneFold } from './scenefold.ts';
import { emptyStory, type Story, toldWith } from './story.ts';

/** As `seeStory` from observation to observation, without a new story for every line. A run begins it anew. */
export class StoryFold {
  #story: Story;
  #fold: SceneFold;
  #seq: number;

  /** Goes on from a story; without one, from the beginning. */
  constructor(story: Story = emptyStory) {
    this.#story = story;
    this.#fold = new SceneFold(story.scene);
    this.#seq = story.seq;
  }

  see(o: Observation): void {
    if (o.kind === 'run') {
      this.#story = emptyStory;
      this.#fold = new SceneFold();
      this.#seq = emptyStory.seq;
    }
    // No line moves a story on by itself.
    const before = o.kind === 'log' ? null : this.story;
    this.#fold.see(o);
    if (before) this.#story = toldWith(before, o, this.#fold.scene);
    this.#seq = Math.max(this.#seq, o.seq);
  }

  get scene(): Scene {
    return this.#fold.scene;
  }

  /** The same as before while nothing was seen. */
  get story(): Story {
    const { scene } = this.#fold;
    if (this.#story.scene !== scene || this.#story.seq !== this.#seq)
      this.#story = { ...this.#story, scene, seq: this.#seq };
    return this.#story;
  }
}
