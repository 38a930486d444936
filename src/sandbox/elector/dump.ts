// What a fatal line of the old ones drags behind it: a dump of all goroutines, here a short one.

export const goroutineDump = [
  'goroutine 1 [running]:',
  'main.stacks(0x1, 0x0, 0x0, 0x0)',
  '\tsandbox/klog/klog.go:766 +0xa5',
  'main.lost()',
  '\tsandbox/elector/leaderelection.go:147 +0x5d',
  'created by main.run',
  '\tsandbox/elector/component.go:64 +0x1d8',
  '',
  'goroutine 17 [select]:',
  'main.watch(0xc42000e0c0)',
  '\tsandbox/client/reflector.go:72 +0x4f',
  'created by main.prepare',
  '\tsandbox/client/reflector.go:29 +0x10a',
].join('\n');
