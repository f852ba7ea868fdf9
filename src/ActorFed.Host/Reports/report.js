'use strict';
// Draws one run from the JSON in the page. Text goes in by textContent only: names from the data are never markup.
(() => {
  const run = JSON.parse(document.getElementById('data').textContent);
  const $ = (id) => document.getElementById(id);
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  };
  const whole = new Intl.NumberFormat('en');
  const fixed = (value, digits) => (Number.isFinite(value) ? value.toFixed(digits) : '–');
  const percent = (value, digits = 1) => (Number.isFinite(value) ? `${(100 * value).toFixed(digits)} %` : '–');
  const sizes = ['B', 'kB', 'MB', 'GB', 'TB'];
  const scaleOf = (largest) => Math.min(sizes.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, largest)) / 3)));
  const bytes = (value) => { const s = scaleOf(value); return `${(value / 1000 ** s).toFixed(s ? 1 : 0)} ${sizes[s]}`; };
  const metricName = (run.final ? run.final.metric : run.settings['actorfed.evaluate.metric'] || 'accuracy').replace('-', ' ');
  const rounds = run.rounds;
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  $('run-name').textContent = run.run;
  $('subtitle').textContent = `${run.method} on ${run.dataset} with ${run.model}, ${run.clients.length} clients, ${rounds.length} rounds, seed ${run.seed}`;
  if (!run.completed) {
    $('notice').hidden = false;
    $('notice').textContent = `This run did not complete: ${rounds.length} rounds are committed. Go on with: actorfed simulate --resume ${run.run}`;
  }

  const lastMetric = rounds.filter((r) => Number.isFinite(r.metric)).at(-1);
  const tiles = [
    run.final
      ? [`Test ${metricName}`, percent(run.final.value), `${whole.format(run.final.n)} documents, loss ${fixed(run.final.loss, 3)}`]
      : [`Validation ${metricName}`, percent(lastMetric && lastMetric.metric), lastMetric ? `after round ${lastMetric.round}` : 'not evaluated yet'],
    ...(run.final && run.final.lastRounds
      ? [[`Mean of the last ${run.final.lastRounds.models} models`, percent(run.final.lastRounds.value), `loss ${fixed(run.final.lastRounds.loss, 3)}`]] : []),
    ...(run.final && run.final.perClient
      ? [['Worst client', percent(run.final.perClient.min), `mean ${percent(run.final.perClient.mean)}, 10 % below ${percent(run.final.perClient.p10)}`]] : []),
    ['Up', bytes(run.bytes.up), `adapter ${bytes(run.bytes.payloadUp)}, head ${bytes(run.bytes.headUp)}`],
    ['Down', bytes(run.bytes.down), `adapter ${bytes(run.bytes.payloadDown)}, head ${bytes(run.bytes.headDown)}`],
    ['Time', `${fixed(run.seconds, 1)} s`, `simulated ${whole.format(Math.round(rounds.reduce((s, r) => s + r.simulatedSeconds, 0)))} s`],
  ];
  tiles.forEach(([name, value, more]) => $('tiles').append(make('div', {}, make('dt', {}, name), make('dd', {}, value, make('small', {}, more)))));

  // Charts
  const charts = [];
  const x = rounds.map((r) => r.round);
  const orNull = (value) => (Number.isFinite(value) ? value : null);
  const scale = scaleOf(Math.max(1, ...rounds.flatMap((r) => [r.bytesUp, r.bytesDown])));
  $('unit-bytes').textContent = sizes[scale];
  $('cap-metric').textContent = `${metricName[0].toUpperCase()}${metricName.slice(1)} by round, validation sample`;
  const line = (label, colour, values, show) => ({ label, colour, values, show });
  const bars = (align) => (u, i, i0, i1) => uPlot.paths.bars({ size: [0.38, 26], align, gap: 1 })(u, i, i0, i1);
  const specs = [
    { id: 'chart-metric', y: (v) => `${(100 * v).toFixed(0)} %`, value: (v) => percent(v),
      series: [line(metricName, '--a', rounds.map((r) => orNull(r.metric)))],
      says: lastMetric ? `From ${percent(rounds.find((r) => Number.isFinite(r.metric)).metric)} to ${percent(lastMetric.metric)}.` : 'No round was evaluated.' },
    { id: 'chart-loss', y: (v) => v.toFixed(2), value: (v) => fixed(v, 4),
      series: [line('training', '--b', rounds.map((r) => orNull(r.trainLoss))), line('validation', '--a', rounds.map((r) => orNull(r.loss)))],
      says: rounds.length ? `Training loss from ${fixed(rounds[0].trainLoss, 3)} to ${fixed(rounds.at(-1).trainLoss, 3)}.` : 'No rounds.' },
    { id: 'chart-bytes', y: (v) => v.toFixed(v > 0 && v < 10 ? 1 : 0), value: (v) => (v == null ? '–' : `${v.toFixed(2)} ${sizes[scale]}`), zero: true,
      series: [line('up', '--c', rounds.map((r) => r.bytesUp / 1000 ** scale), bars(-1)), line('down', '--a', rounds.map((r) => r.bytesDown / 1000 ** scale), bars(1))],
      says: `In all ${bytes(run.bytes.up)} up and ${bytes(run.bytes.down)} down.` },
    { id: 'chart-time', y: (v) => v.toFixed(0), value: (v) => (v == null ? '–' : `${v.toFixed(1)} s`), zero: true,
      series: [line('simulated', '--b', rounds.map((r) => r.simulatedSeconds), bars(0))], says: 'Simulated seconds of every round.' },
  ];
  const draw = (spec) => {
    const place = $(spec.id);
    place.setAttribute('role', 'img');
    place.setAttribute('aria-label', `${spec.series.map((s) => s.label).join(' and ')} by round. ${spec.says}`);
    place.replaceChildren();
    const axis = { stroke: css('--soft'), grid: { stroke: css('--grid'), width: 1 }, ticks: { stroke: css('--grid'), width: 1 } };
    const options = {
      width: Math.max(280, place.clientWidth), height: 236, cursor: { points: { size: 7 } }, legend: { live: true },
      scales: {
        x: { time: false, range: (u, min, max) => (spec.zero ? [min - 0.6, max + 0.6] : [min - 0.2, max + 0.2]) },
        ...(spec.zero ? { y: { range: (u, min, max) => [0, (max || 1) * 1.08] } } : {}),
      },
      axes: [{ ...axis, space: 34, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000] }, { ...axis, size: 56, values: (u, ticks) => ticks.map((t) => (t == null ? '' : spec.y(t))) }],
      series: [{ label: 'round', value: (u, v) => (v == null ? '–' : String(v)) }].concat(spec.series.map((s) => ({
        label: s.label, stroke: css(s.colour), width: 2, spanGaps: true, value: (u, v) => spec.value(v),
        ...(s.show ? { paths: s.show, fill: css(s.colour), points: { show: false } } : { points: { show: x.length < 60, size: 6, fill: css('--card') } }),
      }))),
    };
    charts.push(new uPlot(options, [x, ...spec.series.map((s) => s.values)], place));
  };
  const redraw = () => {
    charts.splice(0).forEach((chart) => chart.destroy());
    specs.forEach(draw);
    document.documentElement.dataset.charts = String(charts.length);
  };

  // Tables
  const table = (kind, caption, head, rows) => {
    const box = make('table', { class: kind }, make('caption', { class: 'hidden' }, caption));
    box.append(make('thead', {}, make('tr', {}, ...head.map((h) => make('th', { scope: 'col', ...(h.text ? { class: 'text' } : {}) }, h.name ?? h)))));
    box.append(make('tbody', {}, ...rows));
    return box;
  };
  const row = (name, cells) => make('tr', {}, make('th', { scope: 'row' }, name), ...cells.map((c) => (c instanceof Node ? c : make('td', {}, c))));
  const put = (id, label, content) => {
    const box = $(id);
    box.tabIndex = 0;
    box.setAttribute('role', 'region');
    box.setAttribute('aria-label', label);
    box.append(content);
  };
  put('table-rounds', 'Rounds', table('plain', 'Every round',
    ['Round', 'Counted', 'Late', 'Refused', 'Absent', 'Train loss', metricName, 'Loss', 'Up', 'Down', 'Simulated s', 'Wall s'],
    rounds.map((r) => row(String(r.round), [r.contributors.length, r.late.length, r.refused.filter((x) => x.why !== 'surplus').length, r.absent.length].map(String).concat(
      fixed(r.trainLoss, 4), percent(r.metric), fixed(r.loss, 4), bytes(r.bytesUp), bytes(r.bytesDown), fixed(r.simulatedSeconds, 1), fixed(r.seconds, 1))))));

  const states = [['contributed', '✓', 'counted'], ['late', 'L', 'late'], ['refused', '✗', 'refused'], ['surplus', '+', 'in reserve, not needed'], ['absent', '–', 'absent'], ['none', '', 'not invited']];
  const stateOf = (r, client) => {
    const refused = r.refused.find((x) => x.client === client);
    if (r.contributors.includes(client)) return [states[0], 'counted'];
    if (refused && refused.why === 'surplus') return [states[3], 'in reserve, not needed'];
    if (refused) return [states[2], `refused: ${refused.why}`];
    if (r.late.includes(client)) return [states[1], 'late'];
    if (r.absent.includes(client)) return [states[4], 'absent'];
    return [states[5], 'not invited'];
  };
  states.forEach(([key, sign, name]) => $('legend-who').append(make('span', {}, make('span', { class: `cell s-${key}` }, sign), name)));
  put('grid-who', 'Who took part in which round', table('cells', 'Who took part: one row a client, one column a round', ['Client', ...rounds.map((r) => String(r.round))],
    run.clients.map((c) => row(c.client, rounds.map((r) => {
      const [[key, sign], says] = stateOf(r, c.client);
      return make('td', {}, make('span', { class: `cell s-${key}`, title: `${c.client}, round ${r.round}: ${says}` }, make('span', { 'aria-hidden': 'true' }, sign), make('span', { class: 'hidden' }, says)));
    })))));

  const largest = Math.max(1, ...run.clients.flatMap((c) => c.counts));
  $('data-hint').textContent = `${whole.format(run.data.train)} training documents on ${run.clients.length} clients, ${whole.format(run.data.validation)} for validation, `
    + `${whole.format(run.data.test)} for the test; ${whole.format(run.data.duplicatesRemoved)} near-duplicates were removed before the split.`;
  put('grid-data', 'Documents by client and class', table('cells heat', 'Documents by client and class', ['Client', ...run.data.classes, 'all', 'effective classes'],
    run.clients.map((c) => row(c.client, [
      ...c.counts.map((n) => {
        const share = Math.sqrt(n / largest); // the root keeps small cells visible
        return make('td', { style: `background: rgba(var(--heat), ${(0.04 + 0.62 * share).toFixed(3)})` }, n ? whole.format(n) : '·');
      }),
      make('td', { class: 'sum' }, whole.format(c.examples)), make('td', { class: 'sum' }, fixed(c.effectiveClasses, 1)),
    ]))));

  const bar = (share, text) => make('td', {}, make('span', { class: 'bar', 'aria-hidden': 'true' }, make('i', { style: `width: ${Math.round(100 * Math.min(1, share))}%` })), text);
  const fastest = Math.max(...run.clients.map((c) => c.speed), 1e-9);
  const counted = (client) => rounds.filter((r) => r.contributors.includes(client)).length;
  put('table-clients', 'Clients', table('plain', 'Profiles', ['Client', 'Documents', 'Budget', 'Examples/s', 'Download/s', 'Upload/s', 'Availability', 'Rounds counted', 'Accuracy'],
    run.clients.map((c) => row(c.client, [whole.format(c.examples), bar(c.budget, percent(c.budget, 0)), bar(c.speed / fastest, fixed(c.speed, 1)),
      bytes(c.downloadRate), bytes(c.uploadRate), bar(c.availability, percent(c.availability, 0)), String(counted(c.client)), percent(c.accuracy)]))));
  const pairs = (id, label, values) => put(id, label, table('plain', label, ['Name', { name: 'Value', text: true }],
    Object.entries(values).map(([name, value]) => row(name, [make('td', { class: 'text wide' }, value)]))));
  pairs('table-settings', 'Settings', run.settings);
  pairs('table-versions', 'Versions', run.versions);
  $('foot').textContent = run.adapterSha256 ? `adapter SHA-256 ${run.adapterSha256}` : 'no round was committed';

  redraw();
  let width = document.documentElement.clientWidth;
  addEventListener('resize', () => { if (width !== document.documentElement.clientWidth) { width = document.documentElement.clientWidth; redraw(); } });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', redraw);
})();
