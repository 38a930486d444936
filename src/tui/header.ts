// The first line: what this is, which step, and that it is recorded (or replayed).
import type { Draw } from './draw.ts';
import { apart, cutLine, type Line, line, lineWidth, span } from './line.ts';
import { elapsedWords } from './wording.ts';
import { texts } from './words/words.ts';

export function headerLine(draw: Draw, width: number): Line {
  const name = line(' ', span('kha-lab', 'title'));
  const right = clockOf(draw);
  const room = width - lineWidth(right) - 1;
  // A lab's own title is known once the lab was read.
  const title = line('  ', draw.plan?.title ?? draw.title);
  const step = stepWords(draw);
  const whole = [...name, ...title, ...step];
  if (lineWidth(whole) <= room) return apart(whole, right, width);
  return apart(cutLine([...name, ...step], room), right, width);
}

function stepWords({ plan, step }: Draw): Line {
  if (!plan || !step) return [];
  const at = plan.steps.indexOf(step) + 1;
  return line('  ', span(`${at}/${plan.steps.length}`, 'accent'), '  ', span(step.title, 'strong'));
}

function clockOf({ playback, scene, nowMs, recorded }: Draw): Line {
  const { header } = texts();
  if (playback) {
    const state = playback.playing ? '▶' : '‖';
    const place = `${elapsedWords(playback.positionMs)}/${elapsedWords(playback.lengthMs)}`;
    return line(span(`${state} ${header.replay} ${playback.speed}×`, 'accent'), ` ${place} `);
  }
  if (scene.ended !== null) return line(span(header.over, 'strong'), ` ${elapsedWords(scene.lastMs)} `);
  if (!scene.run) return line(span(`${header.starting} `, 'dim'));
  if (recorded === false) return line(`${elapsedWords(nowMs)} `);
  return line(span(`● ${header.rec}`, 'bad'), ` ${elapsedWords(nowMs)} `);
}
