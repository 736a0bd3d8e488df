/**
 * Compiles the model into force-app/waterfall and manifest/package.xml: `node scripts/compile/main.ts [model file]
 * [project folder]`.
 */
import { DEFAULT_MODEL_FILE, loadModel } from '../model/load-model.ts';
import { compileWaterfall } from './compile-waterfall.ts';
import { writeProject } from './write-project.ts';

const [file = DEFAULT_MODEL_FILE, project = '.'] = process.argv.slice(2);
const { waterfall, findings } = await loadModel(file);
for (const { severity, message, place, action } of findings)
  console.error(`${place}: ${severity}: ${message} ${action}`);
if (waterfall === null) {
  process.exitCode = 1;
} else {
  const components = compileWaterfall(waterfall);
  const { written, removed, unchanged } = await writeProject(components, project);
  for (const path of written) console.log(`written ${path}`);
  for (const path of removed) console.log(`removed ${path}`);
  const counts = [
    `${String(written.length)} files written`,
    `${String(removed.length)} removed`,
    `${String(unchanged)} unchanged`,
  ];
  console.log(`${String(components.length)} components: ${counts.join(', ')}`);
}
