// Checks the JSON that `actorfed simulate --json` printed. usage: node eng/check-result.js FILE ROUNDS
const fs = require('fs');
const [file, rounds] = [process.argv[2], Number(process.argv[3])];
const result = JSON.parse(fs.readFileSync(file, 'utf8')); // a second object or stray text on stdout fails here
const rules = {
  'completed is true': result.completed === true,
  'adapterSha256 is 64 hex digits': /^[0-9a-f]{64}$/.test(result.adapterSha256),
  [`there are ${rounds} rounds`]: Array.isArray(result.rounds) && result.rounds.length === rounds,
  'final.value is a finite number': Number.isFinite(result.final && result.final.value),
  'bytes went both ways': result.bytes && result.bytes.up > 0 && result.bytes.down > 0,
};
const broken = Object.keys(rules).filter((rule) => !rules[rule]);
broken.forEach((rule) => console.error(`result.json: not so: ${rule}`));
if (broken.length === 0) console.log(`result: ${rounds} rounds, ${result.final.metric} ${result.final.value}, adapter ${result.adapterSha256}`);
process.exit(broken.length === 0 ? 0 : 1);
