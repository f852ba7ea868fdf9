// Reads an adapter folder as PEFT documents it (developer_guides/checkpoint), knowing nothing of the program that wrote it.
// usage: node read-peft-folder.js FOLDER. Prints {map: {rank, scale, a: sum of A, b: sum of B}, head: [...]}; any fault is an error.
'use strict';
const assert = require('node:assert');
const fs = require('node:fs');
const path = require('node:path');

const [folder] = process.argv.slice(2);

// Every key of PEFT's documented example for LoRA: older versions refuse a config with any other.
const documented = [
    'alpha_pattern', 'auto_mapping', 'base_model_name_or_path', 'bias', 'fan_in_fan_out', 'inference_mode', 'init_lora_weights',
    'layer_replication', 'layers_pattern', 'layers_to_transform', 'loftq_config', 'lora_alpha', 'lora_dropout', 'megatron_config',
    'megatron_core', 'modules_to_save', 'peft_type', 'r', 'rank_pattern', 'revision', 'target_modules', 'task_type', 'use_dora', 'use_rslora',
];
const config = JSON.parse(fs.readFileSync(path.join(folder, 'adapter_config.json'), 'utf8'));
assert.deepStrictEqual(Object.keys(config).filter(k => !documented.includes(k)), [], 'keys that PEFT does not have');
assert.strictEqual(config.peft_type, 'LORA');
assert.ok(Array.isArray(config.target_modules) && config.target_modules.length > 0, 'target_modules');
assert.ok(Number.isInteger(config.r) && config.r > 0, 'r');

const tensors = readSafetensors(path.join(folder, 'adapter_model.safetensors'));
const maps = {};
const head = [];
for (const name of Object.keys(tensors)) {
    const lora = /^base_model\.model\.(.+)\.lora_([AB])\.weight$/.exec(name);
    const saved = /^base_model\.model\.([^.]+)\.(weight|bias)$/.exec(name);
    if (lora) {
        (maps[lora[1]] ??= {})[lora[2]] = tensors[name];
    } else {
        assert.ok(saved && config.modules_to_save.includes(saved[1]), `${name} is neither a factor nor of a module to save`);
        head.push(`${saved[2]} ${tensors[name].shape.join('x')}`);
    }
}

// PEFT adapts the modules whose name is a target or ends in one, and gives each the rank and alpha of its pattern.
const isTarget = map => config.target_modules.some(t => map === t || map.endsWith(`.${t}`));
const ofPattern = (pattern, map, otherwise) =>
    Object.entries(pattern).find(([key]) => new RegExp(`^(.*\\.)?(${key})$`).test(map))?.[1] ?? otherwise;
assert.deepStrictEqual(config.target_modules.filter(t => !Object.keys(maps).some(m => m === t || m.endsWith(`.${t}`))), []);

const found = {};
for (const [map, { A, B }] of Object.entries(maps)) {
    assert.ok(A && B, `${map}: one factor is missing`);
    assert.ok(isTarget(map), `${map} is no target`);
    const rank = ofPattern(config.rank_pattern, map, config.r);
    const alpha = ofPattern(config.alpha_pattern, map, config.lora_alpha);
    assert.strictEqual(A.shape.length, 2);
    assert.strictEqual(A.shape[0], rank, `${map}: rows of A`);
    assert.strictEqual(B.shape[1], rank, `${map}: columns of B`);
    found[map] = { rank, scale: config.use_rslora ? alpha / Math.sqrt(rank) : alpha / rank, a: sum(A), b: sum(B) };
}
console.log(JSON.stringify({ maps: found, head: head.sort() }));

function sum({ values }) {
    return values.reduce((s, v) => s + v, 0);
}

// https://github.com/huggingface/safetensors: 8 bytes of length, a JSON header, the data without gaps.
function readSafetensors(file) {
    const bytes = fs.readFileSync(file);
    const start = 8 + Number(bytes.readBigUInt64LE(0));
    const header = JSON.parse(bytes.subarray(8, start).toString('utf8'));
    delete header.__metadata__;
    let end = 0;
    const read = {};
    for (const [name, { dtype, shape, data_offsets: [from, to] }] of Object.entries(header).sort((x, y) => x[1].data_offsets[0] - y[1].data_offsets[0])) {
        assert.strictEqual(dtype, 'F32');
        assert.strictEqual(from, end, `${name}: a gap`);
        assert.strictEqual(to - from, 4 * shape.reduce((p, d) => p * d, 1), `${name}: length`);
        const values = [];
        for (let at = start + from; at < start + to; at += 4) {
            values.push(bytes.readFloatLE(at));
        }
        assert.ok(values.every(Number.isFinite), `${name}: not finite`);
        read[name] = { shape, values };
        end = to;
    }
    assert.strictEqual(start + end, bytes.length, 'bytes behind the last tensor');
    return read;
}
