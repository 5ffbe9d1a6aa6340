import { type DemoOptions, DemoRefusal, runDemo } from './demo.js';
import { DONE, wrongUse } from './shell.js';

export async function playDemo(options: DemoOptions): Promise<number> {
  try {
    await runDemo(options);
    return DONE;
  } catch (error) {
    if (error instanceof DemoRefusal) throw wrongUse(error.message);
    throw error;
  }
}
