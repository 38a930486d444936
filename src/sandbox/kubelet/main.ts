// kubelet of the sandbox: makes its host a node, and runs pods as a program of our own.

import { connect } from '../client/connect.ts';
import { ownDate } from '../clock/clock.ts';
import { keepNode } from './node.ts';
import { runPods } from './pods.ts';

const component = connect('kubelet', process.argv.slice(2), process.env);
const name = component.flags.get('hostname-override') ?? component.host;
const advertised = new URL(component.advertised).hostname;
const node = {
  name,
  address: /^\d+(\.\d+){3}$/.test(name) ? name : advertised,
  since: ownDate()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z'),
};
void keepNode(component, node).then(() => runPods(component, node));
