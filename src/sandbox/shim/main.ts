// A tool on a master where there is no perl: hands its words to the supervisor and prints what comes back.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { decodeFrames, encodeRequest, endFrame, errFrame, readsStdin } from './protocol.ts';

const [socketPath = '', ...words] = process.argv.slice(2);
const stdin = readsStdin(words) ? readFileSync(0, 'utf8') : '';
const socket = connect(socketPath);
let rest: Buffer = Buffer.alloc(0);
let code = 1;
socket.on('error', (error) => console.error(`${words[0]}: the sandbox does not answer: ${error.message}`));
socket.on('data', (chunk: Buffer) => {
  const decoded = decodeFrames(Buffer.concat([rest, chunk]));
  rest = decoded.rest;
  for (const { kind, bytes } of decoded.frames) {
    if (kind === endFrame) code = Number(bytes.toString());
    else (kind === errFrame ? process.stderr : process.stdout).write(bytes);
  }
});
socket.on('close', () => {
  process.exitCode = code;
});
process.stdout.on('error', () => process.exit(141));
socket.write(encodeRequest({ words, stdin }));
