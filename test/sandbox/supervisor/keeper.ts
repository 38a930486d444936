// A process that keeps a sandbox, to be killed: prints where it is and waits.
import { startSandbox } from '../../../src/sandbox/up.ts';

const sandbox = await startSandbox({ lock: 'endpoints' });
const { id, stateDir, inventoryFile, sshConfigFile, kubeconfigFile, knownHostsFile } = sandbox;
console.log(JSON.stringify({ id, stateDir, inventoryFile, sshConfigFile, kubeconfigFile, knownHostsFile }));
const { asked, reason } = await sandbox.ended;
console.log(JSON.stringify({ asked, reason }));
